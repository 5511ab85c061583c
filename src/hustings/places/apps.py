"""Django's name for this app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Nations, councils, constituencies, wards, postcodes and coordinates."""

    name = "hustings.places"
    label = "places"
    verbose_name = "Places"
