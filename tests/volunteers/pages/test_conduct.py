"""Conduct rules are accepted by version; a report can be made about anything, by anybody, and is answered."""

import pytest
from django.test import Client

from hustings.postroom.models import Message
from hustings.volunteers.models import ConductRules, Event, EventState, Report, ReportState, Volunteer
from hustings.volunteers.usecases.publish_conduct_rules import publish_conduct_rules, publish_shipped_rules
from tests.cast import Cast, signed_in
from tests.conftest import NOW
from tests.volunteers.conftest import let_in
from tests.volunteers.events import make_event

SAID = {
    "kind": "harassment",
    "details": "A man shouted at Cleo by the school gate.",
    "reply_to": "cleo@barset.example",
}
pytestmark = pytest.mark.usefixtures("cast", "postcodes")


@pytest.fixture
def rules(cast: Cast) -> ConductRules:
    return publish_shipped_rules(now=NOW)


def test_a_volunteer_accepts_what_they_read(rules: ConductRules, bob: Volunteer) -> None:
    mine = let_in(bob)
    html = mine.get("/conduct/").content.decode()
    assert "What we promise each other" in html
    publish_conduct_rules(text=rules.text + "\n\nAnd be on time, please.", by=None, now=NOW)
    answer = mine.post("/volunteer/conduct/", {"version": "1"}, follow=True)
    assert "The rules have changed" in answer.content.decode()
    mine.post("/volunteer/conduct/", {"version": "2", "next": "/training/"})
    bob.refresh_from_db()
    assert (bob.conduct_version, bob.conduct_accepted_at) == (2, NOW)


def test_a_report_is_kept_answered_and_read(client: Client, cast: Cast) -> None:
    answer = client.post("/report/?about=/conduct/", SAID)
    assert answer.status_code == 303
    seen = answer.headers["Location"]
    assert "Your report is here" in client.get(seen).content.decode()
    report = Report.objects.get()
    assert (report.state, report.subject, report.area) == (ReportState.NEW, "page", None)
    agent = signed_in(cast.agent)
    page = f"/desk/volunteers/reports/{report.pk}/"
    assert "shouted at Cleo" in agent.get(page).content.decode()
    agent.post(f"{page}take/")
    assert "Somebody is looking" in client.get(seen).content.decode()
    refused = agent.post(f"{page}answer/", {"answer": "  "})
    assert refused.status_code == 200
    agent.post(f"{page}answer/", {"answer": "We spoke with him. Thank you."})
    assert "We spoke with him." in client.get(seen).content.decode()
    templates = list(Message.objects.order_by("pk").values_list("template", flat=True))
    assert templates == ["volunteers/report_received", "volunteers/report_answered"]
    for message in Message.objects.all():
        assert "shouted" not in str(message.fields)
        assert "spoke" not in str(message.fields)


def test_the_words_are_encrypted(client: Client) -> None:
    from django.db import connection

    client.post("/report/", SAID)
    with connection.cursor() as cursor:
        cursor.execute("SELECT details, reply_to FROM volunteers_report")
        for stored in cursor.fetchone():
            assert "Cleo" not in stored
            assert "cleo" not in stored


def test_whoever_leaves_no_address_stays_unknown(bob: Volunteer) -> None:
    let_in(bob).post("/report/", {**SAID, "reply_to": ""})
    report = Report.objects.get()
    assert (report.reporter, report.reply_to) == (None, "")
    assert not Message.objects.exists()


def test_a_report_without_words_keeps_the_rest(client: Client) -> None:
    answer = client.post("/report/", {**SAID, "details": " "})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Say in a sentence or two what happened" in html
    assert "cleo@barset.example" in html


def test_every_public_page_has_the_button(client: Client) -> None:
    assert "/report/?about=/training/" in client.get("/training/").content.decode()


def test_every_page_of_the_desk_has_the_button(cast: Cast, client: Client) -> None:
    """A report from there goes to whoever looks after the thing; what is not public yet is not named to whoever types a path."""
    event = make_event(area=cast.east, by=cast.alice)
    path = f"/desk/volunteers/events/{event.pk}/"
    assert f'href="/report/?about={path}"' in signed_in(cast.alice).get(path).content.decode()
    assert event.title in client.get(f"/report/?about={path}").content.decode()
    client.post(f"/report/?about={path}", SAID)
    report = Report.objects.get()
    assert (report.subject, report.area_id) == (f"event {event.pk}", cast.east.pk)
    Event.objects.update(state=EventState.DRAFT)
    assert event.title not in client.get(f"/report/?about={path}").content.decode()


@pytest.mark.parametrize("path", ["/volunteer/in/not-for-others/", "/volunteer/join/not-for-others/"])
def test_the_button_carries_no_secret_of_an_address(client: Client, path: str) -> None:
    html = client.get(path).content.decode()
    assert 'href="/report/"' in html
    assert "not-for-others" not in html


@pytest.mark.parametrize("path", ["", "answer/"])
def test_charlie_cannot_read_alices_reports(cast: Cast, bob: Volunteer, path: str) -> None:
    let_in(bob).post("/report/", SAID)
    report = Report.objects.get()
    assert report.area == cast.east
    page = f"/desk/volunteers/reports/{report.pk}/{path}"
    assert signed_in(cast.alice).get(page).status_code == 200
    assert signed_in(cast.charlie).get(page).status_code == 404
    assert signed_in(cast.charlie).post(f"/desk/volunteers/reports/{report.pk}/take/").status_code == 404
    assert signed_in(cast.alice).post(f"/desk/volunteers/reports/{report.pk}/take/").status_code == 302


def test_only_the_whole_organisation_changes_the_rules(cast: Cast, rules: ConductRules) -> None:
    path = "/desk/volunteers/conduct/"
    assert signed_in(cast.agent).get(path).status_code == 200
    assert signed_in(cast.alice).get(path).status_code == 403
    signed_in(cast.agent).post(
        path, {"text": "Be kind to everybody, be honest, be on time, and rest when you are tired."}
    )
    assert ConductRules.objects.count() == 2


def test_the_first_rules_begin_with_the_words_that_come_with_hustings(cast: Cast) -> None:
    """Nothing is in force before somebody publishes them."""
    page = signed_in(cast.agent).get("/desk/volunteers/conduct/").content.decode()
    assert "No rules are in force yet" in page
    assert "What we promise each other" in page
    assert not ConductRules.objects.exists()
    publish_conduct_rules(text="We promise to be kind, honest and on time, wherever we go.", by=None, now=NOW)
    page = signed_in(cast.agent).get("/desk/volunteers/conduct/").content.decode()
    assert "wherever we go" in page
    assert "What we promise each other" not in page
