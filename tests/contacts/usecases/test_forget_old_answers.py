"""What people told us is kept for two rounds of elections to the same council or parliament, and not longer."""

import json
from datetime import UTC, date, datetime

import pytest
from typer.testing import CliRunner

from hustings.basics.clock import clock_set_to
from hustings.contacts.commands import app
from hustings.contacts.jobs import forget_what_is_old
from hustings.contacts.models import Intention, IntentionChoice, Issue, IssueRaised
from hustings.contacts.rules.retention import keep_since, round_of
from hustings.contacts.usecases.forget_old_answers import forget_old_answers
from hustings.elections.models import Election
from hustings.platform.models import AuditEntry
from tests.contacts import cast

NOW = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
ON = date(2026, 3, 30)


@pytest.mark.parametrize(
    ("polls", "since"),
    [
        ([], date(2016, 3, 30)),
        ([date(2023, 5, 4)], date(2016, 3, 30)),
        ([date(2023, 5, 4), date(2019, 5, 2)], date(2019, 5, 2)),
        ([date(2019, 5, 2), date(2027, 5, 6), date(2023, 5, 4)], date(2019, 5, 2)),
        ([date(2023, 5, 4), date(2023, 5, 4)], date(2016, 3, 30)),
        ([date(2010, 5, 6), date(2015, 5, 7)], date(2016, 3, 30)),
    ],
)
def test_the_last_poll_but_one_is_the_limit(polls: list[date], since: date) -> None:
    assert keep_since(polls=polls, on=ON) == since


def test_a_leap_day_has_a_day_ten_years_back() -> None:
    assert keep_since(polls=[], on=date(2028, 2, 29)) == date(2018, 2, 28)


def test_by_elections_are_no_rounds() -> None:
    assert round_of(election_id="parl.2024-07-04") == "parl"
    assert round_of(election_id="local.barset.canal-and-lock.by.2026-11-27") is None


@pytest.fixture
def said() -> dict[str, Intention]:
    cast.make_organisation()
    cast.make_places()
    for pk in ("local.barset.2019-05-02", "local.barset.2023-05-04", "local.barset.2027-05-06", "parl.2024-07-04",
               "local.barset.lock.by.2024-10-10", "local.barset.lock.by.2025-10-10"):  # fmt: skip
        Election.objects.create(
            id=pk, kind=pk.split(".")[0], title=pk, poll_on=date.fromisoformat(pk.rpartition(".")[2])
        )
    cases = {
        "before both": ("local.barset.2019-05-02", datetime(2019, 4, 1, tzinfo=UTC)),
        "between": ("local.barset.2023-05-04", datetime(2019, 6, 1, tzinfo=UTC)),
        "new": ("local.barset.2027-05-06", datetime(2026, 3, 1, tzinfo=UTC)),
        "one parliament": ("parl.2024-07-04", datetime(2019, 4, 1, tzinfo=UTC)),
        "no election": (None, datetime(2019, 4, 1, tzinfo=UTC)),
        "ten years": (None, datetime(2016, 3, 29, 12, tzinfo=UTC)),
        "by-election": ("local.barset.lock.by.2024-10-10", datetime(2024, 9, 1, tzinfo=UTC)),
    }
    return {
        name: Intention.objects.create(
            person=cast.make_person(name=f"Ada {number}"),
            election_id=election,
            choice=IntentionChoice.UNDECIDED,
            at=at,
            source="test",
        )
        for number, (name, (election, at)) in enumerate(cases.items())
    }


@pytest.mark.django_db
def test_what_two_rounds_have_overtaken_is_forgotten(said: dict[str, Intention]) -> None:
    issue = Issue.objects.create(name="buses")
    person = said["new"].person
    assert person is not None
    for year in (2015, 2020):
        IssueRaised.objects.create(
            person=person, issue=issue, at=datetime(year, 1, 1, tzinfo=UTC), source="test"
        )
    with clock_set_to(NOW):
        dry = json.loads(CliRunner().invoke(app, ["forget", "--dry-run", "--json"]).stdout)
        assert dry == {"intentions": 2, "issues": 1, "dry_run": True}
        assert Intention.objects.count() == len(said)
        assert forget_what_is_old.func() == 3
        assert "0 voting intentions" in CliRunner().invoke(app, ["forget"]).stdout
    left = set(Intention.objects.values_list("pk", flat=True))
    assert {name for name, one in said.items() if one.pk not in left} == {"before both", "ten years"}
    assert IssueRaised.objects.get().at.year == 2020
    noted = AuditEntry.objects.get(verb="forgot old answers")
    assert noted.detail == {"intentions": 2, "issues": 1}


@pytest.mark.django_db
def test_nothing_is_noted_where_nothing_is_old(said: dict[str, Intention]) -> None:
    Intention.objects.exclude(pk=said["new"].pk).delete()
    assert forget_old_answers(now=NOW).intentions == 0
    assert not AuditEntry.objects.filter(verb="forgot old answers").exists()
