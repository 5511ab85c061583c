"""Write down a gift, or a correction of one; the payment's own number is never kept, only a keyed fingerprint."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.money.access import require_in
from hustings.money.models import Campaign, Donor, DonorKind, Expense, Gift, Route
from hustings.money.queries.books import notional_of
from hustings.people.models import ContactPoint
from hustings.platform import audit

_SALT = "hustings.money.payment_token"


class BadGift(Refusal):
    """The facts about a gift do not go together."""


@dataclass(frozen=True, kw_only=True)
class DonorFacts:
    """Who gave, as it was written; everything may be empty where the source is not known."""

    kind: str = DonorKind.INDIVIDUAL
    given_name: str = ""
    family_name: str = ""
    organisation: str = ""
    address: str = ""
    postcode: str = ""
    email: str = ""
    company_number: str = ""
    controllers: Sequence[dict[str, str]] = ()
    is_overseas: bool = False

    @property
    def is_known(self) -> bool:
        """Whether there is a name at all."""
        return bool(self.given_name or self.family_name or self.organisation)


@dataclass(frozen=True, kw_only=True)
class GiftFacts:
    """What was given, how, and what shows it. `payment` is the card's or account's number or token: only its keyed fingerprint is
    kept.
    """

    amount_pence: int
    received_on: date
    route: str
    evidence: str
    platform: str = ""
    funds_arrived_on: date | None = None
    is_standing: bool = False
    what: str = ""
    value_basis: str = ""
    through: str = ""
    payment: str = ""
    is_foreign_account: bool = False


@transaction.atomic
def record_gift(
    *,
    campaign: Campaign,
    donor: DonorFacts,
    facts: GiftFacts,
    by: User,
    now: datetime,
    replaces: Gift | None = None,
    correction_reason: str = "",
    of_item: Expense | None = None,
) -> Gift:
    """Store a gift. With `replaces`, it is a correction and needs a reason; an empty `payment` keeps the fingerprint there was.

    `of_item` is an item of notional spending that the campaign shares: the same thing, seen as a gift. It is entered once.

    Raises `BadGift` where the facts do not go together, `NotAllowed` without the right for the campaign's place.
    """
    require_in(user=by, right=Right.EDIT_MONEY, code=campaign.area_id, now=now)
    _check(facts, now)
    if replaces is not None:
        _check_correction(replaces, campaign, correction_reason)
    if of_item is not None:
        _check_item(of_item, campaign, facts)
    expense_id = of_item.root_id if of_item else (replaces.expense_id if replaces else None)
    token = fingerprint(payment=facts.payment) if facts.payment else (replaces.token if replaces else "")
    values = asdict(facts)
    del values["payment"]
    gift = Gift.objects.create(
        campaign=campaign,
        donor=_donor(campaign, donor, by, now) if donor.is_known else None,
        token=token,
        expense_id=expense_id,
        replaces=replaces,
        correction_reason=correction_reason.strip(),
        made_at=now,
        made_by=by,
        **values,
    )
    audit.record(
        now=now,
        actor=by,
        verb="corrected a gift" if replaces else "recorded a gift",
        subject_type="money.Gift",
        subject_id=gift.pk,
        area_code=campaign.area_id or "",
        replaces=replaces.pk if replaces else None,
    )
    return gift


@transaction.atomic
def cancel_gift(*, gift: Gift, reason: str, by: User, now: datetime) -> Gift:
    """Strike a gift out that was written down by mistake: a new row says so, with a reason. Raises `BadGift`."""
    require_in(user=by, right=Right.EDIT_MONEY, code=gift.campaign.area_id, now=now)
    _check_correction(gift, gift.campaign, reason)
    values: dict[str, Any] = {
        field.attname: getattr(gift, field.attname)
        for field in Gift._meta.concrete_fields
        if field.name not in {"id", "replaces", "is_cancelled", "correction_reason", "made_at", "made_by"}
    }
    struck = Gift.objects.create(
        **values, replaces=gift, is_cancelled=True, correction_reason=reason.strip(), made_at=now, made_by=by
    )
    audit.record(
        now=now,
        actor=by,
        verb="struck out a gift",
        subject_type="money.Gift",
        subject_id=struck.pk,
        area_code=gift.campaign.area_id or "",
        replaces=gift.pk,
    )
    return struck


def fingerprint(*, payment: str) -> str:
    """The keyed fingerprint of a card's or account's number or token: spaces and dashes do not matter. The key does not leave the
    installation, so the fingerprint cannot be tried out elsewhere.
    """
    plain = "".join(letter for letter in payment.upper() if letter.isalnum())
    return salted_hmac(_SALT, plain, secret=settings.HUSTINGS_SUPPRESSION_KEY, algorithm="sha256").hexdigest()


def _check(facts: GiftFacts, now: datetime) -> None:
    if facts.amount_pence <= 0:
        raise BadGift("amount", gettext_noop("A gift has an amount above nought."))
    if facts.received_on > now.date():
        raise BadGift("received_on", gettext_noop("The day of receipt has not come yet."))
    if facts.route not in Route.values:
        raise BadGift("route", gettext_noop("Say how the gift came."))
    if not facts.evidence.strip():
        raise BadGift(
            "evidence", gettext_noop("Say what shows the gift: a statement's line, a receipt, a letter.")
        )
    if facts.route == Route.IN_KIND and not (facts.what.strip() and facts.value_basis.strip()):
        raise BadGift("what", gettext_noop("For a gift in kind, say what it is and how its value was found."))
    if facts.funds_arrived_on and facts.route != Route.PLATFORM:
        raise BadGift(
            "funds_arrived_on",
            gettext_noop("Only a platform's money arrives on a day of its own; leave it empty."),
        )
    if facts.funds_arrived_on and facts.funds_arrived_on < facts.received_on:
        raise BadGift(
            "funds_arrived_on", gettext_noop("The platform's money cannot arrive before the gift was made.")
        )


def _check_item(item: Expense, campaign: Campaign, facts: GiftFacts) -> None:
    if facts.route != Route.IN_KIND:
        raise BadGift("route", gettext_noop("What was given free or at a discount is a gift in kind."))
    if not item.shares.filter(campaign=campaign).exists() or not notional_of(expense=item):
        raise BadGift("item", gettext_noop("That item is no notional spending of this campaign."))
    standing = Gift.objects.filter(
        expense=item.root_id, campaign=campaign, replaced_by=None, is_cancelled=False
    )
    if standing.exists():
        raise BadGift("item", gettext_noop("That item is entered among the gifts already."))


def _check_correction(gift: Gift, campaign: Campaign, reason: str) -> None:
    if gift.campaign_id != campaign.pk:
        raise BadGift("campaign", gettext_noop("A correction stays in the same books."))
    if gift.is_cancelled or Gift.objects.filter(replaces=gift).exists():
        raise BadGift(
            "replaces", gettext_noop("This row was replaced already. Correct the row that stands now.")
        )
    if not reason.strip():
        raise BadGift("correction_reason", gettext_noop("Say why this is corrected."))


def _donor(campaign: Campaign, facts: DonorFacts, by: User, now: datetime) -> Donor:
    """The donor who was written exactly so before, or a new one."""
    values = {
        name: value.strip() if isinstance(value, str) else value for name, value in asdict(facts).items()
    }
    values["controllers"] = [dict(one) for one in facts.controllers]
    values["postcode"] = values["postcode"].upper()
    same = {name: value for name, value in values.items() if name != "controllers"}
    for known in Donor.objects.filter(campaign=campaign, erased_at=None, **same).order_by("pk"):
        if known.controllers == values["controllers"]:
            return known
    return Donor.objects.create(
        campaign=campaign, person_id=_person_id(values["email"]), made_at=now, made_by=by, **values
    )


def _person_id(email: str) -> int | None:
    """The person whose address this is, where exactly one is known."""
    if not email:
        return None
    people = list(
        ContactPoint.objects.filter(canonical__iexact=email, person__erased_at=None, person__merged_into=None)
        .values_list("person", flat=True)
        .distinct()[:2]
    )
    return people[0] if len(people) == 1 else None
