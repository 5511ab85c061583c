"""Write down that the agent gave somebody authority to spend, or that it ended."""

from datetime import date, datetime

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.money.access import require_in
from hustings.money.models import Authority, Campaign
from hustings.platform import audit


class BadAuthority(Refusal):
    """An authority is written, for somebody, and up to an amount."""


@transaction.atomic
def give_authority(
    *,
    campaign: Campaign,
    kind: str,
    name: str,
    address: str,
    most_pence: int,
    given_on: date,
    evidence: str,
    by: User,
    now: datetime,
) -> Authority:
    """Keep the agent's written authority: for whom, for what, up to how much, and where the letter is.

    Raises `BadAuthority` and `NotAllowed`.
    """
    require_in(user=by, right=Right.EDIT_MONEY, code=campaign.area_id, now=now)
    if not name.strip() or not evidence.strip() or most_pence <= 0:
        raise BadAuthority(
            "incomplete", gettext_noop("Enter the name, the amount, and where the signed letter is kept.")
        )
    made = Authority.objects.create(
        campaign=campaign,
        kind=kind,
        name=name.strip(),
        address=address.strip(),
        most_pence=most_pence,
        given_on=given_on,
        evidence=evidence.strip(),
        made_at=now,
        made_by=by,
    )
    _note(made, "authorised", by, now)
    return made


@transaction.atomic
def end_authority(*, authority: Authority, on: date, by: User, now: datetime) -> Authority:
    """Close an authority from a day on; what was spent under it stays. Raises `BadAuthority` and `NotAllowed`."""
    require_in(user=by, right=Right.EDIT_MONEY, code=authority.campaign.area_id, now=now)
    if authority.ended_on is not None or on < authority.given_on:
        raise BadAuthority(
            "ended", gettext_noop("It has ended already, or that day lies before it was given.")
        )
    authority.ended_on = on
    authority.save(update_fields=["ended_on"])
    _note(authority, "ended authority", by, now)
    return authority


def _note(authority: Authority, verb: str, by: User, now: datetime) -> None:
    audit.record(
        now=now,
        actor=by,
        verb=verb,
        subject_type="money.Authority",
        subject_id=authority.pk,
        area_code=authority.campaign.area_id or "",
    )
