"""Django's name for this app."""

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    """The public site."""

    name = "hustings.website"
    label = "website"
    verbose_name = "Website"
