"""Django's name for this app."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """Places that need cover, and people who need help."""

    name = "hustings.support"
    label = "support"
    verbose_name = "Support"
