"""Django's name for this app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Logins of staff and volunteers, their roles, and the places each may see."""

    name = "hustings.accounts"
    label = "accounts"
    verbose_name = "Accounts"
