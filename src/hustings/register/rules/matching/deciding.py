"""From scores to matched, unsure or none."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hustings.register.rules.matching.comparing import Comparison, Record, compare
from hustings.register.rules.matching.settings import Settings

#: No score counts for more than this many bits: 2^60 to 1 is certainty, and keeps the sum finite.
MOST_BITS = 60.0


class Verdict(StrEnum):
    """What is made of a person's candidates."""

    MATCHED = "matched"
    UNSURE = "unsure"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One elector who may be the person: levels, score in bits, and the chance among all candidates and
    none.
    """

    elector_id: int
    comparison: Comparison
    score: float
    probability: float


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict, with the candidates worth showing: the one matched, or those to choose from, likeliest
    first.
    """

    verdict: Verdict
    candidates: tuple[Candidate, ...]


def decide(*, person: Record, electors: Iterable[tuple[int, Record]], settings: Settings) -> Decision:
    """Weigh every candidate against every other and against not being on the register.

    Two electors who fit equally well share the chance and so leave the person unsure: father and son of one
    name at one door are never told apart by a guess.
    """
    scored = []
    for elector_id, elector in electors:
        comparison = compare(person=person, elector=elector)
        scored.append((elector_id, comparison, settings.score(comparison=comparison)))
    total = 1.0 + sum(_odds(score) for _, _, score in scored)
    candidates = sorted(
        (
            Candidate(
                elector_id=elector_id, comparison=comparison, score=score, probability=_odds(score) / total
            )
            for elector_id, comparison, score in scored
        ),
        key=lambda candidate: (-candidate.probability, candidate.elector_id),
    )
    if candidates and candidates[0].probability >= settings.matched_at:
        return Decision(verdict=Verdict.MATCHED, candidates=(candidates[0],))
    worth_asking = tuple(row for row in candidates if row.probability >= settings.unsure_at)
    return Decision(verdict=Verdict.UNSURE if worth_asking else Verdict.NONE, candidates=worth_asking)


def _odds(score: float) -> float:
    return math.exp2(max(-MOST_BITS, min(score, MOST_BITS)))
