"""Empty the signatures of petitions that were answered a year ago."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from hustings.actions.models import Petition, PetitionState, Signature
from hustings.platform import audit

#: How long after the answer signatures are kept with names.
KEPT_AFTER_ANSWER = timedelta(days=366)


def forget_answered(*, now: datetime, dry_run: bool = False) -> int:
    """Empty the signatures of closed petitions whose outcome was published a year ago; returns how many.

    The privacy notice says so to everybody who signs (`website.usecases.write_privacy_notice`). A signature stays in the
    count, with its ward and its day, without a name, an address or a link to a person; what somebody agreed to stands in
    their consent receipts. With `dry_run` nothing is changed. The audit log keeps how many, not whose.
    """
    is_over = Q(state=PetitionState.CLOSED) | Q(closes_at__lte=now)
    answered = Petition.objects.filter(is_over, outcome_at__lte=now - KEPT_AFTER_ANSWER).order_by("pk")
    emptied = 0
    for petition in answered:
        with transaction.atomic():
            named = Signature.objects.filter(petition=petition, evidence__erased__isnull=True)
            if dry_run:
                emptied += named.count()
                continue
            count = named.update(**emptied_fields(now=now))
            emptied += count
            if count:
                audit.record(
                    now=now,
                    actor=None,
                    verb="forgot signatures",
                    subject_type="actions.Petition",
                    subject_id=petition.pk,
                    area_code=petition.area_id or "",
                    signatures=count,
                )
    return emptied


def emptied_fields(*, now: datetime) -> dict[str, object]:
    """What an emptied signature holds in place of what its signer wrote."""
    written = ("given_name", "family_name", "email", "canonical_email", "postcode", "address_line", "phone")
    return dict.fromkeys(written, "") | {
        "choices": {},
        "evidence": {"erased": now.isoformat()},
        "person": None,
    }
