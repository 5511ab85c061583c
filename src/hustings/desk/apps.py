"""Django's name for this app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The staff back office."""

    name = "hustings.desk"
    label = "desk"
    verbose_name = "Desk"
