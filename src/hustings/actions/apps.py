"""Django's name for this app."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """Petitions: the page, the signatures and what came of them."""

    name = "hustings.actions"
    label = "actions"
    verbose_name = "Actions"
