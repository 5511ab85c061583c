"""A volunteer is written to in the language they chose, whoever's act it was: words, days and tasks alike."""

import uuid
from email import message_from_bytes
from email.policy import default

import pytest

from hustings.postroom.delivery.writing import SingleWriter
from hustings.postroom.models import Message
from hustings.postroom.usecases.claim_messages import claim_messages
from hustings.volunteers.models import Volunteer
from hustings.volunteers.queries.conduct import subject_of
from hustings.volunteers.usecases.book_shift import book_shift
from hustings.volunteers.usecases.make_report import make_report
from tests.cast import Cast
from tests.conftest import NOW
from tests.volunteers.events import make_event

pytestmark = pytest.mark.usefixtures("cast", "postcodes")


def _in_welsh(volunteer: Volunteer) -> None:
    volunteer.person.language = "cy"
    volunteer.person.save()


def test_a_booking_is_confirmed_in_welsh(cast: Cast, bob: Volunteer, cleo: Volunteer) -> None:
    """Cleo's, booked by the same organiser at the same desk, stays in English."""
    _in_welsh(bob)
    shift = make_event(area=cast.east, by=cast.alice).shifts.get()
    for one in (bob, cleo):
        book_shift(volunteer=one, shift=shift, now=NOW)
    hers, his = (Message.objects.get(person=one.person) for one in (cleo, bob))
    assert (his.language, hers.language) == ("cy", "en-gb")
    assert his.fields["when"] == "Dydd Sadwrn 4 Ebrill 2026, 10:00"
    assert hers.fields["when"] == "Saturday 4 April 2026, 10am"
    assert his.fields["task"] != hers.fields["task"]
    claimed = claim_messages(token=uuid.uuid4(), dispatch_id=None, limit=9, now=NOW)
    subjects = {
        one.key: message_from_bytes(one.content, policy=default)["Subject"]
        for one in SingleWriter().write(messages=claimed, now=NOW).letters
    }
    assert subjects[his.pk].startswith("Mae gennych le: Canvass in Canal Street, Dydd Sadwrn")
    assert subjects[hers.pk].startswith("You are booked: Canvass in Canal Street, Saturday")


def test_a_report_is_received_in_the_reporters_language(bob: Volunteer) -> None:
    _in_welsh(bob)
    make_report(
        kind="danger", details="A dog.", subject=subject_of(path="/events/"), reporter=bob,
        reply_to="bob@barset.example", now=NOW,
    )  # fmt: skip
    assert Message.objects.get(template="volunteers/report_received").language == "cy"
