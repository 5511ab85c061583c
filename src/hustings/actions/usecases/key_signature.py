"""Key a signature that was made on paper or by telephone."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from hustings.accounts.models import User
from hustings.actions.models import Petition, PetitionVersion, Signature, SignatureSource, SignatureState
from hustings.actions.rules.same_signer import is_same_signer
from hustings.actions.usecases.count_signature import count_signature, signer_of
from hustings.actions.usecases.file_what_was_said import file_what_was_said
from hustings.basics.email_address import EmailAddress
from hustings.platform.audit import record


class SignedBeforeOpening(ValueError):
    """The petition has never been open, so nobody can have signed it."""


@dataclass(frozen=True, kw_only=True)
class KeyedForm:
    """A sheet's line or a call, checked. `evidence` says where the sheet is kept, or who rang when and what was read out."""

    petition: Petition
    version: PetitionVersion
    source: SignatureSource
    given_name: str
    family_name: str
    postcode: str
    evidence: Mapping[str, Any]
    signed_at: datetime
    email: EmailAddress | None = None
    address_line: str = ""
    phone: str = ""
    choices: Mapping[str, Any] = field(default_factory=dict)
    is_other_person: bool = False


def key_signature(*, form: KeyedForm, by: User, now: datetime) -> Signature:
    """Store and count the signature at once: the evidence stands for the confirmation, so it needs no email address.

    Somebody who has signed already, by the same address or by the same name at the same postcode, is counted once; what this
    sheet says they agreed to is recorded all the same. `is_other_person` says that the same name at the same place is somebody
    else. Returns the signature that counts. Raises `SignedBeforeOpening`.
    """
    if form.petition.opens_at is None:
        raise SignedBeforeOpening("Open the petition before you key signatures.")
    with transaction.atomic():
        Petition.objects.select_for_update().get(pk=form.petition.pk)
        signature = _known(form)
        is_new = signature is None
        if signature is None:
            signature = Signature(
                petition=form.petition, token=secrets.token_urlsafe(32), state=SignatureState.PENDING
            )
        if signature.state == SignatureState.CONFIRMED:
            _agree_again(signature, form, by, now)
        else:
            _fill_in(signature, form, by)
            count_signature(signature=signature, now=now, evidence=_evidence(form), keyed_by=by)
        record(
            now=now,
            actor=by,
            verb="keyed",
            subject_type="signature",
            subject_id=signature.pk,
            area_code=form.petition.area_id or "",
            petition=form.petition.pk,
            source=str(form.source),
            is_new=is_new,
        )
    return signature


def _evidence(form: KeyedForm) -> dict[str, Any]:
    return {
        **form.evidence,
        "source": str(form.source),
        "signed_at": form.signed_at.isoformat(),
        **({"is_other_person": True} if form.is_other_person else {}),
    }


def _fill_in(signature: Signature, form: KeyedForm, by: User) -> None:
    signature.version, signature.source = form.version, form.source
    signature.given_name, signature.family_name = form.given_name, form.family_name
    signature.email = form.email.address if form.email else ""
    signature.canonical_email = form.email.canonical if form.email else ""
    signature.postcode, signature.address_line, signature.phone = form.postcode, form.address_line, form.phone
    signature.choices, signature.evidence = dict(form.choices), _evidence(form)
    signature.keyed_by, signature.signed_at = by, form.signed_at
    signature.save()


def _known(form: KeyedForm) -> Signature | None:
    """The signature this person has given already, counted or not."""
    signatures = Signature.objects.select_for_update().filter(petition=form.petition)
    if form.email:
        by_address = signatures.filter(canonical_email=form.email.canonical).first()
        if by_address is not None:
            return by_address
    if form.is_other_person:
        return None
    keyed = (form.given_name, form.family_name, form.address_line)
    for other in signatures.filter(postcode=form.postcode, state=SignatureState.CONFIRMED):
        # Two different addresses may be a parent and a child of one name.
        if form.email and other.canonical_email:
            continue
        if is_same_signer(one=keyed, other=signer_of(other)):
            return other
    return None


def _agree_again(signature: Signature, form: KeyedForm, by: User, now: datetime) -> None:
    """The signature counts already: what the sheet adds is what it says about its signer."""
    said = Signature(
        pk=signature.pk,
        choices=dict(form.choices),
        given_name=form.given_name,
        family_name=form.family_name,
        email=form.email.address if form.email else "",
        phone=form.phone,
        postcode=form.postcode,
        address_line=form.address_line,
        signed_at=form.signed_at,
    )
    file_what_was_said(signature=said, petition=form.petition, now=now, evidence=_evidence(form), keyed_by=by)
