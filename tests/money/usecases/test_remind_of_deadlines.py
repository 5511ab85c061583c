"""Agents hear of deadlines in time, once, by a service message; the desk's home shows the next one."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hustings.accounts.access import EVERYTHING, NOTHING
from hustings.money.models import DeadlineReminder
from hustings.money.queries import attention
from hustings.money.usecases.finish_return import finish_return
from hustings.money.usecases.remind_of_deadlines import remind_of_deadlines
from hustings.money.usecases.take_return_step import take_return_step
from hustings.postroom.models import Message
from hustings.project.reactions import remind_agent
from tests.cast import Cast
from tests.money.campaigns import BY_ELECTION, make_books, spend

pytestmark = pytest.mark.django_db


def test_reminders_go_out_once_and_stop_when_it_is_done(cast: Cast, now: datetime) -> None:
    """Result on 27 February: 35 days end on Good Friday, so the return is due on Tuesday 7 April."""
    make_books(by=cast.agent, now=now, area=cast.east, agent=cast.agent, **BY_ELECTION)
    week_before = datetime(2026, 3, 31, 9, tzinfo=UTC)
    assert remind_of_deadlines(now=week_before) == 1
    assert remind_of_deadlines(now=week_before) == 0
    kept = DeadlineReminder.objects.get(task="return")
    assert (kept.due_on, kept.days_before) == (date(2026, 4, 7), 7)


def test_the_letter_goes_to_the_agent_s_login(cast: Cast, now: datetime) -> None:
    """Nobody else's; without a login nobody is written to."""
    books = make_books(by=cast.agent, now=now, area=cast.east, agent=cast.agent, **BY_ELECTION)
    facts = {"at": now.isoformat(), "task": "return", "due_on": "2026-04-07", "days_before": 7}
    assert remind_agent.call(campaign_id=books.pk, **facts)
    message = Message.objects.get()
    assert (message.address, message.purpose) == (cast.agent.email, "service")
    assert "the return with the agent's declaration" in str(message.fields)
    books.agent = None
    books.save()
    assert not remind_agent.call(campaign_id=books.pk, **facts)


def test_the_desk_s_home_shows_the_next_deadline_until_it_is_met(cast: Cast, now: datetime) -> None:
    """And limits that are broken; nothing of other places."""
    books = make_books(by=cast.agent, now=now, area=cast.east, **BY_ELECTION)
    (one,) = attention(scope=EVERYTHING, now=now)
    assert "Septimus Harding" in one.text
    assert one.due_on is not None
    assert attention(scope=NOTHING, now=now) == []
    made = finish_return(campaign=books, by=cast.agent, now=now)
    for kind in ("agent-signed", "delivered", "candidate-signed"):
        take_return_step(of=made, kind=kind, name="A", on=now.date(), by=cast.agent, now=now)
    assert attention(scope=EVERYTHING, now=now) == []


def test_plans_above_the_limit_and_a_missing_result_are_shown(cast: Cast, now: datetime) -> None:
    """Each with where to go."""
    books = make_books(by=cast.agent, now=now, area=cast.east)
    spend(books, by=cast.tess, now=now, committed_on=None, amount_pence=170_000)
    (one,) = attention(scope=EVERYTHING, now=now)
    assert "plans to spend" in one.text
    (later, _plans) = sorted(
        attention(scope=EVERYTHING, now=now + timedelta(days=60)), key=lambda a: a.urgency
    )
    assert "day of the result" in later.text
