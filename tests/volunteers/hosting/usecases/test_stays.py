"""From an offer and a request to a stay, and what happens when somebody says no, leaves, or it is long over."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from hustings.accounts.access import Right, users_with
from hustings.basics.clock import UK
from hustings.basics.refusals import Refusal
from hustings.elections.models import Contest, Election
from hustings.postroom.models import Message
from hustings.volunteers import personal_data
from hustings.volunteers.hosting.queries import priority_of, silent_stays, subject_of
from hustings.volunteers.hosting.rules.free_beds import TooManyGuests, free_spans
from hustings.volunteers.hosting.usecases.answer_proposal import ProposalClosed, accept_stay, decline_stay
from hustings.volunteers.hosting.usecases.ask_after_stays import (
    remind_of_check_ins,
    tell_of_missed_check_ins,
)
from hustings.volunteers.hosting.usecases.ask_for_bed_tonight import ask_for_bed_tonight
from hustings.volunteers.hosting.usecases.ask_for_stay import withdraw_request
from hustings.volunteers.hosting.usecases.check_in import NotYet, check_in, want_to_leave
from hustings.volunteers.hosting.usecases.erase_old_stays import erase_old_stays
from hustings.volunteers.hosting.usecases.give_details import give_details
from hustings.volunteers.hosting.usecases.offer_beds import withdraw_offer
from hustings.volunteers.hosting.usecases.propose_stays import propose_stays
from hustings.volunteers.models import (
    HostingDetails,
    HostOffer,
    Report,
    ReportState,
    Stay,
    StayRequest,
    StayState,
    Volunteer,
)
from hustings.volunteers.usecases.leave import leave
from tests.cast import Cast
from tests.conftest import NOW
from tests.volunteers.conftest import Enrol
from tests.volunteers.hosting.conftest import FIRST, TODAY, asked, offered, vouch

pytestmark = pytest.mark.django_db


def _mail() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("address", "template"))


def _agreed(hanna: Volunteer, tom: Volunteer) -> Stay:
    (stay,) = propose_stays(now=NOW).stays
    accept_stay(stay=stay, volunteer=hanna, now=NOW)
    return accept_stay(stay=stay, volunteer=tom, now=NOW)


def test_a_match_is_proposed_to_both(hanna: Volunteer, tom: Volunteer) -> None:
    """A message to each with a link and no address; asked again, nobody is proposed twice."""
    offered(hanna)
    asked(tom)
    found = propose_stays(now=NOW)
    assert (len(found.stays), found.without_bed, found.bound) == (1, 0, 1)
    assert {address for address, _template in _mail()} == {"hanna@barset.example", "tom@barset.example"}
    for message in Message.objects.all():
        assert "Secret Lane" not in str(message.__dict__)
    assert propose_stays(now=NOW).stays == ()


def test_it_is_settled_when_both_have_said_yes(hanna: Volunteer, tom: Volunteer) -> None:
    """One yes is not enough; after both nobody can answer again."""
    offered(hanna)
    asked(tom)
    (stay,) = propose_stays(now=NOW).stays
    assert accept_stay(stay=stay, volunteer=tom, now=NOW).state == StayState.PROPOSED
    assert not Stay.objects.get().is_open_to_both
    assert accept_stay(stay=stay, volunteer=hanna, now=NOW).state == StayState.AGREED
    assert Stay.objects.get().is_open_to_both
    with pytest.raises(ProposalClosed):
        decline_stay(stay=stay, now=NOW)


def test_a_no_looks_for_somebody_else_at_once(hanna: Volunteer, tom: Volunteer, enrol: Enrol) -> None:
    """The next host is proposed; the two are never put together again."""
    offered(hanna)
    asked(tom)
    (stay,) = propose_stays(now=NOW).stays
    decline_stay(stay=stay, now=NOW)
    assert not Stay.objects.filter(state=StayState.PROPOSED).exists()
    offered(vouch(enrol("Henry")))
    (again,) = propose_stays(now=NOW).stays
    assert str(again.offer.volunteer.person.given_name) == "Henry"
    decline_stay(stay=again, now=NOW)
    assert propose_stays(now=NOW).stays == ()


def test_who_is_not_matched(hanna: Volunteer, tom: Volunteer, enrol: Enrol) -> None:
    """Without references that were followed up; against a hard need; too far; with oneself; on taken nights."""
    offered(hanna)
    asked(hanna)
    asked(vouch(enrol("Una"), is_checked=False))
    asked(tom, needs=["step_free"])
    asked(tom, place="ZZ3 3AA")
    assert propose_stays(now=NOW).stays == ()
    HostOffer.objects.update(asks=["woman"])
    asked(tom)
    assert propose_stays(now=NOW).stays == ()
    HostOffer.objects.update(asks=[])
    assert len(propose_stays(now=NOW).stays) == 1
    asked(vouch(enrol("Ugo")), arrive_on=FIRST + timedelta(days=2), leave_on=FIRST + timedelta(days=5))
    assert propose_stays(now=NOW).stays == ()


def test_the_seat_that_needs_its_travellers_goes_first(
    hanna: Volunteer, tom: Volunteer, enrol: Enrol, cast: Cast
) -> None:
    """Priority follows the last majority: 2, 5 and 10 per cent."""
    election = Election.objects.create(
        pk="parl.2024-07-04", kind="parl", title="General", poll_on=TODAY.replace(year=2024)
    )
    contest = Contest.objects.create(
        election=election, ballot_id="b", area=cast.east, area_name="East", majority=15, valid_votes=1000
    )
    for majority, priority in ((15, 3), (40, 2), (100, 1), (300, 0)):
        contest.majority = majority
        contest.save()
        assert priority_of(seat=cast.east.pk) == priority
    assert priority_of(seat="") == 0
    offered(hanna)
    asked(tom)
    second = asked(vouch(enrol("Ida")))
    StayRequest.objects.filter(pk=second.pk).update(priority=3)
    (stay,) = propose_stays(now=NOW).stays
    assert stay.request_id == second.pk


def test_checking_in(hanna: Volunteer, tom: Volunteer) -> None:
    """On the day of arrival and again the next morning; what is overdue shows on the desk's list."""
    offered(hanna)
    asked(tom)
    stay = _agreed(hanna, tom)
    with pytest.raises(NotYet):
        check_in(stay=stay, now=NOW, today=TODAY)
    arrival = NOW + timedelta(days=10)
    assert not silent_stays(now=arrival).exists()
    assert silent_stays(now=arrival + timedelta(days=1)).exists()
    check_in(stay=stay, now=arrival, today=FIRST)
    assert not silent_stays(now=arrival + timedelta(days=1)).exists()
    with pytest.raises(NotYet, match="tomorrow"):
        check_in(stay=stay, now=arrival, today=FIRST)
    assert silent_stays(now=arrival + timedelta(days=2)).exists()
    check_in(stay=stay, now=arrival, today=FIRST + timedelta(days=1))
    assert not silent_stays(now=arrival + timedelta(days=2)).exists()


def test_a_missed_check_in_is_asked_after_and_told(hanna: Volunteer, tom: Volunteer, cast: Cast) -> None:
    """Tom is reminded in the evening and Alice told the next morning, each once; Charlie hears nothing, and no name is in it."""
    offered(hanna)
    asked(tom)
    stay = _agreed(hanna, tom)
    Message.objects.all().delete()

    def at(day: int, hour: int) -> datetime:
        return datetime(FIRST.year, FIRST.month, FIRST.day, hour, tzinfo=UK) + timedelta(days=day)

    assert remind_of_check_ins(now=at(0, 19)) == 0
    assert [remind_of_check_ins(now=at(0, 20)), remind_of_check_ins(now=at(0, 21))] == [1, 0]
    assert tell_of_missed_check_ins(now=at(1, 8)) == 0
    told = tell_of_missed_check_ins(now=at(1, 9))
    assert told == len(users_with(right=Right.EDIT_VOLUNTEERS, on=FIRST, code=cast.east.pk))
    assert tell_of_missed_check_ins(now=at(1, 10)) == 0
    assert _mail()[0] == ("tom@barset.example", "volunteers/stay_arrival_due")
    assert (cast.alice.email, "volunteers/stay_silent") in _mail()
    assert cast.charlie.email not in {address for address, _template in _mail()}
    for message in Message.objects.filter(template="volunteers/stay_silent"):
        assert not {"Tom", "Hanna", "Secret Lane"} & set(str(message.fields).replace("'", " ").split())
    stay.refresh_from_db()
    check_in(stay=stay, now=at(1, 11), today=FIRST + timedelta(days=1))
    assert remind_of_check_ins(now=at(1, 12)) == 1  # The night is asked after by itself.
    assert _mail()[-1] == ("tom@barset.example", "volunteers/stay_night_due")
    assert tell_of_missed_check_ins(now=at(2, 9)) == told
    check_in(stay=stay, now=at(2, 10), today=FIRST + timedelta(days=2))
    assert (remind_of_check_ins(now=at(2, 12)), tell_of_missed_check_ins(now=at(2, 12))) == (0, 0)


def test_who_checks_in_is_not_asked(hanna: Volunteer, tom: Volunteer) -> None:
    """Nor is anybody about a stay that was never settled, or has ended."""
    offered(hanna)
    asked(tom)
    (stay,) = propose_stays(now=NOW).stays
    late = datetime(FIRST.year, FIRST.month, FIRST.day, 22, tzinfo=UK)
    assert remind_of_check_ins(now=late) == 0
    accept_stay(stay=stay, volunteer=hanna, now=NOW)
    stay = accept_stay(stay=stay, volunteer=tom, now=NOW)
    check_in(stay=stay, now=late, today=FIRST)
    assert remind_of_check_ins(now=late) == 0
    want_to_leave(stay=stay, words="", is_unsafe=False, now=late)
    assert remind_of_check_ins(now=late + timedelta(days=1)) == 0
    assert tell_of_missed_check_ins(now=late + timedelta(days=2)) == 0


def test_somebody_wants_to_leave(hanna: Volunteer, tom: Volunteer, enrol: Enrol) -> None:
    """Another bed is proposed at once for the nights left; the host hears nothing of why; unsafe opens a report."""
    offered(hanna)
    asked(tom)
    stay = _agreed(hanna, tom)
    offered(vouch(enrol("Henry")), postcode="ZZ2 2AA")
    before = len(_mail())
    later = NOW + timedelta(days=11)
    want_to_leave(stay=stay, words="He would not let me close the door.", is_unsafe=True, now=later)
    stay.refresh_from_db()
    assert (stay.state, stay.leaving_words) == (StayState.ENDED, "He would not let me close the door.")
    again = Stay.objects.get(state=StayState.PROPOSED)
    assert again.offer.volunteer.person.given_name == "Henry"
    assert (again.arrive_on, again.leave_on) == (FIRST + timedelta(days=1), FIRST + timedelta(days=3))
    told = _mail()[before:]
    assert "hanna@barset.example" not in {address for address, _template in told}
    report = Report.objects.get()
    assert (report.subject, report.kind, report.reporter) == (subject_of(stay=stay), "danger", tom)
    with connection.cursor() as cursor:
        cursor.execute("select leaving_words from volunteers_stay where id = %s", [stay.pk])
        assert "door" not in cursor.fetchone()[0]


def test_everything_is_deleted_after_30_days(hanna: Volunteer, tom: Volunteer) -> None:
    """Stay, request, offer and details; not a day earlier."""
    offered(hanna, available_until=FIRST + timedelta(days=3))
    asked(tom)
    _agreed(hanna, tom)
    last = NOW + timedelta(days=10 + 3 + 29)
    assert erase_old_stays(now=last) == {"stays": 0, "requests": 0, "offers": 0, "details": 0}
    assert erase_old_stays(now=last + timedelta(days=1)) == {
        "stays": 1,
        "requests": 1,
        "offers": 1,
        "details": 2,
    }
    for model in (Stay, StayRequest, HostOffer, HostingDetails):
        assert not model.objects.exists()  # type: ignore[attr-defined]


def test_nothing_is_deleted_while_a_report_is_open(hanna: Volunteer, tom: Volunteer) -> None:
    """Once it is answered, the next run deletes."""
    offered(hanna)
    asked(tom)
    stay = _agreed(hanna, tom)
    want_to_leave(stay=stay, words="", is_unsafe=True, now=NOW)
    late = NOW + timedelta(days=400)
    assert erase_old_stays(now=late)["stays"] == 0
    assert HostOffer.objects.exists()
    Report.objects.update(state=ReportState.ANSWERED, answered_at=late)
    assert erase_old_stays(now=late)["stays"] == 1
    assert not HostOffer.objects.exists()


def test_an_offer_taken_back_and_a_volunteer_who_leaves(
    hanna: Volunteer, tom: Volunteer, enrol: Enrol
) -> None:
    """The traveller is told and matched anew; whoever leaves takes everything back."""
    offer = offered(hanna)
    asked(tom)
    _agreed(hanna, tom)
    henry = vouch(enrol("Henry"))
    offered(henry)
    withdraw_offer(offer=offer, now=NOW)
    stay = Stay.objects.get(state=StayState.PROPOSED)
    assert stay.offer.volunteer == henry
    assert ("tom@barset.example", "volunteers/stay_off") in _mail()
    leave(volunteer=henry, now=NOW)
    assert not Stay.objects.filter(state=StayState.PROPOSED).exists()
    withdraw_request(request=StayRequest.objects.get(), now=NOW)
    assert propose_stays(now=NOW).stays == ()


def test_addresses_references_and_contacts_are_encrypted(hanna: Volunteer) -> None:
    """As they lie in the database, none can be read."""
    offered(hanna)
    with connection.cursor() as cursor:
        cursor.execute("select address from volunteers_hostoffer")
        stored = cursor.fetchone()[0]
        cursor.execute(
            "select reference_one, reference_two, emergency_contact from volunteers_hostingdetails"
        )
        stored += "".join(cursor.fetchone())
    for word in ("Secret", "Rita", "Owen", "Sue", "ZZ1"):
        assert word not in stored


def test_no_field_for_ethnicity_or_religion() -> None:
    """Neither a column nor a form asks, so nobody can choose by it."""
    from hustings.volunteers.hosting.pages.forms import OfferForm, StayForm

    names = {
        field.name
        for model in (HostOffer, StayRequest, HostingDetails, Stay)
        for field in model._meta.get_fields()
    }
    for form in (OfferForm(), StayForm()):
        names |= set(form.fields)
        names |= {str(field.label).lower() for field in form.fields.values()}
    for word in ("ethnic", "race", "relig", "faith", "belief", "nationality"):
        assert not [name for name in names if word in name]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"beds": 0}, "0 beds cannot be offered"),
        ({"available_until": FIRST}, "holds no night"),
        ({"available_from": TODAY - timedelta(9), "available_until": TODAY}, "Those nights are over"),
        ({"postcode": "ZZ9 9AA"}, "cannot be placed in Great Britain"),
        ({"address": " "}, "Enter the address"),
        ({"offers": ["religion"]}, "not a condition of hosting"),
    ],
)
def test_offers_that_cannot_be(hanna: Volunteer, change: dict[str, Any], said: str) -> None:
    """Each with what to do."""
    with pytest.raises(Refusal, match=said):
        offered(hanna, **change)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"leave_on": FIRST}, "is 0 nights"),
        ({"arrive_on": TODAY - timedelta(2)}, "Those nights are over"),
        ({"place": "Atlantis"}, "neither a postcode nor a seat or ward"),
        ({"place": "ZZ9 9AA"}, "cannot be placed"),
        ({"max_km": -1.0}, "no distance"),
    ],
)
def test_requests_that_cannot_be(tom: Volunteer, change: dict[str, Any], said: str) -> None:
    """Each with what to do."""
    with pytest.raises(Refusal, match=said):
        asked(tom, **change)


def test_hosting_is_for_adults_with_references(enrol: Enrol) -> None:
    """Dot is 17; whoever is older leaves references first, two people who can be reached."""
    dot = enrol("Dot", is_adult=False)
    for act in (offered, asked, vouch):
        with pytest.raises(Refusal, match="for adults"):
            act(dot)
    una = enrol("Una")
    with pytest.raises(Refusal, match="references and an emergency contact first"):
        asked(una)
    with pytest.raises(Refusal, match="two people"):
        give_details(
            volunteer=una, reference_one="Rita 01632 960001", reference_two="rita 01632 960001",
            emergency_contact="Sue 01632 960003", now=NOW,
        )  # fmt: skip
    with pytest.raises(Refusal, match="for each reference"):
        give_details(volunteer=una, reference_one="Rita", reference_two="", emergency_contact="", now=NOW)


def test_changed_references_are_followed_up_anew(hanna: Volunteer) -> None:
    """The same words change nothing; other words are not checked yet."""
    vouch(hanna, is_checked=False)
    assert HostingDetails.objects.get().checked_at == NOW
    give_details(
        volunteer=hanna, reference_one="Someone Else 01632 960009", reference_two="Owen Oak 01632 960002",
        emergency_contact="Sue 07700 900111", now=NOW,
    )  # fmt: skip
    assert HostingDetails.objects.get().checked_at is None


def test_a_bed_for_tonight_is_asked_of_the_nearest_hosts(
    hanna: Volunteer, enrol: Enrol, tom: Volunteer
) -> None:
    """In one step, without a name or a reason; not of those whose bed is taken, who are far away or lack what is needed."""
    offered(hanna, available_from=TODAY)
    offered(vouch(enrol("Henry")), available_from=TODAY, postcode="ZZ2 2AA")
    offered(vouch(enrol("Far")), available_from=TODAY, postcode="ZZ3 3AA")
    offered(vouch(enrol("Later")))

    def names(**wanted: Any) -> list[str]:
        found = ask_for_bed_tonight(latitude=53.0, longitude=-1.5, contact="01632 960123", now=NOW, **wanted)
        return [one.offer.volunteer.person.given_name for one in found]

    assert names() == ["Hanna", "Henry"]
    assert {address for address, _template in _mail()} == {"hanna@barset.example", "henry@barset.example"}
    assert names(most=1) == ["Hanna"]
    assert names(needs=("step_free",)) == []
    assert names(within_km=5) == ["Hanna"]
    asked(tom, arrive_on=TODAY, leave_on=TODAY + timedelta(1))
    propose_stays(now=NOW)
    assert names() == ["Henry"]


def test_one_persons_own_data(hanna: Volunteer, tom: Volunteer, now: datetime) -> None:
    """Exported for each without the other's; erased with everything of hosting."""
    offered(hanna)
    asked(tom)
    stay = _agreed(hanna, tom)
    want_to_leave(stay=stay, words="Draughty.", is_unsafe=False, now=NOW)
    of_tom = str(personal_data.SOCKET.export(person_id=tom.person_id))
    assert "Draughty" in of_tom
    assert "Secret Lane" not in of_tom
    of_hanna = str(personal_data.SOCKET.export(person_id=hanna.person_id))
    assert "Secret Lane" in of_hanna
    assert "Draughty" not in of_hanna
    personal_data.SOCKET.erase(person_id=hanna.person_id, now=now)
    assert not HostOffer.objects.exists()
    assert not Stay.objects.exists()
    assert HostingDetails.objects.count() == 1


_SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)), max_size=8)


@given(_SPANS, st.integers(1, 3))
def test_free_beds_never_hold_more_than_there_are(stays: list[tuple[int, int]], beds: int) -> None:
    """On every night, free spans and guests together are exactly the beds; too many guests are told."""
    taken = [(TODAY + timedelta(first), TODAY + timedelta(first + nights)) for first, nights in stays]
    first, last = TODAY, TODAY + timedelta(14)
    nights = [first + timedelta(number) for number in range(14)]

    def guests(night: Any) -> int:
        return sum(begins <= night < ends for begins, ends in taken)

    if any(guests(night) > beds for night in nights):
        with pytest.raises(TooManyGuests):
            free_spans(first=first, last=last, beds=beds, taken=taken)
        return
    spans = free_spans(first=first, last=last, beds=beds, taken=taken)
    for night in nights:
        assert sum(begins <= night < ends for begins, ends in spans) + guests(night) == beds
