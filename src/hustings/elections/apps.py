"""Django's name for this app."""

from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    """Elections, seats, candidates, results and timetables."""

    name = "hustings.elections"
    label = "elections"
    verbose_name = "Elections"
