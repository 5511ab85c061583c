"""Hold one person against the register, at the moment they come in."""

from datetime import date, datetime

from hustings.people.models import Person
from hustings.register.models import Match, MatchState
from hustings.register.queries import candidates_for, people_to_match
from hustings.register.rules.matching.comparing import record_of
from hustings.register.rules.matching.deciding import Decision, Verdict, decide
from hustings.register.rules.matching.settings import Settings, settings
from hustings.register.usecases.keep_matches import Found, Outcome, keep_matches


class NotToBeMatched(Exception):
    """The person was erased, merged into another, or has no name."""


def match_person(*, person_id: int, now: datetime, on: date) -> Verdict:
    """Find the elector a person is, write down what was found, and say how sure it is.

    A signer never learns of it: nothing of this reaches a public page. Raises `NotToBeMatched`, or what
    reading the register raises (`RegisterNotHeld`, `EntitlementExpired`).
    """
    person = people_to_match().filter(pk=person_id).first()
    if person is None:
        raise NotToBeMatched(f"Person {person_id} is erased, merged into another, or has no name.")
    weights = settings()
    decision = decision_for(person=person, on=on, weights=weights)
    keep_matches(
        outcomes={person_id: outcome_of(decision=decision, weights=weights)}, method=weights.name, now=now
    )
    return decision.verdict


def decision_for(*, person: Person, on: date, weights: Settings) -> Decision:
    """Weigh a person's candidates, those left out that somebody rejected, without writing anything."""
    record = record_of(
        forename=person.given_name,
        surname=person.family_name,
        postcode=person.postcode,
        address=person.address_line,
    )
    rejected = set(
        Match.objects.filter(person=person, state=MatchState.REJECTED).values_list("elector", flat=True)
    )
    candidates = candidates_for(person=record, on=on, settings=weights)
    return decide(
        person=record,
        electors=[(elector_id, elector) for elector_id, elector in candidates if elector_id not in rejected],
        settings=weights,
    )


def outcome_of(*, decision: Decision, weights: Settings) -> Outcome:
    """Turn a decision into what is kept: levels and weights, no names."""
    return Outcome(
        verdict=decision.verdict,
        found=tuple(
            Found(
                elector_id=candidate.elector_id,
                weight=candidate.score,
                probability=candidate.probability,
                evidence={
                    name: list(part) for name, part in weights.parts(comparison=candidate.comparison).items()
                },
            )
            for candidate in decision.candidates
        ),
    )
