"""A round on a phone without signal: its pages in one answer, what is sent afterwards, and what nobody else can."""

import json
import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from hustings.basics.clock import clock_set_to
from hustings.contacts.models import Contact, Intention
from hustings.outreach.conversations.usecases.offer_words import offer_words
from hustings.outreach.doorsteps.models import Canvass, Door, KeptAnswer, Round
from hustings.outreach.doorsteps.pages.kept_lines import proof_of
from hustings.outreach.doorsteps.usecases.close_canvass import close_canvass
from hustings.outreach.doorsteps.usecases.give_round import give_round, take_back_round
from hustings.outreach.doorsteps.usecases.record_door import record_door
from hustings.people.models import Consent
from hustings.volunteers.models import Volunteer
from hustings.volunteers.pages.way_in import mark_of
from tests.cast import Cast
from tests.outreach.doorsteps.barset import Ward, door_of, make_walker, make_ward, opened
from tests.outreach.doorsteps.pages.test_pages import phone_of

pytestmark = pytest.mark.django_db

SEND = "/volunteer/rounds/send/"


@pytest.fixture
def ward(cast: Cast, now: datetime) -> Ward:
    return make_ward(cast=cast, now=now, valid_until=date(2026, 4, 1))


@pytest.fixture
def canvass(cast: Cast, now: datetime, ward: Ward) -> Canvass:
    return opened(cast=cast, now=now, words="Good evening.")


@pytest.fixture
def one(canvass: Canvass) -> Round:
    return canvass.rounds.get()


@pytest.fixture
def vera(cast: Cast, now: datetime, one: Round) -> Volunteer:
    volunteer = make_walker(cast=cast, now=now)
    give_round(round=one, volunteer=volunteer, walk_on=now.date(), by=cast.alice, now=now)
    return volunteer


def kept_line(door: Door, at: datetime, *, turn: int = 0, **fields: str) -> dict[str, Any]:
    """A line as `round.js` makes it; `tap` or the fields of the door's form."""
    if "tap" in fields:
        fields["tap"] = f"{door.pk}:{turn}:{fields['tap']}"
    return {
        "key": str(uuid.uuid4()),
        "round": door.round_id,
        "door": door.pk,
        "turn": turn,
        "tapped_at": at.isoformat(),
        "fields": [[name, value] for name, value in fields.items()],
    }


def send(volunteer: Volunteer, at: datetime, *lines: dict[str, Any], **more: Any) -> Any:
    sent = {"who": mark_of(volunteer=volunteer), "sent_at": at.isoformat(), "lines": lines, **more}
    return phone_of(volunteer).post(SEND, json.dumps(sent), content_type="application/json")


def told(answer: Any) -> list[tuple[bool, str]]:
    return [(line["is_taken"], " ".join(line["says"])) for line in answer.json()["lines"]]


def test_all_pages_of_a_round_come_in_one_answer_with_the_time_they_may_be_kept(
    ward: Ward, one: Round, vera: Volunteer, now: datetime
) -> None:
    address = reverse("doorsteps:kept_round", args=[one.pk])
    answer = phone_of(vera).get(address)
    said = answer.json()
    pages = said["pages"]
    # The rounds, this round, two streets, seven doors; until midnight after 31 March, when the right to the register has ended.
    assert len(pages) == 1 + 1 + 2 + 7
    assert said["seconds"] == (datetime(2026, 3, 31, 23, 0, tzinfo=now.tzinfo) - now).total_seconds()
    street = pages[reverse("doorsteps:my_street", args=[one.pk, 1])]
    assert "Alma Grantly" in street
    assert "data-is-copy" in street
    assert "Knock only between 10:00 and 20:00" in street
    assert "csrfmiddlewaretoken" not in street
    door = pages[
        reverse("doorsteps:my_door", args=[one.pk, door_of(elector=ward.electors["Dan Harding"]).pk])
    ]
    assert "How may they vote?" in door
    nonce = answer.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    assert all(f'nonce="{nonce}"' in page for page in pages.values())
    with clock_set_to(now + timedelta(days=3)):
        assert phone_of(vera).get(address).json() == {"seconds": 0, "pages": {}}


def test_what_was_kept_is_taken_in_order_once_with_its_moment(
    ward: Ward, one: Round, vera: Volunteer, now: datetime
) -> None:
    alma, dan = (door_of(elector=ward.electors[name]) for name in ("Alma Grantly", "Dan Harding"))
    hello = phone_of(vera).get(SEND).json()
    assert hello["who"] == mark_of(volunteer=vera)
    lines = [
        kept_line(alma, now + timedelta(minutes=10), tap="leaflet"),
        kept_line(dan, now + timedelta(minutes=20), tap="flew"),
        kept_line(dan, now + timedelta(minutes=20), vote="flew", turn=0),
        # Later the same evening they are at home.
        kept_line(alma, now + timedelta(minutes=70), vote="undecided", wish="", turn=1),
    ]
    with clock_set_to(now + timedelta(hours=2)):
        # The answer is lost on the way back, so that everything comes again.
        first, again = (told(send(vera, now + timedelta(hours=2), *lines)) for _time in range(2))
    assert first == again
    assert [is_taken for is_taken, _says in first] == [True, False, False, True]
    assert "not understood" in first[1][1]
    assert first[2][1] == "How may they vote: Choose one of the answers."
    alma.refresh_from_db()
    assert (alma.outcome, alma.attempts, alma.is_leaflet_left) == ("spoke", 2, True)
    assert [contact.at for contact in Contact.objects.order_by("at")] == [
        now + timedelta(minutes=10),
        now + timedelta(minutes=70),
    ]
    assert Intention.objects.get().choice == "undecided"
    dan.refresh_from_db()
    assert dan.outcome == ""


def test_what_was_said_is_not_lost_where_somebody_else_was_at_the_door_meanwhile(
    ward: Ward, one: Round, vera: Volunteer, now: datetime
) -> None:
    alma, dan = (door_of(elector=ward.electors[name]) for name in ("Alma Grantly", "Dan Harding"))
    for door in (alma, dan):
        record_door(door=door, outcome="no_answer", turn=0, at=now, now=now)
    later = now + timedelta(minutes=30)
    with clock_set_to(later):
        # Both phones of a pair tell of one visit; half an hour later it is another.
        send(vera, later, kept_line(alma, now + timedelta(minutes=1), tap="no_answer"))
        alma.refresh_from_db()
        assert alma.attempts == 1
        send(vera, later, kept_line(alma, later, tap="no_answer"), kept_line(dan, later, wish="channel"))
    for door, expected in ((alma, ("no_answer", 2)), (dan, ("objected", 2))):
        door.refresh_from_db()
        assert (door.outcome, door.attempts) == expected
    # Settled meanwhile: refused with the sentence, and kept on the phone.
    assert told(send(vera, later, kept_line(dan, later, tap="gone"))) == [
        (False, "What came of this door was recorded before.")
    ]


def test_a_moment_that_cannot_be_is_put_right_and_said(
    ward: Ward, one: Round, vera: Volunteer, now: datetime
) -> None:
    alma, dan = (door_of(elector=ward.electors[name]) for name in ("Alma Grantly", "Dan Harding"))
    with clock_set_to(now + timedelta(hours=1)):
        answer = send(
            vera,
            now + timedelta(hours=1),
            kept_line(alma, now + timedelta(days=1), tap="gone"),
            kept_line(dan, now - timedelta(days=1), tap="gone"),
            {**kept_line(dan, now, tap="gone"), "tapped_at": "yesterday"},
        )
    (is_taken, future), (_taken, early), (is_third_taken, _why) = told(answer)
    assert is_taken
    assert "as of now" in future
    assert "as of the opening" in early
    assert not is_third_taken
    assert [(kept.door, kept.doubt) for kept in KeptAnswer.objects.order_by("door__line")] == [
        (alma, "future"),
        (dan, "early"),
    ]
    assert set(Contact.objects.values_list("at", flat=True)) == {now, now + timedelta(hours=1)}


def test_after_a_round_was_taken_back_or_closed_an_objection_is_still_taken(
    cast: Cast, ward: Ward, one: Round, vera: Volunteer, now: datetime
) -> None:
    alma, dan, gil = (
        door_of(elector=ward.electors[name]) for name in ("Alma Grantly", "Dan Harding", "Gil Stanhope")
    )
    proof = proof_of(volunteer=vera, round=one)
    take_back_round(round=one, by=cast.alice, now=now)
    lines = [
        {**kept_line(alma, now, tap="gone"), "proof": proof},
        {**kept_line(dan, now, wish="all"), "proof": proof},
        {**kept_line(gil, now, tap="objected"), "proof": "made up"},
    ]
    (is_gone, why), (is_objection, _says), (is_unproven, _why) = told(send(vera, now, *lines))
    assert (is_gone, is_objection, is_unproven) == (False, True, False)
    assert "not yours any more" in why
    give_round(round=one, volunteer=vera, walk_on=now.date(), by=cast.alice, now=now)
    close_canvass(canvass=one.canvass, by=cast.alice, now=now)
    late = [kept_line(alma, now, tap="gone"), kept_line(gil, now, tap="objected")]
    assert [is_taken for is_taken, _says in told(send(vera, now, *late))] == [False, True]


def test_an_objection_waits_for_nothing_that_does_not_go_with_it(
    ward: Ward, one: Round, vera: Volunteer, now: datetime
) -> None:
    """Nobody stands at the door any more who could say which of the two they meant."""
    alma, dan, gil = (
        door_of(elector=ward.electors[name]) for name in ("Alma Grantly", "Dan Harding", "Gil Stanhope")
    )
    offer = next(offer for offer in offer_words(channel="door", now=now) if offer.channel == "email").value
    lines = [
        kept_line(alma, now, wish="all", agreed=offer, email="alma@barset.example"),
        kept_line(dan, now, wish="all", agreed=offer, email="dan at barset"),
        # Without an objection the fault is told, and nothing is stored.
        kept_line(gil, now, wish="", agreed=offer, email="gil at barset"),
    ]
    (first, why), (second, too), (third, fault) = told(send(vera, now, *lines))
    assert (first, second, third) == (True, True, False)
    assert "that was recorded" in why
    assert why == too
    assert fault
    for door, outcome in ((alma, "objected"), (dan, "objected"), (gil, "")):
        door.refresh_from_db()
        assert door.outcome == outcome
    assert not Consent.objects.exists()


def test_nobody_else_can(cast: Cast, ward: Ward, one: Round, vera: Volunteer, now: datetime) -> None:
    alma = door_of(elector=ward.electors["Alma Grantly"])
    line = kept_line(alma, now, tap="objected")
    walt = make_walker(cast=cast, now=now, name="Walt")
    assert phone_of(walt).get(reverse("doorsteps:kept_round", args=[one.pk])).status_code == 404
    stolen = {**kept_line(alma, now, tap="objected"), "proof": proof_of(volunteer=vera, round=one)}
    assert [is_taken for is_taken, _says in told(send(walt, now, line, stolen))] == [False, False]
    # What Vera's phone kept is not sent by Walt, who is signed in on it now.
    assert send(walt, now, line, who=mark_of(volunteer=vera)).status_code == 409
    for address in (SEND, reverse("doorsteps:kept_round", args=[one.pk])):
        assert Client().get(address).headers["Location"].startswith("/volunteer/way-in/")
    assert Client().post(SEND, "{}", content_type="application/json").status_code == 302
    assert not Contact.objects.exists()


def test_a_batch_needs_its_token_and_is_one(vera: Volunteer, now: datetime) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = phone_of(vera).cookies
    sent = json.dumps({"who": mark_of(volunteer=vera), "sent_at": now.isoformat(), "lines": []})
    assert strict.post(SEND, sent, content_type="application/json").status_code == 403
    token = strict.get(SEND).json()["token"]
    answer = strict.post(SEND, sent, content_type="application/json", headers={"X-CSRFToken": token})
    assert (answer.status_code, answer.json()) == (200, {"lines": []})
    for wrong in ("", "[]", "{}", json.dumps({"sent_at": "x", "lines": []}), '{"lines": [1]}'):
        assert phone_of(vera).post(SEND, wrong, content_type="application/json").status_code == 400, wrong
    assert send(vera, now, {"key": "x"}).json()["lines"][0]["is_taken"] is False
    assert send(vera, now, {"round": 1}).status_code == 400
    assert send(vera, now, *[{"key": str(number)} for number in range(201)]).status_code == 400


def test_what_belongs_to_nobody_is_open(client: Client, cast: Cast) -> None:
    answer = client.get("/volunteer/rounds/worker.js")
    assert answer.headers["Content-Type"] == "text/javascript"
    assert "importScripts" in answer.content.decode()
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    about = client.get("/volunteer/rounds/app.webmanifest").json()
    assert (about["scope"], about["start_url"]) == ("/volunteer/rounds/", "/volunteer/rounds/")
    for icon in about["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/")), icon
    assert "No signal" in client.get("/volunteer/rounds/no-signal/").content.decode()
