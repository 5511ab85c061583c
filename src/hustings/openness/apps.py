"""Django's name for this app."""

from django.apps import AppConfig


class OpennessConfig(AppConfig):
    """The public record of what was said, by whom, to how many, at what cost."""

    name = "hustings.openness"
    label = "openness"
    verbose_name = "Openness"
