"""Correct an entry: nothing is changed, a further entry says what was wrong and what is right."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.openness.access import require_for
from hustings.openness.models import Entry, EntryKind, Seal
from hustings.openness.usecases.record_entry import Draft, record_entry
from hustings.platform import audit


class NothingToCorrect(Refusal):
    """What was wrong, or what is right, was not said."""


@transaction.atomic
def correct_entry(*, entry: Entry, was: str, is_now: str, reason: str, by: User, now: datetime) -> Entry:
    """Add a correction to an entry, open at once. Raises `NothingToCorrect`, and `NotAllowed` outside the
    user's places.
    """
    require_for(user=by, right=Right.EDIT_RECORD, entry=entry, now=now)
    if not was.strip() or not is_now.strip() or not reason.strip():
        raise NothingToCorrect(
            "incomplete",
            gettext_noop("Say what the record says, what is right, and how the mistake came about."),
        )
    done = entry.followed_by.filter(kind=EntryKind.CORRECTION).count()
    correction = record_entry(
        kind=EntryKind.CORRECTION,
        source=f"correction {done + 1} of entry {entry.number}",
        title=entry.title,
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
                facts={
                    "corrects": entry.number,
                    "was": was.strip(),
                    "is": is_now.strip(),
                    "reason": reason.strip(),
                },
            )
        ],
    )
    audit.record(
        now=now,
        actor=by,
        verb="corrected",
        subject_type="openness.Entry",
        subject_id=entry.number,
        area_code=entry.area_id or "",
    )
    return correction
