"""The public page: one form, every fault a clear answer, counted once, nobody learns who has signed."""

import gzip
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hustings.accounts.models import Organisation, OrganisationKind
from hustings.actions.models import Petition, PetitionState, Signature, SignatureState
from hustings.actions.usecases.close_petition import close_petition, state_outcome
from hustings.actions.usecases.confirm_signature import confirm_signature
from hustings.actions.usecases.offer_wordings import OFFERS
from hustings.actions.usecases.save_petition import PetitionLinks, PetitionWords, save_petition
from hustings.basics.clock import clock_set_to
from hustings.people.models import ConsentWording
from hustings.platform.group_commit import NotStored
from hustings.postroom.models import Message
from tests.actions.forms import box_value, filled_in, stamp_of
from tests.cast import Cast
from tests.conftest import NOW

Send = Callable[..., Any]
NEWS = "Barset Together may email me news of this and its other campaigns."
TEXTS = "Barset Together may text me news of this and its other campaigns."


def test_the_page_says_who_asks_whom_for_what(client: Client, petition: Petition) -> None:
    html = client.get("/petitions/save-the-bus/").content.decode()
    assert "<h1>Save the 42 bus</h1>" in html
    assert "The residents of Barset East" in html
    assert "Barset Council" in html
    assert "Keep the 42 bus running." in html
    assert "It is full." in html


def test_the_imprint_and_the_privacy_notice_are_there(client: Client, petition: Petition) -> None:
    html = client.get("/petitions/save-the-bus/").content.decode()
    assert "Promoted by Ann Agent, 1 High Street, Barchester" in html
    assert 'href="/privacy/"' in html
    assert "electoral register" in html


def test_nothing_is_ticked_and_nothing_runs(client: Client, petition: Petition) -> None:
    response = client.get("/petitions/save-the-bus/")
    html = response.content.decode()
    assert " checked" not in html
    assert "<script" not in html
    assert not response.cookies


def test_a_first_visit_fits_in_fourteen_kilobytes(client: Client, petition: Petition) -> None:
    """HTML and stylesheet as they go over the wire, with a longer text and every box."""
    petition.asks = [f"{channel}.{purpose}" for channel, purpose in OFFERS]
    petition.save()
    petition.versions.update(text="Keep the 42 bus running every hour. " * 60, background="It is full. " * 80)
    response = client.get("/petitions/save-the-bus/", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    stylesheet = finders.find("hustings/public.css")
    assert isinstance(stylesheet, str)
    weight = len(response.content) + len(gzip.compress(Path(stylesheet).read_bytes()))
    assert weight <= 14 * 1024


def test_a_form_asks_the_database_once_before_it_is_stored(
    client: Client, sign: Send, petition: Petition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a surge, asking is dearer than storing: a column too few in the one statement costs a second one each time."""
    form = {"stamp": stamp_of(petition=petition, made_at=NOW - timedelta(minutes=1)), **filled_in()}
    monkeypatch.setattr("hustings.actions.usecases.take_signature.SIGNATURES.store", lambda entry: None)
    assert sign().status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert client.post("/petitions/save-the-bus/", form).status_code == 200
    assert len(asked) == 1, [query["sql"] for query in asked]


@pytest.mark.django_db
def test_a_draft_is_not_there(client: Client, draft: Petition) -> None:
    assert client.get("/petitions/save-the-bus/").status_code == 404
    assert client.get("/petitions/save-the-bus.json").status_code == 404
    assert "Save the 42 bus" not in client.get("/petitions/").content.decode()


def test_signing_stores_the_signature_with_its_message(sign: Send, petition: Petition) -> None:
    response = sign(phone="07700 900123", address_line="1 High Street")
    assert response.status_code == 200
    assert "ewan@barset.example" in response.content.decode()
    signature = Signature.objects.get()
    assert signature.state == SignatureState.PENDING
    assert (signature.postcode, signature.phone) == ("ZZ1 1AA", "+447700900123")
    assert signature.version == petition.versions.get()
    message = Message.objects.get()
    assert signature.confirmation == message
    assert message.address == "ewan@barset.example"
    assert message.purpose == "service"
    assert signature.token in message.fields["signature_url"]
    petition.refresh_from_db()
    assert petition.confirmed == 0


def test_the_answer_page_sets_no_cookie_and_carries_the_imprint(sign: Send) -> None:
    response = sign()
    assert not response.cookies
    assert "Promoted by Ann Agent" in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_a_form_sent_twice_is_one_signature_and_one_message(sign: Send) -> None:
    first, second = sign(), sign()
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content
    assert Signature.objects.count() == 1
    assert Message.objects.count() == 1


def test_the_same_mailbox_in_another_spelling_is_one_signature(sign: Send) -> None:
    sign(email="Ewan+petitions@Barset.example")
    sign(email="ewan@barset.example")
    assert Signature.objects.count() == 1


def test_nobody_learns_who_has_signed(sign: Send, petition: Petition) -> None:
    """The answer is the same whether or not the address had signed; only its owner is told, by mail."""
    first = sign()
    signature = Signature.objects.get()
    confirm_signature(token=signature.token, shown_at=None, now=NOW)
    with clock_set_to(NOW + timedelta(hours=1)):
        again = sign(given_name="Mallory")
    assert again.status_code == first.status_code
    assert again.content == first.content
    assert dict(again.headers) == dict(first.headers)
    told = Message.objects.order_by("pk").last()
    assert told is not None
    assert told.template == "actions/petition_signed_before"
    assert told.fields["given_name"] == "Ewan"
    petition.refresh_from_db()
    assert petition.confirmed == 1


def test_signing_again_while_pending_renews_the_form(sign: Send, client: Client) -> None:
    html = client.get("/petitions/save-the-bus/").content.decode()
    sign(given_name="Evan")
    with clock_set_to(NOW + timedelta(minutes=11)):
        sign(consent=box_value(html=html, words=NEWS))
    signature = Signature.objects.get()
    assert signature.given_name == "Ewan"
    assert [consent["channel"] for consent in signature.choices["consents"]] == ["email"]
    messages = list(Message.objects.order_by("pk"))
    assert [message.template for message in messages] == ["actions/petition_confirmation"] * 2
    assert messages[0].fields["signature_url"] == messages[1].fields["signature_url"]
    assert signature.confirmation == messages[1]


def test_a_stranger_cannot_flood_a_mailbox(sign: Send) -> None:
    for hour in range(12):
        with clock_set_to(NOW + timedelta(hours=hour)):
            assert sign().status_code == 200
    assert Message.objects.count() <= 3


def test_a_form_left_open_for_a_day_works(sign: Send) -> None:
    assert sign(waits=timedelta(days=1, hours=2)).status_code == 200
    assert Signature.objects.count() == 1


def test_the_words_that_were_read_are_the_words_that_are_signed(
    client: Client, petition: Petition, cast: Cast
) -> None:
    stamp = stamp_of(petition=petition, made_at=NOW - timedelta(hours=20))
    save_petition(
        petition=petition,
        words=PetitionWords(title="Save both buses", text="Keep the 42 and the 43."),
        links=PetitionLinks(),
        by=cast.alice,
        now=NOW - timedelta(hours=1),
    )
    client.post("/petitions/save-the-bus/", {"stamp": stamp, **filled_in()})
    assert Signature.objects.get().version.title == "Save the 42 bus"
    assert petition.versions.count() == 2


def test_a_form_older_than_a_week_is_shown_again_with_its_values(sign: Send) -> None:
    response = sign(waits=timedelta(days=8))
    assert response.status_code == 422
    html = response.content.decode()
    assert 'value="ewan@barset.example"' in html
    assert "open for a long time" in html
    assert not Signature.objects.exists()


@pytest.mark.parametrize("stamp", ["", "nonsense", "1-1-1:forged"])
def test_a_form_without_a_stamp_of_ours_is_shown_again(
    client: Client, petition: Petition, stamp: str
) -> None:
    response = client.post("/petitions/save-the-bus/", {"stamp": stamp, **filled_in()})
    assert response.status_code == 422
    assert 'value="McTavish"' in response.content.decode()
    assert not Signature.objects.exists()


def test_another_petitions_stamp_does_not_do(client: Client, petition: Petition, cast: Cast) -> None:
    other = save_petition(
        petition=Petition(asked_of="x", asked_by="y", slug="other"),
        words=PetitionWords(title="Other", text="Other."),
        links=PetitionLinks(),
        by=cast.alice,
        now=NOW,
    )
    stamp = stamp_of(petition=other, made_at=NOW - timedelta(minutes=1))
    assert client.post("/petitions/save-the-bus/", {"stamp": stamp, **filled_in()}).status_code == 422


def test_a_form_filled_in_in_no_time_is_asked_again_and_then_taken(
    client: Client, petition: Petition
) -> None:
    data = {"stamp": stamp_of(petition=petition, made_at=NOW), **filled_in()}
    response = client.post("/petitions/save-the-bus/", data)
    assert response.status_code == 422
    assert "faster than we expected" in response.content.decode()
    with clock_set_to(NOW + timedelta(seconds=3)):
        assert client.post("/petitions/save-the-bus/", data).status_code == 200


def test_the_trap_catches_programs(sign: Send) -> None:
    response = sign(website="https://spam.example")
    assert response.status_code == 422
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"postcode": "nowhere"}, "does not"),
        ({"postcode": "ZZ1"}, "only part of a postcode"),
        ({"postcode": ""}, "Enter a postcode"),
        ({"email": "ewan"}, "not a complete email address"),
        ({"email": ""}, "Enter an email address"),
        ({"email": "ëwan@barset.example"}, "Enter an address in plain letters"),
        ({"given_name": ""}, "Enter your first name"),
        ({"family_name": "\u200b"}, "Enter your last name"),
        ({"phone": "12"}, "12"),
    ],
)
def test_a_refused_form_says_why_and_keeps_its_values(sign: Send, changes: dict[str, str], says: str) -> None:
    response = sign(**{"address_line": "7 Elm Row", **changes})
    assert response.status_code == 422
    html = response.content.decode()
    assert says in html
    assert 'value="7 Elm Row"' in html
    assert 'aria-invalid="true"' in html
    assert not Signature.objects.exists()


def test_an_unknown_postcode_is_asked_about_once(sign: Send, postcodes: None) -> None:
    response = sign(postcode="ZZ9 9ZZ")
    assert response.status_code == 422
    assert "We do not know the postcode ZZ9 9ZZ" in response.content.decode()
    assert 'name="known_postcode" value="ZZ9 9ZZ"' in response.content.decode()
    assert sign(postcode="ZZ9 9ZZ", known_postcode="ZZ9 9ZZ").status_code == 200


def test_texts_need_a_number(sign: Send, client: Client) -> None:
    texts = box_value(html=client.get("/petitions/save-the-bus/").content.decode(), words=TEXTS)
    refused = sign(consent=texts)
    assert refused.status_code == 422
    assert "untick texts" in refused.content.decode()
    assert f'value="{texts}" checked' in refused.content.decode()
    assert sign(consent=texts, phone="07700 900123").status_code == 200


def test_the_exact_words_that_were_ticked_are_kept(sign: Send, client: Client) -> None:
    box = box_value(html=client.get("/petitions/save-the-bus/").content.decode(), words=NEWS)
    Organisation.objects.update(name="Barset United")
    client.get("/petitions/save-the-bus/")
    sign(consent=box)
    (consent,) = Signature.objects.get().choices["consents"]
    assert ConsentWording.objects.get(pk=consent["wording"]).text == NEWS
    assert ConsentWording.objects.filter(key="petition.email.campaign").count() == 2


def test_a_made_up_box_counts_for_nothing(sign: Send, client: Client) -> None:
    client.get("/petitions/save-the-bus/")
    other = ConsentWording.objects.create(key="elsewhere", version=1, text="Anything", made_at=NOW)
    sign(consent=[f"email.campaign.{other.pk}", "post.campaign.1", "email.campaign.999999", "x"])
    assert Signature.objects.get().choices["consents"] == []


def test_a_party_may_ask_how_people_vote(sign: Send, client: Client, petition: Petition) -> None:
    html = client.get("/petitions/save-the-bus/").content.decode()
    assert "I agree that Barset Together keeps" not in html
    greens = box_value(html=html, words="Barset Greens")
    assert sign(intention=greens, issue=[box_value(html=html, words="Buses")]).status_code == 200
    choices = Signature.objects.get().choices
    assert choices["intention"]["choice"] == "party"
    assert len(choices["issues"]) == 1


def test_anybody_else_needs_explicit_consent_for_opinions(sign: Send, client: Client) -> None:
    Organisation.objects.update(kind=OrganisationKind.NON_PARTY)
    html = client.get("/petitions/save-the-bus/").content.decode()
    opinion = box_value(html=html, words="I agree that Barset Together keeps what I say here")
    refused = sign(intention="undecided")
    assert refused.status_code == 422
    assert 'value="undecided" checked' in refused.content.decode()
    assert sign(intention="undecided", consent=opinion).status_code == 200
    (consent,) = Signature.objects.get().choices["consents"]
    assert (consent["channel"], consent["purpose"]) == ("", "opinion")


def test_who_would_rather_not_say_has_said_nothing(sign: Send) -> None:
    Organisation.objects.update(kind=OrganisationKind.NON_PARTY)
    assert sign(intention="wont_say").status_code == 200


def test_a_closed_petition_says_so_and_takes_nothing(
    sign: Send, client: Client, petition: Petition, cast: Cast
) -> None:
    close_petition(petition=petition, by=cast.alice, now=NOW)
    state_outcome(petition=petition, outcome="The council kept the bus.", by=cast.alice, now=NOW)
    html = client.get("/petitions/save-the-bus/").content.decode()
    assert "This petition closed on 30 March 2026" in html
    assert "The council kept the bus." in html
    assert "<form" not in html
    response = sign()
    assert response.status_code == 409
    assert not Signature.objects.exists()


def test_a_petition_closes_at_its_moment(sign: Send, petition: Petition) -> None:
    Petition.objects.update(closes_at=NOW)
    assert sign().status_code == 409


def test_a_petition_that_opens_later_says_when(client: Client, petition: Petition) -> None:
    Petition.objects.update(opens_at=NOW + timedelta(days=1))
    html = client.get("/petitions/save-the-bus/").content.decode()
    assert "opens on 31 March 2026" in html
    assert "<form" not in html


def test_an_address_that_sends_too_many_forms_waits(sign: Send) -> None:
    answers = [sign(email=f"ewan{number}@barset.example") for number in range(62)]
    assert [answer.status_code for answer in answers] == [200] * 60 + [429] * 2
    assert int(answers[-1]["Retry-After"]) > 0
    assert 'value="ewan61@barset.example"' in answers[-1].content.decode()
    assert Signature.objects.count() == 60


def test_behind_a_trusted_proxy_the_visitors_address_is_what_counts(
    client: Client, petition: Petition, settings: Any
) -> None:
    settings.HUSTINGS_TRUSTED_PROXIES = ("127.0.0.0/8",)
    stamp = stamp_of(petition=petition, made_at=NOW - timedelta(minutes=1))

    def send(number: int, address: str) -> int:
        data = {"stamp": stamp, **filled_in(email=f"ewan{number}@barset.example")}
        answer = client.post("/petitions/save-the-bus/", data, headers={"X-Forwarded-For": address})
        return int(answer.status_code)

    assert {send(number, "198.51.100.7") for number in range(60)} == {200}
    assert send(60, "198.51.100.7") == 429
    assert send(60, "198.51.100.8") == 200


def test_a_network_shares_a_limit(
    client: Client, petition: Petition, settings: Any, monkeypatch: Any
) -> None:
    from hustings.actions.pages import petition as page
    from hustings.platform.rate_limit import Allowance

    monkeypatch.setattr(page, "_NETWORK", Allowance(burst=5, per_minute=1))
    settings.HUSTINGS_TRUSTED_PROXIES = ("127.0.0.0/8",)
    stamp = stamp_of(petition=petition, made_at=NOW - timedelta(minutes=1))
    answers = [
        client.post(
            "/petitions/save-the-bus/",
            {"stamp": stamp, **filled_in(email=f"ewan{number}@barset.example")},
            headers={"X-Forwarded-For": f"2001:db8:1:{number:x}::1"},
        ).status_code
        for number in range(6)
    ]
    assert answers == [200] * 5 + [429]


def test_where_the_disk_does_not_answer_nothing_is_claimed(sign: Send, monkeypatch: Any) -> None:
    from hustings.actions.usecases.take_signature import SIGNATURES

    def fail(entry: object) -> None:
        raise NotStored("no disk")

    monkeypatch.setattr(SIGNATURES, "store", fail)
    response = sign()
    assert response.status_code == 503
    assert 'value="ewan@barset.example"' in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_the_answer_comes_after_the_commit(sign: Send) -> None:
    assert sign().status_code == 200
    assert sign(email="gwen@barset.example").status_code == 200
    assert Signature.objects.count() == 2
    assert Message.objects.count() == 2


def test_figures_for_other_programs(client: Client, petition: Petition) -> None:
    response = client.get("/petitions/save-the-bus.json")
    figures = response.json()
    assert figures["title"] == "Save the 42 bus"
    assert (figures["count"], figures["goal"], figures["state"]) == (0, 500, "open")
    assert figures["wards"] == {"counted_of": 0, "rows": []}
    assert response["Access-Control-Allow-Origin"] == "*"


def test_the_list_shows_open_and_closed_petitions(client: Client, petition: Petition) -> None:
    assert "Save the 42 bus" in client.get("/petitions/").content.decode()
    Petition.objects.update(state=PetitionState.CLOSED, outcome="Kept.")
    html = client.get("/petitions/").content.decode()
    assert "Closed petitions" in html
    assert "Kept." in html


def test_it_can_be_passed_on_without_a_script(client: Client, petition: Petition) -> None:
    html = client.get("/petitions/save-the-bus/").content.decode()
    assert "https://wa.me/?text=" in html
    assert "mailto:?subject=" in html
    assert 'readonly value="http' in html
    assert 'property="og:title" content="Save the 42 bus"' in html


def test_the_page_is_translated(client: Client, petition: Petition) -> None:
    response = client.get("/petitions/save-the-bus/", headers={"Accept-Language": "cy"})
    html = response.content.decode()
    assert '<html lang="cy">' in html
    assert '<h1 lang="en-gb">' in html
