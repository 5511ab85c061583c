"""General election results, one row for each constituency."""

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

# Headings without case, spaces and underscores; another year of the family needs at most a spelling here.
_ALIASES = {
    "code": ("onsid", "onscode", "constituencyid", "pconcode"),
    "name": ("constituencyname", "constituency"),
    "declared": ("declarationtime",),
    "result": ("result",),
    "first": ("firstparty",),
    "second": ("secondparty",),
    "electorate": ("electorate",),
    "valid": ("validvotes",),
    "invalid": ("invalidvotes", "rejectedvotes"),
    "majority": ("majority",),
}
_NEEDED = ("code", "name", "first", "second", "valid", "majority")


class GeneralByConstituency(ResultsImporter):
    """Reads the House of Commons Library's results by constituency, of 2019, 2024 and other years."""

    slug = "general-election-constituencies"
    card = DatasetCard(
        title="General election results by constituency",
        publisher="House of Commons Library",
        licence="Open Parliament Licence v3.0",
        what=(
            "One row for each constituency: first and second party, electorate, valid and invalid votes, "
            "majority. The "
            "election is told by the file (moments of declaration, a year in its name, the constituencies) "
            "or --election."
        ),
        columns=("ONS ID", "Constituency name", "First party", "Second party", "Valid votes", "Majority"),
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
        return general_election(
            source=source,
            codes={row["code"] for _, row in rows if kind_of(row["code"])},
            declared={row["declared"] for _, row in rows if row.get("declared")},
            options=options,
        )

    def facts(self, *, row: Row, election_id: str) -> tuple[ContestFact, CandidacyFact | None]:
        """One constituency's declared figures."""
        if kind_of(row["code"]) != "constituency":
            raise RowRejected(f"“{row['code']}” is not the code of a constituency.")
        if not row["name"] or not row["first"]:
            raise RowRejected("The constituency has no name or no first party.")
        valid, majority = (
            whole_number(row, "valid", told="valid votes"),
            whole_number(row, "majority", told="votes of majority"),
        )
        if (valid is None or majority is None) and row["second"]:
            raise RowRejected("Valid votes or majority are missing.")
        if valid is not None and majority is not None and majority > valid:
            raise RowRejected(f"The majority ({majority}) is greater than the valid votes ({valid}).")
        poll_on = parse_election_id(election_id).poll_on
        return (
            ContestFact(
                election_id=election_id,
                ballot_id=constituency_ballot(name=row["name"], poll_on=poll_on),
                area_name=row["name"],
                area_code=row["code"],
                electorate=whole_number(row, "electorate", told="electors"),
                valid_votes=valid,
                spoilt_votes=whole_number(row, "invalid", told="invalid votes"),
                majority=majority,
                first=row["first"],
                second=row["second"],
                are_figures_declared=True,
            ),
            None,
        )
