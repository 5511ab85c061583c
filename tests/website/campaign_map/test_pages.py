"""The campaign map as a visitor meets it, and what it remembers of them: nothing."""

import json
import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hustings.elections.models import Election
from hustings.elections.usecases.leave_out_seat import leave_out_seat
from hustings.places.models import Area
from hustings.volunteers.models import Event, Group
from hustings.website.campaign_map.models import Neighbour, NeighbourEvent, NeighbourNeed, SeatTarget, Sending
from hustings.website.campaign_map.rules.feed import read_feed
from hustings.website.campaign_map.usecases.set_target import set_party
from tests.website.campaign_map.conftest import KEY

pytestmark = pytest.mark.django_db


def _names(page: str) -> list[str]:
    return sorted(("Barset Abbey", "Barset Bridge", "Barset Castle"), key=page.find)


def test_before_a_postcode_the_closest_come_first(client: Client, seats: list[Area]) -> None:
    """Everybody sees the order by closeness, a form, and the rule in a sentence."""
    page = client.get("/map/").content.decode()
    assert _names(page) == ["Barset Castle", "Barset Abbey", "Barset Bridge"]
    assert "Oak came before Elm by 100 votes (0.33%)." in page
    assert "one point for each percentage point" in page
    assert '<img src="/map/all/parl.2024-07-04/map.svg"' in page


def test_with_a_postcode_travel_counts(client: Client, seats: list[Area]) -> None:
    """Abbey at the door goes before Castle a hundred kilometres away; figures, distance and the address to share."""
    answer = client.post("/map/", {"postcode": "zz1 1aa"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert _names(page) == ["Barset Abbey", "Barset Castle", "Barset Bridge"]
    assert "less than 100 m away." in page
    assert "closeness 2.56, travel 0.00: 2.56 points" in page
    assert "closeness 0.33, travel 22.24: 22.57 points" in page
    assert "/map/near/ZZ1/" in page
    assert "ZZ1 1AA" not in page.replace('value="zz1 1aa"', "")


def test_the_shared_address_gives_the_same_order(client: Client, seats: list[Area]) -> None:
    """The outward code stands for the postcode."""
    page = client.get("/map/near/zz1/").content.decode()
    assert _names(page) == ["Barset Abbey", "Barset Castle", "Barset Bridge"]
    assert client.get("/map/near/ZZ8/").status_code == 404
    assert "No postcode here begins with ZZ8" in client.get("/map/near/ZZ8/").content.decode()


def test_a_location_is_used_to_a_kilometre(client: Client, seats: list[Area]) -> None:
    """Where a browser was allowed to tell it; a point in the sea by Africa is not one."""
    page = client.post("/map/", {"postcode": "", "lat": "54.001", "lon": "-1.499"}).content.decode()
    assert _names(page)[0] == "Barset Castle"
    assert client.post("/map/", {"postcode": "", "lat": "0", "lon": "0"}).status_code == 422


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        ("BT1 1AA", "is in Northern Ireland"),
        ("ZZ9 9ZZ", "cannot be placed"),
        ("nonsense", "cannot be placed"),
        ("", "Enter your postcode, for example ZZ1 1AA."),
        ("x" * 40, "Enter your postcode, for example ZZ1 1AA."),
    ],
)
def test_what_cannot_be_placed_gets_a_plain_answer(
    client: Client, seats: list[Area], entered: str, said: str
) -> None:
    """A sentence, what was typed, and the list all the same."""
    answer = client.post("/map/", {"postcode": entered})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'value="{entered}"' in page
    assert "Barset Castle" in page


def test_nothing_of_a_visitor_is_kept(
    client: Client, seats: list[Area], caplog: pytest.LogCaptureFixture
) -> None:
    """No cookie, no session, no log line and no row with the postcode; only the day's counts grow."""
    caplog.set_level(logging.DEBUG)
    with CaptureQueriesContext(connection) as asked:
        answer = client.post("/map/", {"postcode": "ZZ1 1AA"})
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"
    assert not Session.objects.exists()
    written = " ".join(query["sql"] for query in asked.captured_queries)
    logged = " ".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    for trace in ("ZZ1 1AA", "ZZ11AA", "127.0.0.1"):
        assert trace not in written
        assert trace not in logged
    assert [(row.code, row.first, row.shown) for row in Sending.objects.order_by("-first", "code")] == [
        ("E14999000", 1, 1),
        ("E14999001", 0, 1),
        ("E14999002", 0, 1),
    ]
    names = {field.name for field in Sending._meta.get_fields()}
    assert names == {"id", "code", "on", "first", "shown"}
    client.post("/map/", {"postcode": "ZZ1 1AA"})
    assert Sending.objects.get(code="E14999000").first == 2
    client.get("/map/")
    client.get("/map/near/ZZ1/")
    assert Sending.objects.get(code="E14999000").first == 2


def test_it_takes_few_statements(
    client: Client, seats: list[Area], django_assert_max_num_queries: Any
) -> None:
    """However many seats there are."""
    with django_assert_max_num_queries(45):
        client.post("/map/", {"postcode": "ZZ1 1AA"})


def test_the_organisations_own_gap(client: Client, seats: list[Area], now: datetime) -> None:
    """By its short name, as a lead or a gap; a name that stood nowhere changes nothing and says so."""
    set_party(party="elm", now=now)
    assert "elm was 100 votes (0.33%) short of winning." in client.get("/map/").content.decode()
    set_party(party="Oak", now=now)
    assert "Oak won it by 100 votes (0.33%)." in client.get("/map/").content.decode()
    set_party(party="", now=now)
    assert "Oak came before Elm" in client.get("/map/").content.decode()


def test_a_target_that_is_not_met_draws_people(client: Client, seats: list[Area], now: datetime) -> None:
    """Bridge with an empty target loses ten points; a target nobody set changes nothing."""
    SeatTarget.objects.create(area=seats[1], target=10, set_at=now)
    page = client.post("/map/", {"postcode": "ZZ1 1AA"}).content.decode()
    assert "0 of 10 volunteers." in page
    assert "volunteers −10.00" in page
    assert "closeness 2.56, travel 0.00: 2.56 points" in page
    feed = client.get("/map/needs.json").json()
    assert feed["version"] == "hustings-feed-1"
    assert [(need["code"], need["wanted"], need["target"]) for need in feed["needs"]] == [
        ("E14999001", 10, 10)
    ]
    assert read_feed(document=feed).rejected == ()


def test_a_seat_that_is_left_out_is_published_with_its_reason(
    client: Client, seats: list[Area], now: datetime
) -> None:
    """On the map, in the list, on its own page and in the download."""
    reason = "The result is before an election court."
    leave_out_seat(election_id=KEY, code="E14999002", reason=reason, now=now)
    assert "1 is left out, with its reason" in client.get("/map/").content.decode()
    assert reason in client.get(f"/map/all/{KEY}/").content.decode()
    assert reason in client.get("/map/seat/E14999002/").content.decode()
    rows = client.get(f"/map/all/{KEY}/seats.json").json()["seats"]
    assert [(row["code"], row["rank"], row["left_out"]) for row in rows][-1] == ("E14999002", None, reason)


def test_wards_have_a_section_and_boundaries_live_side_by_side(
    client: Client, seats: list[Area], wards: Callable[[], Election]
) -> None:
    """Constituencies first, then the council's wards; each election can be asked for by itself."""
    wards()
    page = client.get("/map/").content.decode()
    assert page.find("UK general election") < page.find("Barset council") < page.find("Barset East")
    page = client.get("/map/?election=local.barset.2023-05-04").content.decode()
    assert "Barset Abbey" not in page
    assert "UK general election, 4 July 2024" in page
    Election.objects.create(pk="local.loam.2023-05-04", kind="local", title="Loam", poll_on=date(2023, 5, 4))
    assert client.get("/map/all/local.loam.2023-05-04/").status_code == 404


def test_several_councils_are_one_list(
    client: Client, seats: list[Area], wards: Callable[[], Election]
) -> None:
    """Wards of all councils are ranked together, each at its latest election."""
    first = wards()
    contest = first.contests.order_by("pk").first()
    other = Election.objects.create(
        pk="local.loam.2022-05-05", kind="local", title="Loam", poll_on=date(2022, 5, 5)
    )
    assert contest is not None
    other.contests.create(
        ballot_id="local.loam.a.2022-05-05", area_name="Loam End", majority=1, valid_votes=900
    )
    rows = client.get("/map/all/wards/seats.json").json()["seats"]
    assert [row["name"] for row in rows] == ["Loam End", "Barset East", "Barset West"]


def test_events_groups_and_what_others_want(client: Client, seats: list[Area], now: datetime) -> None:
    """Ours and other installations' that are near; not those that are over, far away or switched off."""
    soon = now + timedelta(days=2)
    Event.objects.create(
        slug="stall", kind="stall", title="Saturday stall", area=seats[0], place="Market", latitude=53.01,
        longitude=-1.5, starts_at=soon, ends_at=soon + timedelta(hours=2), state="open", made_at=now,
    )  # fmt: skip
    Group.objects.create(
        slug="abbey",
        name="Abbey volunteers",
        kind="signal",
        area=seats[0],
        capacity=50,
        state="open",
        made_at=now,
    )
    other = Neighbour.objects.create(name="Loam Together", address="https://loam.example/map/needs.json")
    for uid, lat, day in (("near", 53.1, 1), ("far", 57.0, 1), ("over", 53.0, -3)):
        at = now + timedelta(days=day)
        NeighbourEvent.objects.create(
            neighbour=other, uid=uid, title=f"Their {uid}", starts_at=at, ends_at=at + timedelta(hours=1), lat=lat,
            lon=-1.5, url="https://loam.example/e/1",
        )  # fmt: skip
    NeighbourNeed.objects.create(
        neighbour=other, code="E14999000", wanted=7, target=20, url="https://loam.example/"
    )
    NeighbourNeed.objects.create(neighbour=other, code="E14999001", wanted=0, target=5)
    page = client.post("/map/", {"postcode": "ZZ1 1AA"}).content.decode()
    assert page.find("Their near") < page.find("Saturday stall")
    assert "Loam Together</a>: 7 more people (the target is 20)" in page
    assert "Their far" not in page
    assert "Their over" not in page
    assert "Abbey volunteers" in page
    page = client.get("/map/seat/E14999000/").content.decode()
    assert "7 more people (the target is 20)" in page
    assert "nobody more (the target is 5)" in client.get("/map/seat/E14999001/").content.decode()
    assert "Saturday stall" in page
    Neighbour.objects.update(is_active=False)
    assert "Their near" not in client.post("/map/", {"postcode": "ZZ1 1AA"}).content.decode()


def test_the_frame_may_stand_on_other_sites_and_nothing_else_may(client: Client, seats: list[Area]) -> None:
    """The embedded page has a frame policy of its own; its answer too."""
    for answer in (client.get("/map/embed/"), client.post("/map/embed/", {"postcode": "ZZ1 1AA"})):
        assert answer.status_code == 200
        assert "X-Frame-Options" not in answer
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert 'target="_top"' in answer.content.decode()
    plain = client.get("/map/")
    assert plain["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in plain["Content-Security-Policy"]


def test_the_picture_shows_every_seat_and_needs_no_script(client: Client, seats: list[Area]) -> None:
    """A well-formed SVG: a path a seat; near a place the first seats are numbered."""
    answer = client.get(f"/map/all/{KEY}/map.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    tree = ElementTree.fromstring(answer.content.decode())
    assert len(tree.findall("{*}path")) == 3
    assert b"script" not in answer.content
    near = ElementTree.fromstring(client.get(f"/map/all/{KEY}/map.svg?near=ZZ1").content.decode())
    assert [mark.text for mark in near.findall("{*}text")] == ["1", "3"]
    outlines = client.get(f"/map/all/{KEY}/outlines.json").json()
    assert [seat["properties"]["rank"] for seat in outlines["features"]] == [2, 3, 1]
    assert client.get("/map/all/parl.1900-01-01/map.svg").status_code == 404
    assert client.get(f"/map/all/{KEY}/map.svg?near=ZZ8").status_code == 404


def test_the_first_visit_is_small(client: Client, seats: list[Area]) -> None:
    """HTML and stylesheet together, compressed, are at most 14 kB."""
    import gzip
    from pathlib import Path

    sheet = Path("src/hustings/platform/static/hustings/public.css").read_bytes()
    page = client.post("/map/", {"postcode": "ZZ1 1AA"}).content
    assert len(gzip.compress(page)) + len(gzip.compress(sheet)) <= 14_000


def test_an_installation_without_results(client: Client, cast: Any) -> None:
    """Nothing to rank is said, and nothing breaks."""
    assert "nothing to rank" in client.get("/map/").content.decode()
    assert client.get("/map/rule/").status_code == 200
    assert json.loads(client.get("/map/needs.json").content)["needs"] == []
    assert client.get("/map/seat/E14999000/").status_code == 404


def test_the_map_speaks_welsh_to_whoever_prefers_it(seats: list[Area]) -> None:
    """The form, the list and the reason for each seat."""
    client = Client(headers={"Accept-Language": "cy"})
    page = client.get("/map/").content.decode()
    assert "Eich cod post" in page
    assert "Your postcode" not in page
    listed = client.get(f"/map/all/{KEY}/").content.decode()
    assert "agosrwydd" in listed
    assert "closeness" not in listed.replace("closeness_points", "")
