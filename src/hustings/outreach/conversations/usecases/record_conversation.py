"""Record one conversation by phone or at the door: the contact, what was answered, and what was asked of us."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.contacts.models import Contact, Intention, IssueRaised, Outcome
from hustings.contacts.usecases.record_contact import record_contact
from hustings.contacts.usecases.record_intention import OpinionHasNoBasis, WrongIntention, record_intention
from hustings.contacts.usecases.record_issues import record_issues
from hustings.elections.models import Election, Party
from hustings.outreach.conversations.rules.agreements import NOTHING_AGREED, Agreed, check_wish
from hustings.outreach.conversations.rules.answers import Answer, Spoken, Wish
from hustings.outreach.conversations.usecases.take_agreement import Taken, read_offers, take_agreement
from hustings.people.models import Person
from hustings.people.queries import standing_objections, suppressed_person_ids
from hustings.people.usecases.mark_gone import mark_gone
from hustings.people.usecases.object_to_contact import object_to_contact
from hustings.register.models import Elector
from hustings.register.usecases.object_for_elector import object_for_elector

#: How a conversation can end.
OUTCOMES = frozenset({Outcome.SPOKE, Outcome.NO_ANSWER, Outcome.GONE, Outcome.OBJECTED})


class WrongConversation(Refusal):
    """What is said of the conversation does not fit together; nothing was stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What of a conversation was stored, and what was not: a sentence for each in `not_kept`.

    `agreed` are the letters of what they agreed to aloud (`rules.agreements.ASKS`).
    """

    contact: Contact
    intention: Intention | None
    issues: tuple[IssueRaised, ...]
    objection: uuid.UUID | None
    not_kept: tuple[Refusal, ...]
    agreed: str = ""


def record_conversation(
    *,
    channel: str,
    purpose: str,
    label: str,
    outcome: str,
    at: datetime,
    now: datetime,
    person: Person | None = None,
    elector: Elector | None = None,
    answer: Answer | None = None,
    wish: Wish | str = Wish.NOTHING,
    agreed: Agreed | None = None,
    evidence: Mapping[str, Any] | None = None,
    by: User | None = None,
) -> Conversation:
    """Store a conversation with exactly one person or elector that took place `at` a moment and is entered `now`.

    `label` says in the course of what. An objection is stored first, on every key that finds them again, and once. What they
    think is not stored where the organisation has no basis for that, or where they asked for no contact at all, now or before:
    the contact is, and `not_kept` says what is missing and why. Whoever is gone is marked so.

    What they `agreed` to aloud is recorded before their answers, with `evidence` of who took it down where: so consent to keep
    opinions covers what they said in the same breath, and an elector who agreed to something is a person on file from then on,
    with whom the contact is. Raises `WrongConversation`, and `WrongAgreement` and faults of addresses; then nothing is stored.
    """
    said = answer or Answer()
    asked = Wish(wish)
    if outcome == Outcome.OBJECTED and asked is Wish.NOTHING:
        asked = Wish.NOT_THIS_WAY
    agreement = agreed or NOTHING_AGREED
    _check(channel, outcome, said, agreement, person, elector)
    offers = read_offers(agreed=agreement)
    check_wish(spoken=channel, wish=asked, channels={offer.channel or "opinion" for offer in offers})
    with transaction.atomic():
        objection = _object(channel, label, at, person, elector, asked)
        taken = Taken(person=person)
        if not agreement.is_empty:
            taken = take_agreement(
                agreed=agreement,
                offers=offers,
                channel=channel,
                label=label,
                at=at,
                now=now,
                person=person,
                elector=elector,
                evidence=evidence or {},
                by=by,
            )
            person = taken.person
            elector = elector if person is None else None
        not_kept = list(taken.not_kept)
        contact = record_contact(
            channel=channel,
            purpose=purpose,
            outcome=outcome,
            at=at,
            person_id=None if person is None else person.pk,
            elector_id=None if elector is None else elector.pk,
            label=label,
            by=by,
        )
        if outcome == Outcome.GONE and person is not None:
            mark_gone(person=person, now=at)
        if said.is_opinion and (asked is Wish.NOT_AT_ALL or _has_stopped_everything(person)):
            not_kept.append(
                OpinionHasNoBasis(
                    "objected",
                    gettext_noop(
                        "Their answers were not kept: they asked for no contact and no profiling at all."
                    ),
                )
            )
            said = Answer()
        intention = _intention(said, person, elector, contact, label, at, now, not_kept)
        issues = _issues(said, person, label, at, now, not_kept)
    return Conversation(
        contact=contact,
        intention=intention,
        issues=issues,
        objection=objection,
        not_kept=tuple(not_kept),
        agreed=taken.signs,
    )


def _check(
    channel: str,
    outcome: str,
    said: Answer,
    agreed: Agreed,
    person: Person | None,
    elector: Elector | None,
) -> None:
    if (person is None) == (elector is None):
        raise WrongConversation(
            "one_subject", gettext_noop("Name the person or the elector who was talked to, not both.")
        )
    if channel not in set(Spoken):
        raise WrongConversation("channel", gettext_noop("People are talked to by phone or at the door."))
    if outcome not in OUTCOMES:
        raise WrongConversation(
            "outcome", gettext_noop("Say whether somebody spoke, nobody answered, they are gone or objected.")
        )
    if not said.is_empty and outcome not in {Outcome.SPOKE, Outcome.OBJECTED}:
        raise WrongConversation(
            "answer", gettext_noop("Answers are kept only of somebody who was spoken to. Choose “spoke”.")
        )
    if not agreed.is_empty and outcome not in {Outcome.SPOKE, Outcome.OBJECTED}:
        raise WrongConversation(
            "agreed", gettext_noop("Only somebody who was spoken to can agree to anything. Choose “spoke”.")
        )
    if (said.choice == "party") != (said.party_id is not None):
        raise WrongIntention(
            "party", gettext_noop("Name a party exactly where the answer is “a party or candidate”.")
        )


def _object(
    channel: str, label: str, at: datetime, person: Person | None, elector: Elector | None, wish: Wish
) -> uuid.UUID | None:
    if wish is Wish.NOTHING:
        return None
    asked = channel if wish is Wish.NOT_THIS_WAY else ""
    if person is None:
        assert elector is not None
        return object_for_elector(elector=elector, channel=asked, source=label, now=at)
    Person.objects.select_for_update().get(pk=person.pk)
    for standing in standing_objections(person_id=person.pk):
        # Entered twice, or said before: one objection is enough, as long as it covers what is asked now.
        if (
            standing.is_sure
            and not standing.purpose
            and not standing.lifted
            and standing.channel in ("", asked)
        ):
            return standing.objection
    return object_to_contact(person=person, channel=asked, source=label, now=at)


def _has_stopped_everything(person: Person | None) -> bool:
    """Whether an objection to all marketing by every channel stands, which covers profiling (UK GDPR Art. 21(2))."""
    if person is None:
        return False
    return person.pk in suppressed_person_ids(person_ids=[person.pk], channel="", purpose="opinion").definite


def _intention(
    said: Answer,
    person: Person | None,
    elector: Elector | None,
    contact: Contact,
    label: str,
    at: datetime,
    now: datetime,
    not_kept: list[Refusal],
) -> Intention | None:
    if not said.choice:
        return None
    try:
        return record_intention(
            person=person,
            elector=elector,
            choice=said.choice,
            party=None if said.party_id is None else Party.objects.get(pk=said.party_id),
            election=Election.objects.get(pk=said.election_id) if said.election_id else None,
            source=label,
            contact=contact,
            said_at=at,
            now=now,
        )
    except OpinionHasNoBasis as refused:
        not_kept.append(refused)
        return None


def _issues(
    said: Answer, person: Person | None, label: str, at: datetime, now: datetime, not_kept: list[Refusal]
) -> tuple[IssueRaised, ...]:
    if not said.issue_ids:
        return ()
    if person is None:
        not_kept.append(
            WrongConversation(
                "elector_issues",
                gettext_noop(
                    "The matters they care about were not kept: that is done only for people on file, and this elector is "
                    "known from the register alone."
                ),
            )
        )
        return ()
    try:
        return tuple(
            record_issues(person=person, issue_ids=said.issue_ids, source=label, said_at=at, now=now)
        )
    except OpinionHasNoBasis as refused:
        not_kept.append(refused)
        return ()
