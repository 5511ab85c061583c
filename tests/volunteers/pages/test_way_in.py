"""Offering to help and coming in: nobody learns who is known, a link works once, a page shows nobody else's."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hustings.basics.clock import clock_set_to
from hustings.people.models import ContactPoint, Person
from hustings.platform.jobs.worker import run_all
from hustings.postroom.models import Message
from hustings.volunteers.models import Joining, Volunteer, WayIn
from tests.cast import Cast, signed_in
from tests.conftest import NOW
from tests.volunteers.conftest import Enrol, let_in

FORM = {
    "given_name": "Eve",
    "family_name": "Newcomer",
    "email": "eve@barset.example",
    "postcode": "zz11aa",
    "phone": "07700 900456",
    "is_adult": "on",
}

pytestmark = pytest.mark.usefixtures("cast", "postcodes")


def link_in(message: Message, name: str) -> str:
    """The path of the link in a message."""
    return re.sub(r"^https?://[^/]+", "", str(message.fields[name]))


def test_an_offer_counts_when_it_is_confirmed(client: Client, cast: Cast) -> None:
    answer = client.post("/volunteer/join/", FORM)
    assert "eve@barset.example" in answer.content.decode()
    assert not Volunteer.objects.exists()
    assert not Person.objects.exists()
    message = Message.objects.get()
    assert message.purpose == "service"
    path = link_in(message, "join_url")
    assert client.get(path).status_code == 200
    assert not Volunteer.objects.exists(), "looking at the link changes nothing"
    answer = client.post(path)
    assert answer.headers["Location"] == "/volunteer/?welcome=1"
    volunteer = Volunteer.objects.get()
    assert (volunteer.area, volunteer.postcode, volunteer.is_adult) == (cast.east, "ZZ1 1AA", True)
    assert ContactPoint.objects.get(kind="email").verified_at == NOW
    assert not Joining.objects.exists()
    assert "Hello Eve" in client.get("/volunteer/").content.decode()
    assert client.get(path).status_code == 410


def test_the_form_keeps_what_was_typed(client: Client) -> None:
    answer = client.post("/volunteer/join/", {**FORM, "email": "eve@", "postcode": "nowhere"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Eve"' in html
    assert 'value="nowhere"' in html
    assert "2 things need your attention" in html
    assert not Joining.objects.exists()


def test_a_postcode_that_nobody_has_is_asked_about_once(client: Client) -> None:
    answer = client.post("/volunteer/join/", {**FORM, "postcode": "ZZ9 9ZZ"})
    html = answer.content.decode()
    assert "We do not know the postcode ZZ9 9ZZ" in html
    assert 'name="known_postcode" value="ZZ9 9ZZ"' in html
    assert (
        client.post(
            "/volunteer/join/", {**FORM, "postcode": "ZZ9 9ZZ", "known_postcode": "ZZ9 9ZZ"}
        ).status_code
        == 200
    )
    assert Joining.objects.get().postcode == "ZZ9 9ZZ"


def test_one_address_is_not_flooded(client: Client) -> None:
    for _ in range(8):
        assert client.post("/volunteer/join/", FORM).status_code == 200
    assert Message.objects.count() == 4


def test_an_old_link_is_closed(client: Client) -> None:
    client.post("/volunteer/join/", FORM)
    path = link_in(Message.objects.get(), "join_url")
    with clock_set_to(NOW + timedelta(days=7)):
        assert client.post(path).status_code == 410
    assert not Volunteer.objects.exists()


def test_whoever_helps_already_keeps_their_details(client: Client, enrol: Enrol) -> None:
    enrol("Eve")
    client.post("/volunteer/join/", {**FORM, "given_name": "Evil", "family_name": "Other"})
    client.post(link_in(Message.objects.get(), "join_url"))
    assert Volunteer.objects.get().person.given_name == "Eve"


def test_the_way_in_says_the_same_to_everybody(client: Client, bob: Volunteer) -> None:
    answers = [
        client.post("/volunteer/way-in/?next=/volunteer/limits/", {"email": email}, follow=True).content
        for email in ("bob@barset.example", "nobody@barset.example")
    ]
    assert answers[0] == answers[1]
    run_all(queues=["default"])
    message = Message.objects.get()
    assert message.address == "bob@barset.example"
    path = link_in(message, "way_in_url")
    assert "Hello Bob" in client.get(path).content.decode()
    assert client.post(path).headers["Location"] == "/volunteer/limits/"
    assert client.get("/volunteer/").status_code == 200
    assert Client().post(path).status_code == 410, "the link works once"


def test_a_link_ends_after_an_hour(client: Client, bob: Volunteer) -> None:
    client.post("/volunteer/way-in/", {"email": "bob@barset.example"})
    run_all(queues=["default"])
    path = link_in(Message.objects.get(), "way_in_url")
    with clock_set_to(NOW + timedelta(hours=1)):
        assert client.post(path).status_code == 410
    assert WayIn.objects.get().used_at is None


def test_nobody_is_led_off_the_site(client: Client, bob: Volunteer) -> None:
    client.post("/volunteer/way-in/?next=//evil.example/", {"email": "bob@barset.example"})
    run_all(queues=["default"])
    assert WayIn.objects.get().leads_to == ""


def test_a_page_of_ones_own_asks_for_a_volunteer(client: Client, bob: Volunteer) -> None:
    answer = client.get("/volunteer/limits/")
    assert answer.headers["Location"] == "/volunteer/way-in/?next=%2Fvolunteer%2Flimits%2F"
    assert let_in(bob).get("/volunteer/limits/").status_code == 200


def test_a_login_that_is_a_volunteer_counts(cast: Cast, bob: Volunteer) -> None:
    assert bob.user == cast.bob
    assert "Hello Bob" in signed_in(cast.bob).get("/volunteer/").content.decode()
    assert signed_in(cast.alice).get("/volunteer/").status_code == 302


def test_limits_are_kept_and_impossible_ones_refused(bob: Volunteer) -> None:
    mine = let_in(bob)
    answer = mine.post("/volunteer/limits/", {"weekly_hours": "200"})
    assert "A week has 168 hours" in answer.content.decode()
    mine.post("/volunteer/limits/", {"weekly_hours": "7.5", "free_times": ["sat-morning"], "is_adult": "on"})
    bob.refresh_from_db()
    assert (bob.weekly_limit_minutes, bob.free_times) == (450, ["sat-morning"])


def test_who_stops_is_out(bob: Volunteer) -> None:
    mine = let_in(bob)
    assert mine.post("/volunteer/stop/").status_code == 303
    bob.refresh_from_db()
    assert bob.left_at == NOW
    assert mine.get("/volunteer/").status_code == 302


def test_leaving_the_browser_forgets(bob: Volunteer) -> None:
    mine = let_in(bob)
    mine.post("/volunteer/out/")
    assert mine.get("/volunteer/").status_code == 302


@pytest.mark.parametrize("path", ["", "limits/", "stop/"])
def test_charlie_cannot_see_alices_volunteers(cast: Cast, bob: Volunteer, path: str) -> None:
    address = f"/desk/volunteers/{bob.pk}/{path}"
    assert signed_in(cast.alice).get(address).status_code == 200
    assert signed_in(cast.charlie).get(address).status_code == 404
    assert signed_in(cast.bob).get(address).status_code == 403


def test_the_list_is_scoped(cast: Cast, bob: Volunteer, wim: Volunteer) -> None:
    def names(user: Any) -> str:
        return signed_in(user).get("/desk/volunteers/").content.decode()

    assert "Bob Tester" in names(cast.alice)
    assert "Wim Tester" not in names(cast.alice)
    assert "Wim Tester" in names(cast.charlie)
    assert "Bob Tester" not in names(cast.charlie)
