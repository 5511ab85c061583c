"""Ewan's cousin lives in Wales: she reads, signs and confirms a petition in Welsh, and her own page is Welsh too."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hustings.actions.models import Petition, Signature
from hustings.actions.usecases.confirm_signature import confirm_signature
from hustings.people.models import ConsentEvent
from hustings.people.queries import preference_link
from hustings.postroom.delivery.service_templates import service_template
from hustings.postroom.models import Message
from tests.actions.conftest import draft, own_home, petition, postcodes, privacy_notice, promoter
from tests.actions.forms import filled_in, stamp_of
from tests.conftest import NOW

__all__ = ["draft", "own_home", "petition", "postcodes", "privacy_notice", "promoter"]
WORDS = "anfon newyddion am yr ymgyrch hon"


@pytest.fixture
def deiseb(petition: Petition) -> Petition:
    """A petition whose words are Welsh."""
    petition.language, petition.asks = "cy", ["email.campaign"]
    petition.save()
    petition.versions.update(title="Achub y bws 42", text="Cadwch y bws 42 i redeg.")
    return petition


def page(client: Client, address: str, **options: Any) -> str:
    return unescape(client.get(address, **options).content.decode())


def test_from_reading_to_her_own_page(deiseb: Petition, postcodes: None) -> None:
    client = Client()
    html = page(client, "/petitions/save-the-bus/")
    assert '<html lang="cy">' in html
    for words in ("Achub y bws 42", "Cod post", "A gawn ni gadw mewn cysylltiad?", "Llofnodi", WORDS):
        assert words in html
    assert "Hyrwyddwyd gan" in html, "the imprint"
    (box,) = re.findall(r'name="consent" value="(email\.campaign\.\d+)"', html)
    stamp = stamp_of(petition=deiseb, made_at=NOW - timedelta(minutes=1))
    refused = client.post("/petitions/save-the-bus/", {"stamp": stamp, **filled_in(given_name="")})
    assert "Rhowch eich enw cyntaf." in refused.content.decode()
    taken = client.post("/petitions/save-the-bus/", {"stamp": stamp, **filled_in(consent=box)})
    assert "edrychwch ar eich e-bost" in taken.content.decode()
    message = Message.objects.get()
    assert message.language == "cy"
    written = service_template(name=message.template, language="cy").bodies(values=message.fields)
    assert "rydych wedi llofnodi" in written.text
    assert "Nid newyddion ymgyrch mohoni" in written.text
    signature = Signature.objects.get()
    link = reverse("actions:signature_link", args=[signature.token])
    assert link in written.text
    assert "Cadarnhau fy llofnod" in page(client, link)
    confirm_signature(token=signature.token, shown_at=signature.signed_at, now=NOW)
    assert "Mae'ch llofnod yn cyfrif" in page(client, link)
    receipt = ConsentEvent.objects.get()
    assert receipt.wording is not None
    assert WORDS in receipt.wording.text
    assert receipt.wording.language == "cy"
    signature.refresh_from_db()
    assert signature.person is not None
    assert signature.person.language == "cy"
    own = preference_link(person=signature.person)
    assert "Cadw fy newisiadau" in page(client, re.sub(r"^https?://[^/]+", "", own))


def test_whoever_chose_a_language_keeps_it(deiseb: Petition) -> None:
    """By the link on the page, and then by its cookie."""
    client = Client()
    assert 'href="?language=en-gb"' in page(client, "/petitions/save-the-bus/")
    english = page(client, "/petitions/save-the-bus/?language=en-gb")
    assert "Sign this petition" in english
    assert '<h1 lang="cy">' in english
    assert "Sign this petition" in page(client, "/petitions/save-the-bus/")
    assert 'href="?language=cy"' in page(client, "/petitions/save-the-bus/")
