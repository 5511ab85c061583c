"""Django's name for this app."""

from django.apps import AppConfig


class MoneyConfig(AppConfig):
    """Expenses, limits, donations and returns."""

    name = "hustings.money"
    label = "money"
    verbose_name = "Money"
