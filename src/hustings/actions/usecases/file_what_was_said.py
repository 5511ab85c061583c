"""Put on file what a signature form says about its signer: the person, consents, intention and issues."""

import contextlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from hustings.accounts.models import User
from hustings.actions.models import Petition, Signature
from hustings.basics.email_address import parse_email
from hustings.contacts.models import IssueRaised
from hustings.contacts.usecases.record_intention import OpinionHasNoBasis, record_intention
from hustings.elections.models import Party
from hustings.people.models import ConsentWording, ContactPointKind, Person
from hustings.people.usecases.record_consent import ConsentRow, record_consents
from hustings.people.usecases.record_person import record_person
from hustings.people.usecases.verify_contact_point import verify_contact_point


def file_what_was_said(
    *,
    signature: Signature,
    petition: Petition,
    now: datetime,
    evidence: Mapping[str, Any],
    keyed_by: User | None = None,
) -> Person:
    """Find or make the person and record their consents with `evidence`, their intention and their issues.

    To be called in a transaction. Without `keyed_by` the person confirmed the form through their own mailbox: the address is
    verified, newer details replace older ones, and a consent given lifts their own objection to just that. With it, somebody
    typed it in: it fills gaps only, and lifts nothing.
    """
    is_own_act = keyed_by is None
    source = f"petition {petition.slug}"
    person = record_person(
        source=source,
        now=now,
        given_name=signature.given_name,
        family_name=signature.family_name,
        email=signature.email,
        phone=signature.phone,
        postcode=signature.postcode,
        address_line=signature.address_line,
        language=str(signature.choices.get("language", "")),
        fills_gaps_only=not is_own_act,
    )
    if is_own_act:
        canonical = parse_email(signature.email, allow_example=settings.HUSTINGS_MODE != "live").canonical
        verify_contact_point(person=person, kind=ContactPointKind.EMAIL, canonical=canonical, now=now)
    given = signature.choices.get("consents", [])
    wordings = ConsentWording.objects.in_bulk([consent["wording"] for consent in given])
    record_consents(
        rows=[
            ConsentRow(
                person_id=person.pk,
                channel=consent["channel"],
                purpose=consent["purpose"],
                is_given=True,
                wording=wordings[consent["wording"]],
                at=now,
                evidence={"signature": signature.pk, **evidence},
            )
            for consent in given
        ],
        source=source,
        recorded_by=keyed_by,
        is_own_act=is_own_act,
    )
    _record_views(signature, petition, person, source, now)
    return person


def _record_views(
    signature: Signature, petition: Petition, person: Person, source: str, now: datetime
) -> None:
    intention = signature.choices.get("intention")
    if intention:
        party = Party.objects.filter(pk=intention["party"]).first() if intention.get("party") else None
        # Somebody who told us to stop keeping their opinions still signs; the opinion alone is dropped.
        with contextlib.suppress(OpinionHasNoBasis):
            record_intention(
                person=person,
                choice=intention["choice"],
                party=party,
                election=petition.election,
                source=source,
                now=now,
                said_at=signature.signed_at,
            )
    IssueRaised.objects.bulk_create(
        [
            IssueRaised(person=person, issue_id=issue_id, at=signature.signed_at, source=source)
            for issue_id in signature.choices.get("issues", [])
        ]
    )
