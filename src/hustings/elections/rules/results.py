"""What files of results say, as plain facts, and whether it is news."""

from dataclasses import dataclass, field
from decimal import Decimal

FIGURES = ("electorate", "valid_votes", "spoilt_votes", "majority", "turnout_pct")


@dataclass(frozen=True, kw_only=True)
class CandidacyFact:
    """What a file says about one candidate."""

    name: str
    party: str
    party_short: str = ""
    party_commission_id: str = ""
    votes: int | None = None
    is_elected: bool | None = None
    person_ref: str = ""
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class ContestFact:
    """What a file says about one contest; what it leaves `None` or empty stays as it is known.

    `area_code` finds the contest of a general election whatever its name is; a council contest is found by
    its ballot. A contest that may stand on several rows has `has_repeated_rows`.
    """

    election_id: str
    ballot_id: str
    area_name: str
    area_code: str | None = None
    electorate: int | None = None
    valid_votes: int | None = None
    spoilt_votes: int | None = None
    majority: int | None = None
    turnout_pct: Decimal | None = None
    first: str = ""
    second: str = ""
    are_figures_declared: bool = False
    has_repeated_rows: bool = False
    candidacies: dict[tuple[str, str], CandidacyFact] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """How the contest is found again."""
        return self.election_id, self.area_code or self.ballot_id


def is_news(*, known: ContestFact | None, fact: ContestFact) -> bool:
    """Say whether what a file says about a contest itself differs from what is known."""
    if known is None:
        return True
    names = (
        [*FIGURES, "first", "second"]
        if fact.are_figures_declared
        else ["electorate", "spoilt_votes", "turnout_pct"]
    )
    if fact.are_figures_declared and not known.are_figures_declared:
        return True
    return any(getattr(fact, name) not in (None, "", getattr(known, name)) for name in names)


def is_candidacy_news(*, known: ContestFact | None, fact: CandidacyFact) -> bool:
    """Say whether what a file says about a candidate differs from what is known."""
    before = known.candidacies.get((fact.name, fact.party)) if known else None
    if before is None:
        return True
    names = ("votes", "is_elected", "person_ref", "description")
    return any(getattr(fact, name) not in (None, "", getattr(before, name)) for name in names)
