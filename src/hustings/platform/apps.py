"""Django's name for this app."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """Jobs, imports, events and audit."""

    name = "hustings.platform"
    label = "platform"
    verbose_name = "Platform"
