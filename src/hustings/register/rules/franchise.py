"""Who on the register may vote at which election, by the letters beside the name and the day of attainment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from hustings.basics.entries import Entry
from hustings.basics.tables import NoRuleInForce, RuleTable, load_table

_TABLES = Path(__file__).parent / "tables"
_ADULT_YEARS = 18
# Police commissioners and mayors are elected under reserved law wherever they exist.
_RESERVED_KINDS = frozenset({"mayor", "pcc", "gla"})


class Answer(StrEnum):
    """Yes, no, or that our sources do not say: then a person has to ask the registration officer."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Marker:
    """One letter with what it meant on a day; `entry` is None for a letter no table knows."""

    letter: str
    entry: Entry | None

    @property
    def is_known(self) -> bool:
        return self.entry is not None

    @property
    def meaning(self) -> str:
        """What the letter means, or that it is not known."""
        return self.entry.text("meaning") if self.entry else f"unknown marker “{self.letter}”"


@dataclass(frozen=True, slots=True)
class Franchise:
    """The answer with a sentence for each thing that led to it, and the entries of the tables that were
    used.
    """

    answer: Answer
    reasons: tuple[str, ...]
    entries: tuple[str, ...]


def letters_of(*, markers: str) -> tuple[str, ...]:
    """Give the letters of a markers column: "B(z)" gives B and Z."""
    return tuple(letter for letter in markers.upper() if letter.isalnum())


def read_markers(*, markers: str, on: date) -> tuple[Marker, ...]:
    """Look up each letter as it stood on a day. Letters that no table knows come back as unknown, never
    left out.
    """
    found = []
    for letter in letters_of(markers=markers):
        try:
            found.append(Marker(letter=letter, entry=marker_table().entry(on=on, marker=letter)))
        except NoRuleInForce:
            found.append(Marker(letter=letter, entry=None))
    return tuple(found)


def may_vote_in(
    *, markers: str, election_kind: str, nation: str, poll_on: date, attains_on: date | None = None
) -> Franchise:
    """Say whether an entry with these markers may vote at an election of this kind on the day of the poll.

    `election_kind` is that of the election identifier (parl, local, mayor, pcc, gla, senedd, sp, nia),
    `nation` one of england, wales, scotland, northern_ireland. `attains_on` is the day on which a young
    elector becomes 18, as the register gives it. One clear no outweighs everything; an unknown outweighs a
    yes.
    """
    answers: list[Answer] = []
    reasons: list[str] = []
    entries: list[str] = []
    for marker in read_markers(markers=markers, on=poll_on):
        if marker.entry is None:
            answers.append(Answer.UNKNOWN)
            reasons.append(f"The meaning of the marker {marker.letter} is not known.")
            continue
        entries.append(marker.entry.id)
        if not marker.entry.flag("limits"):
            continue
        answers.append(_by_marker(kind=election_kind, entry=marker.entry))
        reasons.append(_REASONS[answers[-1]].format(letter=marker.letter, meaning=marker.meaning))
    if attains_on is not None:
        age = voting_age(election_kind=election_kind, nation=nation, on=poll_on)
        entries.append(age.id)
        may_from = _years_later(day=attains_on, years=age.integer() - _ADULT_YEARS)
        if poll_on < may_from:
            answers.append(Answer.NO)
            reasons.append(f"Reaches voting age on {may_from.isoformat()}, after the poll.")
    answer = next((one for one in (Answer.NO, Answer.UNKNOWN) if one in answers), Answer.YES)
    return Franchise(answer=answer, reasons=tuple(reasons), entries=tuple(entries))


def voting_age(*, election_kind: str, nation: str, on: date) -> Entry:
    """Give the entry with the age from which one may vote.

    Raises `NoRuleInForce` for a nation or a day the table does not know.
    """
    if election_kind == "parl":
        return age_table().entry(on=on, kind="parl", nation="any")
    where = "england" if election_kind in _RESERVED_KINDS else nation
    return age_table().entry(on=on, kind="other", nation=where)


@lru_cache(maxsize=1)
def marker_table() -> RuleTable:
    """The dated table of markers."""
    return load_table(_TABLES / "markers.toml")


@lru_cache(maxsize=1)
def age_table() -> RuleTable:
    """The dated table of voting ages."""
    return load_table(_TABLES / "voting_ages.toml")


_REASONS = {
    Answer.YES: "The marker {letter} ({meaning}) allows this election.",
    Answer.NO: "The marker {letter} ({meaning}) does not allow this election.",
    Answer.UNKNOWN: "Our sources do not say whether the marker {letter} ({meaning}) allows this election.",
}


def _by_marker(*, kind: str, entry: Entry) -> Answer:
    if kind in _kinds(entry, "barred"):
        return Answer.NO
    return Answer.YES if kind in _kinds(entry, "votes") else Answer.UNKNOWN


def _kinds(entry: Entry, name: str) -> Sequence[str]:
    return entry.texts(name)


def _years_later(*, day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        # Born on 29 February: the law counts the birthday on 1 March in other years.
        return date(day.year + years, 3, 1)
