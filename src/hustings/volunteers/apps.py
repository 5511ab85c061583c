"""Django's name for this app."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    """Groups, events and shifts, training, hosting."""

    name = "hustings.volunteers"
    label = "volunteers"
    verbose_name = "Volunteers"
