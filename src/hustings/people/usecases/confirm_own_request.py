"""Let a person confirm, by the link sent to their own address, what they asked for, and carry it out."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hustings.people.models import Person, RightsOutcome, RightsRequest, RightsRequestKind
from hustings.people.usecases.erase_person import erase_person
from hustings.people.usecases.export_person import PersonExport, export_person
from hustings.people.usecases.handle_rights_request import answer_request, verify_identity

_EVIDENCE = "opened the link sent to their own email address"


class NotAskedFor(ValueError):
    """The link does not confirm this: another kind of request, or its person is gone."""


def download_own_data(*, request: RightsRequest, now: datetime) -> PersonExport:
    """Answer a confirmed access request with everything held; more downloads by the same link are the same answer.

    Raises `NotAskedFor`.
    """
    if (
        request.kind != RightsRequestKind.ACCESS
        or request.person is None
        or request.person.erased_at is not None
    ):
        raise NotAskedFor("This link does not answer an access request.")
    with transaction.atomic():
        export = export_person(person=_kept(request.person), now=now)
        if request.answered_at is None:
            verified = verify_identity(request=request, evidence=_EVIDENCE, now=now)
            answer_request(
                request=verified,
                outcome=RightsOutcome.MET,
                answer=_("Downloaded by the link sent to their own address."),
                now=now,
            )
    return export


def erase_self(*, request: RightsRequest, now: datetime) -> bool:
    """Carry out a confirmed request for erasure; returns whether a block against further contact stands.

    Raises `NotAskedFor`, also where it was carried out before.
    """
    if request.kind != RightsRequestKind.ERASURE or request.person is None or request.answered_at is not None:
        raise NotAskedFor("This link does not confirm an erasure that is still to come.")
    with transaction.atomic():
        verified = verify_identity(request=request, evidence=_EVIDENCE, now=now)
        answer_request(request=verified, outcome=RightsOutcome.MET, answer="", now=now)
        erased = erase_person(
            person=_kept(request.person), now=now, why=f"request {request.pk}, confirmed by email"
        )
    return erased.is_blocked


def _kept(person: Person) -> Person:
    """The row that was kept, of a person joined to another."""
    return person if person.merged_into is None else _kept(person.merged_into)
