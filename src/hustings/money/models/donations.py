"""Gifts to a campaign, who gave them, how the giver was checked, what was decided, and what looked like one gift in parts."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hustings.money.models.campaign import Campaign
from hustings.money.models.expense import Expense
from hustings.people.models import Person
from hustings.platform.encryption import EncryptedBytesField, EncryptedTextField
from hustings.platform.kept import Kept
from hustings.register.models import Elector, Entitlement


class DonorKind(models.TextChoices):
    """What a donor is; the first ten are keys of the table of permissible donors."""

    INDIVIDUAL = "individual", _("individual")
    ANONYMOUS_ELECTOR = "anonymous_elector", _("elector with an anonymous entry")
    BEQUEST = "bequest", _("bequest")
    COMPANY = "company", _("company")
    LLP = "llp", _("limited liability partnership")
    PARTY = "party", _("registered party")
    TRADE_UNION = "trade_union", _("trade union")
    BUILDING_SOCIETY = "building_society", _("building society")
    FRIENDLY_SOCIETY = "friendly_society", _("friendly or registered society")
    ASSOCIATION = "association", _("unincorporated association")
    OTHER = "other", _("anything else")


class Donor(models.Model):
    """A giver as they were written on a gift; two spellings are two rows, and split detection may join them.

    `controllers` lists the people who control a company, each {"name": …, "postcode": …}. `person` is set where the giver is
    known to the campaign.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="donors")
    kind = models.CharField(_("what they are"), max_length=20, choices=DonorKind.choices)
    given_name = models.CharField(_("given names"), max_length=120, blank=True)
    family_name = models.CharField(_("family name"), max_length=120, blank=True)
    organisation = models.CharField(_("name of the organisation"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    email = models.EmailField(_("email"), blank=True)
    company_number = models.CharField(_("company or registration number"), max_length=20, blank=True)
    controllers = models.JSONField(default=list, blank=True)
    is_overseas = models.BooleanField(_("overseas elector"), default=False)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="donors"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """By name."""

        ordering: ClassVar = ["organisation", "family_name", "given_name", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "family_name", "given_name"], name="donor_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name as one text."""
        return self.organisation or f"{self.given_name} {self.family_name}".strip() or str(_("erased"))


class Route(models.TextChoices):
    """The way a gift came."""

    CASH = "cash", _("cash")
    CARD = "card", _("card")
    BANK = "bank", _("bank transfer, cheque or standing order")
    PLATFORM = "platform", _("crowdfunding platform")
    IN_KIND = "in_kind", _("in kind")
    CRYPTO = "crypto", _("cryptoasset")


class Gift(Kept):
    """One gift as it stood at one moment; a correction is a new row that names the one it replaces.

    A gift without a donor comes from an unknown source. `funds_arrived_on` is the day a platform's money reached the campaign.
    `token` is the keyed fingerprint of the card or account, never the number itself. `expense` is the item of notional spending
    (its earliest row) of which this gift in kind is the other side.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="gifts")
    donor = models.ForeignKey(Donor, null=True, blank=True, on_delete=models.PROTECT, related_name="gifts")
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    is_cancelled = models.BooleanField(default=False)
    correction_reason = models.CharField(max_length=300, blank=True)
    amount_pence = models.BigIntegerField(_("amount or value"))
    received_on = models.DateField(_("received on"))
    route = models.CharField(_("how it came"), max_length=10, choices=Route.choices)
    platform = models.CharField(_("platform"), max_length=120, blank=True)
    funds_arrived_on = models.DateField(_("the platform's money arrived on"), null=True, blank=True)
    is_standing = models.BooleanField(_("instalment of a standing order"), default=False)
    what = models.CharField(_("what was given"), max_length=200, blank=True)
    value_basis = models.CharField(_("how the value was found"), max_length=300, blank=True)
    through = models.CharField(_("passed on by"), max_length=200, blank=True)
    evidence = models.CharField(_("evidence"), max_length=300)
    expense = models.ForeignKey(
        Expense, null=True, blank=True, on_delete=models.PROTECT, related_name="gifts"
    )
    token = models.CharField(max_length=64, blank=True, db_index=True)
    is_foreign_account = models.BooleanField(_("card or account from abroad"), default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """Newest first; a gift has an amount, and a platform's gift a day of its own."""

        ordering: ClassVar = ["-received_on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["campaign", "received_on"], name="gift_day")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_pence__gt=0), name="gift_has_an_amount"),
            models.CheckConstraint(
                condition=Q(funds_arrived_on=None) | Q(funds_arrived_on__gte=F("received_on")),
                name="platform_money_comes_later",
            ),
        ]

    def __str__(self) -> str:
        return f"gift {self.pk}"

    @property
    def clock_from(self) -> date:
        """The day on which the time to check begins: where a platform collected, the day its money arrived."""
        return self.funds_arrived_on or self.received_on


class GiftEvidence(Kept):
    """A statement, letter or picture that shows a gift, as a file, encrypted where it lies.

    It hangs on the row it was added to; corrections of that row show it too. At the erasure of a donor who need not be kept, its
    bytes and name are emptied and the fingerprint stays.
    """

    gift = models.ForeignKey(Gift, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=120, blank=True)
    media_type = models.CharField(max_length=80)
    content = EncryptedBytesField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    filled_in_later: ClassVar = (frozenset({"name", "content", "erased_at"}),)

    class Meta:
        """In the order in which they came in."""

        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name or str(_("erased"))


class CheckOutcome(models.TextChoices):
    """What a check found."""

    PERMISSIBLE = "permissible", _("permissible")
    IMPERMISSIBLE = "impermissible", _("not permissible")
    UNCLEAR = "unclear", _("cannot be told yet")


class DonorCheck(Kept):
    """One check of the donor of one gift: what was looked at and found; every gift has its own.

    `answers` holds each piece of evidence by its key; `entries` the table entries that decided; `entitlement` the right under
    which the register was read, for an individual; `looked_up` what public registers of parties, campaigners and unions had of
    any other donor.
    """

    gift = models.ForeignKey(Gift, on_delete=models.PROTECT, related_name="checks")
    kind = models.CharField(max_length=20, choices=DonorKind.choices)
    outcome = models.CharField(max_length=14, choices=CheckOutcome.choices)
    finding = models.TextField()
    answers = models.JSONField(default=dict)
    entries = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    looked_up = models.JSONField(default=dict)
    entitlement = models.ForeignKey(
        Entitlement, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    elector = models.ForeignKey(Elector, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, gift {self.gift_id}"


class GiftAct(models.TextChoices):
    """What became of a gift."""

    ACCEPTED = "accepted", _("accepted")
    RETURNED_DONOR = "returned_donor", _("returned to the donor")
    RETURNED_TRANSFEROR = "returned_transferor", _("returned to whoever passed it on")
    RETURNED_BANK = "returned_bank", _("returned to the bank it came from")
    SENT_TO_COMMISSION = "sent_to_commission", _("sent to the Electoral Commission")


class GiftDecision(Kept):
    """Somebody decided about a gift, with a reason; the newest decision counts. `is_late`: after the clock had run out."""

    gift = models.ForeignKey(Gift, on_delete=models.PROTECT, related_name="decisions")
    act = models.CharField(_("what is done"), max_length=20, choices=GiftAct.choices)
    reason = models.TextField(_("reason"))
    done_on = models.DateField(_("done on"))
    reference = models.CharField(_("evidence of the return"), max_length=200, blank=True)
    is_late = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """Newest first; a decision has a reason."""

        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="gift_decision_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}, gift {self.gift_id}"


class SplitFlag(models.Model):
    """Gifts that may be parts of one, found by a run of split detection. The same gifts are flagged once.

    `sentence` names payers and is therefore encrypted; `evidence` says by what the gifts were joined.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="split_flags")
    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    grade = models.CharField(max_length=10)
    sentence = EncryptedTextField()
    evidence = models.JSONField(default=list)
    gifts = models.ManyToManyField(Gift, related_name="split_flags")
    amount_pence = models.BigIntegerField()
    threshold_pence = models.BigIntegerField()
    entries = models.JSONField(default=list)
    decide_by = models.DateField()
    found_at = models.DateTimeField()

    class Meta:
        """The most urgent first; the same gifts are flagged once."""

        ordering: ClassVar = ["decide_by", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "key"], name="split_flag_once")]

    def __str__(self) -> str:
        return f"flag {self.pk}"


class Verdict(models.TextChoices):
    """What somebody concluded about a flag."""

    NOT_ONE_SOURCE = "not_one_source", _("not one source: the gifts stand by themselves")
    ONE_SOURCE_FINE = "one_source_fine", _("one source, checked and permissible: count the gifts together")
    RETURN = "return", _("return the gifts")


class SplitVerdict(Kept):
    """Somebody's conclusion about a flag, with a reason; the newest counts."""

    flag = models.ForeignKey(SplitFlag, on_delete=models.PROTECT, related_name="verdicts")
    verdict = models.CharField(_("your conclusion"), max_length=20, choices=Verdict.choices)
    reason = models.TextField(_("reason"))
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """Newest first; a conclusion has a reason."""

        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="split_verdict_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}, flag {self.flag_id}"


class PendingRuleSwitch(Kept):
    """Somebody switched a proposed rule on or off, for the whole organisation; the newest counts."""

    key = models.CharField(max_length=40)
    is_on = models.BooleanField()
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.key} {'on' if self.is_on else 'off'}"


class ReportKind(models.TextChoices):
    """The reports a recipient may owe."""

    QUARTERLY = "quarterly", _("quarterly")
    WEEKLY = "weekly", _("weekly, before the poll")


class ReportFiled(Kept):
    """A report of donations was sent: its days (`period_until` is not among them), its lines as sent, and when."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="donation_reports")
    kind = models.CharField(max_length=10, choices=ReportKind.choices)
    period_from = models.DateField()
    period_until = models.DateField()
    due_on = models.DateField()
    lines = models.JSONField(default=list)
    reference = models.CharField(_("reference of the sending"), max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """Newest period first."""

        ordering: ClassVar = ["-period_from", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.period_from}"
