"""A bed for the night is asked of the hosts near a case, who learn nothing of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from hustings.accounts.models import Organisation
from hustings.postroom.models import Message
from hustings.support.models import Case
from hustings.support.usecases.ask_bed import NoBedAsked, ask_bed, point_of_case
from hustings.support.usecases.open_case import CaseFacts, open_case
from hustings.volunteers.models import HostingDetails, HostOffer
from tests.cast import Cast, signed_in
from tests.conftest import NOW
from tests.support.cover import LAT, LON, make_venue, make_volunteer

pytestmark = pytest.mark.django_db


def make_case(cast: Cast, **changes: Any) -> Case:
    facts = CaseFacts(kind="stranded", basis="consent", called_name="Fay", needs="A bed; she uses insulin")
    return open_case(facts=facts, team=[], by=cast.alice, now=NOW, **changes)


def make_host(cast: Cast) -> HostOffer:
    host = make_volunteer(1, area=cast.east)
    HostingDetails.objects.create(
        volunteer=host,
        reference_one="R",
        reference_two="O",
        emergency_contact="S",
        given_at=NOW,
        checked_at=NOW,
    )
    return HostOffer.objects.create(
        volunteer=host, latitude=LAT, longitude=LON, available_from=NOW.date(), beds=1, address="1 Secret Lane",
        available_until=NOW.date() + timedelta(days=9), made_at=NOW,
    )  # fmt: skip


def test_hosts_near_the_place_are_asked_and_learn_nothing(cast: Cast) -> None:
    Organisation.objects.update(phone="01632 960001")
    make_host(cast)
    case = make_case(cast, venue=make_venue(area=cast.east))
    address = reverse("support_desk:bed", args=[case.pk])
    assert signed_in(cast.alice).post(address, {"nights": "2", "postcode": ""}).status_code == 302
    message = Message.objects.get()
    assert "01632 960001" in str(message.fields)
    for word in ("Fay", "insulin", "Custody"):
        assert word not in str(message.fields)
    assert "Vera1 Tester (less than 1 km)" in case.notes.get().text


def test_without_a_place_a_number_or_a_host_it_says_so(cast: Cast) -> None:
    case = make_case(cast)
    Organisation.objects.update(phone="", email="")
    with pytest.raises(NoBedAsked) as refusal:
        ask_bed(case=case, nights=1, by=cast.alice, now=NOW)
    assert refusal.value.code == "nowhere"
    assert point_of_case(case=case) is None
    case = make_case(cast, venue=make_venue(area=cast.east))
    with pytest.raises(NoBedAsked) as refusal:
        ask_bed(case=case, nights=1, by=cast.alice, now=NOW)
    assert refusal.value.code == "no_contact"
    Organisation.objects.update(phone="01632 960001")
    assert ask_bed(case=case, nights=1, by=cast.alice, now=NOW) == 0
    assert "no host has a bed free" in case.notes.get().text
    with pytest.raises(NoBedAsked) as refusal:
        ask_bed(case=case, nights=1, by=cast.alice, now=NOW, postcode="ZZ9 9ZZ")
    assert refusal.value.code == "postcode"
