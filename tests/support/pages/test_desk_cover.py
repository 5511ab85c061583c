"""Cover on the desk: places, rotas, calls and settings, for those who look after the place and for nobody else."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hustings.places.models import Area, Venue
from hustings.platform.models import AuditEntry
from hustings.postroom.models import Message
from hustings.support.models import Answer, Ask, CallOutSettings, CoverClaim, CoverPeriod
from hustings.support.queries import attention, rota_of
from hustings.support.usecases.activate_place import activate_place
from hustings.support.usecases.take_shift import take_shift
from hustings.support.usecases.tend_cover import tend_cover
from tests.cast import Cast, signed_in
from tests.support.cover import LAT, LON, make_venue, make_volunteer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> None:
    settings.HUSTINGS_HOME = tmp_path


@pytest.fixture
def period(cast: Cast, now: datetime) -> CoverPeriod:
    """Barchester's suite is active, and three people near it were asked."""
    for number in range(3):
        make_volunteer(number, area=cast.east)
    found = activate_place(
        venue=make_venue(area=cast.east), reason="Friends wait here", by=cast.alice, now=now, minimum=1
    )
    tend_cover(now=now)
    return found


def test_charlie_sees_nothing_of_alices_places_and_cover(cast: Cast, period: CoverPeriod) -> None:
    ask, shift = Ask.objects.all()[0], period.shifts.all()[0]
    addresses = [
        reverse("support_desk:place", args=[period.venue_id]),
        reverse("support_desk:activate", args=[period.venue_id]),
        *(
            reverse(f"support_desk:{name}", args=[period.pk])
            for name in ("cover", "close", "text", "calls", "tree")
        ),
        reverse("support_desk:shift", args=[shift.pk]),
        reverse("support_desk:answer", args=[ask.pk]),
    ]
    alice, charlie, bob = (signed_in(user) for user in (cast.alice, cast.charlie, cast.bob))
    for address in addresses:
        assert alice.get(address).status_code == 200, address
        assert charlie.get(address).status_code == 404, address
        assert bob.get(address).status_code == 403, address
    note = reverse("support_desk:note", args=[period.pk])
    assert charlie.post(note, {"text": "x"}).status_code == 404
    assert alice.post(note, {"text": "The side door is open"}).status_code == 302
    for name in ("places", "cover_list"):
        words = period.venue.name
        assert words in alice.get(reverse(f"support_desk:{name}")).content.decode()
        assert words not in charlie.get(reverse(f"support_desk:{name}")).content.decode()


def test_a_rota_shows_its_gaps_in_red_and_in_words(cast: Cast, period: CoverPeriod, now: datetime) -> None:
    address = reverse("support_desk:cover", args=[period.pk])
    page = signed_in(cast.alice).get(address).content.decode()
    assert "From 10am to 10pm (30 March 2026) one person is missing." in page
    assert "h-badge--bad" in page
    for row in rota_of(period=period):
        take_shift(shift=row.shift, volunteer=Ask.objects.all()[0].volunteer, now=now)
    page = signed_in(cast.alice).get(address).content.decode()
    assert "No gap" in page
    assert "h-badge--bad" not in page
    assert "Vera0 Tester" in page


def test_a_place_is_added_made_active_and_closed_on_the_desk(cast: Cast, now: datetime) -> None:
    Area.objects.filter(pk=cast.east.pk).update(lat=LAT, lon=LON)
    volunteer = make_volunteer(1, area=cast.east)
    alice = signed_in(cast.alice)
    values = {"kind": "hospital", "name": "Barset Infirmary", "latitude": str(LAT), "longitude": str(LON)}
    assert alice.post(reverse("support_desk:add_place"), values).status_code == 302
    venue = Venue.objects.get()
    assert venue.area == cast.east
    refused = alice.post(
        reverse("support_desk:add_place"), {**values, "latitude": "54.6", "longitude": "-5.93"}
    )
    assert refused.status_code == 422
    assert "in Ireland" in refused.content.decode()
    assert "Barset Infirmary" in refused.content.decode()
    elsewhere = signed_in(cast.charlie).post(reverse("support_desk:add_place"), values)
    assert "does not lie in the places you look after" in elsewhere.content.decode()
    activate = reverse("support_desk:activate", args=[venue.pk])
    words = {"reason": "He is accused of things", "minimum": "1", "meeting_point": "", "required_course": ""}
    page = alice.post(activate, words)
    assert page.status_code == 422
    assert "leave out what anybody is alleged to have done" in page.content.decode()
    assert alice.post(activate, {**words, "reason": "People wait"}).status_code == 302
    period = CoverPeriod.objects.get()
    assert list(period.asks.values_list("volunteer", flat=True)) == [volunteer.pk]
    assert alice.post(activate, {**words, "reason": "Again"}).status_code == 422
    assert alice.post(reverse("support_desk:close", args=[period.pk])).status_code == 302
    period.refresh_from_db()
    assert not period.is_open


def test_somebody_is_rung_and_what_they_said_is_written_down(
    cast: Cast, period: CoverPeriod, now: datetime
) -> None:
    alice = signed_in(cast.alice)
    page = alice.get(reverse("support_desk:calls", args=[period.pk])).content.decode()
    assert 'href="tel:07700900000"' in page
    first, second, third = Ask.objects.order_by("pk")
    shift = rota_of(period=period)[0].shift
    assert (
        alice.post(
            reverse("support_desk:answer", args=[first.pk]), {"answer": f"shift-{shift.pk}"}
        ).status_code
        == 302
    )
    assert CoverClaim.objects.get().volunteer == first.volunteer
    alice.post(reverse("support_desk:answer", args=[second.pk]), {"answer": "not_today"})
    alice.post(reverse("support_desk:answer", args=[third.pk]), {"answer": "no_reply"})
    assert list(Ask.objects.order_by("pk").values_list("answer", flat=True)) == [
        Answer.YES, Answer.NOT_TODAY, Answer.NO_REPLY,
    ]  # fmt: skip
    page = alice.get(reverse("support_desk:calls", args=[period.pk])).content.decode()
    assert "Vera2" in page
    assert "Vera0" not in page
    assert (
        alice.post(reverse("support_desk:answer", args=[third.pk]), {"answer": "nonsense"}).status_code == 422
    )


def test_the_phone_tree_is_for_paper_and_noted(cast: Cast, period: CoverPeriod) -> None:
    page = signed_in(cast.alice).get(reverse("support_desk:tree", args=[period.pk])).content.decode()
    assert "the office" in page
    assert "07700 900002" in page
    assert AuditEntry.objects.get(verb="exported").detail == {"what": "phone tree", "people": 3}


def test_a_shift_wants_more_or_loses_somebody(cast: Cast, period: CoverPeriod, now: datetime) -> None:
    alice, shift = signed_in(cast.alice), rota_of(period=period)[1].shift
    address = reverse("support_desk:shift", args=[shift.pk])
    claim = take_shift(shift=shift, volunteer=Ask.objects.all()[0].volunteer, now=now)
    assert alice.post(address, {"minimum": "99"}).status_code == 422
    assert alice.post(address, {"minimum": "3"}).status_code == 302
    shift.refresh_from_db()
    assert shift.minimum == 3
    alice.post(address, {"off": str(claim.pk)})
    claim.refresh_from_db()
    assert claim.end_reason == "taken_back"


def test_those_on_the_rota_are_written_to_after_parts_and_cost_were_shown(
    cast: Cast, period: CoverPeriod, now: datetime, settings: Any
) -> None:
    alice, address = signed_in(cast.alice), reverse("support_desk:text", args=[period.pk])
    settings.HUSTINGS_TEXT_PROVIDER = "https://texts.example/"
    take_shift(shift=rota_of(period=period)[1].shift, volunteer=Ask.objects.all()[0].volunteer, now=now)
    before = Message.objects.count()
    page = alice.post(address, {"text": "Bring a coat"}).content.decode()
    assert "£0.04" in page
    assert Message.objects.count() == before
    assert alice.post(address, {"text": "Bring a coat", "send": "1"}).status_code == 302
    message = Message.objects.latest("pk")
    assert (message.channel, message.template, message.parts) == ("sms", "support/note", 1)
    refused = alice.post(address, {"text": "He was charged with it"})
    assert refused.status_code == 422
    assert "He was charged with it" in refused.content.decode()


def test_settings_are_open_to_all_who_see_cover_and_changed_for_everybody_at_once(cast: Cast) -> None:
    address = reverse("support_desk:settings")
    values = {
        "rings": "3 5\n9 10", "asks_a_place": "2", "most_asks_a_day": "3",
        "rest_minutes": "60", "shift_minutes": "120", "ahead_hours": "8",
        "required_course": "",
    }  # fmt: skip
    assert "5 10" in signed_in(cast.alice).get(address).content.decode()
    assert signed_in(cast.alice).post(address, values).status_code == 403
    agent = signed_in(cast.agent)
    assert agent.post(address, {**values, "rings": "9 5\n3 10"}).status_code == 422
    page = agent.post(address, {**values, "rings": "near"})
    assert "“near” is not a ring" in page.content.decode()
    assert agent.post(address, values).status_code == 302
    assert CallOutSettings.objects.get().most_asks_a_day == 3
    assert CallOutSettings.objects.get().rings == [{"km": 3.0, "minutes": 5}, {"km": 9.0, "minutes": 10}]


def test_a_sheet_comes_in_with_its_refused_rows_shown(cast: Cast) -> None:
    admin, address = signed_in(cast.admin), reverse("support_desk:sheet")
    empty = admin.get(reverse("support_desk:template"))
    headings = empty.content.decode("utf-8-sig").strip()
    assert headings.startswith("kind,name,address,postcode,latitude,longitude")
    rows = "custody suite,Barchester Custody Suite,,,53.48,-2.24,,,,\nhospital,Belfast,,,54.6,-5.93,,,,\n"
    file = SimpleUploadedFile("places.csv", f"{headings}\n{rows}".encode())
    page = admin.post(address, {"file": file}).content.decode()
    assert "in Ireland" in page
    assert Venue.objects.get().name == "Barchester Custody Suite"
    assert admin.post(address, {"file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")}).status_code == 422
    assert admin.post(address, {"file": SimpleUploadedFile("x.xlsx", b"nothing")}).status_code == 422
    assert signed_in(cast.alice).get(address).status_code == 403


def test_the_home_names_places_with_gaps(cast: Cast, period: CoverPeriod, now: datetime) -> None:
    from hustings.accounts.access import Right, scope_of

    for user, count in ((cast.alice, 1), (cast.charlie, 0)):
        scope = scope_of(user=user, right=Right.SEE_COVER, on=now.date())
        assert len(attention(scope=scope, now=now)) == count
    for row in rota_of(period=period):
        take_shift(shift=row.shift, volunteer=Ask.objects.all()[0].volunteer, now=now)
    scope = scope_of(user=cast.alice, right=Right.SEE_COVER, on=now.date())
    assert attention(scope=scope, now=now + timedelta(minutes=1)) == []
