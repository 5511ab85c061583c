"""Events: a reaction runs exactly if the fact was stored."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction
from django_tasks import task

from hustings.platform.events import AnnouncedOutsideTransaction, Event, announce
from hustings.platform.jobs import worker
from hustings.platform.models import Job

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True, kw_only=True)
class LeafletPrinted(Event):
    """A leaflet was printed."""

    path: str


@task()
def note_leaflet(at: str, path: str) -> None:
    """Write down when it was printed."""
    Path(path).write_text(at)


@pytest.fixture(autouse=True)
def wired(monkeypatch: pytest.MonkeyPatch) -> None:
    """The event has one reaction."""
    from hustings.project import wiring

    monkeypatch.setattr(wiring, "REACTIONS", {LeafletPrinted: (note_leaflet,)})


def test_a_reaction_gets_the_facts(now: datetime, tmp_path: Path) -> None:
    """Fields arrive as arguments, moments as text."""
    with transaction.atomic():
        announce(LeafletPrinted(at=now, path=str(tmp_path / "note")))
    assert worker.run_all() == 1
    assert datetime.fromisoformat((tmp_path / "note").read_text()) == now


def test_a_fact_rolled_back_has_no_reaction(now: datetime, tmp_path: Path) -> None:
    """The job goes with the fact."""

    def announce_and_fail() -> None:
        with transaction.atomic():
            announce(LeafletPrinted(at=now, path=str(tmp_path / "note")))
            raise LookupError

    with pytest.raises(LookupError):
        announce_and_fail()
    assert not Job.objects.exists()


def test_an_event_outside_a_transaction_is_refused(now: datetime, tmp_path: Path) -> None:
    """Otherwise a reaction could outlive its fact."""
    with pytest.raises(AnnouncedOutsideTransaction):
        announce(LeafletPrinted(at=now, path=str(tmp_path / "note")))
