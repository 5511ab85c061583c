"""Agents hear of deadlines in time, once, by a service message; the desk's home shows the next one."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hustings.accounts.access import EVERYTHING, NOTHING
from hustings.money.models import Campaign, DeadlineReminder
from hustings.money.queries import attention
from hustings.money.queries.donation_reports import due_reports
from hustings.money.queries.return_facts import deadlines_of
from hustings.money.usecases.file_donation_report import file_donation_report
from hustings.money.usecases.finish_return import finish_return
from hustings.money.usecases.remind_of_deadlines import remind_of_deadlines
from hustings.money.usecases.take_return_step import take_return_step
from hustings.postroom.models import Message
from hustings.project.reactions import remind_agent
from tests.cast import Cast
from tests.money.campaigns import BY_ELECTION, make_books, make_campaign, spend
from tests.money.gifts import make_gift

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


JULY_2024 = {
    "election_type": "parl",
    "area_name": "England",
    "poll_on": date(2024, 7, 4),
    "regulated_from": date(2023, 7, 5),
    "regulated_until": date(2024, 7, 5),
}


def at(year: int, month: int, day: int) -> datetime:
    """Nine in the morning."""
    return datetime(year, month, day, 9, tzinfo=UTC)


def told_of(campaign: Campaign) -> list[tuple[str, date, int]]:
    """Every reminder of a campaign that went out."""
    return list(
        DeadlineReminder.objects.filter(campaign=campaign)
        .order_by("pk")
        .values_list("task", "due_on", "days_before")
    )


def test_a_party_is_reminded_of_its_return_and_its_reports(cast: Cast, now: datetime) -> None:
    """2024: the week to 5 June is due on the 12th, the quarter to 30 June on 30 July, the return on 4 October."""
    party = make_campaign(
        kind="party", name="Barset Together", seats_contested=1, agent=cast.agent, **JULY_2024
    )
    weekly = ("weekly 2024-05-30", date(2024, 6, 12))
    for day in range(6, 14):
        remind_of_deadlines(now=at(2024, 6, day))
    assert [one for one in told_of(party) if one[:2] == weekly] == [(*weekly, days) for days in (3, 1, 0)]
    assert "quarterly 2024-01-01" in {one[0] for one in told_of(party)}  # overdue and nil, and still owed
    reports = due_reports(campaign=party, today=date(2024, 6, 14))
    report = next(one for one in reports if (one.period.kind, one.period.due_on) == ("weekly", weekly[1]))
    file_donation_report(campaign=party, report=report, reference="", by=cast.agent, now=now)
    assert remind_of_deadlines(now=at(2024, 6, 15)) == 0
    remind_of_deadlines(now=at(2024, 7, 23))
    assert ("quarterly 2024-04-01", date(2024, 7, 30), 7) in told_of(party)
    remind_of_deadlines(now=at(2024, 10, 1))
    assert ("party-return", date(2024, 10, 4), 3) in told_of(party)


def test_nil_reports_of_old_books_are_let_rest(cast: Cast) -> None:
    """Two hundred days after the poll nobody asks for a nil report any more; one with a donation in it is asked for."""
    party = make_campaign(kind="party", name="Barset Together", agent=cast.agent, **JULY_2024)
    assert remind_of_deadlines(now=at(2025, 7, 23)) == 0
    gift = make_gift(campaign=party, by=cast.tess, pounds=12_000, received_on=date(2025, 5, 1))
    assert gift.pk
    assert remind_of_deadlines(now=at(2025, 7, 23)) == 1
    assert told_of(party) == [("quarterly 2025-04-01", date(2025, 7, 30), 7)]


def test_a_non_party_campaigner_owes_a_return_only_above_its_threshold(cast: Cast, now: datetime) -> None:
    """£20,000 in England; below it nothing is asked for, and no nil report ever."""
    group = make_campaign(kind="non-party", name="Friends of Barset", agent=cast.agent, **JULY_2024)
    used = {
        "committed_on": date(2024, 6, 3),
        "first_use_on": date(2024, 6, 5),
        "last_use_on": date(2024, 7, 4),
    }
    spend(group, by=cast.tess, now=now, amount_pence=2_000_000, **used)
    assert remind_of_deadlines(now=at(2024, 10, 1)) == 0
    spend(group, by=cast.tess, now=now, amount_pence=1, **used)
    assert remind_of_deadlines(now=at(2024, 10, 1)) == 1
    assert told_of(group) == [("party-return", date(2024, 10, 4), 3)]
    (due,) = deadlines_of(campaign=group)
    assert "only above the reporting threshold" in due.warning


@pytest.mark.parametrize(
    ("task", "words", "path"),
    [
        ("party-return", "the return of campaign spending to the Electoral Commission", "/return/"),
        ("quarterly 2024-04-01", "for the quarter from 1 April 2024", "/reports/quarterly/2024-04-01/"),
        ("weekly 2024-05-30", "for the days from 30 May 2024", "/reports/weekly/2024-05-30/"),
    ],
)
def test_the_letter_says_what_is_due_and_where(
    cast: Cast, now: datetime, task: str, words: str, path: str
) -> None:
    """In words, with the address of the page on which it is done."""
    party = make_campaign(kind="party", name="Barset Together", agent=cast.agent, **JULY_2024)
    assert remind_agent.call(
        campaign_id=party.pk, at=now.isoformat(), task=task, due_on="2026-04-07", days_before=7
    )
    fields = Message.objects.get().fields
    assert words in fields["task"]
    assert fields["books_url"].endswith(f"/desk/money/campaigns/{party.pk}{path}")


def test_a_party_without_a_result_is_not_asked_for_one(cast: Cast) -> None:
    """Its return counts from the poll, and shows on the desk's home."""
    make_campaign(kind="party", name="Barset Together", seats_contested=1, agent=cast.agent, **JULY_2024)
    (one,) = attention(scope=EVERYTHING, now=at(2024, 9, 20))
    assert "the return of campaign spending" in one.text
    assert one.due_on == date(2024, 10, 4)
