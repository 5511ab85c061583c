"""Django's name for this app."""

from django.apps import AppConfig


class AdwatchConfig(AppConfig):
    """Other people's advertising archives: imported, kept, questioned."""

    name = "hustings.adwatch"
    label = "adwatch"
    verbose_name = "Adwatch"
