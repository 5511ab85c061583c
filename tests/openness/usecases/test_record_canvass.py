"""Doors in the public record: what is said, in bands and without names; once; and nothing where nobody was met."""

import json
from datetime import datetime

import pytest

from hustings.openness.jobs import record_closed_canvass
from hustings.openness.models import Document, Entry
from hustings.openness.usecases.record_canvass import record_canvass
from hustings.outreach.doorsteps.models import Canvass
from hustings.outreach.doorsteps.usecases.close_canvass import close_canvass
from hustings.outreach.doorsteps.usecases.record_door import record_door
from tests.cast import Cast
from tests.outreach.doorsteps.barset import door_of, make_ward, opened

pytestmark = pytest.mark.django_db


def said(entry: Entry, name: str) -> dict[str, object]:
    content = Document.objects.get(entry=entry, name=name).content
    assert content is not None
    found: dict[str, object] = json.loads(bytes(content))
    return found


@pytest.fixture
def canvass(cast: Cast, now: datetime) -> Canvass:
    ward = make_ward(cast=cast, now=now)
    made = opened(cast=cast, now=now, title="Secret plan")
    for name, outcome in (
        ("Alma Grantly", "spoke"),
        ("Dan Harding", "no_answer"),
        ("Gil Stanhope", "objected"),
    ):
        record_door(door=door_of(elector=ward.electors[name]), outcome=outcome, turn=0, at=now, now=now)
    return close_canvass(canvass=made, by=cast.alice, now=now)


def test_a_closed_canvass_is_recorded_once_in_bands_and_without_names(
    canvass: Canvass, now: datetime
) -> None:
    entry = record_canvass(canvass=canvass, now=now)
    assert entry is not None
    assert record_closed_canvass.func(now.isoformat(), canvass.pk) == entry.number
    assert Entry.objects.count() == 1
    assert said(entry, "facts") == {
        "title": "Talks at the door in Barset East",
        "channel": "door",
        "purpose": "campaign",
        "purpose_in_words": "news and campaigns",
        "started_at": "2026-03-30",
        "finished_at": "2026-03-30",
    }
    figures = said(entry, "figures")
    assert figures["people"] == figures["called_on"] == {"at_least": 0, "at_most": 9}
    assert said(entry, "exact") == {
        "spoken_to_by_ward": {"E05999001": 2},
        "called_on_by_ward": {"E05999001": 3},
    }
    everything = b"".join(bytes(one.content or b"") for one in Document.objects.all()) + bytes(entry.leaf)
    for word in (b"Secret", b"Grantly", b"Mill Lane"):
        assert word not in everything


def test_nothing_is_recorded_where_nobody_was_met(cast: Cast, now: datetime) -> None:
    ward = make_ward(cast=cast, now=now)
    canvass = opened(cast=cast, now=now)
    record_door(
        door=door_of(elector=ward.electors["Dan Harding"]), outcome="no_answer", turn=0, at=now, now=now
    )
    close_canvass(canvass=canvass, by=cast.alice, now=now)
    assert record_canvass(canvass=canvass, now=now) is None
    assert not Entry.objects.exists()
