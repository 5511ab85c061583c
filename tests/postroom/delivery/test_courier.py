"""The courier against a real server: every message once, every outcome written down, every refusal honoured."""

from collections import Counter
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest

from hustings.basics.clock import FixedClock
from hustings.contacts.models import Contact
from hustings.contacts.models import Outcome as ContactOutcome
from hustings.people.models import ContactPoint, Person, Purpose
from hustings.people.usecases.object_to_contact import object_to_contact
from hustings.platform.progress import Stopped
from hustings.postroom.delivery.courier import deliver_dispatch, deliver_singles
from hustings.postroom.models import Dispatch, DispatchState, DomainHold, Message, MessageState
from hustings.postroom.queries import dispatch_counts
from hustings.postroom.rules.smtp_replies import Fate
from hustings.postroom.usecases.change_dispatch import pause_dispatch, resume_dispatch, stop_dispatch
from tests.conftest import NOW
from tests.postroom.mail_sink import Behaviour, Sink
from tests.postroom.outbox import make_dispatch, make_people, outbox_sink

pytestmark = pytest.mark.django_db

CLOCK = FixedClock(NOW)


def states(dispatch: Dispatch) -> Counter[str]:
    return Counter(Message.objects.filter(dispatch=dispatch).values_list("state", flat=True))


def test_everybody_cleared_gets_the_message_once_and_it_is_a_contact(sink: Sink) -> None:
    people = make_people(700)
    dispatch = make_dispatch(people)
    tally = deliver_dispatch(dispatch_id=dispatch.pk, clock=CLOCK)
    assert tally.fates == {Fate.ACCEPTED: 700}
    assert sorted(sink.recipients) == sorted(f"p{n}@barset.example" for n in range(700))
    assert states(dispatch) == {MessageState.ACCEPTED: 700}
    dispatch.refresh_from_db()
    assert dispatch.state == DispatchState.FINISHED
    assert dispatch.finished_at == NOW
    contacts = Contact.objects.filter(label="Mill Lane, March", outcome=ContactOutcome.DELIVERED)
    assert contacts.count() == contacts.values("person").distinct().count() == 700
    for message in Message.objects.select_related("contact")[:5]:
        assert message.contact is not None
        assert message.contact.person_id == message.person_id
        assert message.contact.purpose == Purpose.CAMPAIGN
    assert Person.objects.filter(last_contacted_at=NOW).count() == 700
    assert deliver_dispatch(dispatch_id=dispatch.pk, clock=CLOCK).done == 0
    assert len(sink.taken) == 700


def test_what_arrives_is_theirs_and_says_how_to_stop(sink: Sink) -> None:
    (pat,) = make_people(1)
    make_dispatch([pat], subject="{{ first_name }}, a crossing")
    deliver_dispatch(dispatch_id=Dispatch.objects.get().pk, clock=CLOCK)
    (taken,) = sink.taken
    assert taken.sender == "office@barset.example"
    message = message_from_bytes(taken.content, policy=policy.default)
    assert message["Subject"] == "Pat0, a crossing"
    assert message["To"].addresses[0].addr_spec == "p0@barset.example"
    assert message["To"].addresses[0].display_name == "Pat0 O’Neill"
    assert message["From"].addresses[0].display_name == "Alice Añón"
    assert message["Reply-To"] == "Alice Añón <alice@barset.example>"
    assert message["Date"].datetime == NOW
    assert message["Message-ID"] == f"<{Message.objects.get().public_id.hex}@barset.example>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = message["List-Unsubscribe"].strip("<>")
    assert "/unsubscribe/" in link
    text = message.get_body(("plain",)).get_content()
    assert text.startswith("Dear Pat0,")
    assert link in text


def test_who_objected_or_was_erased_since_is_withdrawn_at_the_claim(sink: Sink) -> None:
    people = make_people(5)
    dispatch = make_dispatch(people)
    object_to_contact(person=people[1], channel="email", source="tests", now=NOW)
    Person.objects.filter(pk=people[3].pk).update(erased_at=NOW)
    tally = deliver_dispatch(dispatch_id=dispatch.pk, clock=CLOCK)
    assert tally.withdrawn == 2
    assert sorted(sink.recipients) == [f"p{n}@barset.example" for n in (0, 2, 4)]
    withdrawn = Message.objects.filter(state=MessageState.WITHDRAWN).order_by("id")
    assert [message.person_id for message in withdrawn] == [people[1].pk, people[3].pk]
    assert [message.reason for message in withdrawn] == ["objected", "erased"]
    assert all(message.contact is None for message in withdrawn)
    counts = dispatch_counts(dispatch=dispatch)
    assert (counts.total, counts.accepted, counts.withdrawn, counts.attempted, counts.ended) == (
        5,
        3,
        2,
        3,
        5,
    )


def test_each_answer_of_the_server_becomes_a_state(settings: Any, tmp_path: Any) -> None:
    answers = {
        "p1@barset.example": "550 5.1.1 no such mailbox",
        "p2@barset.example": "451 4.7.1 greylisted, come back",
        "p3@barset.example": "550 5.7.1 policy",
    }
    behaviour = Behaviour(
        recipient=lambda address: answers.get(address, "250 2.1.5 ok"),
        content=lambda address: None if address == "p4@barset.example" else "250 2.0.0 queued",
    )
    people = make_people(6)
    dispatch = make_dispatch(people)
    with outbox_sink(settings, tmp_path, behaviour):
        deliver_dispatch(dispatch_id=dispatch.pk, clock=CLOCK)
    found = {message.address[:2]: message for message in Message.objects.select_related("contact")}
    assert {name: message.state for name, message in found.items()} == {
        "p0": MessageState.ACCEPTED,
        "p1": MessageState.REFUSED,
        "p2": MessageState.DEFERRED,
        "p3": MessageState.REFUSED,
        "p4": MessageState.UNKNOWN,
        "p5": MessageState.ACCEPTED,
    }
    assert found["p1"].reason == "550 5.1.1 no such mailbox"
    outcomes = {name: message.contact and message.contact.outcome for name, message in found.items()}
    assert outcomes == {
        "p0": ContactOutcome.DELIVERED, "p1": ContactOutcome.REFUSED, "p2": None,
        "p3": ContactOutcome.REFUSED, "p4": ContactOutcome.UNKNOWN, "p5": ContactOutcome.DELIVERED,
    }  # fmt: skip
    # A mailbox that does not exist is not written to again; a policy is no reason for that.
    unusable = ContactPoint.objects.filter(unusable_at__isnull=False).values_list("value", "unusable_reason")
    assert list(unusable) == [("p1@barset.example", "refused: 5.1.1")]
    dispatch.refresh_from_db()
    assert dispatch.state == DispatchState.SENDING
    assert found["p2"].not_before == NOW + timedelta(minutes=2)


def test_what_was_deferred_goes_later_and_is_given_up_in_the_end(settings: Any, tmp_path: Any) -> None:
    behaviour = Behaviour(recipient=lambda address: "451 4.2.0 later")
    dispatch = make_dispatch(make_people(1))
    now = NOW
    with outbox_sink(settings, tmp_path, behaviour) as sink:
        for _ in range(11):
            deliver_dispatch(dispatch_id=dispatch.pk, clock=FixedClock(now))
            message = Message.objects.get()
            assert deliver_dispatch(dispatch_id=dispatch.pk, clock=FixedClock(now)).done == 0
            if message.state != MessageState.DEFERRED:
                break
            assert message.not_before is not None
            holds = DomainHold.objects.exclude(held_until=None).values_list("held_until", flat=True)
            now = max([message.not_before, *holds])
    assert message.state == MessageState.REFUSED
    assert message.reason.startswith("451 Given up after 11 attempts. 4.2.0 later")
    assert len([command for command in sink.commands if command.startswith("RCPT")]) == 11
    assert now - NOW > timedelta(hours=48)
    dispatch.refresh_from_db()
    assert dispatch.state == DispatchState.FINISHED


def test_a_domain_that_keeps_deferring_is_left_alone_while_others_go_on(settings: Any, tmp_path: Any) -> None:
    slow = Behaviour(recipient=lambda address: "451 4.7.0 slow down" if "slow" in address else "250 ok")
    people = make_people(40, domain="slow.example") + make_people(5, domain="quick.example", first=40)
    dispatch = make_dispatch(people)
    with outbox_sink(settings, tmp_path, slow) as sink:
        deliver_dispatch(dispatch_id=dispatch.pk, clock=CLOCK)
        assert len(sink.taken) == 5
        hold = DomainHold.objects.get()
        assert (hold.domain, hold.failures) == ("slow.example", 40)
        assert hold.held_until is not None
        slow.recipient = lambda address: "250 ok"
        after_wait = NOW + timedelta(minutes=3)
        assert hold.held_until > after_wait
        deliver_dispatch(dispatch_id=dispatch.pk, clock=FixedClock(after_wait))
        assert len(sink.taken) == 5
        deliver_dispatch(dispatch_id=dispatch.pk, clock=FixedClock(hold.held_until))
        assert len(sink.taken) == 45
    hold.refresh_from_db()
    assert (hold.failures, hold.held_until) == (0, None)


def test_a_server_that_refuses_us_pauses_the_dispatch_and_says_why(settings: Any, tmp_path: Any) -> None:
    behaviour = Behaviour(sender=lambda address: "550 5.7.1 sender not allowed")
    dispatch = make_dispatch(make_people(60))
    with outbox_sink(settings, tmp_path, behaviour) as sink:
        tally = deliver_dispatch(dispatch_id=dispatch.pk, clock=CLOCK)
        assert "sender not allowed" in tally.problem
        dispatch.refresh_from_db()
        assert dispatch.state == DispatchState.PAUSED
        assert "sender not allowed" in dispatch.problem
        assert MessageState.REFUSED not in states(dispatch)
        behaviour.sender = lambda address: "250 ok"
        resume_dispatch(dispatch=dispatch, now=NOW)
        later = FixedClock(NOW + timedelta(minutes=3))
        deliver_dispatch(dispatch_id=dispatch.pk, clock=later)
    assert states(dispatch) == {MessageState.ACCEPTED: 60}
    assert len(sink.taken) == 60
    dispatch.refresh_from_db()
    assert dispatch.problem == ""


def test_a_server_that_is_away_leaves_everything_waiting(
    settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hustings.postroom.smtp.fleet._FIRST_WAIT", 0.01)
    with outbox_sink(settings, tmp_path):
        pass
    dispatch = make_dispatch(make_people(3))
    tally = deliver_dispatch(dispatch_id=dispatch.pk, clock=CLOCK)
    assert "cannot be used" in tally.problem
    dispatch.refresh_from_db()
    assert dispatch.state == DispatchState.SENDING
    assert states(dispatch) == {MessageState.QUEUED: 3}


def test_a_pause_takes_hold_and_a_resumption_sends_the_rest(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hustings.postroom.delivery.courier._LOOK_SECONDS", 0.0)
    monkeypatch.setattr("hustings.postroom.delivery.courier._CLAIM", 20)
    dispatch = make_dispatch(make_people(200))

    class PausingAt50:
        def report(self, *, done: int, total: int | None = None, note: str = "") -> None:
            if len(sink.taken) >= 50 and Dispatch.objects.get().state == DispatchState.SENDING:
                pause_dispatch(dispatch=dispatch, now=NOW)

    deliver_dispatch(dispatch_id=dispatch.pk, clock=CLOCK, progress=PausingAt50())
    held = states(dispatch)
    assert 50 <= held[MessageState.ACCEPTED] < 200
    assert held[MessageState.ACCEPTED] + held[MessageState.QUEUED] == 200
    assert deliver_dispatch(dispatch_id=dispatch.pk, clock=CLOCK).done == 0
    resume_dispatch(dispatch=dispatch, now=NOW)
    deliver_dispatch(dispatch_id=dispatch.pk, clock=CLOCK)
    assert states(dispatch) == {MessageState.ACCEPTED: 200}
    assert len(sink.recipients) == len(set(sink.recipients)) == 200


def test_a_stop_withdraws_the_rest(sink: Sink) -> None:
    dispatch = make_dispatch(make_people(10))
    stop_dispatch(dispatch=dispatch, now=NOW)
    assert deliver_dispatch(dispatch_id=dispatch.pk, clock=CLOCK).done == 0
    assert states(dispatch) == {MessageState.WITHDRAWN: 10}
    assert sink.taken == []


def test_a_job_that_is_stopped_loses_nothing(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hustings.postroom.delivery.courier._LOOK_SECONDS", 0.0)
    dispatch = make_dispatch(make_people(100))

    class StoppingAt:
        def report(self, *, done: int, total: int | None = None, note: str = "") -> None:
            assert total == 100
            if len(sink.taken) >= 30:
                raise Stopped

    with pytest.raises(Stopped):
        deliver_dispatch(dispatch_id=dispatch.pk, clock=CLOCK, progress=StoppingAt())
    held = states(dispatch)
    assert set(held) == {MessageState.ACCEPTED, MessageState.QUEUED}
    assert held[MessageState.ACCEPTED] == len(sink.taken)


class Ticking:
    """A clock that moves on by a step each time it is read."""

    def __init__(self, begins: datetime, step: timedelta) -> None:
        self.at = begins
        self.step = step

    def now(self) -> datetime:
        self.at += self.step
        return self.at

    def today_in_uk(self) -> Any:
        return self.at.date()


def test_nothing_begins_after_the_time_at_which_it_stops(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hustings.postroom.delivery.courier._LOOK_SECONDS", 0.0)
    monkeypatch.setattr("hustings.postroom.delivery.courier._CLAIM", 20)
    close_of_poll = NOW + timedelta(seconds=10)
    dispatch = make_dispatch(make_people(400), stops_at=close_of_poll)
    deliver_dispatch(dispatch_id=dispatch.pk, clock=Ticking(NOW, timedelta(seconds=0.2)))
    held = states(dispatch)
    assert held[MessageState.ACCEPTED] == len(sink.taken) < 400
    assert held[MessageState.WITHDRAWN] == 400 - len(sink.taken)
    dispatch.refresh_from_db()
    assert dispatch.state == DispatchState.FINISHED


def test_a_pace_is_kept(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hustings.postroom.delivery.courier.WINDOW_SECONDS", 1.0)
    dispatch = make_dispatch(make_people(40), per_minute=100)  # ten in each window
    deliver_dispatch(dispatch_id=dispatch.pk, clock=CLOCK, for_seconds=0.6)
    assert 1 <= len(sink.taken) <= 10
    assert states(dispatch)[MessageState.CLAIMED] == 0


def test_an_objection_to_service_messages_stops_a_single_one(sink: Sink) -> None:
    (pat,) = make_people(1)
    for purpose in (Purpose.SERVICE, Purpose.ACCOUNT):
        Message.objects.create(
            purpose=purpose, template="postroom/account_mail", address="p0@barset.example", domain="barset.example",
            fields={"subject": "Hello", "body_lines": "Hello."}, queued_at=NOW, person=pat,
        )  # fmt: skip
    object_to_contact(person=pat, channel="email", purpose=Purpose.SERVICE, source="tests", now=NOW)
    tally = deliver_singles(clock=CLOCK)
    assert (tally.fates, tally.withdrawn) == ({Fate.ACCEPTED: 1}, 1)
    stopped = Message.objects.get(purpose=Purpose.SERVICE)
    assert (stopped.state, stopped.fields, stopped.clearance) == (MessageState.WITHDRAWN, {}, None)
    assert len(sink.taken) == 1


def test_singles_need_no_dispatch_and_forget_their_fields(sink: Sink) -> None:
    Message.objects.create(
        purpose=Purpose.SERVICE, template="postroom/account_mail", address="dot@barset.example",
        domain="barset.example", fields={"subject": "Your code", "body_lines": "Your code is 123456."}, queued_at=NOW,
    )  # fmt: skip
    tally = deliver_singles(clock=CLOCK)
    assert tally.fates == {Fate.ACCEPTED: 1}
    message = Message.objects.get()
    assert message.state == MessageState.ACCEPTED
    assert message.fields == {}
    assert message.clearance is not None
    assert (message.clearance.purpose, message.clearance.cleared) == (Purpose.SERVICE, 1)
    (taken,) = sink.taken
    assert b"123456" in taken.content
    assert b"List-Unsubscribe" not in taken.content
