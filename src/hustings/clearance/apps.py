"""Django's name for this app."""

from django.apps import AppConfig


class ClearanceConfig(AppConfig):
    """Promoters, imprints, materials, and the gate: may we contact this person, so, now?"""

    name = "hustings.clearance"
    label = "clearance"
    verbose_name = "Clearance"
