"""Record what somebody said about their vote, if there is a basis on which it may be kept."""

from datetime import datetime

from django.db import transaction

from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.contacts.models import Contact, Intention, IntentionChoice
from hustings.contacts.queries import may_keep_opinion
from hustings.elections.models import Election, Party
from hustings.people.models import Person
from hustings.people.usecases.note_intentions import note_intentions
from hustings.register.models import Elector

#: The one answer that says nothing about an opinion: it may always be noted.
SAYS_NOTHING = frozenset({IntentionChoice.WONT_SAY})


class OpinionHasNoBasis(Refusal):
    """A political opinion was given that this organisation may not keep."""


class WrongIntention(Refusal):
    """The answer and the party do not fit together, or the subject is not one."""


def record_intention(
    *,
    choice: str,
    source: str,
    now: datetime,
    person: Person | None = None,
    elector: Elector | None = None,
    party: Party | None = None,
    election: Election | None = None,
    contact: Contact | None = None,
    said_at: datetime | None = None,
) -> Intention:
    """Add what a person or elector said about their vote, `said_at` (now, unless it comes in later from paper).

    `is_latest` stays with the newest answer of that person or elector, whatever election it was about. Raises
    `OpinionHasNoBasis` where the law gives this organisation no basis to keep a political opinion (nothing is stored), and
    `WrongIntention` where the answer names no party although it should, or the other way about.
    """
    if (person is None) == (elector is None):
        raise WrongIntention(
            "one_subject", gettext_noop("Name the person or the elector who answered, not both.")
        )
    if choice not in IntentionChoice.values or (choice == IntentionChoice.PARTY) != (party is not None):
        raise WrongIntention(
            "party", gettext_noop("Name a party exactly where the answer is “a party or candidate”.")
        )
    if choice not in SAYS_NOTHING and not may_keep_opinion(person=person, on=uk_date(now)):
        raise OpinionHasNoBasis(
            "no_basis",
            gettext_noop(
                "This voting intention was not kept: the organisation needs the person's explicit consent to keep "
                "political opinions. Ask for it in the recorded words, then enter the answer again."
            ),
        )
    at = said_at or now
    with transaction.atomic():
        # Two answers at once must not both be the latest: the person's row is the queue.
        if person is not None:
            Person.objects.select_for_update().get(pk=person.pk)
            earlier = Intention.objects.filter(person=person, is_latest=True)
        else:
            assert elector is not None
            Elector.objects.select_for_update().get(pk=elector.pk)
            earlier = Intention.objects.filter(elector=elector, is_latest=True)
        is_latest = not earlier.filter(at__gt=at).exists()
        if is_latest:
            earlier.update(is_latest=False)
            if person is not None:
                answer = choice if party is None else f"party:{party.pk}"
                note_intentions(answers={person.pk: answer})
        return Intention.objects.create(
            person=person,
            elector=elector,
            election=election,
            choice=choice,
            party=party,
            at=at,
            source=source,
            contact=contact,
            is_latest=is_latest,
        )
