"""What was bought or given for a campaign, how it is shared, its bills and receipts, and who else may spend."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hustings.money.models.campaign import Campaign
from hustings.platform.encryption import EncryptedBytesField
from hustings.platform.kept import Kept


class Category(models.TextChoices):
    """The categories of the return."""

    ADVERTISING = "advertising", _("advertising")
    UNSOLICITED = "unsolicited", _("unsolicited material to electors")
    TRANSPORT = "transport", _("transport")
    MEETINGS = "meetings", _("public meetings")
    STAFF = "staff", _("agent and other staff")
    ACCOMMODATION = "accommodation", _("accommodation")
    ADMINISTRATION = "administration", _("administration and overheads")
    PERSONAL = "personal", _("the candidate's personal expenses")


class ExpenseKind(models.TextChoices):
    """Bought, or given for nothing or below its price."""

    BOUGHT = "bought", _("bought")
    NOTIONAL = "notional", _("given free or at a discount (notional)")


class IncurredBy(models.TextChoices):
    """Who made the commitment."""

    AGENT = "agent", _("the agent")
    CANDIDATE = "candidate", _("the candidate")
    AUTHORISED = "authorised", _("somebody with the agent's written authority")


class ExclusionReason(models.TextChoices):
    """Why an item does not count towards the limit."""

    VOLUNTEERS = "volunteers", _("volunteers' own time")
    DEPOSIT = "deposit", _("the candidate's deposit")
    PRESS = "press", _("newspaper or broadcast content that is not an advertisement")
    FREE_POST = "free-post", _("free post or free rooms provided by law")
    HOME = "home", _("use of one's own home")
    OWN_THINGS = "own-things", _("own car, telephone or computer, mainly for personal use")
    DISABILITY = "disability", _("costs that follow from a disability")
    SECURITY = "security", _("reasonable security of persons, property or data")


class AuthorityKind(models.TextChoices):
    """What the agent's written authority is for."""

    SPEND = "spend", _("to incur or pay the campaign's expenses")
    LOCAL = "local", _("to campaign locally above the limit for others (s. 75)")


class Authority(Kept):
    """The agent's written authority for somebody to spend, up to an amount; only its end is filled in later."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="authorities")
    kind = models.CharField(_("for what"), max_length=10, choices=AuthorityKind.choices)
    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=300, blank=True)
    most_pence = models.BigIntegerField(_("up to"))
    given_on = models.DateField(_("given on"))
    evidence = models.CharField(_("where the letter is"), max_length=300)
    ended_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    filled_in_later: ClassVar = (frozenset({"ended_on"}),)

    class Meta:
        """In order of time; an authority is for some amount."""

        ordering: ClassVar = ["given_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(most_pence__gt=0), name="authority_is_for_an_amount")
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.campaign}"


class Expense(Kept):
    """One item as it stood at one moment; a correction is a new row that names the one it replaces.

    `first` is the earliest row of the same item (none for that row itself): bills, payments and receipts hang there.
    `amount_pence` is what was or will be paid, VAT included; `value_pence` what it would cost on the market, the same
    for what was bought. An item without `committed_on` is planned and does not count yet. `first_use_on` and
    `last_use_on` are both days of use. `source` names what brought the cost here (clearance.ApprovedCopy/12).
    """

    first = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="versions"
    )
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    is_cancelled = models.BooleanField(default=False)
    correction_reason = models.CharField(max_length=300, blank=True)
    kind = models.CharField(
        _("how you got it"), max_length=10, choices=ExpenseKind.choices, default=ExpenseKind.BOUGHT
    )
    category = models.CharField(_("category"), max_length=20, choices=Category.choices)
    what = models.CharField(_("what it is"), max_length=200)
    supplier_name = models.CharField(_("supplier"), max_length=200)
    supplier_address = models.CharField(_("supplier's address"), max_length=300, blank=True)
    is_supplier_private = models.BooleanField(_("the supplier is a private person"), default=False)
    amount_pence = models.BigIntegerField(_("amount with VAT"))
    value_pence = models.BigIntegerField(_("commercial value with VAT"))
    committed_on = models.DateField(_("ordered on"), null=True, blank=True)
    first_use_on = models.DateField(_("first used on"), null=True, blank=True)
    last_use_on = models.DateField(_("last used on"), null=True, blank=True)
    time_in_period = models.PositiveIntegerField(null=True, blank=True)
    time_in_all = models.PositiveIntegerField(null=True, blank=True)
    time_note = models.TextField(_("honest assessment of the time"), blank=True)
    notional_tests = models.JSONField(default=dict, blank=True)
    excluded_for = models.CharField(
        _("does not count because of"), max_length=20, choices=ExclusionReason.choices, blank=True
    )
    incurred_by = models.CharField(
        _("ordered by"), max_length=10, choices=IncurredBy.choices, default=IncurredBy.AGENT
    )
    authority = models.ForeignKey(
        Authority, null=True, blank=True, on_delete=models.PROTECT, related_name="expenses"
    )
    source = models.CharField(max_length=80, blank=True, db_index=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """In the order in which they were written down; amounts, days and parts make sense."""

        ordering: ClassVar = ["made_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount_pence__gte=0, value_pence__gte=F("amount_pence")),
                name="expense_amounts_make_sense",
            ),
            models.CheckConstraint(
                condition=Q(first_use_on=None) | Q(last_use_on=None) | Q(first_use_on__lte=F("last_use_on")),
                name="expense_use_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(time_in_all=None, time_in_period=None)
                | Q(time_in_all__gt=0, time_in_period__lte=F("time_in_all")),
                name="expense_time_is_a_part",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(correction_reason=""), name="correction_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def root_id(self) -> int:
        """The key of the item's earliest row."""
        return self.first_id or self.pk


class ExpenseShare(Kept):
    """How much of an item is one campaign's, before it is split by time.

    `steps` lists how it was worked out: {step, numerator, denominator}; `assessment` is the honest assessment behind
    it, never empty where the item is split. The shares of one item are parts of its value and never more.
    """

    expense = models.ForeignKey(Expense, on_delete=models.PROTECT, related_name="shares")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="shares")
    share_pence = models.BigIntegerField()
    steps = models.JSONField(default=list, blank=True)
    assessment = models.TextField(blank=True)

    class Meta:
        """One share for each campaign and row; a split has its reason."""

        ordering: ClassVar = ["expense", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["expense", "campaign"], name="one_share_per_campaign"),
            models.CheckConstraint(condition=Q(share_pence__gte=0), name="share_not_negative"),
            models.CheckConstraint(
                condition=Q(steps=[]) | ~Q(assessment=""), name="split_share_has_an_assessment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share_pence} pence of {self.expense_id} for {self.campaign_id}"


class ClaimEventKind(models.TextChoices):
    """What became of a bill."""

    INVOICED = "invoiced", _("invoice received")
    PAID = "paid", _("paid")
    DISPUTED = "disputed", _("disputed")
    SETTLED = "settled", _("dispute settled")


class ClaimEvent(Kept):
    """An invoice, a payment or a dispute about an item; `expense` is its earliest row."""

    expense = models.ForeignKey(Expense, on_delete=models.PROTECT, related_name="claim_events")
    kind = models.CharField(_("what happened"), max_length=10, choices=ClaimEventKind.choices)
    on = models.DateField(_("on"))
    amount_pence = models.BigIntegerField(_("amount"))
    payer = models.CharField(
        _("paid by"), max_length=10, choices=IncurredBy.choices, default=IncurredBy.AGENT
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """In order of time."""

        ordering: ClassVar = ["on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_pence__gte=0), name="claim_amount_not_negative"),
            models.CheckConstraint(condition=~Q(kind="disputed") | ~Q(note=""), name="dispute_has_a_note"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class Evidence(Kept):
    """An invoice, receipt or picture as a file, encrypted where it lies; `expense` is the item's earliest row."""

    expense = models.ForeignKey(Expense, on_delete=models.PROTECT, related_name="evidence")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    content = EncryptedBytesField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """In the order in which they came in."""

        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


class SpendingOverride(Kept):
    """The agent let something be spent that breaks a confirmed limit; the reason is kept.

    `would_be_pence` is what would then have been spent in the period, `limit` the limit as it was worked out.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="overrides")
    expense = models.ForeignKey(
        Expense, null=True, blank=True, on_delete=models.PROTECT, related_name="overrides"
    )
    limit = models.ForeignKey("LimitRecord", on_delete=models.PROTECT, related_name="+")
    would_be_pence = models.BigIntegerField()
    source = models.CharField(max_length=80, blank=True)
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A reason is never empty."""

        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="spending_override_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"limit of {self.campaign} set aside"
