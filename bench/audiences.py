"""Audiences over 1,000,000 people, 5,000,000 contacts and 60 wards: count and ids, beside two other ways.

Ours is the statement that the desk runs, over the last contact kept on the person and the indexes made for it. Peers, in
the same run: the same question asked of the history (NOT EXISTS over all contacts, which needs nothing kept), and DuckDB
over its own copy of the same rows. Limits to hold: 10 ms for a count, 25 ms for the ids, in one ward of the 60. The last
lines ask for a whole constituency of six wards and for all sixty, to show how the time grows.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

PEOPLE, CONTACTS, WARDS = 1_000_000, 5_000_000, 60
NOW = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
SINCE = "2025-12-30"
COUNT_LIMIT, IDS_LIMIT = 0.010, 0.025
WARD = "E05990007"
SEAT = "E14990001"


def run() -> None:
    """Build the rows once, then time each audience."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hustings.project.settings")
    django.setup()
    from django.core.management import call_command

    from hustings.people.models import Person

    call_command("migrate", verbosity=0)
    if not Person.objects.exists():
        started = time.perf_counter()
        _build()
        print(f"built {PEOPLE:,} people and {CONTACTS:,} contacts in {time.perf_counter() - started:.0f} s")
    duck = _duck()
    print(
        f"{'audience':<58}{'people':>9}  {'count':>8} {'ids':>8}  {'history':>8} {'DuckDB':>8} {'DuckDB':>8}"
    )
    print(
        f"{'':<58}{'':>9}  {'ms':>8} {'ms':>8}  {'count':>8} {'count':>8} {'ids':>8}   ratio to the best peer"
    )
    held = True
    for title, area, conditions, history in _questions():
        held &= _measure(title, area, conditions, history, duck)
    verdict = "held" if held else "NOT held"
    print(f"limits in one ward (count {COUNT_LIMIT * 1000:.0f} ms, ids {IDS_LIMIT * 1000:.0f} ms): {verdict}")


_NOT_SINCE = {"kind": "contacted", "not": True, "since": SINCE}
_AGREED = {"kind": "agreed", "channel": "email", "purpose": "campaign"}
_GREEN = {"kind": "intention", "answers": ["party:1"]}
_OPEN = {"kind": "intention", "answers": ["undecided", "party:2"]}

_AGREED_SQL = (
    "EXISTS (SELECT 1 FROM people_consent c WHERE c.person_id = p.id AND c.channel = 'email' "
    "AND c.purpose = 'campaign' AND c.is_given)"
)
_NOT_SINCE_SQL = (
    "NOT EXISTS (SELECT 1 FROM contacts_contact k WHERE k.person_id = p.id "
    "AND k.outcome IN ('delivered','spoke','objected') AND k.at >= '2025-12-30 00:00:00')"
)
_LATEST_SQL = (
    "EXISTS (SELECT 1 FROM contacts_intention i WHERE i.person_id = p.id AND {answer} AND NOT EXISTS "
    "(SELECT 1 FROM contacts_intention n WHERE n.person_id = p.id AND n.at > i.at))"
)
_GREEN_SQL = _LATEST_SQL.format(answer="i.party_id = 1")
_OPEN_SQL = _LATEST_SQL.format(answer="(i.party_id = 2 OR i.choice = 'undecided')")


def _questions() -> list[tuple[str, str | None, list[dict[str, Any]], list[str]]]:
    """Title, area, conditions, and the same conditions in SQL over the history."""
    return [
        ("one ward", WARD, [], []),
        ("one ward, not contacted since", WARD, [_NOT_SINCE], [_NOT_SINCE_SQL]),
        ("one ward, agreed to email", WARD, [_AGREED], [_AGREED_SQL]),
        ("one ward, intends to vote for party 1", WARD, [_GREEN], [_GREEN_SQL]),
        (
            "one ward, agreed to email, not contacted since",
            WARD,
            [_AGREED, _NOT_SINCE],
            [_AGREED_SQL, _NOT_SINCE_SQL],
        ),
        (
            "one ward, agreed, not contacted, undecided or party 2",
            WARD,
            [_AGREED, _NOT_SINCE, _OPEN],
            [_AGREED_SQL, _NOT_SINCE_SQL, _OPEN_SQL],
        ),
        (
            "six wards (a seat), agreed to email, not contacted since",
            SEAT,
            [_AGREED, _NOT_SINCE],
            [_AGREED_SQL, _NOT_SINCE_SQL],
        ),
        (
            "all sixty wards, agreed to email, not contacted since",
            None,
            [_AGREED, _NOT_SINCE],
            [_AGREED_SQL, _NOT_SINCE_SQL],
        ),
    ]


def _measure(
    title: str, area: str | None, conditions: list[dict[str, Any]], history: list[str], duck: Any
) -> bool:
    from django.db import connection

    from hustings.outreach.audiences.queries.compile_tree import people_in
    from hustings.outreach.audiences.rules.check import parse_tree

    tree = parse_tree(raw={"match": "all", "conditions": conditions})

    def ours() -> Any:
        return people_in(tree=tree, area_code=area, now=NOW)

    runs = 9 if area == WARD else 3
    people = ours().count()
    count = _timed(lambda: ours().count(), runs)
    ids = _timed(lambda: len(list(ours().values_list("pk", flat=True))), runs)

    place = {WARD: f"p.ward_id = '{WARD}'", SEAT: f"p.constituency_id = '{SEAT}'", None: "1 = 1"}[area]
    where = " AND ".join(["p.merged_into_id IS NULL", "p.erased_at IS NULL", place, *history])

    def over_history() -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM people_person p WHERE {where}")
            return int(cursor.fetchone()[0])

    assert over_history() == people, (title, over_history(), people)
    by_history = _timed(over_history, runs)
    assert duck.execute(f"SELECT count(*) FROM people_person p WHERE {where}").fetchone()[0] == people
    duck_count = _timed(
        lambda: duck.execute(f"SELECT count(*) FROM people_person p WHERE {where}").fetchone(), 3
    )
    duck_ids = _timed(lambda: duck.execute(f"SELECT p.id FROM people_person p WHERE {where}").fetchnumpy(), 3)
    best = min(by_history, duck_count)
    print(
        f"{title:<58}{people:>9,}  {count * 1000:>8.1f} {ids * 1000:>8.1f}  {by_history * 1000:>8.1f} "
        f"{duck_count * 1000:>8.1f} {duck_ids * 1000:>8.1f}   {best / count:.1f} times as fast",
        flush=True,
    )
    return area != WARD or (count <= COUNT_LIMIT and ids <= IDS_LIMIT)


def _timed(act: Callable[[], Any], runs: int) -> float:
    """Median seconds of several runs after one to warm up."""
    act()
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def _build() -> None:
    """Rows straight by SQL, with numbers spread by multiplication, so that neighbours differ."""
    from django.db import connection, transaction

    is_postgres = connection.vendor == "postgresql"
    days = _days(connection.vendor)
    uuid = "CAST(LPAD(n::text, 32, '0') AS uuid)" if is_postgres else "printf('%032d', n)"
    yes, no = ("true", "false") if is_postgres else ("1", "0")
    with transaction.atomic(), connection.cursor() as cursor, _indexes_made_last():
        _areas_and_parties()
        cursor.execute(
            "INSERT INTO people_person (id, public_id, given_name, family_name, address_line, postcode, language, "
            "source, created_at, ward_id, constituency_id) "
            f"SELECT n, {uuid}, 'Given', 'Family', '1 High Street', 'ZZ1 1AA', 'en-gb', 'bench', "
            f"{days('n * 7919 % 900')}, {_ward('n')}, {_seat('n')} FROM {_numbers(PEOPLE)}"
        )
        cursor.execute(
            "INSERT INTO people_consentevent (id, person_id, channel, purpose, is_given, at, source, evidence) "
            f"SELECT n, n, 'email', 'campaign', {yes}, {days('n % 900')}, 'bench', '{{}}' FROM {_numbers(PEOPLE)} "
            "WHERE n * 31 % 100 < 60"
        )
        cursor.execute(
            "INSERT INTO people_consent (person_id, channel, purpose, is_given, event_id, at) "
            "SELECT person_id, channel, purpose, is_given, id, at FROM people_consentevent"
        )
        cursor.execute(
            "INSERT INTO contacts_contact (person_id, channel, purpose, outcome, at, label) "
            "SELECT n * 7907 % 850000 + 1, CASE WHEN n % 3 = 0 THEN 'door' ELSE 'email' END, 'campaign', "
            f"CASE WHEN n % 11 = 0 THEN 'refused' ELSE 'delivered' END, {days('n * 104729 % 1000')}, 'bench' "
            f"FROM {_numbers(CONTACTS)}"
        )
        cursor.execute(
            "INSERT INTO contacts_intention (person_id, choice, party_id, at, source, is_latest) "
            "SELECT n, CASE WHEN n * 17 % 7 < 5 THEN 'party' ELSE 'undecided' END, "
            f"CASE WHEN n * 17 % 7 < 5 THEN n * 17 % 7 + 1 END, {days('n % 700')}, 'bench', {yes} "
            f"FROM {_numbers(PEOPLE)} WHERE n * 13 % 100 < 40"
        )
        cursor.execute(
            "INSERT INTO contacts_intention (person_id, choice, party_id, at, source, is_latest) "
            f"SELECT n, 'undecided', NULL, {days('n % 700 + 30')}, 'bench', {no} "
            f"FROM {_numbers(PEOPLE)} WHERE n * 13 % 100 < 15"
        )
        cursor.execute(
            "CREATE TEMP TABLE last_at AS SELECT person_id, max(at) AS at FROM contacts_contact "
            "WHERE outcome = 'delivered' GROUP BY person_id"
        )
        cursor.execute(
            "UPDATE people_person SET last_contacted_at = l.at FROM last_at l WHERE l.person_id = people_person.id"
        )
        cursor.execute(
            "UPDATE people_person SET agreed = 1 FROM people_consent c "
            "WHERE c.person_id = people_person.id AND c.is_given"
        )
        cursor.execute(
            "UPDATE people_person SET last_said = CASE WHEN i.party_id IS NULL THEN i.choice "
            "ELSE 'party:' || i.party_id END FROM contacts_intention i "
            "WHERE i.person_id = people_person.id AND i.is_latest"
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def _indexes_made_last() -> Iterator[None]:
    """Take SQLite's indexes away while rows come in, and make them again in one sort each."""
    from django.db import connection

    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN "
            "('people_person', 'people_consent', 'people_consentevent', 'contacts_contact', 'contacts_intention')"
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _, sql in indexes:
            cursor.execute(sql)


def _numbers(last: int) -> str:
    from django.db import connection

    if connection.vendor == "postgresql":
        return f"generate_series(1, {last}) AS s(n)"
    return f"(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {last}) SELECT n FROM s) AS s"


def _days(vendor: str) -> Callable[[str], str]:
    """SQL for the bench's moment minus so many days."""
    if vendor == "postgresql":
        return lambda days: f"timestamptz '2026-03-29 12:00:00+00' - ({days}) * interval '1 day'"
    return lambda days: f"strftime('%Y-%m-%d %H:%M:%f', '2026-03-29 12:00:00', '-' || ({days}) || ' days')"


def _ward(number: str) -> str:
    whens = (f"WHEN {number} * 7 % {WARDS} = {ward} THEN 'E0599{ward:04d}'" for ward in range(WARDS))
    return f"CASE {' '.join(whens)} END"


def _seat(number: str) -> str:
    whens = (f"WHEN {number} * 7 % {WARDS} / 6 = {seat} THEN 'E1499{seat:04d}'" for seat in range(WARDS // 6))
    return f"CASE {' '.join(whens)} END"


def _areas_and_parties() -> None:
    from hustings.elections.models import Party
    from hustings.places.models import Area, AreaKind

    Area.objects.bulk_create(
        Area(code=f"E1499{number:04d}", kind=AreaKind.CONSTITUENCY, name=f"Seat {number}")
        for number in range(WARDS // 6)
    )
    Area.objects.bulk_create(
        Area(code=f"E0599{number:04d}", kind=AreaKind.WARD, name=f"Ward {number}") for number in range(WARDS)
    )
    Party.objects.bulk_create(Party(pk=number, name=f"Party {number}") for number in range(1, 6))


def _duck() -> Any:
    """The same rows in DuckDB's own tables, with the columns the questions need."""
    import duckdb
    import pandas
    from django.db import connection

    duck = duckdb.connect(":memory:")
    duck.execute("SET threads TO 2")
    duck.execute("SET enable_progress_bar = false")
    for table, columns in (
        ("people_person", "id, ward_id, constituency_id, last_contacted_at, erased_at, merged_into_id"),
        ("people_consent", "person_id, channel, purpose, is_given"),
        ("contacts_contact", "person_id, outcome, at"),
        ("contacts_intention", "person_id, choice, party_id, at"),
    ):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {table}")
            frame = pandas.DataFrame(cursor.fetchall(), columns=columns.split(", "))
        duck.register("frame", frame)
        duck.execute(f"CREATE TABLE {table} AS SELECT * FROM frame ORDER BY 1")
        duck.unregister("frame")
    return duck
