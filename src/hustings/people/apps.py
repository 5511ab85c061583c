"""Django's name for this app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People, ways to reach them, consent, objections and rights requests."""

    name = "hustings.people"
    label = "people"
    verbose_name = "People"
