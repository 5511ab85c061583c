"""Django's name for this app."""

from django.apps import AppConfig


class PostroomConfig(AppConfig):
    """The outbox: templates, delivery, bounces and unsubscribing."""

    name = "hustings.postroom"
    label = "postroom"
    verbose_name = "Postroom"
