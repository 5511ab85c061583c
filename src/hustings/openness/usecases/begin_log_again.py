"""Begin the log again under a new name, where entries that were signed are lost for good."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.openness.models import Checkpoint, EntryKind, Seal, Witness
from hustings.openness.queries.log import log_state, tree_size
from hustings.openness.usecases.grow_log import grow_log
from hustings.openness.usecases.record_entry import Draft, record_entry
from hustings.openness.usecases.sign_checkpoint import one_signer, sign_head
from hustings.platform import audit


class NothingLost(Refusal):
    """The log is what was signed, or no reason was given."""


def begin_log_again(*, reason: str, by: User | None, now: datetime) -> Checkpoint:
    """Go on under a new name; an entry says so, why, and what the old log had signed, for ever.

    A log never signs two histories, so the one that was set back ends here. What it signed stays true of it: whoever kept its
    checkpoints can show what is missing. Raises `NothingLost`.
    """
    with one_signer(), transaction.atomic():
        grow_log()
        state = log_state()
        if not state.trouble or state.signed is None:
            raise NothingLost(
                "whole", gettext_noop("The log is what was signed; there is nothing to begin again.")
            )
        if not reason.strip():
            raise NothingLost(
                "reason", gettext_noop("Say how entries were lost; it stands in the record for good.")
            )
        old = state.signed.origin
        base, _slash, number = old.rpartition("/")
        name = f"{base}/{int(number) + 1}" if number.isdecimal() else f"{old}/2"
        record_entry(
            kind=EntryKind.RESTART,
            source=f"restart as {name}",
            title="The log began again",
            documents=[
                Draft.of_facts(
                    name="facts",
                    seal=Seal.OPEN,
                    facts={
                        "title": "The log began again",
                        "reason": reason.strip(),
                        "old_log": old,
                        "new_log": name,
                        "lost_checkpoint": state.signed.text,
                        "entries_kept": state.size,
                    },
                )
            ],
            now=now,
        )
        Witness.objects.update(known_size=0)
        audit.record(
            now=now,
            actor=by,
            verb="began the log again",
            subject_type="openness.Checkpoint",
            subject_id=name,
            reason=reason.strip(),
        )
        return sign_head(name=name, size=tree_size(), now=now)
