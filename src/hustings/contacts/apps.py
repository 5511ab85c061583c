"""Django's name for this app."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Every contact made, voting intentions, and where people are neglected."""

    name = "hustings.contacts"
    label = "contacts"
    verbose_name = "Contacts"
