"""Let a signature count: the person, what they agreed to and said goes on file, and the petition's figures follow."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F

from hustings.accounts.models import User
from hustings.actions.events import SignatureConfirmed
from hustings.actions.models import Petition, Signature, SignatureState
from hustings.actions.rules.same_signer import is_same_signer
from hustings.actions.rules.ward_table import STEP
from hustings.actions.usecases.file_what_was_said import file_what_was_said
from hustings.actions.usecases.renew_ward_table import renew_ward_table
from hustings.people.models import Person
from hustings.platform.events import announce


def count_signature(
    *, signature: Signature, now: datetime, evidence: Mapping[str, Any], keyed_by: User | None = None
) -> Person:
    """Write everything that follows from a signature that was confirmed by email, or keyed from paper or a call.

    To be called in a transaction that holds the signature's row; `keyed_by` as in `file_what_was_said`. Returns the person.
    """
    petition = Petition.objects.get(pk=signature.petition_id)
    person = file_what_was_said(
        signature=signature, petition=petition, now=now, evidence=evidence, keyed_by=keyed_by
    )
    choices = signature.choices
    _replace_earlier(signature, now)
    signature.person, signature.ward_id = person, person.ward_id
    signature.state, signature.confirmed_at = SignatureState.CONFIRMED, now
    signature.withdrawn_at = None
    signature.choices = {name: choices[name] for name in ("consents", "language") if name in choices}
    signature.save()
    announce(SignatureConfirmed(at=now, signature_id=signature.pk, person_id=person.pk))
    # Last, so that on PostgreSQL the petition's row is held only for the moment before the commit.
    Petition.objects.filter(pk=petition.pk).update(confirmed=F("confirmed") + 1)
    confirmed = Petition.objects.values_list("confirmed", flat=True).get(pk=petition.pk)
    if confirmed % STEP == 0:
        renew_ward_table(petition_id=petition.pk)
    return person


def uncount(*, signature: Signature) -> None:
    """Take a confirmed signature out of its petition's count; its own row is the caller's."""
    Petition.objects.filter(pk=signature.petition_id, confirmed__gt=0).update(confirmed=F("confirmed") - 1)


def count_again(*, signature: Signature) -> None:
    """Put a signature back into its petition's count; its own row is the caller's."""
    Petition.objects.filter(pk=signature.petition_id).update(confirmed=F("confirmed") + 1)


def _replace_earlier(signature: Signature, now: datetime) -> None:
    """Somebody who signed on paper without an address and now signs with one counts once: the later signature stands."""
    if not signature.canonical_email:
        return
    for earlier in Signature.objects.filter(
        petition_id=signature.petition_id,
        postcode=signature.postcode,
        state=SignatureState.CONFIRMED,
        canonical_email="",
    ):
        if not earlier.evidence.get("is_other_person") and is_same_signer(
            one=signer_of(earlier), other=signer_of(signature)
        ):
            earlier.state, earlier.withdrawn_at = SignatureState.WITHDRAWN, now
            earlier.evidence = {**earlier.evidence, "replaced_by": signature.pk}
            earlier.save(update_fields=["state", "withdrawn_at", "evidence"])
            uncount(signature=earlier)


def signer_of(signature: Signature) -> tuple[str, str, str]:
    """The parts of a signature by which `is_same_signer` compares."""
    return signature.given_name, signature.family_name, signature.address_line
