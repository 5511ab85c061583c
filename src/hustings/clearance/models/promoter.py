"""Who causes material to be published, and for whom."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hustings.places.models import Area


class Promoter(models.Model):
    """Whoever causes material to be published, on whose behalf it is, or who prints it: a name and a postal
    address.

    A promoter without an area is the whole organisation's and may be chosen by everyone who makes material:
    its name and address stand on leaflets anyway. Changing the name or the address takes the verification
    away.
    """

    name = models.CharField(_("name"), max_length=160)
    address = models.CharField(
        _("address"),
        max_length=300,
        help_text=_(
            "Where letters arrive: an office, a home, a PO box or a mailbox service. Without the postcode."
        ),
    )
    postcode = models.CharField(_("postcode"), max_length=8)
    is_organisation = models.BooleanField(_("an organisation, not a person"), default=False)
    is_printer = models.BooleanField(_("a printer"), default=False)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    evidence = models.TextField(blank=True)

    class Meta:
        """By name; verified only with evidence."""

        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(verified_at=None) | ~Q(evidence=""), name="promoter_verified_with_evidence"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_verified(self) -> bool:
        """Whether a named person has checked name and address against evidence."""
        return self.verified_at is not None

    @property
    def full_address(self) -> str:
        """The address with its postcode, in one line."""
        return f"{self.address}, {self.postcode}".strip(", ")
