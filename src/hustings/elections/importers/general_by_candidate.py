"""General election results, one row for each candidate."""

from collections.abc import Iterator

from hustings.elections.importers.results import (
    ResultsImporter,
    Row,
    by_alias,
    general_election,
    whole_number,
)
from hustings.elections.rules.ids import constituency_ballot, parse_election_id
from hustings.elections.rules.results import CandidacyFact, ContestFact
from hustings.places.rules.codes import kind_of
from hustings.platform.importing.importer import DatasetCard, Options, RowRejected
from hustings.platform.importing.source import SourceFile

_ALIASES = {
    "code": ("onsid", "onscode", "constituencyid", "pconcode"),
    "name": ("constituencyname", "constituency"),
    "party": ("partyname",),
    "short": ("partyabbreviation",),
    "commission": ("electoralcommissionpartyid",),
    "first_name": ("candidatefirstname", "firstname"),
    "surname": ("candidatesurname", "surname"),
    "votes": ("votes",),
    "person": ("dcpersonid",),
}
_NEEDED = ("code", "name", "party", "short", "first_name", "surname", "votes")


class GeneralByCandidate(ResultsImporter):
    """Reads the House of Commons Library's results by candidate, of 2019, 2024 and other years."""

    slug = "general-election-candidates"
    card = DatasetCard(
        title="General election results by candidate",
        publisher="House of Commons Library",
        licence="Open Parliament Licence v3.0",
        what=(
            "One row for each candidate: constituency, party, name, votes. Where the constituencies' own "
            "file was not "
            "imported, majority and valid votes are worked out from the candidates."
        ),
        columns=("ONS ID", "Constituency name", "Party name", "Candidate surname", "Votes"),
        updated="after every general election",
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
        """As chosen, or as the file tells."""
        codes = {row["code"] for _, row in rows if kind_of(row["code"])}
        return general_election(source=source, codes=codes, declared=(), options=options)

    def facts(self, *, row: Row, election_id: str) -> tuple[ContestFact, CandidacyFact | None]:
        """One candidate's votes."""
        if kind_of(row["code"]) != "constituency":
            raise RowRejected(f"“{row['code']}” is not the code of a constituency.")
        name = f"{row['first_name']} {row['surname']}".strip()
        if not name or not row["name"] or not row["party"]:
            raise RowRejected("The candidate's name, the party or the constituency is missing.")
        poll_on = parse_election_id(election_id).poll_on
        contest = ContestFact(
            election_id=election_id,
            ballot_id=constituency_ballot(name=row["name"], poll_on=poll_on),
            area_name=row["name"],
            area_code=row["code"],
        )
        return contest, CandidacyFact(
            name=name,
            party=row["party"],
            party_short=row["short"],
            party_commission_id=row.get("commission", ""),
            votes=whole_number(row, "votes", told="votes"),
            person_ref=row.get("person", ""),
        )
