"""Withhold a document: its bytes and salt go, the commitment and a tombstone with the reason stay."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.openness.access import require_for
from hustings.openness.models import Document, EntryKind, Seal
from hustings.openness.usecases.mark_words import mark_again
from hustings.openness.usecases.record_entry import Draft, record_entry
from hustings.platform import audit


class NotToBeWithheld(Refusal):
    """It is withheld already, or no reason was given."""


@transaction.atomic
def withhold_document(*, document: Document, reason: str, by: User, now: datetime) -> Document:
    """Take a document away for good, and say so in an entry of its own.

    For what must not stay public: somebody's home address, a picture of a child, a court's order. Without the
    salt nobody can try likely contents against the commitment that stays in the leaf. Raises
    `NotToBeWithheld`, and `NotAllowed` outside the user's places.
    """
    entry = document.entry
    require_for(user=by, right=Right.EDIT_RECORD, entry=entry, now=now)
    if not reason.strip():
        raise NotToBeWithheld(
            "reason", gettext_noop("Give the reason; it stands in the public record for good.")
        )
    kept: Document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if kept.withheld_at is not None:
        raise NotToBeWithheld("withheld", gettext_noop("This document is withheld already."))
    kept.content, kept.salt = None, ""
    kept.withheld_at, kept.withheld_reason, kept.withheld_by = now, reason.strip(), by
    kept.save(update_fields=["content", "salt", "withheld_at", "withheld_reason", "withheld_by"])
    # What repeats the document's words for lists and search goes with it.
    entry.search_words = ""
    if kept.name == "facts":
        entry.title = ""
        entry.save(update_fields=["title", "search_words"])
    else:
        entry.save(update_fields=["search_words"])
    mark_again(entry=entry)
    record_entry(
        kind=EntryKind.WITHHOLDING,
        source=f"withholding of {kept.name} of entry {entry.number}",
        title="",
        channel=entry.channel,
        purpose=entry.purpose,
        area=entry.area,
        concerns=entry,
        places=[(entry.area, None)] if entry.area else [],
        now=now,
        documents=[
            Draft.of_facts(
                name="facts",
                seal=Seal.OPEN,
                facts={"withholds": entry.number, "document": kept.name, "reason": reason.strip()},
            )
        ],
    )
    audit.record(
        now=now,
        actor=by,
        verb="withheld",
        subject_type="openness.Document",
        subject_id=kept.pk,
        area_code=entry.area_id or "",
        entry=entry.number,
        document=kept.name,
    )
    return kept
