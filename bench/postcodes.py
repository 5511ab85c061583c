"""Postcodes: one look-up, a million, and opening the file, beside SQLite WITHOUT ROWID and DuckDB in the
same run.

Times are of the processor, so that whatever else the machine does changes them little. The postcodes are
those of Code-Point Open where the public data folder has them, else as many made-up ones.
"""

import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

SINGLES = 20_000
BULK = 1_000_000
PEER_BULK = 100_000
DUCKDB_SINGLES = 300
ROUNDS = 5


def run() -> None:
    """Build the file by the real importer, ask the same of each, and print times and ratios."""
    import django

    from hustings.project import environment, keys

    keys.make_keys(folder=environment.keys_folder())
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from hustings.places.postcode_file import PostcodeFile
    from hustings.places.queries import locate, postcode_file_path

    built = _build()
    path = postcode_file_path()
    file = PostcodeFile.open(path)
    print(
        f"   {file.rows:,} postcodes, {path.stat().st_size / 1e6:.0f} MB, built and written in {built:.1f} s"
    )

    texts = _spellings(file, BULK)
    with tempfile.TemporaryDirectory() as folder:
        peer, table = _sqlite(file, Path(folder) / "peer.sqlite3"), _duckdb(file)
        singles = texts[:SINGLES]
        compact = [text.replace(" ", "").upper() for text in singles]
        ours = _each(file.locate, singles)
        asked = _each(lambda text: locate(postcode=text), singles)
        sqlite_one = _each(lambda text: _ask_sqlite(peer, text), compact)
        duckdb_one = _each(
            lambda text: table.execute(_DUCKDB_ONE, [text]).fetchall(), compact[:DUCKDB_SINGLES]
        )
        print(
            f"   one, any spelling: {ours:5.1f} µs in the file, {asked:5.1f} µs through places.queries (≤ "
            "15 wanted)"
        )
        print(f"   one: SQLite WITHOUT ROWID {sqlite_one:.1f} µs ({sqlite_one / ours:.1f} of ours)")
        print(f"   one: DuckDB {duckdb_one:,.0f} µs ({duckdb_one / ours:,.0f} of ours)")

        bulk = _median(lambda: file.locate_many(texts))
        whole = _median(lambda: _with_columns(file, texts))
        some = compact * (PEER_BULK // len(compact) + 1)
        sqlite_bulk = _median(lambda: [_ask_sqlite(peer, text) for text in some[:PEER_BULK]], rounds=1)
        duckdb_bulk = _median(lambda: _join(table, texts), rounds=3)
        print(
            f"   bulk: {BULK / bulk / 1e6:.2f} million a second, with four columns {BULK / whole / 1e6:.2f} "
            "(≥ 1 wanted)"
        )
        print(f"   bulk: SQLite {PEER_BULK / sqlite_bulk / 1e6:.3f} million a second")
        print(f"   bulk: DuckDB join {BULK / duckdb_bulk / 1e6:.2f} million a second")
    opened = statistics.median(_opening(path) for _ in range(ROUNDS))
    print(f"   opening in a fresh process: {opened:.2f} ms to the first answer (< 10 wanted)")


def _build() -> float:
    import os

    from hustings.basics.clock import clock
    from hustings.places.importers.code_point import CodePointOpen
    from hustings.places.importers.derived_seats import DerivedSeats
    from hustings.platform.importing.run_import import run_import

    data = Path(os.environ["HUSTINGS_DATA"]) / "geography"
    started = time.perf_counter()
    if (data / "postcodes_gb_codepoint_open.csv.gz").exists():
        for name in ("postcodes_gb_codepoint_open.csv.gz", "postcodes_to_pcon2024_derived.csv.gz"):
            run_import(path=data / name, now=clock().now(), importers=[CodePointOpen(), DerivedSeats()])
        return time.perf_counter() - started
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made_up.csv"
        _make_up(made)
        started = time.perf_counter()
        run_import(path=made, now=clock().now(), importers=[CodePointOpen()])
        return time.perf_counter() - started


def _make_up(path: Path) -> None:
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    with path.open("w") as file:
        file.write("postcode,lat,lon,quality,admin_district_code,admin_ward_code\n")
        for area in ("ZZ", "AB", "CR", "DN", "EC", "M", "B", "W"):
            for district in range(1, 55):
                for sector in range(10):
                    for one in letters:
                        file.writelines(
                            f"{area}{district} "
                            f"{sector}{one}{two},52.{district:02d}{sector},-1.{district:02d},10,"
                            f"E07999{district:03d},E05999{district:03d}\n"
                            for two in letters
                        )


def _spellings(file: Any, count: int) -> list[str]:
    """Postcodes at random as people write them: with and without space, in capitals and not."""
    from hustings.basics.postcode import unpack_postcode

    chance = random.Random(2026)
    styles: Sequence[Callable[[Any], str]] = (
        lambda p: p.spaced,
        lambda p: p.compact,
        lambda p: p.spaced.lower(),
        lambda p: f" {p.compact.lower()} ",
    )
    rows = [chance.randrange(file.rows) for _ in range(count)]
    return [styles[row % 4](unpack_postcode(int(file.keys[row]))) for row in rows]


def _sqlite(file: Any, path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute(
        "CREATE TABLE postcode (compact TEXT PRIMARY KEY, lat INT, lon INT, ward TEXT, district TEXT, seat "
        "TEXT) "
        "WITHOUT ROWID"
    )
    connection.executemany(
        "INSERT INTO postcode VALUES (?, ?, ?, ?, ?, ?)", zip(*_columns(file), strict=True)
    )
    connection.commit()
    connection.execute("PRAGMA mmap_size=1073741824")
    return connection


def _ask_sqlite(connection: sqlite3.Connection, compact: str) -> object:
    return connection.execute("SELECT * FROM postcode WHERE compact = ?", (compact,)).fetchone()


_DUCKDB_ONE = "SELECT * FROM postcode WHERE compact = ?"


def _duckdb(file: Any) -> Any:
    import duckdb
    import pyarrow as pa

    names = ["compact", "lat", "lon", "ward", "district", "seat"]
    rows = pa.table(dict(zip(names, map(list, _columns(file)), strict=True)))
    connection = duckdb.connect()
    connection.register("rows", rows)
    connection.execute("CREATE TABLE postcode AS SELECT * FROM rows ORDER BY compact")
    connection.execute("CREATE INDEX by_compact ON postcode (compact)")
    return connection


def _join(connection: Any, texts: list[str]) -> None:
    import pyarrow as pa

    connection.register("asked", pa.table({"text": texts}))
    connection.sql(
        "SELECT p.lat, p.lon, p.ward, p.district, p.seat FROM asked "
        "LEFT JOIN postcode p ON p.compact = upper(replace(asked.text, ' ', ''))"
    ).to_arrow_table()


def _columns(file: Any) -> list[list[Any]]:
    import numpy as np

    compact = file.keys.astype(">i8").view("S8").astype(str).tolist()
    rows = np.arange(file.rows)
    coded = [
        file.codes(name)[file.numbers(name)[rows]].astype(str).tolist()
        for name in ("ward", "district", "constituency")
    ]
    return [compact, file.numbers("lat").tolist(), file.numbers("lon").tolist(), *coded]


def _with_columns(file: Any, texts: list[str]) -> None:
    found = file.locate_many(texts)
    for name in ("ward", "district", "constituency"):
        found.codes(name)
    found.degrees("lat")


def _opening(path: Path) -> float:
    program = (
        "import sys, time; from pathlib import Path; from hustings.places.postcode_file import PostcodeFile; "
        "started = time.perf_counter(); PostcodeFile.open(Path(sys.argv[1])).locate('SW1A 1AA'); "
        "print((time.perf_counter() - started) * 1000)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def _each(ask: Callable[[str], object], texts: Sequence[str]) -> float:
    """Median over rounds of the mean time of one question, in microseconds."""

    def all_of_them() -> None:
        for text in texts:
            ask(text)

    return _median(all_of_them) / len(texts) * 1e6


def _median(work: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return statistics.median(times)
