"""A person's own page, by their signed link alone."""

import gzip
import io
import re
import zipfile
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from hustings.accounts.models import Organisation
from hustings.basics.clock import clock_set_to
from hustings.contacts.models import Intention
from hustings.people.models import Person, RightsRequest, Suppression
from hustings.people.queries import preference_token, suppressed_person_ids
from hustings.people.queries.links import LINK_DAYS, REQUEST_LINK_DAYS
from hustings.people.usecases import record_consent, record_person, wording_for
from hustings.platform.jobs.worker import run_all
from hustings.postroom.models import Message
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits(tmp_path: object, settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test use up another's allowance."""
    settings.HUSTINGS_HOME = tmp_path  # type: ignore[attr-defined]


@pytest.fixture
def fiona(cast: Cast, now: datetime) -> Person:
    fiona = record_person(
        given_name="Fiona",
        family_name="Fishwick",
        email="fiona@barset.example",
        phone="07700 900123",
        postcode="ZZ1 1AA",
        address_line="12 Mill Lane",
        source="petition bins",
        now=now,
    )
    record_consent(
        person=fiona,
        channel="email",
        purpose="campaign",
        is_given=True,
        wording=wording_for(key="petition", text="Email me about the bins.", now=now),
        source="petition bins",
        evidence={"signature": 7},
        now=now,
    )
    return fiona


@pytest.fixture
def address(fiona: Person) -> str:
    return f"/preferences/{preference_token(person=fiona)}/"


def ticked(page: str) -> set[str]:
    return set(re.findall(r'name="(?:choice|never)" value="([^"]+)" checked', page))


def sent_link(address: str) -> str:
    """The one address below /preferences/ in the last message queued to an email address."""
    run_all(queues=["default"])
    message = Message.objects.filter(address=address).order_by("-pk")[0]
    (link,) = [value for name, value in message.fields.items() if name.endswith("_url")]
    return str(link).removeprefix(settings.HUSTINGS_ADDRESS)


def test_the_page_shows_receipts_and_choices_as_they_stand(client: Client, address: str) -> None:
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Email me about the bins." in page
    assert ticked(page) == {"email/campaign"}
    assert "fiona@barset.example" not in page
    assert "fi…@barset.example" in page
    assert not response.cookies
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store"
    assert "<script" not in page


def test_a_first_visit_is_small(client: Client, address: str, now: datetime, fiona: Person) -> None:
    for day in range(30):
        record_consent(
            person=fiona,
            channel="email",
            purpose="campaign",
            is_given=bool(day % 2),
            wording=wording_for(
                key="petition", text=f"Email me about matter {day} of the {day} that matter.", now=now
            ),
            source="petition number",
            evidence={"signature": day},
            now=now + timedelta(minutes=day),
        )
    response = client.get(address, headers={"Accept-Encoding": "gzip"})
    css = finders.find("hustings/public.css")
    assert isinstance(css, str)
    with open(css, "rb") as file:
        weight = len(response.content) + len(gzip.compress(file.read()))
    assert response["Content-Encoding"] == "gzip"
    assert weight <= 14_000


def test_looking_changes_nothing(client: Client, address: str, fiona: Person) -> None:
    for _ in range(3):
        client.get(address)
        client.head(address)
    assert fiona.consent_events.count() == 1
    assert not Suppression.objects.exists()


def test_choices_are_changed_with_a_receipt(client: Client, address: str, fiona: Person) -> None:
    response = client.post(
        address, {"act": "save", "choice": ["email/fundraising", "post/campaign"], "never": ["call"]}
    )
    assert response.status_code == 303
    page = client.get(response["Location"]).content.decode()
    assert ticked(page) == {"email/fundraising", "post/campaign", "call"}
    assert "Saved." in page
    event = fiona.consent_events.get(channel="post")
    assert event.wording is not None
    assert event.wording.text == "Send me news and campaigns by post."
    assert event.evidence["by"] == "their own signed link"
    assert client.post(
        address, {"act": "save", "choice": ["email/fundraising", "post/campaign"], "never": ["call"]}
    )["Location"].endswith("unchanged")


def test_everything_stops_in_one_press(client: Client, address: str, fiona: Person) -> None:
    response = client.post(address, {"act": "stop"})
    assert "Stopped." in client.get(response["Location"]).content.decode()
    for channel in ("email", "sms", "call", "post", "door"):
        assert suppressed_person_ids(person_ids=[fiona.pk], channel=channel, purpose="campaign").definite == {
            fiona.pk
        }


def test_a_party_is_not_asked_about_opinions_and_others_are(client: Client, address: str, cast: Cast) -> None:
    assert "/opinion" not in client.get(address).content.decode()
    Organisation.objects.update(kind="non_party")
    assert 'value="/opinion"' in client.get(address).content.decode()
    client.post(address, {"act": "save", "choice": ["/opinion", "email/campaign"]})
    assert ticked(client.get(address).content.decode()) == {"/opinion", "email/campaign"}


def test_everything_held_is_downloaded_by_a_link_to_the_own_address(
    client: Client, address: str, fiona: Person, now: datetime
) -> None:
    client.post(address, {"act": "access"})
    link = sent_link("fiona@barset.example")
    assert client.get(link).status_code == 200
    assert RightsRequest.objects.get().answered_at is None
    response = client.post(link)
    names = zipfile.ZipFile(io.BytesIO(response.content)).namelist()
    assert names == ["your-data.html", "your-data.json"]
    request = RightsRequest.objects.get()
    assert (request.kind, request.outcome, request.identity_verified_at) == ("access", "met", now)
    with clock_set_to(now + timedelta(days=REQUEST_LINK_DAYS + 1)):
        assert client.post(link).status_code == 404


def test_erasure_is_confirmed_through_the_own_address(client: Client, address: str, fiona: Person) -> None:
    client.post(address, {"act": "erasure"})
    link = sent_link("fiona@barset.example")
    assert "cannot be taken back" in client.get(link).content.decode()
    fiona.refresh_from_db()
    assert fiona.erased_at is None
    page = client.post(link).content.decode()
    assert "<h1>Erased</h1>" in page
    fiona.refresh_from_db()
    assert fiona.erased_at is not None
    assert client.get(address).status_code == 404
    assert "<h1>Erased</h1>" in client.get(link).content.decode()


def test_something_wrong_reaches_the_data_officer(client: Client, address: str) -> None:
    client.post(address, {"act": "rectification", "words": "My name is Fiona Fisher now."})
    request = RightsRequest.objects.get()
    assert (request.kind, request.details) == ("rectification", "My name is Fiona Fisher now.")
    assert request.identity_verified_at is not None


def test_dead_links_all_say_the_same(client: Client, address: str, fiona: Person, now: datetime) -> None:
    wrong = client.get("/preferences/AAAA/")
    with clock_set_to(now + timedelta(days=LINK_DAYS + 1)):
        old = client.get(address)
        posted = client.post(address, {"act": "stop"})
    assert wrong.status_code == old.status_code == posted.status_code == 404
    assert wrong.content == old.content
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("email", ["fiona@barset.example", "nobody@barset.example"])
def test_nobody_learns_who_is_known(client: Client, fiona: Person, email: str) -> None:
    response = client.post("/preferences/", {"email": email})
    assert (response.status_code, response["Location"]) == (303, "/preferences/?sent=1")
    page = client.get(response["Location"]).content.decode()
    assert "If we hold the address" in page
    assert email not in page
    run_all(queues=["default"])
    assert Message.objects.filter(address=email).count() == (1 if email.startswith("fiona") else 0)


def test_the_link_that_is_sent_opens_the_page(client: Client, fiona: Person) -> None:
    client.post("/preferences/", {"email": "Fiona@Barset.example"})
    link = sent_link("fiona@barset.example")
    assert "Email me about the bins." in client.get(link).content.decode()


def test_a_wrong_address_keeps_what_was_entered(client: Client, cast: Cast) -> None:
    response = client.post("/preferences/", {"email": "fiona at barset"})
    assert response.status_code == 422
    assert 'value="fiona at barset"' in response.content.decode()


def test_links_cannot_be_asked_for_without_end(client: Client, fiona: Person) -> None:
    answers = [client.post("/preferences/", {"email": "fiona@barset.example"}).status_code for _ in range(8)]
    assert answers[:5] == [303] * 5
    assert answers[-1] == 429
    other = client.post("/preferences/", {"email": "fiona@barset.example"}, REMOTE_ADDR="192.0.2.77")
    assert other.status_code == 303


def test_guessing_is_slowed_down(client: Client, cast: Cast) -> None:
    answers = {client.get(f"/preferences/guess{n}/").status_code for n in range(70)}
    assert answers == {404, 429}


def test_a_complaint_is_acknowledged_at_once(client: Client, cast: Cast, now: datetime) -> None:
    response = client.post(
        "/preferences/complaint/",
        {"name": "Gwen Green", "email": "gwen@barset.example", "words": "You rang me at night."},
    )
    assert response.status_code == 303
    run_all(queues=["default"])
    message = Message.objects.get(address="gwen@barset.example")
    assert message.fields["name"] == "Gwen Green"
    request = RightsRequest.objects.get()
    assert (request.kind, request.acknowledged_at) == ("complaint", now)
    assert "You rang me at night." in request.details
    assert client.get("/preferences/complaint/").status_code == 200
    refused = client.post("/preferences/complaint/", {"name": "", "email": "x", "words": "Kept words"})
    assert refused.status_code == 422
    assert "Kept words" in refused.content.decode()


def test_opinions_go_when_they_may_no_longer_be_kept(
    client: Client, address: str, fiona: Person, now: datetime
) -> None:
    Intention.objects.create(person=fiona, choice="undecided", at=now, source="test")
    Organisation.objects.update(kind="non_party")
    client.post(address, {"act": "save", "choice": ["/opinion"]})
    run_all(queues=["default"])
    assert Intention.objects.exists()
    client.post(address, {"act": "save"})
    run_all(queues=["default"])
    assert not Intention.objects.exists()


def test_the_secret_of_a_link_goes_no_further(client: Client, address: str) -> None:
    """The page's own address stands in none of its links, not even in that by which something is reported."""
    html = client.get(address).content.decode()
    assert "Report something" in html
    assert not re.findall(rf'href="[^"]*{address.strip("/").rpartition("/")[2]}', html)
    assert "?about=/preferences/" in client.get("/preferences/").content.decode()
