"""The rate limits: a leaky bucket a key, shared by every process."""

import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hustings.platform.rate_limit import _BUCKETS, _PLACES, Allowance, LimitTable

FIVE = Allowance(burst=5, per_minute=6)


@pytest.fixture
def table(tmp_path: Path) -> LimitTable:
    return LimitTable(path=tmp_path / "run" / "limits", secret=b"secret")


def test_a_burst_passes_and_the_next_one_waits(table: LimitTable) -> None:
    assert [table.take(key="10.0.0.1", allowance=FIVE, at=1000.0) for _ in range(5)] == [0.0] * 5
    assert table.take(key="10.0.0.1", allowance=FIVE, at=1000.0) == pytest.approx(10.0)


def test_a_refused_try_costs_nothing(table: LimitTable) -> None:
    for _ in range(5):
        table.take(key="10.0.0.1", allowance=FIVE, at=1000.0)
    for _ in range(100):
        assert table.take(key="10.0.0.1", allowance=FIVE, at=1004.0) == pytest.approx(6.0)
    assert table.take(key="10.0.0.1", allowance=FIVE, at=1010.5) == 0.0


def test_keys_do_not_share(table: LimitTable) -> None:
    for _ in range(5):
        table.take(key="10.0.0.1", allowance=FIVE, at=1000.0)
    assert table.take(key="10.0.0.2", allowance=FIVE, at=1000.0) == 0.0


def test_the_file_holds_no_address(table: LimitTable, tmp_path: Path) -> None:
    table.take(key="192.0.2.77", allowance=FIVE, at=1000.0)
    assert b"192.0.2.77" not in (tmp_path / "run" / "limits").read_bytes()


def test_limits_survive_a_restart(table: LimitTable, tmp_path: Path) -> None:
    for _ in range(5):
        table.take(key="10.0.0.1", allowance=FIVE, at=1000.0)
    table.close()
    again = LimitTable(path=tmp_path / "run" / "limits", secret=b"secret")
    assert again.take(key="10.0.0.1", allowance=FIVE, at=1000.0) > 0


def test_a_full_table_still_answers(table: LimitTable) -> None:
    for number in range(_BUCKETS * _PLACES // 8):
        assert table.take(key=f"key {number}", allowance=FIVE, at=1000.0) == 0.0


@given(st.lists(st.floats(min_value=0, max_value=30), min_size=1, max_size=80))
@settings(max_examples=60, deadline=None)
def test_never_more_than_the_burst_and_the_rate(gaps: list[float]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        table = LimitTable(path=Path(folder) / "limits", secret=b"s")
        at, passed = 1000.0, []
        for gap in gaps:
            at += gap
            if table.take(key="k", allowance=FIVE, at=at) == 0.0:
                passed.append(at)
        table.close()
    for first in range(len(passed)):
        for last in range(first, len(passed)):
            allowed = FIVE.burst + (passed[last] - passed[first]) * FIVE.per_minute / 60
            assert last - first + 1 <= allowed + 1e-6


def _take_many(path: Path, tries: int, answer: "multiprocessing.Queue[int]") -> None:
    table = LimitTable(path=path, secret=b"secret")
    generous = Allowance(burst=1000, per_minute=1)
    answer.put(sum(table.take(key="shared", allowance=generous, at=1000.0) == 0.0 for _ in range(tries)))


def test_several_processes_share_one_limit(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    answer: multiprocessing.Queue[int] = spawn.Queue()
    path = tmp_path / "limits"
    LimitTable(path=path, secret=b"secret").close()
    workers = [spawn.Process(target=_take_many, args=(path, 700, answer)) for _ in range(3)]
    for worker in workers:
        worker.start()
    passed = sum(answer.get(timeout=60) for _ in workers)
    for worker in workers:
        worker.join()
    assert passed == 1000


def _take_slowly(path: Path, answer: "multiprocessing.Queue[str]") -> None:
    """Three threads that dwell on a key each, so that each process often waits for another and is waited for."""
    table = LimitTable(path=path, secret=b"secret")
    find = table._find

    def dwell(start: int, fingerprint: int) -> tuple[int, float]:
        time.sleep(0.005)
        return find(start, fingerprint)

    table._find = dwell  # type: ignore[method-assign]

    def go_round(first: int) -> None:
        for turn in range(40):
            table.take(key=f"network {(first + turn) % 3}", allowance=FIVE, at=1000.0)

    try:
        with ThreadPoolExecutor(3) as threads:
            list(threads.map(go_round, range(3)))
    except OSError as problem:
        answer.put(str(problem))
    else:
        answer.put("done")


def test_threads_of_several_processes_do_not_look_like_a_deadlock(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    answer: multiprocessing.Queue[str] = spawn.Queue()
    path = tmp_path / "limits"
    LimitTable(path=path, secret=b"secret").close()
    workers = [spawn.Process(target=_take_slowly, args=(path, answer)) for _ in range(3)]
    for worker in workers:
        worker.start()
    ended = [answer.get(timeout=120) for _ in workers]
    for worker in workers:
        worker.join()
    assert ended == ["done"] * 3
