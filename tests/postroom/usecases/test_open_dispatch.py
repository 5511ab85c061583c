"""Opening a dispatch: everybody cleared is accounted for, and what must not go does not."""

from datetime import timedelta

import pytest

from hustings.people.models import Channel, ContactPoint
from hustings.platform.models import Job
from hustings.postroom.models import Dispatch, DispatchState, Message, MessageState
from hustings.postroom.rules.compiled_message import FieldMissing
from hustings.postroom.rules.template_language import TemplateFault
from hustings.postroom.usecases.change_dispatch import (
    DispatchNotInThatState,
    pause_dispatch,
    resume_dispatch,
    stop_dispatch,
)
from hustings.postroom.usecases.open_dispatch import NotByEmail, NoWayOut, StopsBeforeItBegins, open_dispatch
from tests.conftest import NOW
from tests.postroom.outbox import HTML, TEXT, cleared, make_dispatch, make_people

pytestmark = pytest.mark.django_db


def test_everybody_cleared_has_a_row_and_a_job_sends_them() -> None:
    people = make_people(3)
    ContactPoint.objects.filter(person=people[1]).update(unusable_at=NOW)
    dispatch = make_dispatch(people)
    rows = {message.person_id: message for message in Message.objects.all()}
    assert {pk: row.state for pk, row in rows.items()} == {
        people[0].pk: MessageState.QUEUED, people[1].pk: MessageState.WITHDRAWN, people[2].pk: MessageState.QUEUED,
    }  # fmt: skip
    assert rows[people[1].pk].reason == "no-address"
    assert rows[people[0].pk].fields == {"to_name": "Pat0 O’Neill", "first_name": "Pat0"}
    assert Job.objects.get().kwargs == {"dispatch_id": dispatch.pk}
    assert dispatch.warnings == ["domain_not_checked"]


def test_marketing_without_a_way_out_is_refused() -> None:
    people = make_people(1)
    for text, html in ((TEXT, "<p>Hello</p>"), ("Hello", HTML)):
        with pytest.raises(NoWayOut, match="unsubscribe_url"):
            make_dispatch(people, text_body=text, html_body=html)
    assert not Dispatch.objects.exists()


def test_faults_show_before_anything_is_queued() -> None:
    people = make_people(2)
    with pytest.raises(TemplateFault):
        make_dispatch(people, text_body=TEXT + "{% if %}")
    with pytest.raises(FieldMissing, match="ward_name"):
        make_dispatch(people, text_body=TEXT + "{{ ward_name }}")
    with pytest.raises(StopsBeforeItBegins):
        make_dispatch(people, stops_at=NOW - timedelta(minutes=1))
    with pytest.raises(NotByEmail):
        open_dispatch(
            clearance=cleared(people, channel=Channel.POST), label="x", subject="x", text_body=TEXT, html_body=HTML,
            from_name="", from_address="a@barset.example", now=NOW,
        )  # fmt: skip
    assert not Message.objects.exists()


def test_a_dispatch_is_paused_resumed_and_stopped_in_that_order_only() -> None:
    dispatch = make_dispatch(make_people(2))
    with pytest.raises(DispatchNotInThatState):
        resume_dispatch(dispatch=dispatch, now=NOW)
    assert pause_dispatch(dispatch=dispatch, now=NOW).state == DispatchState.PAUSED
    with pytest.raises(DispatchNotInThatState, match="cannot be paused"):
        pause_dispatch(dispatch=dispatch, now=NOW)
    assert resume_dispatch(dispatch=dispatch, now=NOW).state == DispatchState.SENDING
    assert stop_dispatch(dispatch=dispatch, now=NOW).state == DispatchState.STOPPED
    assert set(Message.objects.values_list("state", "reason")) == {
        (MessageState.WITHDRAWN, "The sending was stopped.")
    }
    with pytest.raises(DispatchNotInThatState):
        resume_dispatch(dispatch=dispatch, now=NOW)
