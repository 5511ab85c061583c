"""Targets, where the map sends people, and other installations' feeds, on the desk; Charlie cannot."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hustings.basics.refusals import Refusal
from hustings.elections.queries.closeness import NoSuchParty
from hustings.elections.rules.need import rank_by_need
from hustings.places.models import Area
from hustings.platform.public_web import Answer, TooLong
from hustings.website.campaign_map import queries
from hustings.website.campaign_map.models import MapSetting, Neighbour, NeighbourNeed, SeatTarget, Sending
from hustings.website.campaign_map.queries.sending import pull, sent_lately
from hustings.website.campaign_map.rules.feed import NotAFeed, read_feed
from hustings.website.campaign_map.usecases.count_sending import count_sending
from hustings.website.campaign_map.usecases.set_target import NotATarget, set_party, set_target
from hustings.website.campaign_map.usecases.take_feed import (
    FeedNotRead,
    fetch_over_http,
    read_neighbour,
    read_neighbours,
    take_feed_file,
)
from tests.cast import Cast, signed_in

pytestmark = pytest.mark.django_db

FEED = {
    "version": "hustings-feed-1",
    "name": "Loam Together",
    "events": [
        {"uid": "1", "title": "Their stall", "starts_at": "2026-06-01T10:00:00+01:00", "ends_at": "2026-06-01T12:00:00+01:00",
         "url": "https://loam.example/1", "lat": 53.0, "lon": -1.5},
        {"uid": "2", "title": "No offset", "starts_at": "2026-06-01T10:00:00", "ends_at": "2026-06-01T12:00:00",
         "url": "https://loam.example/2"},
        {"uid": "1", "title": "Twice", "starts_at": "2026-06-01T10:00:00Z", "ends_at": "2026-06-01T12:00:00Z",
         "url": "https://loam.example/3"},
        {"uid": "4", "title": "Script", "starts_at": "2026-06-01T10:00:00Z", "ends_at": "2026-06-01T12:00:00Z",
         "url": "javascript:alert(1)"},
    ],
    "needs": [
        {"code": "E14999000", "wanted": 5}, {"code": "E14999001", "wanted": 0}, "nonsense",
        {"code": "E14999002", "wanted": 0, "target": 8}, {"code": "E14999003", "wanted": 9, "target": 8},
        {"code": "E14999004", "wanted": 1, "target": True},
    ],
}  # fmt: skip


def test_alice_sets_the_target_of_her_ward_and_charlie_cannot(
    cast: Cast, seats: list[Area], wards: Any
) -> None:
    """The desk shows each organiser their own seats; the page of another's answers 404."""
    wards()
    address = f"/desk/map/target/{cast.east.pk}/"
    alice, charlie = signed_in(cast.alice), signed_in(cast.charlie)
    assert charlie.get(address).status_code == 404
    assert charlie.post(address, {"target": "9"}).status_code == 404
    assert alice.get(address).status_code == 200
    assert alice.post(address, {"target": "0"}).status_code == 422
    answer = alice.post(address, {"target": "12"}, follow=True)
    assert "Saved. Barset East now comes first from" in answer.content.decode()
    assert SeatTarget.objects.get().target == 12
    page = alice.get("/desk/map/?board=local.barset.2023-05-04").content.decode()
    assert "Barset East" in page
    assert "Barset West" not in page
    assert "Barset East" not in charlie.get("/desk/map/?board=local.barset.2023-05-04").content.decode()
    alice.post(address, {"target": ""})
    assert not SeatTarget.objects.exists()


def test_counts_are_shown_with_the_seats(cast: Cast, seats: list[Area], now: datetime) -> None:
    """The last 28 days, by seat."""
    today = now.date()
    count_sending(codes=["E14999000", "E14999002"], on=today)
    count_sending(codes=["E14999000"], on=today - timedelta(days=27))
    count_sending(codes=["E14999000"], on=today - timedelta(days=28))
    assert {code: (sent.first, sent.shown) for code, sent in sent_lately(today=today).items()} == {
        "E14999000": (2, 2),
        "E14999002": (0, 1),
    }
    assert Sending.objects.count() == 4
    page = signed_in(cast.admin).get("/desk/map/").content.decode()
    assert "Barset Abbey" in page
    assert "First from" in page


def test_a_target_balances_where_people_are_sent(seats: list[Area], now: datetime) -> None:
    """Bridge's own people go to Castle; an empty target in Abbey draws them there; the sum stays."""
    board = queries.board(key="parl.2024-07-04")

    def pulls() -> dict[str, int]:
        return dict(pull(needs=queries.answer(board=board, party="").ranking.ranked))

    assert pulls() == {"E14999000": 1, "E14999002": 2}
    set_target(area=seats[0], target=10, now=now)
    assert pulls() == {"E14999000": 2, "E14999002": 1}
    with pytest.raises(NotATarget, match="-1 is no target"):
        set_target(area=seats[0], target=-1, now=now)
    assert pull(needs=rank_by_need(seats=[]).ranked) == {}


def test_without_results_the_page_says_what_is_missing(cast: Cast) -> None:
    """A real empty state: what the map needs, and no tiles about nothing."""
    page = signed_in(cast.alice).get("/desk/map/").content.decode()
    assert "The map has no seats yet" in page
    assert "hustings import" in page
    assert "h-tile" not in page


def test_whoever_has_no_seat_in_the_results_is_told_so(cast: Cast, seats: list[Area]) -> None:
    cast.alice.appointments.update(area=cast.east)
    page = signed_in(cast.alice).get("/desk/map/").content.decode()
    assert "None of your seats is on this map" in page
    assert "The map has no seats yet" not in page


def test_the_party_must_be_in_the_results(cast: Cast, seats: list[Area], now: datetime) -> None:
    """A slip of the pen is a sentence; only whoever sets up may."""
    with pytest.raises(NoSuchParty, match="“Yew” is not in the results"):
        set_party(party="Yew", now=now)
    admin = signed_in(cast.admin)
    assert "is not in the results" in admin.post("/desk/map/party/", {"party": "Yew"}).content.decode()
    assert admin.post("/desk/map/party/", {"party": "Elm"}).status_code == 302
    assert MapSetting.objects.get().party == "Elm"
    assert signed_in(cast.alice).get("/desk/map/party/").status_code == 403
    # Stood somewhere, not here: the map goes by first to second and says so.
    MapSetting.objects.update(party="Ash")
    page = admin.get("/map/").content.decode()
    assert "stood in no seat of" in page
    assert "Oak came before Elm" in page


def test_a_feed_is_read_entry_by_entry() -> None:
    """What cannot be used is told; the rest is taken."""
    found = read_feed(document=FEED)
    assert [event.title for event in found.events] == ["Their stall"]
    assert [(need.code, need.wanted, need.target) for need in found.needs] == [
        ("E14999000", 5, None),
        ("E14999002", 0, 8),
    ]
    assert [which for which, _reason in found.rejected] == [
        "event 2",
        "event 3",
        "event 4",
        "need 2",
        "need 3",
        "need 5",
        "need 6",
    ]
    assert "no offset from universal time" in found.rejected[0][1]
    for document in ([], {"version": "other"}, None):
        with pytest.raises(NotAFeed, match="no feed of version hustings-feed-1"):
            read_feed(document=document)


def test_feeds_are_fetched_by_the_clock(now: datetime) -> None:
    """Once an hour each; a feed that fails keeps its reason and what it said before; no network in the test."""
    other = Neighbour.objects.create(name="Loam", address="https://loam.example/needs.json")
    Neighbour.objects.create(name="Off", address="https://off.example/", is_active=False)
    asked: list[str] = []

    def fetch(address: str) -> bytes:
        asked.append(address)
        return json.dumps(FEED).encode()

    taken = read_neighbours(now=now, fetch=fetch)
    assert [(one.events, one.needs, len(one.rejected)) for one in taken] == [(1, 2, 7)]
    assert read_neighbours(now=now + timedelta(minutes=30), fetch=fetch) == []
    assert read_neighbours(now=now + timedelta(hours=1), fetch=lambda address: b"<html>") == []
    other.refresh_from_db()
    assert "is not JSON" in other.problem
    assert NeighbourNeed.objects.count() == 2
    with pytest.raises(FeedNotRead, match="longer than 2 MB"):
        read_neighbour(neighbour=other, now=now, fetch=lambda address: b"x" * 2_000_001)
    assert asked == ["https://loam.example/needs.json"]


def test_an_address_that_does_not_answer(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """A file on this machine is no address, our own network is never asked, and silence or a refusal is a sentence."""
    with pytest.raises(FeedNotRead, match="no address that begins with https"):
        fetch_over_http("file:///etc/passwd")
    settings.HUSTINGS_MODE = "live"
    for own in ("http://127.0.0.1:9/", "http://[::1]/", "http://169.254.169.254/latest/"):
        with pytest.raises(FeedNotRead, match=r"did not answer: .*private network"):
            fetch_over_http(own)
    asked: dict[str, Any] = {}

    def answers(what: Answer | OSError) -> None:
        def ask(**question: Any) -> Answer:
            asked.update(question)
            if isinstance(what, OSError):
                raise what
            return what

        monkeypatch.setattr("hustings.website.campaign_map.usecases.take_feed.ask_public", ask)

    url = "https://loam.example/"
    for what, words in (
        (OSError("refused"), "did not answer: refused"),
        (TooLong("longer"), "longer than 2 MB"),
        (Answer(status=404, url=url, content=b"no"), "status 404"),
    ):
        answers(what)
        with pytest.raises(FeedNotRead, match=words):
            fetch_over_http(url)
    answers(Answer(status=200, url=url, content=b"{}"))
    assert fetch_over_http(url) == b"{}"
    assert (asked["url"], asked["seconds"], asked["most_bytes"]) == (url, 15, 2_000_000)


def test_a_feed_from_a_file(tmp_path: Path, now: datetime) -> None:
    """Taken twice it is there once."""
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(FEED))
    for _time in range(2):
        assert take_feed_file(path=path, now=now).events == 1
    assert Neighbour.objects.get().name == "Loam Together"
    path.write_text("{")
    with pytest.raises(Refusal, match="is not JSON"):
        take_feed_file(path=path, now=now)


def test_other_installations_are_set_up_by_whoever_sets_up(cast: Cast) -> None:
    """Charlie and Alice cannot; a bad address is a sentence and stays in its box."""
    other = Neighbour.objects.create(name="Loam", address="")
    admin = signed_in(cast.admin)
    for user in (cast.alice, cast.charlie):
        assert signed_in(user).post(f"/desk/map/others/{other.pk}/", {"stop": ""}).status_code == 403
    assert admin.post("/desk/map/others/9999/", {"stop": ""}).status_code == 404
    assert admin.post(f"/desk/map/others/{other.pk}/", {"stop": ""}).status_code == 302
    other.refresh_from_db()
    assert not other.is_active
    page = admin.post("/desk/map/others/", {"name": "X", "address": "loam"}).content.decode()
    assert "Enter the feed&#x27;s address" in page or "Enter the feed's address" in page
    assert 'value="loam"' in page
