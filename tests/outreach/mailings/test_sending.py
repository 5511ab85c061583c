"""A mailing from its first word to its last message: every person is accounted for."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest

from hustings.accounts.access import EVERYTHING, NotAllowed
from hustings.accounts.models import User
from hustings.clearance.usecases.approve_material import MaterialNotPassed
from hustings.outreach.audiences.models import Audience
from hustings.outreach.audiences.usecases.save_audience import save_audience
from hustings.outreach.mailings.access import mailings_for
from hustings.outreach.mailings.models import Mailing, MailingState
from hustings.outreach.mailings.queries import figures_of
from hustings.outreach.mailings.rules.writing import UnknownField
from hustings.outreach.mailings.usecases.approve_mailing import approve_mailing
from hustings.outreach.mailings.usecases.change_mailing import (
    NothingToChange,
    pause_mailing,
    resume_mailing,
    stop_mailing,
)
from hustings.outreach.mailings.usecases.save_mailing import (
    MailingPlan,
    MailingWords,
    NotADraft,
    NotComplete,
    save_mailing,
)
from hustings.outreach.mailings.usecases.schedule_mailing import (
    CannotSchedule,
    schedule_mailing,
    start_due_mailings,
)
from hustings.outreach.mailings.usecases.start_mailing import (
    CannotSend,
    ask_gate,
    start_mailing,
)
from hustings.people.models import Channel, Purpose
from hustings.people.usecases.object_to_contact import object_to_contact
from hustings.platform.jobs import worker
from tests.clearance.materials import make_promoter
from tests.contacts import cast
from tests.postroom.mail_sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)

ALL_OF_EAST = {"match": "all", "conditions": []}


@pytest.fixture
def alice() -> Iterator[User]:
    """Alice, in Barset East, where five people live, of whom three agreed to email and one of those objected."""
    cast.make_organisation()
    cast.make_places()
    for number in range(5):
        person = cast.make_person(
            name=f"Person {number}", ward=cast.ULLATHORNE, email=f"p{number}@village.example"
        )
        if number < 3:
            cast.give_consent(person=person, channel=Channel.EMAIL, purpose=Purpose.CAMPAIGN)
        if number == 2:
            object_to_contact(person=person, source="tests", now=person.created_at + timedelta(days=1))
    return cast.make_alice()


def _audience(alice: User, now: datetime, conditions: object = None) -> Audience:
    return save_audience(
        name="Everybody in the east",
        conditions=conditions or ALL_OF_EAST,
        area_code=cast.EAST,
        scope=EVERYTHING,
        by=alice,
        now=now,
    )


def _write(alice: User, now: datetime, **changes: Any) -> Mailing:
    words = {
        "subject": 'Buses, {{ given_name or "neighbour" }}',
        "words": 'Dear {{ given_name or "neighbour" }} of {{ ward_name or "Barset" }},\n\nThe 7 must run **on Sundays**.',
        "promoter": make_promoter(),
    } | {
        name: value for name, value in changes.items() if name in {"subject", "words", "promoter", "purpose"}
    }
    plan = {"reply_to": "alice@barset.example"} | {
        name: value for name, value in changes.items() if name in {"reply_to", "stops_at", "per_minute"}
    }
    return save_mailing(
        title=changes.get("title", "Sunday buses"),
        audience=changes.get("audience") or _audience(alice, now),
        words=MailingWords(**words),
        plan=MailingPlan(**plan),
        by=alice,
        now=now,
    )


def _parsed(content: bytes) -> Any:
    return message_from_bytes(content, policy=policy.default)


def test_a_mailing_reaches_exactly_those_cleared(alice: User, now: datetime, sink: Sink) -> None:
    """Five in the audience: two are written to, one objected, two never agreed; and the mailing closes itself."""
    mailing = approve_mailing(mailing=_write(alice, now), by=alice, now=now)
    preview = ask_gate(mailing=mailing, by=alice, now=now)
    assert (preview.asked, preview.cleared, preview.refused) == (5, 2, 3)
    started = start_mailing(mailing=mailing, by=alice, now=now)
    assert started.state == MailingState.SENDING
    worker.run_all()
    mailing.refresh_from_db()
    assert mailing.state == MailingState.FINISHED
    assert sorted(sink.recipients) == [
        "p0@village.example",
        "p1@village.example",
    ]
    figures = figures_of(mailing=mailing)
    assert figures is not None
    assert figures.agree
    assert (figures.accepted, figures.contacts, figures.waiting) == (2, 2, 0)
    assert dict(figures.refused_by_reason) == dict(preview.counts)


def test_the_message_says_who_and_offers_the_way_out(alice: User, now: datetime, sink: Sink) -> None:
    """Personal words, the imprint, both ways out; replies go to Alice; nothing is fetched or counted."""
    mailing = approve_mailing(mailing=_write(alice, now), by=alice, now=now)
    start_mailing(mailing=mailing, by=alice, now=now)
    worker.run_all()
    message = next(_parsed(item.content) for item in sink.taken if item.recipient == "p0@village.example")
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    for body in (text, html):
        assert "Ullathorne" in body
        assert "Promoted by" in body
        assert "/unsubscribe/" in body
        assert "/preferences/" in body
        assert "<img" not in body
    assert message["Reply-To"].addresses[0].addr_spec == "alice@barset.example"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"subject": " "}, NotComplete),
        ({"words": ""}, NotComplete),
        ({"reply_to": ""}, NotComplete),
        ({"promoter": None}, NotComplete),
        ({"purpose": Purpose.SERVICE}, NotComplete),
        ({"title": ""}, NotComplete),
        ({"words": "Dear {{ shoe_size }}"}, UnknownField),
    ],
)
def test_what_is_missing_or_wrong_is_said(
    alice: User, now: datetime, changes: dict[str, Any], problem: type[Exception]
) -> None:
    """Each with a sentence, and nothing is stored."""
    with pytest.raises(problem):
        _write(alice, now, **changes)
    assert not Mailing.objects.exists()


def test_nothing_goes_out_unapproved_or_twice(alice: User, now: datetime, sink: Sink) -> None:
    """An unverified promoter is not passed; a draft is not sent; a sent mailing is not sent again nor changed."""
    doubtful = _write(alice, now, promoter=make_promoter(name="Nobody Known", is_verified=False))
    with pytest.raises(MaterialNotPassed):
        approve_mailing(mailing=doubtful, by=alice, now=now)
    with pytest.raises(CannotSend):
        start_mailing(mailing=doubtful, by=alice, now=now)
    mailing = approve_mailing(mailing=_write(alice, now), by=alice, now=now)
    start_mailing(mailing=mailing, by=alice, now=now)
    with pytest.raises(CannotSend):
        start_mailing(mailing=mailing, by=alice, now=now)
    mailing.refresh_from_db()
    with pytest.raises(NotADraft):
        save_mailing(
            title="Other",
            audience=mailing.audience,
            words=MailingWords(subject="a", words="b", promoter=mailing.material.promoter),
            plan=MailingPlan(reply_to="alice@barset.example"),
            by=alice,
            now=now,
            mailing=mailing,
        )


def test_charlie_cannot(alice: User, now: datetime) -> None:
    """He neither sees, writes, sends, schedules nor pauses what is Alice's."""
    charlie = cast.make_charlie()
    mailing = approve_mailing(mailing=_write(alice, now), by=alice, now=now)
    from hustings.accounts.access import Right, scope_of

    assert not mailings_for(scope=scope_of(user=charlie, right=Right.SEND, on=now.date())).exists()
    for act in (
        lambda: _write(charlie, now, audience=mailing.audience),
        lambda: start_mailing(mailing=mailing, by=charlie, now=now),
        lambda: schedule_mailing(mailing=mailing, send_at=now + timedelta(hours=1), by=charlie, now=now),
        lambda: pause_mailing(mailing=mailing, by=charlie, now=now),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_scheduled_mailing_starts_when_its_moment_has_come(alice: User, now: datetime, sink: Sink) -> None:
    """Not before; and a moment that has passed is refused."""
    mailing = _write(alice, now)
    with pytest.raises(CannotSchedule, match="Approve"):
        schedule_mailing(mailing=mailing, send_at=now + timedelta(hours=1), by=alice, now=now)
    approve_mailing(mailing=mailing, by=alice, now=now)
    with pytest.raises(CannotSchedule, match="passed"):
        schedule_mailing(mailing=mailing, send_at=now, by=alice, now=now)
    schedule_mailing(mailing=mailing, send_at=now + timedelta(hours=1), by=alice, now=now)
    assert start_due_mailings(now=now + timedelta(minutes=59)) == []
    assert start_due_mailings(now=now + timedelta(minutes=60)) == [mailing.pk]
    assert start_due_mailings(now=now + timedelta(minutes=61)) == []


def test_pausing_holds_resuming_carries_on_stopping_ends(alice: User, now: datetime, sink: Sink) -> None:
    """What was stopped is withdrawn and accounted for."""
    mailing = approve_mailing(mailing=_write(alice, now), by=alice, now=now)
    with pytest.raises(NothingToChange):
        pause_mailing(mailing=mailing, by=alice, now=now)
    mailing = start_mailing(mailing=mailing, by=alice, now=now)
    pause_mailing(mailing=mailing, by=alice, now=now)
    worker.run_all()
    assert sink.taken == []
    resume_mailing(mailing=mailing, by=alice, now=now)
    stop_mailing(mailing=mailing, by=alice, now=now)
    worker.run_all()
    mailing.refresh_from_db()
    assert mailing.state == MailingState.STOPPED
    assert mailing.finished_at == now
    figures = figures_of(mailing=mailing)
    assert figures is not None
    assert figures.agree
    assert (figures.withdrawn, figures.accepted, figures.contacts) == (2, 0, 0)


def test_one_that_is_refused_does_not_hold_up_the_others(alice: User, now: datetime, sink: Sink) -> None:
    """What cannot start any more is taken off the schedule with the reason; the next one goes out."""
    later = now + timedelta(hours=3)
    spoilt, good = (
        approve_mailing(mailing=_write(alice, now, title=title), by=alice, now=now)
        for title in ("One", "Two")
    )
    for mailing in (spoilt, good):
        schedule_mailing(mailing=mailing, send_at=now + timedelta(hours=1), by=alice, now=now)
    Mailing.objects.filter(pk=spoilt.pk).update(stops_at=now + timedelta(hours=2))
    assert start_due_mailings(now=later) == [good.pk]
    spoilt.refresh_from_db()
    assert (spoilt.state, spoilt.send_at) == (MailingState.DRAFT, None)
    assert "has passed" in spoilt.problem
