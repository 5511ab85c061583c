"""The page behind the link: looking changes nothing, one press confirms."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client

from hustings.actions.models import Petition, Signature, SignatureState
from hustings.basics.clock import clock_set_to
from tests.actions.forms import box_value
from tests.conftest import NOW

Send = Callable[..., Any]
NEWS = "Barset Together may email me news of this and its other campaigns."


def link() -> str:
    return f"/petitions/confirm/{Signature.objects.get().token}/"


def shown_at() -> str:
    return Signature.objects.get().signed_at.isoformat()


def test_following_the_link_confirms_nothing(sign: Send, client: Client) -> None:
    """Mail scanners follow every link."""
    html = client.get("/petitions/save-the-bus/").content.decode()
    sign(consent=box_value(html=html, words=NEWS))
    response = client.get(link())
    page = response.content.decode()
    assert "Confirm my signature" in page
    assert NEWS in page
    assert "Promoted by Ann Agent" in page
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert Signature.objects.get().state == SignatureState.PENDING


def test_one_press_confirms(sign: Send, client: Client) -> None:
    sign()
    response = client.post(link(), {"act": "confirm", "shown_at": shown_at()})
    assert response.status_code == 303
    page = client.get(response["Location"]).content.decode()
    assert "Thank you, Ewan. Your signature counts." in page
    assert "https://wa.me/" in page
    assert "/preferences/" in page
    assert Signature.objects.get().state == SignatureState.CONFIRMED


def test_a_press_from_a_page_that_is_out_of_date_shows_the_newer_form(sign: Send, client: Client) -> None:
    sign()
    seen = shown_at()
    with clock_set_to(NOW + timedelta(minutes=2)):
        sign(given_name="Evan")
    response = client.post(link(), {"act": "confirm", "shown_at": seen})
    assert response.status_code == 409
    assert "A newer form with your address has come in" in response.content.decode()
    assert client.post(link(), {"act": "confirm", "shown_at": shown_at()}).status_code == 303


def test_a_signature_can_be_taken_back(sign: Send, client: Client, petition: Petition) -> None:
    sign()
    client.post(link(), {"act": "confirm", "shown_at": shown_at()})
    client.post(link(), {"act": "withdraw"})
    assert "Your signature has been taken back" in client.get(link()).content.decode()
    petition.refresh_from_db()
    assert petition.confirmed == 0


def test_a_dead_link_says_what_to_do(client: Client, petition: Petition) -> None:
    response = client.get("/petitions/confirm/nothing-like-it/")
    assert response.status_code == 404
    assert "This link leads nowhere" in response.content.decode()
    assert client.post("/petitions/confirm/nothing-like-it/").status_code == 404


def test_a_link_that_has_run_out_says_so(sign: Send, client: Client) -> None:
    sign()
    with clock_set_to(NOW + timedelta(days=40)):
        assert client.get(link()).status_code == 410
        response = client.post(link(), {"act": "confirm"})
    assert response.status_code == 410
    assert "This link has run out" in response.content.decode()
