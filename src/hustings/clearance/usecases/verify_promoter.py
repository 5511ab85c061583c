"""Verify a promoter: a named person has checked name and postal address against evidence."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.access import require_in
from hustings.clearance.models import Promoter
from hustings.clearance.rules.parts import is_postal
from hustings.platform import audit


class PromoterNotVerifiable(Refusal):
    """The promoter lacks something without which no imprint is complete."""


@transaction.atomic
def verify_promoter(*, promoter: Promoter, evidence: str, by: User, now: datetime) -> Promoter:
    """Keep who verified the promoter, when and by what evidence.

    Raises `PromoterNotVerifiable` where the address is not one where letters arrive or no evidence is given,
    and `NotAllowed` where the user may not verify promoters here.
    """
    require_in(user=by, right=Right.VERIFY_PROMOTERS, code=promoter.area_id, now=now)
    if not is_postal(promoter.full_address):
        raise PromoterNotVerifiable(
            "address",
            gettext_noop(
                "Give {name} an address where letters arrive: a street, house or PO box, and a UK postcode."
            ),
            name=promoter.name,
        )
    if not evidence.strip():
        raise PromoterNotVerifiable(
            "evidence",
            gettext_noop(
                "Say how you know: the letter, the register entry or the call by which you checked."
            ),
        )
    promoter.verified_at, promoter.verified_by, promoter.evidence = now, by, evidence.strip()
    promoter.save(update_fields=["verified_at", "verified_by", "evidence"])
    audit.record(
        now=now,
        actor=by,
        verb="verified",
        subject_type="clearance.Promoter",
        subject_id=promoter.pk,
        area_code=promoter.area_id or "",
    )
    return promoter
