"""Cases on the desk: the team sees them, and not an organiser of the same place, not an administrator."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from hustings.accounts.models import Role
from hustings.support.models import Case, CaseState, CaseView, DutyTurn
from hustings.support.usecases.activate_place import activate_place
from hustings.support.usecases.open_case import CaseFacts, open_case
from tests.cast import Cast, make_user, signed_in
from tests.support.cover import make_venue

pytestmark = pytest.mark.django_db

OPENING = {
    "kind": "held", "called_name": "Fay", "phone": "07700 900123", "whereabouts": "Barchester", "needs": "Insulin",
    "tell_whom": "", "next_step": "Ring the desk sergeant", "within": "15", "basis": "consent", "basis_note": "",
    "delete_on": "2026-04-29",
}  # fmt: skip


@pytest.fixture
def case(cast: Cast, now: datetime) -> Case:
    """A case of Alice's."""
    return open_case(
        facts=CaseFacts(kind="held", basis="consent", called_name="Fay", needs="Insulin at six"),
        team=[], by=cast.alice, now=now, area=cast.east,
    )  # fmt: skip


def test_nobody_outside_the_team_reaches_a_case_by_any_address(cast: Cast, case: Case) -> None:
    neighbour = make_user(name="Nia", role=Role.ORGANISER, area=cast.east)
    due = case.follow_ups.all()[0]
    pages = [
        *(reverse(f"support_desk:{name}", args=[case.pk]) for name in (
            "case", "case_note", "step", "bed", "team", "close_case", "keep_case", "delete_case",
        )),
        reverse("support_desk:follow_up", args=[case.pk, due.pk]),
    ]  # fmt: skip
    for address in pages:
        assert signed_in(cast.alice).get(address).status_code == 200, address
        for other in (neighbour, cast.charlie, cast.admin, cast.agent):
            assert signed_in(other).get(address).status_code == 404, (address, other)
            assert signed_in(other).post(address, {}).status_code in {404, 405}, (address, other)
        assert signed_in(cast.bob).get(address).status_code == 403
    leave = reverse("support_desk:leave_case", args=[case.pk])
    assert signed_in(neighbour).post(leave).status_code == 404
    assert signed_in(cast.alice).post(leave).status_code == 302
    assert Case.objects.count() == 1
    assert "Fay" not in signed_in(neighbour).get(reverse("support_desk:cases")).content.decode()
    assert CaseView.objects.filter(was_let_in=False, user=neighbour).exists()


def test_a_second_factor_is_asked_for(cast: Cast, case: Case) -> None:
    bare = make_user(name="Una", role=Role.ORGANISER, area=cast.east, has_second_factor=False)
    response = signed_in(bare).get(reverse("support_desk:cases"))
    assert (response.status_code, response["Location"]) == (302, reverse("mfa_index"))


def test_call_999_stands_on_every_page(cast: Cast, case: Case) -> None:
    alice = signed_in(cast.alice)
    addresses = [reverse("support_desk:cases"), reverse("support_desk:open_case")]
    names = ("case", "case_note", "step", "team", "close_case", "keep_case")
    addresses += [reverse(f"support_desk:{name}", args=[case.pk]) for name in names]
    for address in addresses:
        assert 'href="tel:999"' in alice.get(address).content.decode(), address


def test_a_case_is_opened_by_telephone_and_worked_on_to_its_end(cast: Cast, now: datetime) -> None:
    alice, opening = signed_in(cast.alice), reverse("support_desk:open_case")
    assert "Never write what anybody is alleged to have done" in alice.get(opening).content.decode()
    flagged = alice.post(opening, {**OPENING, "needs": "She was arrested for something"})
    assert flagged.status_code == 422
    page = flagged.content.decode()
    assert "“arrested for”" in page
    assert "I have read it again" in page
    assert "She was arrested for something" in page
    assert alice.post(opening, {**OPENING, "delete_on": "2028-01-01"}).status_code == 422
    assert alice.post(opening, {**OPENING, "phone": "12"}).status_code == 422
    assert alice.post(opening, {**OPENING, "team": [str(cast.agent.pk)]}).status_code == 302
    case = Case.objects.get()
    assert {member.user for member in case.members.all()} == {cast.alice, cast.agent}
    assert case.next_step_due_at == now + timedelta(minutes=15)

    def post(name: str, values: dict[str, Any], *args: int) -> int:
        return alice.post(reverse(f"support_desk:{name}", args=[case.pk, *args]), values).status_code

    assert post("case_note", {"text": "He was convicted"}) == 422
    assert post("case_note", {"text": "Her sister knows"}) == 302
    assert (
        post("step", {"done": "Rang", "step": "Bring insulin", "within": "60", "whose": str(cast.agent.pk)})
        == 302
    )
    day, week = case.follow_ups.all()
    assert post("follow_up", {"outcome": "Tired"}, day.pk) == 302
    assert post("follow_up", {"outcome": ""}, week.pk) == 422
    assert post("team", {"user": str(cast.charlie.pk)}) == 302
    assert signed_in(cast.charlie).get(reverse("support_desk:case", args=[case.pk])).status_code == 200
    assert post("keep_case", {"delete_on": "2026-05-20", "why": "Still in hospital"}) == 302
    assert post("keep_case", {"delete_on": "2026-12-24", "why": "x"}) == 422
    page = alice.get(reverse("support_desk:case", args=[case.pk])).content.decode()
    for words in ("Insulin", "Bring insulin", "Her sister knows", "Tired", "20 May 2026", "Charlie"):
        assert words in page
    assert post("close_case", {"outcome": "She is home"}) == 302
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED
    assert post("delete_case", {}) == 302
    assert Case.objects.count() == 0
    assert alice.get(reverse("support_desk:case", args=[case.pk])).status_code == 404


def test_a_case_may_be_at_a_place_that_is_active_and_ones_own(cast: Cast, now: datetime) -> None:
    venue = make_venue(area=cast.east)
    activate_place(venue=venue, reason="Friends wait", by=cast.alice, now=now)
    address = reverse("support_desk:open_case")
    assert venue.name in signed_in(cast.alice).get(address).content.decode()
    assert venue.name not in signed_in(cast.charlie).get(address).content.decode()
    assert signed_in(cast.charlie).post(address, {**OPENING, "venue": str(venue.pk)}).status_code == 302
    assert Case.objects.get().venue is None
    assert signed_in(cast.alice).post(address, {**OPENING, "venue": str(venue.pk)}).status_code == 302
    assert Case.objects.latest("pk").area == cast.east


def test_duty_is_a_press(cast: Cast) -> None:
    alice, address = signed_in(cast.alice), reverse("support_desk:duty")
    alice.post(address)
    assert DutyTurn.objects.get(ended_at=None).user == cast.alice
    assert "You are on duty" in alice.get(reverse("support_desk:cases")).content.decode()
    alice.post(address)
    assert not DutyTurn.objects.filter(ended_at=None).exists()
    assert signed_in(cast.bob).post(address).status_code == 403
