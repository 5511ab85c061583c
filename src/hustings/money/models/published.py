"""Other people's money as it was published: donations, loans, registers and candidates' returns, row by row."""

from typing import ClassVar

from django.db import models

from hustings.platform.models import ImportRun


class PublishedDonation(models.Model):
    """One donation that a party, campaigner or holder of office reported. `source` is the importer that read it.

    Texts are the publisher's; dates are missing where the publication has none.
    """

    source = models.CharField(max_length=40)
    ref = models.CharField(max_length=40)
    recipient = models.CharField(max_length=200)
    recipient_kind = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=200, blank=True)
    donor = models.CharField(max_length=300, blank=True)
    donor_kind = models.CharField(max_length=60, blank=True)
    donor_ref = models.CharField(max_length=40, blank=True)
    company_number = models.CharField(max_length=40, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    value_pence = models.BigIntegerField()
    received_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    period = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=80, blank=True)
    nature = models.CharField(max_length=120, blank=True)
    action = models.CharField(max_length=40, blank=True)
    register = models.CharField(max_length=40, blank=True)
    is_pre_poll = models.BooleanField(default=False)
    is_aggregation = models.BooleanField(default=False)
    is_bequest = models.BooleanField(default=False)
    is_sponsorship = models.BooleanField(default=False)
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A reference once a source."""

        ordering: ClassVar = ["-received_on", "ref", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "ref"], name="published_donation_once")
        ]
        indexes: ClassVar = [models.Index(fields=["recipient"], name="published_recipient")]

    def __str__(self) -> str:
        return self.ref


class PublishedLoan(models.Model):
    """One loan to a party or holder of office, as published."""

    ref = models.CharField(max_length=40, unique=True)
    lender = models.CharField(max_length=300, blank=True)
    lender_kind = models.CharField(max_length=60, blank=True)
    company_number = models.CharField(max_length=40, blank=True)
    recipient = models.CharField(max_length=200)
    recipient_kind = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=40, blank=True)
    value_pence = models.BigIntegerField()
    repaid_pence = models.BigIntegerField(default=0)
    converted_pence = models.BigIntegerField(default=0)
    outstanding_pence = models.BigIntegerField(default=0)
    rate = models.CharField(max_length=200, blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-started_on", "ref"]

    def __str__(self) -> str:
        return self.ref


class PublishedBody(models.Model):
    """A party or campaigner on the Electoral Commission's registers, or a trade union on the Certification Officer's list.

    One body may be on two registers. `run` is the import that last wrote the row, `seen_in` the last one whose file had it.
    """

    ref = models.CharField(max_length=40)
    register = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=60, blank=True)
    entity_status = models.CharField(max_length=80, blank=True)
    company_number = models.CharField(max_length=40, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="+")
    seen_in = models.ForeignKey(ImportRun, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """By name."""

        ordering: ClassVar = ["name", "ref", "register"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ref", "register"], name="published_body_once")
        ]

    def __str__(self) -> str:
        return self.name


class PublishedReturn(models.Model):
    """One candidate's published spending return; every figure as published, in pence, in `figures` by its heading."""

    poll_on = models.DateField()
    constituency = models.CharField(max_length=120)
    candidate = models.CharField(max_length=200)
    party = models.CharField(max_length=200, blank=True)
    nation = models.CharField(max_length=20, blank=True)
    total_pence = models.BigIntegerField(null=True, blank=True)
    limit_pence = models.BigIntegerField(null=True, blank=True)
    figures = models.JSONField(default=dict)
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """By election and place."""

        ordering: ClassVar = ["-poll_on", "constituency", "candidate"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["poll_on", "constituency", "candidate", "party"], name="published_return_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidate}, {self.constituency}"
