"""What a volunteer sees: the link that answers with a tap, their own shifts, and checking in and out."""

import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hustings.support.models import Answer, Ask, CheckIn, CoverClaim, CoverPeriod, HandOverNote
from hustings.support.queries import rota_of
from hustings.support.queries.answers import answer_link
from hustings.support.usecases.activate_place import activate_place
from hustings.support.usecases.check_in import tend_check_ins
from hustings.support.usecases.close_cover import close_cover
from hustings.support.usecases.take_shift import take_shift
from hustings.support.usecases.tend_cover import tend_cover
from hustings.volunteers.models import Volunteer
from hustings.volunteers.pages.way_in import SESSION_KEY
from tests.cast import Cast
from tests.support.cover import make_course, make_venue, make_volunteer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> None:
    settings.HUSTINGS_HOME = tmp_path


@pytest.fixture
def period(cast: Cast, now: datetime) -> CoverPeriod:
    """Barchester's suite is active, and two people near it were asked."""
    make_volunteer(1, area=cast.east, hours=3)
    make_volunteer(2, area=cast.east)
    found = activate_place(
        venue=make_venue(area=cast.east), reason="Friends wait here", by=cast.alice, now=now, minimum=1,
        meeting_point="The bench",
    )  # fmt: skip
    tend_cover(now=now)
    return found


def as_volunteer(volunteer: Volunteer) -> Client:
    """A browser that this volunteer has come in with."""
    client = Client()
    session = client.session
    session[SESSION_KEY] = str(volunteer.public_id)
    session.save()
    return client


def test_looking_changes_nothing_and_a_tap_takes_a_shift(
    cast: Cast, period: CoverPeriod, client: Client, now: datetime
) -> None:
    ask, address = Ask.objects.all()[0], answer_link(ask=Ask.objects.all()[0])
    page = client.get(address)
    assert page.status_code == 200
    assert page["Cache-Control"]
    assert "I can do 10am–noon" in page.content.decode()
    assert "The bench" not in page.content.decode()
    assert CoverClaim.objects.count() == 0
    first, second = [row.shift for row in rota_of(period=period)][:2]
    tapped = client.post(address, {"do": f"shift-{first.pk}"})
    assert (tapped.status_code, tapped["Location"]) == (303, address)
    client.post(address, {"do": f"shift-{first.pk}"})
    assert CoverClaim.objects.count() == 1
    page = client.get(address).content.decode()
    assert "You come" in page
    assert "The bench" in page
    full = client.post(address, {"do": f"shift-{second.pk}"})
    assert full.status_code == 409
    assert "3 hours a week" in full.content.decode()
    client.post(address, {"do": f"back-{CoverClaim.objects.get().pk}"})
    assert CoverClaim.objects.get().ended_at == now
    ask.refresh_from_db()
    assert ask.answer == Answer.YES


def test_not_today_is_a_tap_and_may_be_thought_better_of(period: CoverPeriod, client: Client) -> None:
    ask = Ask.objects.all()[1]
    address = answer_link(ask=ask)
    client.post(address, {"do": "not_today"})
    ask.refresh_from_db()
    assert ask.answer == Answer.NOT_TODAY
    page = client.get(address).content.decode()
    assert "not asked again today" in page
    client.post(address, {"do": f"shift-{rota_of(period=period)[0].shift.pk}"})
    ask.refresh_from_db()
    assert ask.answer == Answer.YES


def test_a_link_answers_for_nobody_else_and_nonsense_does_nothing(
    cast: Cast, period: CoverPeriod, client: Client, now: datetime
) -> None:
    one, two = Ask.objects.all()
    claim = take_shift(shift=rota_of(period=period)[0].shift, volunteer=two.volunteer, now=now)
    far = make_venue(area=cast.west, reference="2")
    far.latitude += 1
    far.save()
    other = activate_place(venue=far, reason="Else", by=cast.admin, now=now, minimum=1)
    for pressed in (f"back-{claim.pk}", f"shift-{rota_of(period=other)[0].shift.pk}", "shift-x", "", "x"):
        assert client.post(answer_link(ask=one), {"do": pressed}).status_code == 303
    claim.refresh_from_db()
    assert claim.ended_at is None
    assert CoverClaim.objects.count() == 1
    assert client.get("/cover/1:nonsense/").status_code == 404
    assert client.get(answer_link(ask=one)[:-3] + "/").status_code == 404


def test_the_link_offers_what_is_open_near_by_too_and_one_ask_serves_several_places(
    cast: Cast, period: CoverPeriod, client: Client, now: datetime
) -> None:
    one, two = Ask.objects.all()
    for row in rota_of(period=period):
        take_shift(shift=row.shift, volunteer=two.volunteer, now=now)
    other = activate_place(
        venue=make_venue(area=cast.west, reference="2", name="Other suite"), reason="Else", by=cast.admin, now=now,
        minimum=1, required_course="",
    )  # fmt: skip
    address, shift = answer_link(ask=one), rota_of(period=other)[0].shift
    page = client.get(address).content.decode()
    assert "Everybody who is needed there has been found" in page
    assert "I can do 10am–noon at Other suite" in page
    assert client.post(address, {"do": f"shift-{shift.pk}"}).status_code == 303
    claim = CoverClaim.objects.get(shift=shift, volunteer=one.volunteer)
    page = client.get(address).content.decode()
    assert "You also come to" in page
    assert "I can do 10am–noon at Other suite" not in page
    assert "at Other suite" not in page, "three hours a week are their own limit"
    client.post(address, {"do": f"back-{claim.pk}"})
    claim.refresh_from_db()
    assert claim.end_reason == "taken_back"


def test_the_link_offers_no_place_that_asks_for_training_they_lack(
    cast: Cast, period: CoverPeriod, client: Client, now: datetime
) -> None:
    activate_place(
        venue=make_venue(area=cast.west, reference="2", name="Other suite"), reason="Else", by=cast.admin, now=now,
        minimum=1, required_course=make_course().slug,
    )  # fmt: skip
    assert "Other suite" not in client.get(answer_link(ask=Ask.objects.all()[0])).content.decode()


def test_when_it_is_quiet_the_link_thanks(
    cast: Cast, period: CoverPeriod, client: Client, now: datetime
) -> None:
    close_cover(period=period, by=cast.alice, now=now)
    page = client.get(answer_link(ask=Ask.objects.all()[0])).content.decode()
    assert "nobody is needed any more" in page


def test_my_shifts_hand_over_and_give_back(cast: Cast, period: CoverPeriod, now: datetime) -> None:
    mine, other = (ask.volunteer for ask in Ask.objects.all())
    claim = take_shift(shift=rota_of(period=period)[1].shift, volunteer=mine, now=now)
    address = reverse("support:my_cover")
    assert Client().get(address).status_code == 302
    bob, charlie = as_volunteer(mine), as_volunteer(other)
    assert "Barchester Custody Suite" in bob.get(address).content.decode()
    assert "Barchester Custody Suite" not in charlie.get(address).content.decode()
    charlie.post(address, {"claim": str(claim.pk), "back": "1"})
    claim.refresh_from_db()
    assert claim.ended_at is None
    refused = bob.post(address, {"claim": str(claim.pk), "text": "He is accused of it"})
    assert refused.status_code == 422
    assert "He is accused of it" in refused.content.decode()
    bob.post(address, {"claim": str(claim.pk), "text": "The side door is open"})
    assert HandOverNote.objects.get().by_volunteer == mine
    bob.post(address, {"claim": str(claim.pk), "back": "1"})
    claim.refresh_from_db()
    assert claim.end_reason == "taken_back"


def test_out_and_back_on_a_bad_line(cast: Cast, now: datetime) -> None:
    volunteer, address = make_volunteer(1, area=cast.east), reverse("support:check_in")
    assert Client().get(address).status_code == 302
    phone = as_volunteer(volunteer)
    page = phone.get(address)
    assert 'href="tel:999"' in page.content.decode()
    assert len(page.content) < 14_000
    out = {"do": "out", "whereabouts": "Mill Lane", "minutes": "60", "form_key": str(uuid.uuid4())}
    assert phone.post(address, {**out, "whereabouts": ""}).status_code == 422
    assert phone.post(address, out).status_code == 303
    assert phone.post(address, out).status_code == 303
    row = CheckIn.objects.get()
    assert row.due_at == now + timedelta(hours=1)
    again = phone.post(address, {**out, "form_key": str(uuid.uuid4())})
    assert "You are checked in until" in again.content.decode()
    phone.post(address, {"do": "longer"})
    row.refresh_from_db()
    assert row.due_at == now + timedelta(minutes=90)
    assert "We expect you back at 11:30am" in phone.get(address).content.decode()
    phone.post(address, {"do": "back"})
    phone.post(address, {"do": "back"})
    row.refresh_from_db()
    assert row.ended_at == now
    assert "Where you were is forgotten" in phone.get(f"{address}?back").content.decode()


def test_ones_own_page_leads_to_both(cast: Cast) -> None:
    page = as_volunteer(make_volunteer(1, area=cast.east)).get(reverse("volunteers:home")).content.decode()
    for name in ("my_cover", "check_in"):
        assert f'href="{reverse(f"support:{name}")}"' in page


def test_who_is_looked_for_is_told_so(cast: Cast, now: datetime) -> None:
    volunteer, address = make_volunteer(1, area=cast.east), reverse("support:check_in")
    phone = as_volunteer(volunteer)
    phone.post(
        address, {"do": "out", "whereabouts": "Mill Lane", "minutes": "30", "form_key": str(uuid.uuid4())}
    )
    tend_check_ins(now=now + timedelta(minutes=51))
    assert "somebody is looking for you" in phone.get(address).content.decode()
