"""The caller's page: no script, one person at a time, and a number only while they are held."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from hustings.accounts.models import Organisation, OrganisationKind
from hustings.basics.clock import clock_set_to
from hustings.contacts.models import Contact, Intention
from hustings.elections.models import Candidacy, Contest, Election, Party
from hustings.outreach.phonebank.models import Call, Caller, CallState, CallTry, PhoneBank
from hustings.outreach.phonebank.queries import agreed_of, result_rows
from hustings.people.models import ConsentEvent, Suppression
from tests.cast import Cast, signed_in
from tests.outreach.phonebank.banks import make_open_bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def greens(cast: Cast) -> Party:
    party = Party.objects.create(name="Example Greens")
    poll = Election.objects.create(
        id="local.barset.2026-05-07", kind="local", title="Barset", poll_on="2026-05-07"
    )
    contest = Contest.objects.create(election=poll, ballot_id="east", area=cast.east, area_name="Barset East")
    Candidacy.objects.create(contest=contest, name="Ann Example", party=party, is_ours=True)
    return party


@pytest.fixture
def bank(cast: Cast, greens: Party, now: datetime) -> PhoneBank:
    return make_open_bank(cast=cast, now=now, election=Election.objects.get())


@pytest.fixture
def bob(cast: Cast) -> Client:
    return signed_in(cast.bob)


def _address(bank: PhoneBank) -> str:
    return reverse("outreach:ring", args=[bank.pk])


def _ticket(page: str) -> str:
    found = re.search(r'name="ticket" value="([^"]+)"', page)
    assert found, page
    return found[1]


def _next(client: Client, bank: PhoneBank) -> str:
    client.post(_address(bank), {"do": "next"})
    return client.get(_address(bank)).content.decode()


def test_from_the_words_to_the_answer(bank: PhoneBank, bob: Client, greens: Party) -> None:
    Caller.objects.all().delete()
    assert "Spring calls" in bob.get(reverse("outreach:calls")).content.decode()
    page = bob.get(_address(bank)).content.decode()
    assert "What you promise" in page
    assert "01632" not in page
    bob.post(_address(bank), {"do": "accept"})
    page = bob.get(_address(bank)).content.decode()
    assert "Next call" in page
    assert "01632" not in page
    page = _next(bob, bank)
    assert 'href="tel:+4416329601' in page
    assert "<script" not in page
    assert "Example Greens" in page
    assert "Last time they said" not in page
    sent = {"do": "spoke", "ticket": _ticket(page), "vote": f"party-{greens.pk}", "wish": ""}
    answer = bob.post(_address(bank), sent, follow=True)
    assert "Kept. Thank you." in answer.content.decode()
    assert "01632" not in answer.content.decode()
    assert Intention.objects.get().party == greens
    assert Intention.objects.get().election == Election.objects.get()
    twice = bob.post(_address(bank), sent, follow=True)
    assert "it counts once" in twice.content.decode()
    assert (Contact.objects.count(), CallTry.objects.count()) == (1, 1)


def test_an_opinion_without_a_basis_is_not_kept_and_the_caller_is_told(
    bank: PhoneBank, bob: Client, greens: Party
) -> None:
    Organisation.objects.update(kind=OrganisationKind.NON_PARTY)
    page = _next(bob, bank)
    assert "only if you agree" in page
    sent = {"do": "spoke", "ticket": _ticket(page), "vote": f"party-{greens.pk}"}
    told = bob.post(_address(bank), sent, follow=True).content.decode()
    assert "explicit consent" in told
    assert Contact.objects.get().outcome == "spoke"
    assert not Intention.objects.exists()


def test_what_they_agree_to_aloud_is_taken_down_with_its_words_and_once(
    bank: PhoneBank, bob: Client, greens: Party
) -> None:
    Organisation.objects.update(kind=OrganisationKind.NON_PARTY)
    page = _next(bob, bank)
    assert "Do you agree that Barset Together keeps what you tell me" in page
    assert "May Barset Together email you news of its campaigns?" in page
    assert not re.search(r"<input[^>]*checked[^>]*name=.agreed|name=.agreed[^>]*checked", page)
    offers = re.findall(r'name="agreed" value="([^"]+)"', page)
    assert [offer.rpartition(".")[0] for offer in offers] == [
        ".opinion", "email.campaign", "sms.campaign", "call.campaign",
    ]  # fmt: skip
    sent: dict[str, object] = {
        "do": "spoke", "ticket": _ticket(page), "vote": "undecided", "agreed": offers[:2], "email": "gwen at barset",
    }  # fmt: skip
    answer = bob.post(_address(bank), sent)
    page = answer.content.decode()
    assert (answer.status_code, Contact.objects.count()) == (422, 0)
    assert 'value="gwen at barset"' in page
    assert len(re.findall(r'name="agreed"[^>]*checked', page)) == 2
    page = bob.post(_address(bank), {**sent, "email": ""}).content.decode()
    assert "write down their address, or take the tick away" in page
    page = bob.post(_address(bank), {**sent, "email": "g@barset.example", "wish": "all"}).content.decode()
    assert "nothing they may have agreed to counts" in page
    for told in ("Kept. Thank you.", "it counts once"):
        page = bob.post(_address(bank), {**sent, "email": "g@barset.example"}, follow=True).content.decode()
        assert told in page
        assert "explicit consent" not in page
    person = Intention.objects.get().person
    receipts = ConsentEvent.objects.filter(person=person, source="Spring calls", is_given=True)
    assert {(one.channel, one.purpose) for one in receipts} == {("", "opinion"), ("email", "campaign")}
    assert {one.evidence["taken by"] for one in receipts} == {"Bob"}
    assert CallTry.objects.get().agreed == "OE"
    assert {row.person: row.agreed for row in result_rows(bank=bank)}[str(person.public_id)] == (
        "opinion",
        "email",
    )
    assert {one.kind: one.people for one in agreed_of(bank=bank)}["email"] is None, (
        "a handful is not counted out"
    )


@pytest.mark.parametrize(
    ("pressed", "state"), [("no_answer", "waiting"), ("gone", "done"), ("objected", "done")]
)
def test_one_press_is_enough(bank: PhoneBank, bob: Client, pressed: str, state: str) -> None:
    ticket = _ticket(_next(bob, bank))
    bob.post(_address(bank), {"do": pressed, "ticket": ticket})
    tried = CallTry.objects.select_related("call").get()
    assert (tried.result, tried.call.state) == (pressed, state)
    assert Suppression.objects.exists() is (pressed == "objected")


def test_a_moment_at_night_is_refused_and_stays_typed(bank: PhoneBank, bob: Client) -> None:
    ticket = _ticket(_next(bob, bank))
    sent = {"do": "later", "ticket": ticket, "later_on": "2026-03-31", "later_time": "22:15"}
    answer = bob.post(_address(bank), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "between 09:00 and 20:30" in page
    assert "When to ring them was not kept yet" in page
    assert 'value="22:15"' in page
    assert 'value="2026-03-31"' in page
    bob.post(_address(bank), {**sent, "later_time": "18:15"})
    assert Call.objects.get(is_promised=True).not_before == datetime(2026, 3, 31, 17, 15, tzinfo=UTC)


def test_a_day_that_is_missing_is_asked_for(bank: PhoneBank, bob: Client) -> None:
    ticket = _ticket(_next(bob, bank))
    answer = bob.post(_address(bank), {"do": "later", "ticket": ticket, "later_time": "18:15"})
    assert answer.status_code == 422
    assert "Choose the day on which they want to be rung." in answer.content.decode()


def test_a_skip_shows_no_number_any_more(bank: PhoneBank, bob: Client) -> None:
    ticket = _ticket(_next(bob, bank))
    page = bob.post(_address(bank), {"do": "skip", "ticket": ticket}, follow=True).content.decode()
    assert "Given back" in page
    assert "01632" not in page
    assert not Call.objects.filter(state=CallState.HELD).exists()


def test_after_the_lease_the_number_is_gone_and_what_was_said_is_kept(bank: PhoneBank, bob: Client) -> None:
    ticket = _ticket(_next(bob, bank))
    with clock_set_to(datetime(2026, 3, 30, 9, 16, tzinfo=UTC)):
        page = bob.get(_address(bank)).content.decode()
        assert "01632" not in page
        bob.post(_address(bank), {"do": "spoke", "ticket": ticket, "vote": "undecided"})
    assert Intention.objects.get().choice == "undecided"


def test_outside_the_hours_it_says_when_to_come_back(bank: PhoneBank, bob: Client) -> None:
    with clock_set_to(datetime(2026, 3, 30, 21, 0, tzinfo=UTC)):
        page = bob.get(_address(bank)).content.decode()
        assert "Come back on Tuesday 31 March 2026, 9am" in page
        assert "Next call" not in page
        assert "Tuesday 31 March 2026, 9am" in bob.get(reverse("outreach:calls")).content.decode()
        bob.post(_address(bank), {"do": "next"})
    assert not Call.objects.filter(state=CallState.HELD).exists()


def test_when_nobody_waits_it_says_so(bank: PhoneBank, bob: Client) -> None:
    Call.objects.all().delete()
    page = bob.post(_address(bank), {"do": "next"}, follow=True).content.decode()
    assert "Nobody is waiting to be rung just now" in page


def test_a_strange_answer_changes_nothing(bank: PhoneBank, bob: Client) -> None:
    ticket = _ticket(_next(bob, bank))
    for sent in (
        {"do": "spoke", "ticket": ticket, "vote": "party-999999"},
        {"do": "refused", "ticket": ticket},
        {"do": "", "ticket": ticket},
        {"do": "spoke", "ticket": "forged"},
    ):
        assert bob.post(_address(bank), sent).status_code in (302, 422), sent
    assert not CallTry.objects.exists()
    assert Call.objects.filter(state=CallState.HELD).count() == 1


def test_an_organiser_sees_what_they_said_last_time(cast: Cast, bank: PhoneBank, bob: Client) -> None:
    Call.objects.exclude(pk=Call.objects.earliest("pk").pk).delete()
    bob.post(_address(bank), {"do": "spoke", "ticket": _ticket(_next(bob, bank)), "vote": "undecided"})
    Call.objects.update(state=CallState.WAITING)
    alice = signed_in(cast.alice)
    alice.post(_address(bank), {"do": "accept"})
    assert "Last time they said: undecided" in _next(alice, bank)


def test_nobody_else_finds_an_open_bank(cast: Cast, bank: PhoneBank) -> None:
    assert "No phone bank is open" in signed_in(cast.charlie).get(reverse("outreach:calls")).content.decode()
    for user in (cast.tess, cast.stranger):
        assert signed_in(user).get(_address(bank)).status_code == 403
    assert Client().get(_address(bank)).headers["Location"].startswith("/account/login/")


def test_a_caller_reads_it_in_welsh(bank: PhoneBank, bob: Client) -> None:
    assert "Yr alwad nesaf" in bob.get(f"{_address(bank)}?language=cy").content.decode()
    ticket = _ticket(_next(bob, bank))
    answer = bob.post(
        _address(bank), {"do": "later", "ticket": ticket, "later_on": "2026-03-31", "later_time": "23:00"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Caiff pobl eu ffonio rhwng" in page
    assert "Peidio â ffonio eto" in page
