"""From nothing to an open petition, as somebody does it who has just installed Hustings; interrupted on the way."""

import re
from datetime import datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from hustings.accounts.models import Organisation, SetUpNote, User
from hustings.accounts.usecases.first_administrator import first_administrator_link
from hustings.actions.models import Petition
from hustings.clearance.models import Promoter
from hustings.postroom.models import Message
from hustings.website.models import PrivacyPage
from hustings.website.usecases.create_site import create_site

ORGANISATION = {
    "name": "Barset Together", "kind": "candidate", "commission_number": "", "address": "1 High Street\nBarchester",
    "postcode": "zz11aa", "email": "office@barset.example", "phone": "01632 960001", "area": "", "ico_reference": "",
    "colour": "#5a1a7a",
}  # fmt: skip


@pytest.fixture
def client(db: None, now: datetime, settings: Any) -> Client:
    """The administrator, who came in by the link that `hustings init` printed and set up a second factor."""
    settings.EMAIL_BACKEND = "hustings.postroom.email_backend.AccountEmailBackend"
    create_site(now=now)
    link = first_administrator_link(now=now)
    assert link
    client = Client()
    client.post(
        link.removeprefix("http://127.0.0.1:8000"),
        {
            "given_name": "Ada",
            "family_name": "Arabin",
            "email": "ada@barset.example",
            "password": "four words nobody guesses",
        },
    )
    Authenticator.objects.create(user=User.objects.get(), type=Authenticator.Type.TOTP, data={"secret": "x"})
    return client


def page(client: Client, path: str) -> str:
    """A page that answers."""
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def test_nothing_to_an_open_petition(client: Client) -> None:
    """Each step leads to the next; at the end the public page is there, with imprint and privacy notice."""
    assert "0 of 6 steps are done" in page(client, "/desk/")
    assert "about 17 minutes left" in page(client, "/desk/start/")

    answer = client.post("/desk/accounts/organisation/", ORGANISATION)
    assert answer.headers["Location"] == "/desk/website/promoter/"
    organisation = Organisation.objects.get()
    assert organisation.address == "1 High Street\nBarchester\nZZ1 1AA"
    assert not organisation.is_registered_party
    assert "Only registered parties may hold political opinions" in page(
        client, "/desk/accounts/organisation/"
    )

    answer = client.post(
        "/desk/website/promoter/",
        {
            "name": "Eleanor Harding", "address": "2 High Street\nBarchester", "postcode": "ZZ1 1AB",
            "is_for_organisation": "on", "evidence": "She gets her post there.",
        },
    )  # fmt: skip
    assert answer.headers["Location"] == "/desk/website/notice/"
    imprint = (
        "Promoted by Eleanor Harding, 2 High Street, Barchester, ZZ1 1AB on behalf of Barset Together, "
        "1 High Street, Barchester, ZZ1 1AA"
    )
    assert imprint in re.sub(r"\s+", " ", page(client, "/")).replace("ZZ1 1AB, on", "ZZ1 1AB on")

    assert "Art. 9(2)(a)" in page(client, "/desk/website/notice/")
    answer = client.post("/desk/website/notice/", {"publish": "1"})
    assert answer.headers["Location"] == "/desk/start/mail/"
    assert PrivacyPage.objects.live().count() == 1

    client.post("/desk/start/mail/", {"send": "1"})
    assert Message.objects.filter(template="desk/test_message", address="ada@barset.example").exists()
    answer = client.post("/desk/start/mail/", {"aside": "1"})
    assert answer.headers["Location"] == "/desk/start/dates/"

    answer = client.post(
        "/desk/start/dates/",
        {"kind": "local", "title": "Barset council election", "poll_on": "2026-05-07", "nation": "england"},
    )
    assert answer.headers["Location"] == "/desk/start/petition/"
    assert "poll on 7 May 2026" in page(client, "/desk/") or "poll in" in page(client, "/desk/")

    assert 'href="/desk/actions/petitions/new/"' in page(client, "/desk/start/petition/")
    answer = client.post(
        "/desk/actions/petitions/new/",
        {
            "title": "Keep the library open", "text": "Keep Barchester library open on Saturdays.", "background": "",
            "asked_of": "Barset Council", "asked_by": "Barset Together", "goal": "500", "language": "en-gb",
            "promoter": str(Promoter.objects.get(name="Eleanor Harding").pk), "asks": ["email.campaign"],
        },
    )  # fmt: skip
    petition = Petition.objects.get()
    client.post(f"/desk/actions/petitions/{petition.pk}/open/")
    html = page(Client(), f"/petitions/{petition.slug}/")
    assert "Keep Barchester library open on Saturdays." in html
    assert "Promoted by Eleanor Harding" in html
    assert 'href="/privacy/"' in html
    assert "All done" in page(client, "/desk/start/")


def test_an_address_on_one_line_is_split_when_it_is_shown_again(client: Client) -> None:
    client.post("/desk/accounts/organisation/", ORGANISATION)
    Organisation.objects.update(address="1 High Street, Barchester, ZZ1 1AA")
    html = page(client, "/desk/accounts/organisation/")
    assert 'name="postcode" value="ZZ1 1AA"' in html
    assert "1 High Street, Barchester</textarea>" in html


def test_what_was_typed_is_kept(client: Client) -> None:
    """Sent wrongly, or put off: the values are there the next day, and go once the step is done."""
    wrong = client.post(
        "/desk/accounts/organisation/", {**ORGANISATION, "postcode": "ZZ1", "colour": "#ffe600"}
    )
    html = wrong.content.decode()
    assert wrong.status_code == 422
    assert "is too pale to be read on white" in html
    assert 'value="Barset Together"' in html
    assert 'value="office@barset.example"' in page(client, "/desk/accounts/organisation/")
    assert "begun; what you typed is kept" in page(client, "/desk/start/")
    assert not Organisation.objects.exists()

    client.post("/desk/accounts/organisation/", {"name": "Barset Tog", "later": "1"})
    html = page(client, "/desk/accounts/organisation/")
    assert 'value="Barset Tog"' in html
    assert "wrong" not in html

    client.post("/desk/accounts/organisation/", ORGANISATION)
    assert not SetUpNote.objects.exists()


def test_steps_can_be_taken_in_any_order(client: Client) -> None:
    """A notice without facts sends back to them; a step done elsewhere counts."""
    assert "Describe it first" in page(client, "/desk/website/notice/")
    client.post("/desk/website/notice/", {"publish": "1"})
    assert not PrivacyPage.objects.exists()
    client.post("/desk/accounts/organisation/", ORGANISATION)
    client.post("/desk/website/notice/", {"publish": "1"})
    assert "2 of 6 steps are done" in page(client, "/desk/start/")
    client.post("/desk/accounts/organisation/", {**ORGANISATION, "email": "new@barset.example"})
    assert "You have changed facts about your organisation since" in page(client, "/desk/website/notice/")
    client.post("/desk/website/notice/", {"publish": "1"})
    assert "new@barset.example" in page(Client(), "/privacy/")
