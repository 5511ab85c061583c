"""What this app holds about a person: the petitions they signed."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hustings.actions.models import Signature, SignatureState
from hustings.actions.queries import standing_of
from hustings.actions.rules.standing import Standing
from hustings.actions.usecases.count_signature import count_again, uncount
from hustings.actions.usecases.forget_answered import emptied_fields

#: The key in a merge's record under which signatures stand that were counted for both.
_COUNTED_TWICE = "actions.Signature counted twice"


class ActionsSocket:
    """Answers for signatures.

    Erasing empties a signature. Under a petition that is still open it no longer counts, as its signer could sign again;
    under one that has closed it stays in the count, without a name. Merging two people who both signed counts them once.
    """

    app_label = "actions"
    models: tuple[str, ...] = ("actions.Signature",)

    def export(self, *, person_id: int) -> dict[str, list[dict[str, Any]]]:
        """Every signature with the words that were signed."""
        signatures = (
            Signature.objects.filter(person_id=person_id)
            .select_related("petition", "version", "ward")
            .order_by("signed_at", "pk")
        )
        return {
            "Petitions you signed": [
                {
                    "petition": signature.version.title,
                    "words you signed": signature.version.text,
                    "asked of": signature.petition.asked_of,
                    "state": signature.get_state_display(),
                    "how": signature.get_source_display(),
                    "name": f"{signature.given_name} {signature.family_name}".strip(),
                    "email": signature.email,
                    "telephone": signature.phone,
                    "address": signature.address_line,
                    "postcode": signature.postcode,
                    "ward": signature.ward.name if signature.ward else "",
                    "signed at": signature.signed_at.isoformat(),
                    "confirmed at": signature.confirmed_at.isoformat() if signature.confirmed_at else "",
                    "withdrawn at": signature.withdrawn_at.isoformat() if signature.withdrawn_at else "",
                    "evidence": signature.evidence,
                }
                for signature in signatures
            ]
        }

    def erase(self, *, person_id: int, now: datetime) -> int:
        """Empty the person's signatures; returns how many."""
        with transaction.atomic():
            signatures = list(Signature.objects.filter(person_id=person_id).select_related("petition"))
            for signature in signatures:
                is_final = standing_of(petition=signature.petition, now=now) == Standing.CLOSED
                if signature.state == SignatureState.CONFIRMED and not is_final:
                    uncount(signature=signature)
                    signature.state, signature.withdrawn_at = SignatureState.WITHDRAWN, now
                for name, value in emptied_fields(now=now).items():
                    setattr(signature, name, value)
                signature.save()
        return len(signatures)

    def merge(self, *, kept_id: int, merged_id: int, now: datetime) -> dict[str, list[int]]:
        """Point the merged person's signatures at the kept one; a petition both signed counts them once."""
        with transaction.atomic():
            moving = list(Signature.objects.filter(person_id=merged_id).order_by("pk"))
            already = set(
                Signature.objects.filter(person_id=kept_id, state=SignatureState.CONFIRMED).values_list(
                    "petition_id", flat=True
                )
            )
            twice = []
            for signature in moving:
                signature.person_id = kept_id
                if signature.state == SignatureState.CONFIRMED and signature.petition_id in already:
                    uncount(signature=signature)
                    signature.state, signature.withdrawn_at = SignatureState.WITHDRAWN, now
                    twice.append(signature.pk)
                signature.save(update_fields=["person", "state", "withdrawn_at"])
        return {"actions.Signature": [signature.pk for signature in moving], _COUNTED_TWICE: twice}

    def unmerge(self, *, kept_id: int, merged_id: int, moved: dict[str, list[int]]) -> None:
        """Point exactly the moved signatures back, and count those again that counted before."""
        with transaction.atomic():
            Signature.objects.filter(pk__in=moved.get("actions.Signature", []), person_id=kept_id).update(
                person_id=merged_id
            )
            for signature in Signature.objects.filter(
                pk__in=moved.get(_COUNTED_TWICE, []), state=SignatureState.WITHDRAWN
            ):
                signature.state, signature.withdrawn_at = SignatureState.CONFIRMED, None
                signature.save(update_fields=["state", "withdrawn_at"])
                count_again(signature=signature)


SOCKET = ActionsSocket()
