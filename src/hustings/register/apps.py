"""Django's name for this app."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Electors, register entries by version, entitlement, and matching people to electors."""

    name = "hustings.register"
    label = "register"
    verbose_name = "Register"
