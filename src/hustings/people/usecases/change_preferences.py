"""Let a person change, by their own link, what they agree to and what they object to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from hustings.people.models import Channel, ConsentWording, Person
from hustings.people.queries.receipts import consents_given, standing_objections
from hustings.people.usecases.lift_objection import lift_objection
from hustings.people.usecases.object_to_contact import object_to_contact
from hustings.people.usecases.record_consent import record_consent

#: Where contact may rest on something else than consent: an unticked box there is an objection, and is kept as one.
WITHOUT_CONSENT = frozenset({Channel.CALL, Channel.POST, Channel.DOOR})

SOURCE = "preferences page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One box of the page: a channel (empty for opinions), a purpose, the words beside it, and whether it was ticked."""

    channel: str
    purpose: str
    wording: ConsentWording
    is_ticked: bool


def change_preferences(
    *,
    person: Person,
    choices: list[Choice],
    never: Mapping[str, bool],
    evidence: Mapping[str, Any],
    now: datetime,
) -> int:
    """Record whatever differs from what stands, each with a receipt; returns how many things changed.

    `never` says for each channel shown whether all marketing by it is to stop; where it is, its other boxes count for nothing.
    What was not shown is left as it stands. The page was opened by the person's own signed link, so a box ticked lifts their
    own objection to just that.
    """
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        changed = 0
        for channel, is_never in never.items():
            changed += _set_never(person, channel, is_never=is_never, now=now)
        for choice in choices:
            if not never.get(choice.channel, False):
                changed += _set_choice(person, choice, evidence, now)
    return changed


def is_never(*, person: Person, channel: str) -> bool:
    """Whether the person's own objection stops all marketing by a channel."""
    return any(
        objection.is_sure and not objection.purpose and objection.blocks(channel=channel, purpose="campaign")
        for objection in standing_objections(person_id=person.pk)
    )


def _set_never(person: Person, channel: str, *, is_never: bool, now: datetime) -> int:
    standing = [
        objection
        for objection in standing_objections(person_id=person.pk)
        if objection.is_sure
        and not objection.purpose
        and objection.blocks(channel=channel, purpose="campaign")
    ]
    if is_never and not standing:
        object_to_contact(person=person, channel=channel, source=SOURCE, now=now)
    elif not is_never and standing:
        for objection in standing:
            lift_objection(objection=objection.objection, channel=channel, source=SOURCE, now=now)
    return int(is_never != bool(standing))


def _set_choice(person: Person, choice: Choice, evidence: Mapping[str, Any], now: datetime) -> int:
    is_given = (choice.channel, choice.purpose) in consents_given(person_id=person.pk)
    blocking = [
        objection
        for objection in standing_objections(person_id=person.pk)
        if objection.is_sure and objection.blocks(channel=choice.channel, purpose=choice.purpose)
    ]
    if choice.is_ticked == (is_given and not blocking):
        return 0
    record_consent(
        person=person,
        channel=choice.channel,
        purpose=choice.purpose,
        is_given=choice.is_ticked,
        wording=choice.wording,
        source=SOURCE,
        evidence=evidence,
        now=now,
        is_own_act=True,
    )
    if not choice.is_ticked and choice.channel in WITHOUT_CONSENT and not blocking:
        object_to_contact(
            person=person, channel=choice.channel, purpose=choice.purpose, source=SOURCE, now=now
        )
    return 1
