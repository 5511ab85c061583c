"""Five million synthetic ads: the import, every report, and the same question put to SQLite and pandas in the same run.

The rows have the shape of the per-ad export with bounds in columns: 20,000 pages, bands of spend and impressions, fourteen
months. Limits to hold: the import within 60 s, any report within 1 s, with the report's process under 300 MB at its peak.
Import and reports run each in a process of its own, as the command line does, so that its memory (the largest resident set)
can be read from the system; times are those of the import or the question alone, with Django started, and processor time
stands beside the clock. Peers: a table in SQLite grouped by page and disclaimer, and pandas reading the columns it needs from
the same Parquet file and grouping them.

`HUSTINGS_BENCH_ADS` and `HUSTINGS_BENCH_PAGES` set other numbers of ads and pages, for a quick look.
"""

import csv
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

ROWS = int(os.environ.get("HUSTINGS_BENCH_ADS", "5000000"))
PAGES = int(os.environ.get("HUSTINGS_BENCH_PAGES", "20000"))
IMPORT_LIMIT, REPORT_LIMIT, MEMORY_LIMIT = 60.0, 1.0, 300
BANDS = [(0, 99), (100, 199), (200, 299), (300, 399), (400, 499), (500, 599), (1000, 1499), (5000, 5999)]
REPORTS = (
    "by='page'",
    "by='entity'",
    "by='party'",
    "by='platform'",
    "by='week'",
    "by='page', first_on=date(2019, 11, 6), last_on=date(2019, 12, 12)",
    "by='week', first_on=date(2019, 11, 6), last_on=date(2019, 12, 12)",
)


def run() -> None:
    """Write the file, import it, ask everything, and ask the peers."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hustings.project.settings")
    django.setup()
    from django.core.management import call_command

    from hustings.adwatch.models import Snapshot
    from hustings.adwatch.store.files import home_path

    call_command("migrate", verbosity=0)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "ads.csv"
        _write(path)
        print(f"{ROWS:,} ads of {PAGES:,} pages, {path.stat().st_size / 2**20:,.0f} MB", flush=True)
        took, worked, memory, accepted = _imported(path)
        assert accepted == ROWS, accepted
        print(
            f"import: {took:.1f} s, {worked:.1f} s of processor time, {memory:.0f} MB "
            f"({'held' if took <= IMPORT_LIMIT else 'NOT held'}: {IMPORT_LIMIT:.0f} s)",
            flush=True,
        )
        rows = home_path(Snapshot.objects.get().folder) / "rows.parquet"
        slowest = worst = 0.0
        for question in REPORTS:
            seconds, worked, memory, ads = _asked(question)
            slowest, worst = max(slowest, seconds), max(worst, memory)
            print(
                f"  report {question:<68} {seconds:6.2f} s {worked:6.2f} s busy {memory:5.0f} MB  {ads:,} ads",
                flush=True,
            )
        print(
            f"slowest report {slowest:.2f} s ({'held' if slowest <= REPORT_LIMIT else 'NOT held'}), "
            f"peak {worst:.0f} MB ({'held' if worst <= MEMORY_LIMIT else 'NOT held'})"
        )
        ours, _, _, _ = _asked(REPORTS[0])
        for name, act in (("SQLite table", _sqlite), ("pandas on Parquet", _pandas)):
            seconds = act(path, rows, Path(place))
            print(f"  {name:<20} {seconds:6.2f} s   {seconds / ours:.1f} times ours")


def _write(path: Path) -> None:
    """Rows spread by multiplication, so that neighbours differ and every run is the same."""
    start = date(2019, 1, 1)
    days = [(start + timedelta(days=number)).isoformat() for number in range(460)]
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(
            [
                "date",
                "end",
                "funder",
                "person",
                "ad_id",
                "demos",
                "l_spend",
                "u_spend",
                "l_impact",
                "u_impact",
            ]
        )
        for number in range(ROWS):
            page = number * 7919 % PAGES
            low, high = BANDS[number * 31 % len(BANDS)] if number % 10 else BANDS[number % 3]
            first = number * 104_729 % 420
            shown = number * 13 % 40 * 1000
            out.writerow(
                [
                    days[first],
                    days[first + number % 28],
                    f"Payer {page % 9000}",
                    f"Page {page}",
                    str(10**12 + number),
                    "[]",
                    *(low, high, shown, shown + 999),
                ]
            )


def _imported(path: Path) -> tuple[float, float, float, int]:
    """Seconds, seconds of processor time, peak MB, and rows of the import in a process of its own."""
    program = (
        "import json, resource, sys, time, django; django.setup()\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from hustings.platform.importing.run_import import run_import\n"
        "started, busy = time.perf_counter(), time.process_time()\n"
        "done = run_import(path=Path(sys.argv[1]), now=datetime.now(UTC))\n"
        "took, worked = time.perf_counter() - started, time.process_time() - busy\n"
        "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
        "print(json.dumps([took, worked, peak, done.accepted]))\n"
    )
    return _told(program, str(path))


def _told(program: str, *words: str) -> tuple[float, float, float, int]:
    done = subprocess.run(
        [sys.executable, "-c", program, *words], env=os.environ, stdout=subprocess.PIPE, text=True, check=True
    )
    seconds, worked, memory, count = json.loads(done.stdout)
    return seconds, worked, memory, count


def _asked(question: str) -> tuple[float, float, float, int]:
    """Seconds, seconds of processor time (medians of three), peak MB, and ads of one report in a process of its own."""
    program = (
        "import json, resource, statistics, time, django; django.setup()\n"
        "from datetime import date\n"
        "from hustings.adwatch.queries.report import ad_report\n"
        "took, worked = [], []\n"
        "for _ in range(3):\n"
        "    started, busy = time.perf_counter(), time.process_time()\n"
        f"    found = ad_report({question})\n"
        "    took.append(time.perf_counter() - started)\n"
        "    worked.append(time.process_time() - busy)\n"
        "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
        "print(json.dumps([statistics.median(took), statistics.median(worked), peak, found.ads]))\n"
    )
    return _told(program)


def _sqlite(path: Path, rows: Path, place: Path) -> float:
    """Group by page and disclaimer in a table of SQLite, loaded before."""
    database = sqlite3.connect(place / "peer.sqlite3")
    database.execute("CREATE TABLE ads (page TEXT, payer TEXT, low INTEGER, high INTEGER)")
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        next(reader)
        database.executemany(
            "INSERT INTO ads VALUES (?, ?, ?, ?)",
            ((row[3], row[2], int(row[6]) * 100, int(row[7]) * 100) for row in reader),
        )
    database.commit()
    return _median(
        lambda: database.execute(
            "SELECT page, payer, count(*), sum(low), sum(high) FROM ads GROUP BY page, payer"
        ).fetchall()
    )


def _pandas(path: Path, rows: Path, place: Path) -> float:
    """Read the columns needed and group them."""
    import pandas

    pages = rows.with_name("pages.parquet")

    def ask() -> object:
        frame = pandas.read_parquet(rows, columns=["page_key", "ads", "low", "high"])
        summed = frame.groupby("page_key")[["ads", "low", "high"]].sum()
        return summed.join(pandas.read_parquet(pages).set_index("page_key")[["page", "disclaimer"]])

    return _median(ask)


def _median(act: Callable[[], object]) -> float:
    took = []
    for _ in range(3):
        started = time.perf_counter()
        act()
        took.append(time.perf_counter() - started)
    return statistics.median(took)
