"""The notional result of one general election on the boundaries of the next, one row for each party and seat."""

import csv
import io
from collections.abc import Iterator

from hustings.elections.importers.results import ResultsImporter, Row, whole_number
from hustings.elections.rules.ids import NotAnElectionId, notional_id, parse_election_id
from hustings.elections.rules.ids import slug as slug_of
from hustings.elections.rules.results import CandidacyFact, ContestFact
from hustings.places.rules.codes import kind_of
from hustings.places.rules.lifespans import code_in_2024
from hustings.platform.importing.importer import DatasetCard, ImportRefused, Options, RowRejected
from hustings.platform.importing.source import SourceFile

_CELLS = (
    *("name", "name_again", "code", "number", "region", "country", "type", "turnout", "electorate", "valid"),
    *("majority", "key", "votes", "short", "party", "party_id"),
)
# Rows that sum up the smaller parties or repeat the largest of them.
_SUMS = {"TOTOTHV", "MAXOTHV"}
_INDEPENDENT = "8"


class Notional(ResultsImporter):
    """Reads the notional results of December 2019 on the boundaries of 2024; the file has no heading."""

    slug = "notional-results"
    card = DatasetCard(
        title="Notional general election results on later boundaries",
        publisher="C. Rallings and M. Thrasher for BBC, ITN, PA and Sky; House of Commons Library",
        licence="Open Parliament Licence v3.0",
        what=(
            "What the parties would have had in each new constituency, an estimate. One row for each "
            "party, without "
            "heading. The election is named parl.2019-12-12.notional unless --election names another."
        ),
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """By sixteen cells with a constituency's code in the third and numbers where the figures stand."""
        cells = source.header
        return (
            len(cells) == len(_CELLS)
            and kind_of(cells[2]) == "constituency"
            and all(cells[place].isdigit() for place in (8, 9, 10, 12))
        )

    def rows(self, *, source: SourceFile) -> Iterator[tuple[int, Row]]:
        """Every row, the first too: the file has no heading."""
        with source.open_text() as file:
            first = next(csv.reader(io.StringIO(file.readline())), [])
        yield 1, self._row(first)
        for line, cells in source.rows():
            yield line, self._row(cells)

    def election_id(self, *, source: SourceFile, rows: list[tuple[int, Row]], options: Options) -> str:
        """December 2019 unless another is chosen."""
        chosen = options.election or "parl.2019-12-12"
        try:
            return notional_id(poll_on=parse_election_id(chosen).poll_on)
        except NotAnElectionId as fault:
            raise ImportRefused(str(fault)) from fault

    def facts(self, *, row: Row, election_id: str) -> tuple[ContestFact, CandidacyFact | None]:
        """One party's estimated votes in one seat."""
        if len(row) != len(_CELLS):
            raise RowRejected(f"The row has {len(row)} cells where {len(_CELLS)} are expected.")
        if kind_of(row["code"]) != "constituency" or not row["name"]:
            raise RowRejected(f"“{row['code']}” is not the code of a constituency.")
        poll_on = parse_election_id(election_id).poll_on
        contest = ContestFact(
            election_id=election_id,
            ballot_id=f"parl.{slug_of(row['name'])}.{poll_on.isoformat()}.notional",
            area_name=row["name"],
            area_code=code_in_2024(code=row["code"]),
            electorate=whole_number(row, "electorate", told="electors"),
            valid_votes=whole_number(row, "valid", told="valid votes"),
            majority=whole_number(row, "majority", told="votes of majority"),
            are_figures_declared=True,
            has_repeated_rows=True,
        )
        votes = whole_number(row, "votes", told="votes")
        if row["key"] in _SUMS:
            return contest, None
        is_independent = row["party_id"] == _INDEPENDENT
        party = "Independent" if is_independent else row["party"]
        if party in {"", "NA"}:
            raise RowRejected(f"The party with the key “{row['key']}” has no name.")
        # Nobody stood in a seat that was not there; the party, or the how-manieth independent, stands for
        # the person.
        name = f"Independent ({row['key'].removesuffix('V')})" if is_independent else party
        short = "Ind" if is_independent else row["short"]
        return contest, CandidacyFact(name=name, party=party, party_short=short, votes=votes)

    def finish(self, *, contests: dict[tuple[str, str], ContestFact]) -> None:
        """First and second are those with the most votes."""
        from dataclasses import replace

        for key, contest in contests.items():
            ranked = sorted(contest.candidacies.values(), key=lambda c: (-(c.votes or 0), c.name))
            first, second = (*ranked, None, None)[:2]
            contests[key] = replace(
                contest,
                first=first.party_short if first else "",
                second=second.party_short if second else "",
            )

    def _row(self, cells: list[str]) -> Row:
        return dict(zip(_CELLS, (cell.strip() for cell in cells), strict=False))
