"""Council election results in Democracy Club's layout, one row for each candidate."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from django.db.models import Q

from hustings.elections.importers.results import ResultsImporter, Row, by_alias, whole_number
from hustings.elections.rules.ids import NotAnElectionId, election_of_ballot, parse_election_id
from hustings.elections.rules.ids import slug as slug_of
from hustings.elections.rules.results import CandidacyFact, ContestFact
from hustings.places.models import Area, AreaKind
from hustings.places.rules.codes import kind_of
from hustings.platform.importing.importer import DatasetCard, Options, RowRejected
from hustings.platform.importing.source import SourceFile

_ALIASES = {
    "election": ("electionid",),
    "ballot": ("ballotpaperid",),
    "ward": ("ward", "postlabel"),
    "ward_code": ("wardid", "gss"),
    "person": ("personid",),
    "name": ("personname",),
    "party_id": ("partyid",),
    "party": ("partyname",),
    "votes": ("ballotscast", "votes", "votescast"),
    "is_winner": ("iswinner", "elected"),
    "spoilt": ("spoiltballots",),
    "turnout": ("turnout", "turnoutreported", "turnoutpercentage"),
}
_NEEDED = ("ballot", "person", "name", "party", "votes", "is_winner")
_YES, _NO = {"true", "t", "1", "yes"}, {"false", "f", "0", "no"}


class DemocracyClubResults(ResultsImporter):
    """Reads candidates with their ballots; wards are found by code, or by the names in the ballot's identifier."""

    slug = "democracy-club-results"
    card = DatasetCard(
        title="Election results by candidate, Democracy Club",
        publisher="Democracy Club",
        licence="Creative Commons Attribution-ShareAlike 4.0",
        what=(
            "One row for each candidate: ballot, person, party, votes, whether elected. Crowd-sourced: "
            "turnout and "
            "spoilt papers are often missing. Seats to fill are counted by those elected."
        ),
        columns=(
            "election_id",
            "ballot_paper_id",
            "person_id",
            "person_name",
            "party_name",
            "ballots_cast",
            "is_winner",
        ),
        updated="after every election",
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """By its headings in any spelling of the family."""
        return set(_NEEDED) <= set(by_alias(source.header, _ALIASES))

    def rows(self, *, source: SourceFile) -> Iterator[tuple[int, Row]]:
        """Every row by our own names."""
        found = by_alias(source.header, _ALIASES)
        for line, row in source.records():
            yield line, {name: row[heading].strip() for name, heading in found.items()}

    def election_id(self, *, source: SourceFile, rows: list[tuple[int, Row]], options: Options) -> str:
        """Each ballot says its own."""
        self._wards, self._odd_turnouts = _Wards(), set[str]()
        return ""

    def remarks(self) -> Mapping[str, object]:
        """Turnouts that are no percentage are left out; people have entered numbers of ballot papers there."""
        return {"turnouts_that_are_no_percentage": len(self._odd_turnouts)} if self._odd_turnouts else {}

    def facts(self, *, row: Row, election_id: str) -> tuple[ContestFact, CandidacyFact | None]:
        """One candidate and the ballot."""
        try:
            ballot = parse_election_id(row["ballot"])
            election = election_of_ballot(row["ballot"])
        except NotAnElectionId as fault:
            raise RowRejected(str(fault)) from fault
        if row.get("election") and row["election"] not in {election, f"{ballot.kind}.{ballot.poll_on}"}:
            raise RowRejected(f"The ballot {row['ballot']} is not one of {row['election']}.")
        if not row["name"]:
            raise RowRejected("The candidate has no name.")
        won = row["is_winner"].casefold()
        if won and won not in _YES | _NO:
            raise RowRejected(
                f"“{row['is_winner']}” does not say whether the candidate was elected (True or False)."
            )
        code, known_name = self._wards.find(
            row.get("ward_code", ""), ballot.organisation, ballot.division, row["ballot"]
        )
        contest = ContestFact(
            election_id=election,
            ballot_id=row["ballot"],
            area_name=row.get("ward") or known_name or ballot.division.replace("-", " ").capitalize(),
            area_code=code,
            spoilt_votes=whole_number(row, "spoilt", told="spoilt papers"),
            turnout_pct=self._turnout(row),
        )
        return contest, CandidacyFact(
            name=row["name"],
            party=row["party"],
            party_commission_id=_commission_id(row.get("party_id", "")),
            votes=whole_number(row, "votes", told="votes"),
            is_elected=None if not won else won in _YES,
            person_ref=row["person"],
        )

    def _turnout(self, row: Row) -> Decimal | None:
        text = row.get("turnout", "").removesuffix("%").strip()
        if not text:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal(-1)
        if not 0 <= number <= 100:
            self._odd_turnouts.add(row["ballot"])
            return None
        return round(number, 2)

    def finish(self, *, contests: dict[tuple[str, str], ContestFact]) -> None:
        """A contest in which nobody is marked as elected has no winners yet rather than only losers."""
        for contest in contests.values():
            if not any(candidacy.is_elected for candidacy in contest.candidacies.values()):
                for key, candidacy in contest.candidacies.items():
                    contest.candidacies[key] = replace(candidacy, is_elected=None)


class _Wards:
    """Wards by code, and by the identifiers' words for council and ward."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._by_words: Mapping[tuple[str, str], list[Area]] = defaultdict(list)
        wards = Area.objects.filter(Q(parent__isnull=False), kind=AreaKind.WARD).select_related("parent")
        for ward in wards:
            self._names[ward.code] = ward.name
            if ward.parent is not None:
                self._by_words[slug_of(ward.parent.name), slug_of(ward.name)].append(ward)

    def find(self, given: str, council: str, division: str, ballot: str) -> tuple[str | None, str]:
        """The ward's code and name; no code where it is not known or the words fit several."""
        code = given.rpartition(":")[2]
        if kind_of(code) == "ward":
            return code, self._names.get(code, "")
        poll_on = parse_election_id(ballot).poll_on
        fitting = [
            ward
            for ward in self._by_words.get((council, division), ())
            if (ward.valid_from is None or ward.valid_from <= poll_on)
            and (ward.valid_until is None or poll_on < ward.valid_until)
        ]
        return (fitting[0].code, fitting[0].name) if len(fitting) == 1 else (None, "")


def _commission_id(party_id: str) -> str:
    """The Electoral Commission's number: "PP90" for "PP90" and "party:90", nothing for independents."""
    kind, _, number = party_id.rpartition(":")
    if kind == "party":
        return f"PP{number}"
    return party_id if party_id.startswith("PP") else ""
