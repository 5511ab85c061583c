"""Importer of candidates' spending returns as the Electoral Commission publishes them after a general election."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from hustings.money.importers.candidate_returns import poll_date_in, read_return, return_columns
from hustings.money.importers.published import PublishedImporter
from hustings.money.models import PublishedReturn
from hustings.platform.importing.importer import DatasetCard, ImportRefused, Options, RowRejected
from hustings.platform.importing.source import SourceFile


class CandidateReturns(PublishedImporter):
    """One row for each candidate: electorates, limits, spending by category, donations."""

    slug = "candidate-returns"
    card = DatasetCard(
        title="Candidates' spending returns at a general election",
        publisher="Electoral Commission",
        licence="Open Government Licence v3.0",
        what=(
            "Every figure as published. The file does not say which election it is of: its name must have the year, or say "
            "--option poll_date=2024-07-04."
        ),
        columns=(
            "Forename",
            "Surname",
            "Constituency",
            "Spending limit on return",
            "Total reported spending",
        ),
        updated="after every general election",
    )
    model = PublishedReturn
    key = ("poll_on", "constituency", "candidate", "party")

    def recognises(self, *, source: SourceFile) -> bool:
        """By its headings."""
        try:
            return_columns(source=source)
        except ImportRefused:
            return False
        return True

    def rows(
        self, *, source: SourceFile, options: Options
    ) -> Iterator[tuple[int, Mapping[str, str], dict[str, Any] | RowRejected]]:
        """Every line as the fields of a published return."""
        poll_on = _poll_on(source, options)
        columns = return_columns(source=source)
        for line, record in source.records():
            try:
                found = read_return(row=record, columns=columns, line=line)
            except ImportRefused as problem:
                yield line, record, RowRejected(str(problem))
                continue
            if not found.candidate or not found.constituency:
                yield line, record, RowRejected("The row names no candidate or no constituency.")
                continue
            yield (
                line,
                record,
                {
                    "poll_on": poll_on,
                    "constituency": found.constituency[:120],
                    "candidate": found.candidate[:200],
                    "party": " ".join(record.get("Candidate's party", "").split())[:200],
                    "nation": found.nation,
                    "total_pence": found.total,
                    "limit_pence": found.limit_from_ro
                    if found.limit_from_ro is not None
                    else found.limit_on_return,
                    "figures": {name: value.strip() for name, value in record.items() if value.strip()},
                },
            )


def _poll_on(source: SourceFile, options: Options) -> date:
    given = str(options.values.get("poll_date", ""))
    if given:
        try:
            return date.fromisoformat(given)
        except ValueError as problem:
            raise ImportRefused(f"poll_date is “{given}”; write a date like 2024-07-04.") from problem
    found = poll_date_in(name=source.name)
    if found is None:
        raise ImportRefused(
            f"The name {source.name} does not say which election this is. Say --option poll_date=2024-07-04."
        )
    return found
