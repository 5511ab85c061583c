"""Hold many people against the register in one go, in DuckDB."""

import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import duckdb
import pyarrow as pa
from django.db import transaction

from hustings.accounts.access import EVERYTHING
from hustings.platform.duck import analysis
from hustings.platform.events import announce
from hustings.platform.progress import SILENT, Progress
from hustings.register.access import entries_for, readable_versions
from hustings.register.events import PeopleMatched
from hustings.register.models import Match, MatchRun, MatchState
from hustings.register.queries import people_to_match
from hustings.register.rules.matching.batch import COLUMNS, statements
from hustings.register.rules.matching.comparing import Comparison, Forename, Middle, Place, Surname
from hustings.register.rules.matching.deciding import Verdict
from hustings.register.rules.matching.nicknames import families, forms
from hustings.register.rules.matching.settings import Settings, settings
from hustings.register.usecases.keep_matches import BATCH, Counts, Found, Outcome, keep_matches

_FIELDS = ("id", "forename", "surname", "postcode", "address")
_FETCH = 20_000


def match_people(
    *, now: datetime, on: date, person_ids: Iterable[int] | None = None, progress: Progress = SILENT
) -> MatchRun:
    """Match these people, or everybody, and return the run with its counts.

    Safe to repeat and to stop: what is written stands, and the next run goes over everybody again. Raises
    `RegisterNotHeld` or `EntitlementExpired`.
    """
    started = time.perf_counter()
    versions = list(readable_versions(on=on).values_list("pk", flat=True))
    weights = settings()
    people = people_to_match()
    if person_ids is not None:
        people = people.filter(pk__in=list(person_ids))
    values = people.values_list("pk", "given_name", "family_name", "postcode", "address_line")
    rows = list(values.iterator(chunk_size=_FETCH))
    outcomes = {row[0]: Outcome(verdict=Verdict.NONE) for row in rows}
    progress.report(done=0, total=len(rows), note="reading the register")
    with analysis() as connection:
        load(connection=connection, people=rows, electors=_electors(on=on), rejected=_rejected())
        progress.report(done=0, total=len(rows), note="comparing")
        decide_all(connection=connection, weights=weights)
        outcomes.update(_outcomes(connection=connection, weights=weights))
    run = MatchRun.objects.create(at=now, method=weights.name, versions=versions)
    total = Counts()
    wanted = sorted(outcomes)
    for start in range(0, len(wanted), BATCH):
        some = {person_id: outcomes[person_id] for person_id in wanted[start : start + BATCH]}
        counts = keep_matches(outcomes=some, method=weights.name, now=now, run=run)
        total.matched += counts.matched
        total.unsure += counts.unsure
        total.none += counts.none
        total.kept += counts.kept
        progress.report(done=start + len(some), total=len(wanted), note="writing")
    with transaction.atomic():
        run.people, run.seconds = len(wanted), round(time.perf_counter() - started, 3)
        run.matched, run.unsure, run.none, run.kept = total.matched, total.unsure, total.none, total.kept
        run.save()
        announce(PeopleMatched(at=now, run_id=run.pk))
    return run


def load(
    *,
    connection: duckdb.DuckDBPyConnection,
    people: Sequence[Sequence[Any]],
    electors: Sequence[Sequence[Any]],
    rejected: Sequence[tuple[int, int]] = (),
) -> None:
    """Put people and electors, each as (id, forename, surname, postcode, address), before the statements."""
    known = forms()
    tables = {
        "person_raw": _table(_FIELDS, people),
        "elector_raw": _table(_FIELDS, electors),
        "rejected": pa.table(
            {
                "person": pa.array([pair[0] for pair in rejected], pa.int64()),
                "elector": pa.array([pair[1] for pair in rejected], pa.int64()),
            }
        ),
        "nickname": pa.table(
            {
                "name": list(known),
                "family": [families()[name] for name in known],
                "forms": [sorted(names) for names in known.values()],
            }
        ),
    }
    for name, table in tables.items():
        connection.register("arriving", table)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM arriving")
        connection.unregister("arriving")


def decide_all(*, connection: duckdb.DuckDBPyConnection, weights: Settings) -> None:
    """Run every statement of matching over what was loaded."""
    for statement in statements(settings=weights):
        connection.execute(statement)


def _table(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    types = [pa.int64(), *[pa.string()] * (len(names) - 1)]
    arrays = (pa.array(column, type_) for column, type_ in zip(columns, types, strict=True))
    return pa.table(dict(zip(names, arrays, strict=True)))


def _electors(*, on: date) -> list[tuple[Any, ...]]:
    named = entries_for(scope=EVERYTHING, on=on).exclude(surname="", forename="")
    values = named.values_list("elector", "forename", "surname", "postcode", "address")
    return list(values.iterator(chunk_size=_FETCH))


def _rejected() -> list[tuple[int, int]]:
    return list(Match.objects.filter(state=MatchState.REJECTED).values_list("person", "elector"))


def _outcomes(*, connection: duckdb.DuckDBPyConnection, weights: Settings) -> Iterator[tuple[int, Outcome]]:
    found: dict[int, list[Found]] = {}
    verdicts: dict[int, Verdict] = {}
    for row in connection.execute("FROM decided").fetchall():
        values = dict(zip(COLUMNS, row, strict=True))
        comparison = Comparison(
            forename=Forename(values["forename"]),
            surname=Surname(values["surname"]),
            middle=Middle(values["middle"]),
            place=Place(values["place"]),
            is_swapped=values["is_swapped"],
        )
        person_id = values["person"]
        verdicts[person_id] = Verdict(values["verdict"])
        found.setdefault(person_id, []).append(
            Found(
                elector_id=values["elector"],
                weight=values["score"],
                probability=values["probability"],
                evidence={name: list(part) for name, part in weights.parts(comparison=comparison).items()},
            )
        )
    for person_id, candidates in found.items():
        yield person_id, Outcome(verdict=verdicts[person_id], found=tuple(candidates))
