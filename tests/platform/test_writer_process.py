"""The writer process: it commits for every worker, refuses a bad entry alone, and can end at any moment."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from hustings.platform.group_commit import GroupCommit, NotStored, turn_to_write
from hustings.platform.models import ScheduleRun
from hustings.platform.writer_link import Frames, close_links, frame, link, socket_path
from hustings.platform.writer_process import Writer, WriterRunsAlready
from tests.conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True)


class Written:
    """Notes which thread wrote what."""

    def __init__(self) -> None:
        self.threads: set[str] = set()
        self.sizes: list[int] = []

    def __call__(self, names: Sequence[str]) -> None:
        self.threads.add(threading.current_thread().name)
        self.sizes.append(len(names))
        if "bad" in names:
            raise ValueError("bad is not stored")
        ScheduleRun.objects.bulk_create(
            [ScheduleRun(name=name, last_at=NOW) for name in names], ignore_conflicts=True
        )


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.HUSTINGS_HOME = tmp_path
    close_links()
    yield
    close_links()


@pytest.fixture
def written() -> Written:
    return Written()


@pytest.fixture
def group(written: Written) -> Iterator[GroupCommit[str]]:
    made: GroupCommit[str] = GroupCommit(name="names", write=written, as_json=str, from_json=str)
    yield made
    made.stop()


@contextmanager
def running(group: GroupCommit[str]) -> Iterator[Callable[[], None]]:
    """A writer in a thread of its own; what is given ends it."""
    ending = threading.Event()
    writer = Writer(groups=[group])

    def run() -> None:
        try:
            writer.run(should_end=ending.is_set)
        finally:
            connection.close()

    thread = threading.Thread(target=run, name="the writer")
    thread.start()

    def end() -> None:
        ending.set()
        thread.join()

    try:
        yield end
    finally:
        end()


def stored() -> set[str]:
    return set(ScheduleRun.objects.values_list("name", flat=True))


def test_the_writer_stores_for_everybody(group: GroupCommit[str], written: Written) -> None:
    with running(group), ThreadPoolExecutor(8) as threads:
        list(threads.map(group.store, map(str, range(60))))
    assert stored() == set(map(str, range(60)))
    assert written.threads == {"the writer"}


def test_what_gathers_shares_a_commit(group: GroupCommit[str], written: Written) -> None:
    with running(group), ThreadPoolExecutor(8) as threads:
        with turn_to_write():
            waiting = [threads.submit(group.store, str(number)) for number in range(8)]
            threading.Event().wait(0.3)
        for each in waiting:
            each.result(timeout=10)
    if connection.vendor == "sqlite":
        assert len(written.sizes) < 8


def test_a_bad_entry_is_refused_alone(group: GroupCommit[str]) -> None:
    with running(group), ThreadPoolExecutor(8) as threads:
        answers = {name: threads.submit(group.store, name) for name in ("a", "b", "bad", "c")}
        for name in ("a", "b", "c"):
            answers[name].result(timeout=10)
        with pytest.raises(NotStored, match="bad is not stored"):
            answers["bad"].result(timeout=10)
    assert stored() == {"a", "b", "c"}


def test_without_a_writer_the_process_stores_by_itself(group: GroupCommit[str], written: Written) -> None:
    assert link() is None
    group.store("one")
    assert stored() == {"one"}
    assert written.threads == {"group commit"}


def test_when_the_writer_ends_nothing_is_lost(group: GroupCommit[str], written: Written) -> None:
    with running(group) as end:
        group.store("one")
        end()
        group.store("two")
    assert stored() == {"one", "two"}
    assert written.threads == {"the writer", "group commit"}


def test_an_entry_whose_writer_ended_is_stored_again(group: GroupCommit[str], own_home: None) -> None:
    """A writer that takes entries, and is gone before it answers."""
    import socket

    socket_path().parent.mkdir(parents=True, exist_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(socket_path()))
    listener.listen(1)

    def take_and_go() -> None:
        taken, _address = listener.accept()
        taken.recv(65_536)
        taken.close()
        listener.close()

    thread = threading.Thread(target=take_and_go)
    thread.start()
    group.store("one")
    thread.join()
    assert stored() == {"one"}


def test_a_home_has_one_writer(group: GroupCommit[str]) -> None:
    with running(group), pytest.raises(WriterRunsAlready):
        Writer(groups=[group])


def test_an_unknown_kind_of_entry_is_refused(group: GroupCommit[str]) -> None:
    with running(group):
        found = link()
        assert found is not None
        assert "nothing" in found.store(group="nothing", entry="x", patience_seconds=10)


MESSAGES = st.lists(
    st.recursive(st.text() | st.integers() | st.none(), lambda inner: st.lists(inner, max_size=4)), max_size=5
)


@given(MESSAGES, st.integers(1, 50))
def test_frames_come_out_as_they_went_in_however_they_are_cut(messages: list[Any], size: int) -> None:
    stream = b"".join(map(frame, messages))
    frames, read = Frames(), []
    for start in range(0, len(stream), size):
        read += frames.read(stream[start : start + size])
    assert read == messages
