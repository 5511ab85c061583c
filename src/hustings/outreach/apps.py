"""Django's name for this app."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Audiences and mailings."""

    name = "hustings.outreach"
    label = "outreach"
    verbose_name = "Outreach"
