"""Group commit: every caller is answered after the commit, and a bad entry fails alone."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from hustings.platform.group_commit import GroupCommit, NotStored, turn_to_write
from hustings.platform.models import ScheduleRun
from tests.conftest import NOW


class Refused(Exception):
    """The writer does not take this entry."""


def write(names: Sequence[str]) -> None:
    if "bad" in names:
        raise Refused("bad")
    ScheduleRun.objects.bulk_create(
        [ScheduleRun(name=name, last_at=NOW) for name in names], ignore_conflicts=True
    )


def stored() -> set[str]:
    return set(ScheduleRun.objects.values_list("name", flat=True))


@pytest.fixture
def group() -> Iterator[GroupCommit[str]]:
    made = GroupCommit(name="names", write=write, gather_seconds=0.005)
    yield made
    made.stop()


@pytest.mark.django_db(transaction=True)
def test_everything_is_stored_once(group: GroupCommit[str]) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(group.store, map(str, range(40))))
    assert stored() == set(map(str, range(40)))


@pytest.mark.django_db(transaction=True)
def test_what_gathers_shares_a_commit() -> None:
    sizes: list[int] = []
    first_is_in, go_on = threading.Event(), threading.Event()

    def slow_write(names: Sequence[str]) -> None:
        first_is_in.set()
        go_on.wait(10)
        sizes.append(len(names))
        write(names)

    group = GroupCommit(name="names", write=slow_write, gather_seconds=0)
    with ThreadPoolExecutor(8) as threads:
        waiting = [threads.submit(group.store, "first")]
        first_is_in.wait(10)
        waiting += [threads.submit(group.store, f"later {number}") for number in range(6)]
        while len(group._queue) < 6:
            threading.Event().wait(0.005)
        go_on.set()
        for answer in waiting:
            answer.result(timeout=10)
    group.stop()
    assert sizes == [1, 6]


@pytest.mark.django_db(transaction=True)
def test_the_answer_comes_after_the_commit(group: GroupCommit[str]) -> None:
    group.store("one")
    assert not connection.in_atomic_block
    assert stored() == {"one"}


@pytest.mark.django_db(transaction=True)
def test_a_bad_entry_fails_alone() -> None:
    first_is_in, go_on = threading.Event(), threading.Event()

    def held_write(names: Sequence[str]) -> None:
        if names[0] == "first":
            first_is_in.set()
            go_on.wait(10)
        write(names)

    group = GroupCommit(name="names", write=held_write, gather_seconds=0)
    with ThreadPoolExecutor(8) as threads:
        first = threads.submit(group.store, "first")
        first_is_in.wait(10)
        good = threads.submit(group.store, "good")
        bad = threads.submit(group.store, "bad")
        while len(group._queue) < 2:
            threading.Event().wait(0.005)
        go_on.set()
        first.result(timeout=10)
        good.result(timeout=10)
        with pytest.raises(Refused):
            bad.result(timeout=10)
    group.stop()
    assert stored() == {"first", "good"}


@pytest.mark.django_db(transaction=True)
def test_a_caller_gives_up_rather_than_claim_it_was_stored() -> None:
    go_on = threading.Event()

    def stuck(names: Sequence[str]) -> None:
        go_on.wait(10)
        write(names)

    group = GroupCommit(name="names", write=stuck, patience_seconds=0.05)
    with pytest.raises(NotStored):
        group.store("late")
    go_on.set()
    group.stop()


@pytest.mark.django_db(transaction=True)
def test_a_stopped_writer_starts_again(group: GroupCommit[str]) -> None:
    group.store("one")
    group.stop()
    group.store("two")
    assert stored() == {"one", "two"}


@pytest.mark.django_db
def test_inside_a_transaction_the_entry_joins_it(group: GroupCommit[str]) -> None:
    with transaction.atomic():
        group.store("one")
        transaction.set_rollback(True)
    assert not ScheduleRun.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_turns_do_not_overlap() -> None:
    inside, most_inside = 0, 0

    def work(_: int) -> None:
        nonlocal inside, most_inside
        with turn_to_write():
            if connection.vendor == "sqlite":
                inside += 1
                most_inside = max(most_inside, inside)
                threading.Event().wait(0.002)
                inside -= 1
        connection.close()

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(work, range(12)))
    assert most_inside == (1 if connection.vendor == "sqlite" else 0)
