"""The desk's pages of rounds, keying a sheet, and a volunteer's own pages; what Charlie cannot see."""

import csv
import io
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hustings.accounts.models import Organisation, OrganisationKind
from hustings.basics.clock import clock_set_to
from hustings.contacts.models import Contact, Intention
from hustings.outreach.doorsteps.models import Canvass, Door, Round
from hustings.outreach.doorsteps.usecases.close_canvass import close_canvass
from hustings.outreach.doorsteps.usecases.give_round import give_round, return_round
from hustings.people.models import ConsentEvent
from hustings.platform.models import AuditEntry
from hustings.register.models import Match
from hustings.register.usecases.object_for_elector import object_for_elector
from hustings.volunteers.models import Volunteer
from hustings.volunteers.pages.way_in import SESSION_KEY
from tests.cast import Cast, signed_in
from tests.outreach.doorsteps.barset import Ward, door_of, make_canvass, make_walker, make_ward, opened

pytestmark = pytest.mark.django_db


def desk(name: str, *arguments: int) -> str:
    return reverse(f"doorsteps_desk:{name}", args=arguments)


def phone_of(volunteer: Volunteer) -> Client:
    client = Client()
    session = client.session
    session[SESSION_KEY] = str(volunteer.public_id)
    session.save()
    return client


def text(answer: Any) -> str:
    content: str = answer.content.decode()
    return content


@pytest.fixture
def ward(cast: Cast, now: datetime) -> Ward:
    return make_ward(cast=cast, now=now)


@pytest.fixture
def canvass(cast: Cast, now: datetime, ward: Ward) -> Canvass:
    object_for_elector(elector=ward.electors["Cora Harding"], source="letter", now=now)
    return opened(cast=cast, now=now, words="Good evening. May I ask about buses?")


@pytest.fixture
def one(canvass: Canvass) -> Round:
    return canvass.rounds.get()


@pytest.fixture
def vera(cast: Cast, now: datetime, one: Round) -> Volunteer:
    volunteer = make_walker(cast=cast, now=now)
    give_round(round=one, volunteer=volunteer, walk_on=now.date(), by=cast.alice, now=now)
    return volunteer


PLAN = {
    "title": "Buses",
    "area": "E05999001",
    "purpose": "campaign",
    "starts_on": "2026-03-30",
    "ends_on": "2026-04-02",
    "return_by": "2026-04-09",
    "hour_from": "10",
    "hour_until": "20",
    "doors_a_round": "60",
    "asks_vote": "on",
}


def test_alice_plans_asks_the_gate_opens_and_closes(cast: Cast, now: datetime, ward: Ward) -> None:
    client = signed_in(cast.alice)
    assert "No doors have been knocked on yet" in text(client.get(desk("canvasses")))
    object_for_elector(elector=ward.electors["Cora Harding"], source="letter", now=now)
    wrong = client.post(desk("canvass_new"), {**PLAN, "ends_on": "2026-03-01", "words": "Kept words"})
    assert wrong.status_code == 422
    assert "Kept words" in text(wrong)
    assert client.post(desk("canvass_new"), {**PLAN, "area": "E05999002"}).status_code == 422
    made = client.post(desk("canvass_new"), PLAN)
    canvass = Canvass.objects.get()
    assert made.headers["Location"] == desk("canvass", canvass.pk)
    page = text(client.get(desk("canvass", canvass.pk)))
    assert "Objected to marketing" in page
    assert "may be visited" in page
    client.post(desk("canvass_edit", canvass.pk), {**PLAN, "title": "Buses again"})
    assert "Open “Buses again”?" in text(client.get(desk("canvass_open", canvass.pk)))
    client.post(desk("canvass_open", canvass.pk))
    page = text(client.get(desk("canvass", canvass.pk)))
    assert Round.objects.get().code in page
    assert "<progress" in page
    assert "Cora" not in page
    rows = list(csv.DictReader(io.StringIO(text(client.get(desk("canvass_csv", canvass.pk))))))
    assert [(row["lines"], row["refused_because"]) for row in rows] == [("6", ""), ("1", "objected")]
    assert "Rounds not returned yet" in text(client.get(desk("canvass_close", canvass.pk)))
    client.post(desk("canvass_close", canvass.pk))
    canvass.refresh_from_db()
    assert canvass.state == "closed"
    assert "Buses again" in text(client.get(desk("canvasses")))


def test_a_round_is_given_out_and_taken_back(cast: Cast, now: datetime, one: Round) -> None:
    client, walker = signed_in(cast.alice), make_walker(cast=cast, now=now)
    page = text(client.get(desk("round", one.pk)))
    assert page.index("Alma Grantly") < page.index("Dan Harding") < page.index("Eva Quiverful")
    assert "Cora" not in page
    late = client.post(desk("round", one.pk), {"volunteer": walker.pk, "walk_on": "2026-05-01"})
    assert late.status_code == 422
    client.post(desk("round", one.pk), {"volunteer": walker.pk, "walk_on": "2026-03-31"})
    one.refresh_from_db()
    assert one.volunteer == walker
    client.post(desk("round_returned", one.pk))
    one.refresh_from_db()
    assert one.returned_at
    client.post(desk("round_back", one.pk))
    one.refresh_from_db()
    assert one.volunteer is None


def test_the_sheet_is_printed_and_that_is_noted(
    cast: Cast, now: datetime, canvass: Canvass, one: Round
) -> None:
    client = signed_in(cast.alice)
    answer = client.get(desk("round_sheet", one.pk))
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "no-store"
    assert AuditEntry.objects.filter(verb="printed a walk sheet").exists()
    close_canvass(canvass=canvass, by=cast.alice, now=now)
    assert client.get(desk("round_sheet", one.pk)).headers["Location"] == desk("round", one.pk)


def test_a_sheet_is_found_by_its_code(cast: Cast, one: Round) -> None:
    client = signed_in(cast.alice)
    found = client.get(desk("find_sheet"), {"code": f" {one.code.lower()} "})
    assert found.headers["Location"] == desk("round_key", one.pk)
    assert client.get(desk("find_sheet"), {"code": "XXXXX"}).status_code == 422
    assert signed_in(cast.charlie).get(desk("find_sheet"), {"code": one.code}).status_code == 422


def test_a_sheet_is_keyed_in_and_a_faulty_line_stays_as_it_was_typed(
    cast: Cast, ward: Ward, one: Round
) -> None:
    client = signed_in(cast.alice)
    alma, dan, gil = (
        door_of(elector=ward.electors[name]) for name in ("Alma Grantly", "Dan Harding", "Gil Stanhope")
    )
    sent = {
        "walked_on": "2026-03-30",
        f"outcome-{alma.pk}": "spoke",
        f"vote-{alma.pk}": "undecided",
        f"turn-{alma.pk}": "0",
        f"vote-{dan.pk}": "not_voting",  # an answer, but not what came of the door
        f"turn-{dan.pk}": "0",
        f"leaflet-{gil.pk}": "on",
        f"turn-{gil.pk}": "0",
    }
    answer = client.post(desk("round_key", one.pk), sent)
    assert answer.status_code == 422
    assert "an answer alone does not tell" in text(answer)
    assert '<option value="not_voting" selected>' in text(answer)
    for door in (alma, dan, gil):
        door.refresh_from_db()
    assert (alma.outcome, dan.outcome, gil.outcome, gil.is_leaflet_left) == ("spoke", "", "no_answer", True)
    assert Intention.objects.get().choice == "undecided"
    # The same page once more, by the back button, with the line put right: only that line is new.
    again = client.post(desk("round_key", one.pk), {**sent, f"outcome-{dan.pk}": "spoke"})
    assert again.headers["Location"] == desk("round_key", one.pk)
    assert Contact.objects.count() == 3


def test_a_sheet_needs_a_day_that_has_been(cast: Cast, ward: Ward, one: Round) -> None:
    alma = door_of(elector=ward.electors["Alma Grantly"])
    for wrong in ("", "2026-03-31", "yesterday"):
        answer = signed_in(cast.alice).post(
            desk("round_key", one.pk), {"walked_on": wrong, f"outcome-{alma.pk}": "spoke"}
        )
        assert answer.status_code == 422
        assert '<option value="spoke" selected>' in text(answer)
    assert not Contact.objects.exists()


def test_nonsense_in_a_form_is_a_fault_and_no_crash(cast: Cast, ward: Ward, one: Round) -> None:
    alma = door_of(elector=ward.electors["Alma Grantly"])
    answer = signed_in(cast.alice).post(
        desk("round_key", one.pk),
        {"walked_on": "2026-03-30", f"outcome-{alma.pk}": "flew", f"vote-{alma.pk}": "party-x"},
    )
    assert answer.status_code == 422


def test_charlie_cannot(cast: Cast, canvass: Canvass, one: Round) -> None:
    client = signed_in(cast.charlie)
    assert canvass.title not in text(client.get(desk("canvasses")))
    for name in ("canvass", "canvass_edit", "canvass_open", "canvass_close", "canvass_csv"):
        assert client.get(desk(name, canvass.pk)).status_code == 404, name
    for name in ("canvass_open", "canvass_close", "canvass_edit"):
        assert client.post(desk(name, canvass.pk), PLAN).status_code == 404, name
    for name in ("round", "round_sheet", "round_key"):
        assert client.get(desk(name, one.pk)).status_code == 404, name
    for name in ("round", "round_back", "round_returned", "round_key"):
        assert client.post(desk(name, one.pk), {}).status_code == 404, name
    canvass.refresh_from_db()
    assert canvass.state == "open"


def test_a_data_officer_reads_registers_but_gives_no_rounds(cast: Cast, one: Round, now: datetime) -> None:
    client, walker = signed_in(cast.dora), make_walker(cast=cast, now=now)
    assert client.get(desk("round", one.pk)).status_code == 200
    for name in ("round", "round_back", "round_returned"):
        sent = {"volunteer": walker.pk, "walk_on": "2026-03-31"}
        assert client.post(desk(name, one.pk), sent).status_code in {403, 422}, name
    assert client.get(desk("round_sheet", one.pk)).status_code == 403
    one.refresh_from_db()
    assert one.volunteer is None


def test_my_round_on_a_phone(ward: Ward, one: Round, vera: Volunteer) -> None:
    phone = phone_of(vera)
    assert "My rounds" in text(phone.get(reverse("volunteers:home")))
    assert f"/volunteer/rounds/{one.pk}/" in text(phone.get(reverse("doorsteps:my_rounds")))
    page = phone.get(reverse("doorsteps:my_round", args=[one.pk]))
    assert "buses?" in text(page)
    assert "Mill Lane" in text(page)
    assert "0 of 3 done" in text(page)
    street = reverse("doorsteps:my_street", args=[one.pk, 1])
    shown = text(phone.get(street))
    assert "Alma Grantly" in shown
    assert "Cora" not in shown
    assert len(shown) < 14_000
    alma, dan = (door_of(elector=ward.electors[name]) for name in ("Alma Grantly", "Dan Harding"))
    tap = {"tap": f"{alma.pk}:0:leaflet"}
    assert phone.post(street, tap).headers["Location"] == f"{street}#d{alma.line}"
    phone.post(street, tap)  # the line was bad, so it is sent again
    alma.refresh_from_db()
    assert (alma.outcome, alma.is_leaflet_left, alma.attempts, Contact.objects.count()) == (
        "no_answer",
        True,
        1,
        1,
    )
    # Later the same day they are at home.
    door = reverse("doorsteps:my_door", args=[one.pk, alma.pk])
    assert "How may they vote?" in text(phone.get(door))
    phone.post(door, {"vote": "undecided", "turn": "1", "wish": ""})
    alma.refresh_from_db()
    assert (alma.outcome, Intention.objects.get().choice) == ("spoke", "undecided")
    phone.post(street, {"tap": f"{dan.pk}:0:objected"})
    assert "Dan Harding" not in text(phone.get(street))
    assert "1 of 2 done" in text(phone.get(reverse("doorsteps:my_round", args=[one.pk])))
    assert "not understood" in text(phone.post(street, {"tap": "nonsense"}, follow=True))
    assert phone.post(door, {"vote": "flew", "turn": "2"}).status_code == 422


def test_an_elector_who_agrees_at_the_door_is_a_person_on_file_and_once(
    cast: Cast, ward: Ward, one: Round, vera: Volunteer
) -> None:
    Organisation.objects.update(kind=OrganisationKind.NON_PARTY)
    phone, alma = phone_of(vera), door_of(elector=ward.electors["Alma Grantly"])
    way = reverse("doorsteps:my_door", args=[one.pk, alma.pk])
    page = text(phone.get(way))
    assert "May Barset Together send you news of its campaigns by post?" in page
    offers = {offer.partition(".")[0]: offer for offer in re.findall(r'name="agreed" value="([^"]+)"', page)}
    sent = {"vote": "undecided", "turn": "0", "agreed": [offers[""], offers["sms"]], "mobile": "01632 960111"}
    refused = phone.post(way, sent)
    assert refused.status_code == 422
    assert "Texts reach mobile numbers alone" in text(refused)
    assert 'value="01632 960111"' in text(refused)
    assert not Contact.objects.exists()
    for _twice in range(2):
        assert phone.post(way, {**sent, "mobile": "07700 900111"}).status_code == 302
    alma.refresh_from_db()
    assert (alma.outcome, alma.agreed) == ("spoke", "OT")
    person = Match.objects.get(elector=alma.elector, state="accepted").person
    assert Contact.objects.get().person == Intention.objects.get().person == person
    receipts = ConsentEvent.objects.filter(person=person)
    assert {one.channel for one in receipts} == {"", "sms"}
    assert {one.evidence["taken by"] for one in receipts} == {"Vera Tester"}
    assert person.contact_points.get().is_mobile
    desk_page = text(signed_in(cast.alice).get(desk("canvass", one.canvass_id)))
    assert "What people agreed to" in desk_page
    assert "fewer than 10" in desk_page
    Door.objects.filter(round=one).update(agreed="E")  # six of them
    rows = list(
        csv.DictReader(io.StringIO(text(signed_in(cast.alice).get(desk("canvass_csv", one.canvass_id)))))
    )
    assert {row["agreed_to"]: row["agreed"] for row in rows if row["agreed_to"]}["email"] == "fewer than 10"


def test_a_round_is_nobody_elses(cast: Cast, now: datetime, ward: Ward, one: Round, vera: Volunteer) -> None:
    stranger = phone_of(make_walker(cast=cast, now=now, name="Walt"))
    door = Door.objects.filter(round=one)[0]
    ways = [
        reverse("doorsteps:my_round", args=[one.pk]),
        reverse("doorsteps:my_street", args=[one.pk, 1]),
        reverse("doorsteps:my_door", args=[one.pk, door.pk]),
    ]
    for way in ways:
        assert stranger.get(way).status_code == 404, way
        assert stranger.post(way, {"tap": f"{door.pk}:0:gone"}).status_code in {404, 405}, way
        assert Client().get(way).status_code == 302, way
    assert not Contact.objects.exists()
    assert phone_of(vera).get(reverse("doorsteps:my_street", args=[one.pk, 9])).status_code == 404
    assert phone_of(vera).get(reverse("doorsteps:my_door", args=[one.pk, 0])).status_code == 404
    return_round(round=one, by=cast.alice, now=now)
    assert phone_of(vera).get(ways[0]).status_code == 404
    assert "no round now" in text(phone_of(vera).get(reverse("doorsteps:my_rounds")))


def test_a_late_hour_is_said(one: Round, vera: Volunteer, now: datetime) -> None:
    page = reverse("doorsteps:my_round", args=[one.pk])
    assert "Knock only between" not in text(phone_of(vera).get(page))
    with clock_set_to(now + timedelta(hours=11)):  # 21:00 by the clock of the United Kingdom
        assert "Knock only between 10:00 and 20:00" in text(phone_of(vera).get(page))


def test_somebody_who_objected_meanwhile_has_no_page(
    ward: Ward, one: Round, vera: Volunteer, now: datetime
) -> None:
    alma = ward.electors["Alma Grantly"]
    object_for_elector(elector=alma, source="letter", now=now)
    door = reverse("doorsteps:my_door", args=[one.pk, door_of(elector=alma).pk])
    answer = phone_of(vera).get(door)
    assert answer.status_code == 302
    assert "Alma" not in text(phone_of(vera).get(door, follow=True))


def test_drafts_without_a_register_say_so(cast: Cast, now: datetime) -> None:
    canvass = make_canvass(cast=cast, now=now, starts_on=date(2026, 3, 31))
    page = text(signed_in(cast.alice).get(desk("canvass", canvass.pk)))
    assert "No electoral register is held" in page
