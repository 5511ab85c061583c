"""Django's name for this app."""

from django.apps import AppConfig


class PostroomConfig(AppConfig):
    """The outbox: templates, delivery, bounces and unsubscribing."""

    name = "hustings.postroom"
    label = "postroom"
    verbose_name = "Postroom"

    def ready(self) -> None:
        """Listen to what django-anymail reads from providers' calls."""
        from anymail.signals import tracking

        from hustings.postroom.pages.webhooks import take_event

        tracking.connect(take_event, dispatch_uid="hustings.postroom")
