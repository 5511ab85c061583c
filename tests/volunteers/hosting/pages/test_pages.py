"""Hosting on volunteers' own pages and on the desk: who sees what, and when."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hustings.basics.clock import clock_set_to
from hustings.platform.models import AuditEntry
from hustings.volunteers.hosting.usecases.propose_stays import propose_stays
from hustings.volunteers.models import HostingDetails, HostOffer, Stay, StayRequest, StayState, Volunteer
from tests.cast import Cast, signed_in
from tests.conftest import NOW
from tests.volunteers.conftest import Enrol, let_in
from tests.volunteers.hosting.conftest import FIRST, asked, offered, vouch

pytestmark = pytest.mark.django_db

_OFFER = {
    "address": "1 Secret Lane", "postcode": "ZZ1 1AA", "available_from": f"{FIRST}",
    "available_until": f"{FIRST + timedelta(days=9)}", "beds": "2", "offers": ["bed", "step_free"],
}  # fmt: skip
_ASK = {
    "place": "Barset East", "arrive_on": f"{FIRST}", "leave_on": f"{FIRST + timedelta(days=2)}", "max_km": "15",
    "needs": ["bed"],
}  # fmt: skip


def test_from_details_to_an_offer_and_a_request(enrol: Enrol) -> None:
    """Each form leads on; what cannot be keeps what was typed and says what to do."""
    una = enrol("Una")
    browser = let_in(una)
    assert "leave two references" in browser.get("/volunteer/hosting/").content.decode()
    answer = browser.post("/volunteer/hosting/offer/", _OFFER)
    assert answer.status_code == 422
    assert "references and an emergency contact first" in answer.content.decode()
    assert "1 Secret Lane" in answer.content.decode()
    details = {
        "reference_one": "Rita 01632 960001",
        "reference_two": "Owen 01632 960002",
        "emergency_contact": "Sue 01632 960003",
    }
    assert browser.post("/volunteer/hosting/details/", details).status_code == 302
    assert browser.post("/volunteer/hosting/offer/", _OFFER).status_code == 302
    assert browser.post("/volunteer/hosting/ask/", _ASK).status_code == 302
    page = browser.get("/volunteer/hosting/").content.decode()
    assert "2 beds" in page
    assert "following up your references" in page
    answer = browser.post("/volunteer/hosting/ask/", {**_ASK, "leave_on": f"{FIRST}"})
    assert "is 0 nights" in answer.content.decode()
    answer = browser.post("/volunteer/hosting/ask/", {**_ASK, "arrive_on": "2026-02-30"})
    assert answer.status_code == 422


def test_who_is_not_let_in_is_asked_for_an_address_first() -> None:
    """No page of hosting opens without a volunteer."""
    for path in ("", "details/", "offer/", "ask/"):
        answer = Client().get(f"/volunteer/hosting/{path}")
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/volunteer/way-in/")


def test_the_address_shows_when_both_have_agreed(hanna: Volunteer, tom: Volunteer, enrol: Enrol) -> None:
    """Before, neither name, number nor address; then those; then check-in; and nothing of it to anybody else."""
    offered(hanna)
    asked(tom)
    (stay,) = propose_stays(now=NOW).stays
    address = f"/volunteer/hosting/stays/{stay.public_id}/"
    host, traveller, stranger = let_in(hanna), let_in(tom), let_in(enrol("Sid"))
    for browser in (host, traveller):
        page = browser.get(address).content.decode()
        assert "shown once both have said yes" in page
        for secret in ("Secret Lane", "Hanna", "Tom Tester", "07700"):
            assert secret not in page
    host.post(f"{address}answer/", {"yes": "1"})
    assert "Secret Lane" not in traveller.get(address).content.decode()
    traveller.post(f"{address}answer/", {"yes": "1"})
    page = traveller.get(address).content.decode()
    assert "1 Secret Lane, Barchester, ZZ1 1AA" in page
    assert "Hanna Tester" in page
    assert "tel:+447700900123" in page
    assert "I have arrived" not in page
    assert "you check in here with one press" in page
    page = host.get(address).content.decode()
    assert "Tom Tester" in page
    assert "I want to leave" not in page
    assert "you check in here" not in page
    for path in ("", "answer/", "arrived/", "leave/"):
        assert stranger.get(f"{address}{path}").status_code in {404, 405}
        assert stranger.post(f"{address}{path}", {"no": "1"}).status_code in {404, 405}
    assert host.post(f"{address}leave/", {}).status_code == 404
    assert host.post(f"{address}arrived/").status_code == 404
    with clock_set_to(NOW + timedelta(days=10)):
        page = traveller.get(address).content.decode()
        assert "I have arrived" in page
        assert "you check in here" not in page
        traveller.post(f"{address}arrived/")
    with clock_set_to(NOW + timedelta(days=11)):
        assert "The first night was fine" in traveller.get(address).content.decode()
        traveller.post(f"{address}arrived/")
    stay.refresh_from_db()
    assert stay.arrived_at is not None
    assert stay.first_night_at is not None
    answer = traveller.post(f"{address}leave/", {"words": "Too loud.", "is_unsafe": ""}, follow=True)
    assert "You owe nobody an explanation" in answer.content.decode()
    stay.refresh_from_db()
    assert stay.state == StayState.ENDED
    assert "Too loud" not in host.get(address).content.decode()


def test_ones_own_page_leads_to_the_stay(hanna: Volunteer, tom: Volunteer, enrol: Enrol) -> None:
    """The traveller finds their host there, the host their guest, anybody else nothing; no address is on it."""
    offered(hanna)
    asked(tom)
    (stay,) = propose_stays(now=NOW).stays
    link = f"/volunteer/hosting/stays/{stay.public_id}/"
    for volunteer, words in ((tom, "My host"), (hanna, "My guest")):
        page = let_in(volunteer).get("/volunteer/").content.decode()
        assert f'<a href="{link}">{words}</a>' in page
        assert "Secret Lane" not in page
    assert link not in let_in(enrol("Una")).get("/volunteer/").content.decode()


def test_what_is_ones_own_can_be_taken_back_by_nobody_else(hanna: Volunteer, tom: Volunteer) -> None:
    """404 for the other, done for the owner."""
    offer, request = offered(hanna), asked(tom)
    for path, owner, other in (
        (f"offers/{offer.public_id}", hanna, tom),
        (f"requests/{request.public_id}", tom, hanna),
    ):
        assert let_in(other).post(f"/volunteer/hosting/{path}/back/").status_code == 404
        assert let_in(owner).post(f"/volunteer/hosting/{path}/back/").status_code == 302
    assert not HostOffer.objects.filter(withdrawn_at=None).exists()
    assert not StayRequest.objects.filter(withdrawn_at=None).exists()


def test_alice_sees_her_places_and_charlie_cannot(
    cast: Cast, hanna: Volunteer, tom: Volunteer, enrol: Enrol
) -> None:
    """Stays, offers, requests, references: Barset East is Alice's; addresses are nobody's on the desk."""
    offered(hanna)
    asked(tom)
    (stay,) = propose_stays(now=NOW).stays
    waiting = vouch(enrol("Wilma"), is_checked=False)
    asked(waiting)
    alice, charlie = signed_in(cast.alice), signed_in(cast.charlie)
    for path, name in (
        ("", "Tom Tester"),
        ("offers/", "Hanna"),
        ("requests/", "Wilma"),
        ("references/", "Wilma"),
    ):
        page = alice.get(f"/desk/hosting/{path}").content.decode()
        assert name in page, path
        assert "Secret Lane" not in page
        assert name not in charlie.get(f"/desk/hosting/{path}").content.decode(), path
    for path in (f"{stay.pk}/", f"references/{waiting.pk}/"):
        assert alice.get(f"/desk/hosting/{path}").status_code == 200
        assert charlie.get(f"/desk/hosting/{path}").status_code == 404
    assert "Rita Reed" in alice.get(f"/desk/hosting/references/{waiting.pk}/").content.decode()
    assert AuditEntry.objects.filter(verb="looked at references").count() == 2
    assert charlie.post(f"/desk/hosting/references/{waiting.pk}/").status_code == 404
    assert HostingDetails.objects.get(pk=waiting.pk).checked_at is None
    alice.post(f"/desk/hosting/references/{waiting.pk}/")
    assert HostingDetails.objects.get(pk=waiting.pk).checked_at is not None


def test_matching_from_the_desk_is_for_ones_own_places(
    cast: Cast, hanna: Volunteer, tom: Volunteer, enrol: Enrol
) -> None:
    """Charlie's press proposes nothing in Barset East; Alice's does."""
    offered(hanna)
    asked(tom)
    signed_in(cast.charlie).post("/desk/hosting/match/")
    assert not Stay.objects.exists()
    answer = signed_in(cast.alice).post("/desk/hosting/match/", follow=True)
    assert "1 bed was proposed. 0 have none; nobody could place more than 1." in answer.content.decode()
    assert Stay.objects.count() == 1


def test_an_overdue_check_in_is_on_the_desks_home(cast: Cast, hanna: Volunteer, tom: Volunteer) -> None:
    """For Alice; not for Charlie."""
    from hustings.accounts.access import Right, scope_of
    from hustings.volunteers.hosting.queries import attention
    from hustings.volunteers.hosting.usecases.answer_proposal import accept_stay

    offered(hanna)
    asked(tom)
    (stay,) = propose_stays(now=NOW).stays
    for volunteer in (hanna, tom):
        accept_stay(stay=stay, volunteer=volunteer, now=NOW)
    late = NOW + timedelta(days=11)

    def told(user: Any) -> list[str]:
        scope = scope_of(user=user, right=Right.EDIT_VOLUNTEERS, on=late.date())
        return [one.text for one in attention(scope=scope, now=late)]

    assert told(cast.alice) == ["1 traveller has not checked in. Ring them, then their host."]
    assert told(cast.charlie) == []
