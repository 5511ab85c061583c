"""Flags are kept once, concluded about by a person with a reason, and split sources apart where they are not one."""

from datetime import date

import pytest

from hustings.money.models import SplitFlag, Verdict
from hustings.money.queries.ledger import two_ledgers
from hustings.money.rules.permissibility import Evidence
from hustings.money.usecases.check_donor import check_donor
from hustings.money.usecases.conclude_flag import CannotConclude, conclude_flag
from hustings.money.usecases.find_split_gifts import find_split_gifts
from tests.cast import Cast
from tests.money.campaigns import make_campaign
from tests.money.gifts import ADA, NOW, make_gift

pytestmark = pytest.mark.django_db


@pytest.fixture
def flag(cast: Cast) -> SplitFlag:
    """£45 of Ada and £45 of “A” Marsh of the same house within a week, to a candidate."""
    campaign = make_campaign()
    make_gift(campaign=campaign, by=cast.tess, pounds=45, received_on=date(2026, 4, 3))
    make_gift(campaign=campaign, by=cast.tess, pounds=45, donor={**ADA, "given_name": "A", "email": ""})
    make_gift(campaign=campaign, by=cast.tess, pounds=20, donor={**ADA, "given_name": "Ben", "email": ""})
    (found,) = find_split_gifts(campaign=campaign, by=cast.tess, now=NOW)
    return found


def test_a_flag_says_what_was_found_and_by_when(flag: SplitFlag) -> None:
    """The sentence, how the gifts were joined, the thresholds' entry, and the earliest clock."""
    assert "2 names (Ada Marsh, A Marsh) within 8 days add up to £90.00" in flag.sentence
    assert flag.evidence == ["the same house and names that may be one person's"]
    assert (flag.kind, flag.grade, flag.decide_by) == ("parts", "question", date(2026, 5, 2))
    assert flag.entries == ["donation_thresholds/floor/candidate/2019-01-01"]
    assert flag.gifts.count() == 2


def test_the_same_gifts_are_flagged_once(cast: Cast, flag: SplitFlag) -> None:
    """A second run finds nothing new."""
    assert find_split_gifts(campaign=flag.campaign, by=cast.tess, now=NOW) == []


def test_names_in_a_flag_are_encrypted_where_they_lie(flag: SplitFlag) -> None:
    """The table holds no payer's name."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sentence FROM money_splitflag")
        assert "Marsh" not in str(cursor.fetchall())


def test_a_conclusion_needs_a_reason_and_checks(cast: Cast, flag: SplitFlag) -> None:
    """One source is fine only where each gift was checked; nothing is rejected by itself."""
    with pytest.raises(CannotConclude, match="Say why"):
        conclude_flag(flag=flag, verdict=Verdict.NOT_ONE_SOURCE, reason=" ", by=cast.tess, now=NOW)
    with pytest.raises(CannotConclude, match="2 of these gifts"):
        conclude_flag(flag=flag, verdict=Verdict.ONE_SOURCE_FINE, reason="One person", by=cast.tess, now=NOW)
    for gift in flag.gifts.all():
        check_donor(
            gift=gift,
            answers={"register": Evidence(answer="yes", seen="register")},
            by=cast.tess,
            now=NOW,
        )
    conclude_flag(flag=flag, verdict=Verdict.ONE_SOURCE_FINE, reason="One person", by=cast.tess, now=NOW)
    assert flag.verdicts.count() == 1


def test_gifts_that_are_not_one_source_are_counted_apart(cast: Cast, flag: SplitFlag) -> None:
    """Before the conclusion the risk ledger joins them, after it does not."""
    before = two_ledgers(campaign=flag.campaign, year=2026)
    assert [source.risk_pence for source in before] == [9_000, 2_000]
    conclude_flag(
        flag=flag, verdict=Verdict.NOT_ONE_SOURCE, reason="Mother and daughter.", by=cast.tess, now=NOW
    )
    after = two_ledgers(campaign=flag.campaign, year=2026)
    assert [source.risk_pence for source in after] == [4_500, 4_500, 2_000]


def test_parish_gifts_are_not_looked_at(cast: Cast) -> None:
    """There is no regime for donations to parish candidates."""
    campaign = make_campaign(election_type="parish")
    for day in (3, 10):
        make_gift(campaign=campaign, by=cast.tess, pounds=45, received_on=date(2026, 4, day))
    assert find_split_gifts(campaign=campaign, by=cast.tess, now=NOW) == []
