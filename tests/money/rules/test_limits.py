"""Limits against real elections and worked figures."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.basics.tables import NoRuleInForce
from hustings.money.rules.limits import (
    CannotReckon,
    candidate_limit,
    local_non_party_limit,
    non_party_figure,
    party_limit,
    tables,
)

MAY_2019, MAY_2021, MAY_2026 = date(2019, 5, 2), date(2021, 5, 6), date(2026, 5, 7)
DEC_2019, JUL_2024 = date(2019, 12, 12), date(2024, 7, 4)


@pytest.mark.parametrize(
    ("facts", "pence"),
    [
        # Worked figures of the fact sheet.
        ({"election": "local", "electors": 7500, "poll_on": MAY_2021}, 133_100),
        ({"election": "local", "electors": 7500, "poll_on": MAY_2026}, 156_000),
        ({"election": "local", "electors": 7500, "poll_on": MAY_2026, "joint": 2}, 117_000),
        ({"election": "local", "electors": 7500, "poll_on": MAY_2026, "joint": 3}, 104_000),
        ({"election": "local", "electors": 7500, "poll_on": MAY_2026, "joint": 5}, 104_000),
        ({"election": "parl-short", "kind": "county", "electors": 69_943, "poll_on": JUL_2024}, 1_978_316),
        ({"election": "parl-short", "kind": "borough", "electors": 77_874, "poll_on": JUL_2024}, 1_761_992),
        ({"election": "parl-short", "kind": "county", "electors": 71_841, "poll_on": JUL_2024}, 2_001_092),
        ({"election": "parl-short", "kind": "county", "electors": 70_000, "poll_on": DEC_2019}, 1_500_000),
        ({"election": "local", "electors": 10_000, "poll_on": MAY_2019}, 134_000),
        ({"election": "local", "nation": "wales", "electors": 1_000, "poll_on": MAY_2026}, 80_000),
        # Cambridgeshire and Peterborough 2021: 6 councils, 604,960 electors.
        ({"election": "mayor-combined", "electors": 604_960, "poll_on": MAY_2021, "councils": 6}, 4_986_464),
        ({"election": "mayor-local", "electors": 100_000, "poll_on": date(2024, 5, 2)}, 1_104_000),
        ({"election": "mayor-london", "electors": 6_000_000, "poll_on": date(2024, 5, 2)}, 76_041_000),
        ({"election": "gla-list", "electors": 0, "poll_on": MAY_2021}, 33_000_000),
        ({"election": "parl-by-election", "electors": 70_000, "poll_on": date(2023, 7, 20)}, 10_000_000),
        ({"election": "parl-by-election", "electors": 70_000, "poll_on": date(2024, 2, 15)}, 18_005_000),
    ],
)
def test_limits_of_real_elections(facts: dict[str, object], pence: int) -> None:
    """Fixed sum and rate by polling day, nation and kind."""
    assert candidate_limit(**facts).limit_pence == pence  # type: ignore[arg-type]


def test_a_limit_says_where_it_came_from() -> None:
    """The sum in words, the entries, and how far to rely on them."""
    limit = candidate_limit(election="local", electors=7500, poll_on=MAY_2026, joint=2)
    assert limit.formula == "(£960.00 + 8p × 7,500 electors) less 1/4 for 2 joint candidates"
    assert limit.entries == ("candidate_limits/local/england/any/2024-01-01", "joint_candidates/two/start")
    assert limit.is_confirmed
    assert limit.warnings == ()


def test_an_uncertain_figure_computes_and_warns() -> None:
    """It is never shown as certain."""
    limit = candidate_limit(election="parl-by-election", electors=70_000, poll_on=date(2026, 2, 5))
    assert limit.status == "uncertain"
    assert not limit.is_confirmed
    assert len(limit.warnings) == 1


def test_the_long_campaign_depends_on_the_month_of_dissolution() -> None:
    """None before 55 months; then 60 to 100 per cent of the full limit."""
    facts = {"election": "parl-long", "kind": "county", "electors": 70_000, "poll_on": date(2029, 5, 3)}
    full = 4_022_000 + 12 * 70_000
    assert candidate_limit(**facts, parliament_month=55).limit_pence == 0  # type: ignore[arg-type]
    for month, share in ((56, 60), (57, 70), (58, 80), (59, 90), (60, 100), (61, 100)):
        found = candidate_limit(**facts, parliament_month=month)  # type: ignore[arg-type]
        assert found.limit_pence == full * share // 100


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"election": "local", "electors": -1, "poll_on": MAY_2026}, "negative"),
        ({"election": "parl-short", "electors": 1, "poll_on": JUL_2024}, "county or a borough"),
        (
            {"election": "mayor-local", "electors": 1, "poll_on": MAY_2026, "joint": 2},
            "council elections only",
        ),
        ({"election": "parl-long", "kind": "county", "electors": 1, "poll_on": JUL_2024}, "month"),
    ],
)
def test_facts_that_do_not_fit_are_refused(facts: dict[str, object], reason: str) -> None:
    """Each with a sentence."""
    with pytest.raises(CannotReckon, match=reason):
        candidate_limit(**facts)  # type: ignore[arg-type]


def test_no_figure_is_made_up_for_a_missing_rule() -> None:
    """Scottish councils have an order of their own that was not found."""
    with pytest.raises(NoRuleInForce):
        candidate_limit(election="local", nation="scotland", electors=7500, poll_on=MAY_2026)


@given(first=st.integers(0, 500_000), second=st.integers(0, 500_000), joint=st.integers(1, 5))
def test_more_electors_never_lower_a_limit(first: int, second: int, joint: int) -> None:
    """And campaigning jointly never raises it."""
    low, high = sorted((first, second))
    small = candidate_limit(election="local", electors=low, poll_on=MAY_2026, joint=joint).limit_pence
    large = candidate_limit(election="local", electors=high, poll_on=MAY_2026, joint=joint).limit_pence
    alone = candidate_limit(election="local", electors=low, poll_on=MAY_2026).limit_pence
    assert small <= large
    assert small <= alone


def test_party_limits_of_2024() -> None:
    """All seats: 543, 57, 32 and 18."""
    seats = {"england": 543, "scotland": 57, "wales": 32, "northern-ireland": 18}
    expected = {
        "england": 2_932_743_000,
        "scotland": 307_857_000,
        "wales": 172_832_000,
        "northern-ireland": 97_218_000,
    }
    for nation, number in seats.items():
        assert party_limit(nation=nation, seats=number, poll_on=JUL_2024).limit_pence == expected[nation]  # type: ignore[arg-type]
    floor = party_limit(nation="england", seats=1, poll_on=JUL_2024)
    assert floor.limit_pence == 145_844_000
    assert "not less than" in floor.formula
    assert party_limit(nation="wales", seats=40, poll_on=DEC_2019).limit_pence == 120_000_000


def test_non_party_caps_follow_from_the_party_limits() -> None:
    """Two per cent of the party limit, plus £20,000 outside England; one constituency 0.05 % of the whole."""
    total = 0
    for nation, seats, extra in (
        ("england", 543, 0),
        ("scotland", 57, 2_000_000),
        ("wales", 32, 2_000_000),
        ("northern-ireland", 18, 2_000_000),
    ):
        party = party_limit(nation=nation, seats=seats, poll_on=JUL_2024).limit_pence  # type: ignore[arg-type]
        total += party
        cap = non_party_figure(what="cap", nation=nation, poll_on=JUL_2024).limit_pence
        assert abs(cap - (extra + party * 2 // 100)) <= 100
    constituency = non_party_figure(what="constituency-cap", nation="uk", poll_on=JUL_2024).limit_pence
    assert abs(constituency - total * 5 // 10_000) <= 100


def test_local_campaigning_by_others() -> None:
    """£50 and half a penny an elector."""
    limit = local_non_party_limit(election="local", electors=7_501, poll_on=MAY_2026)
    assert limit.limit_pence == 5_000 + 3_751
    assert not local_non_party_limit(election="parl", electors=1, poll_on=JUL_2024).is_confirmed


def test_every_entry_has_a_source() -> None:
    """The tables load, and none is empty."""
    assert sum(len(table.entries) for table in tables()) > 60
    assert all(entry.source for table in tables() for entry in table.entries)


def test_what_is_not_known_says_where_to_ask() -> None:
    """Scottish councils and police commissioners: the reason stands in the table, no figure does."""
    for election, nation, words in (
        ("local", "scotland", "order of their own"),
        ("pcc", "england", "each police area"),
        ("pcc", "wales", "each police area"),
    ):
        with pytest.raises(NoRuleInForce, match=words):
            candidate_limit(
                election=election,
                nation=nation,  # type: ignore[arg-type]
                electors=1,
                poll_on=MAY_2026,
            )


def test_a_flat_limit_is_one_sum_in_words() -> None:
    """Without electors in it."""
    limit = candidate_limit(election="mayor-london", electors=6_000_000, poll_on=date(2024, 5, 2))
    assert limit.formula == "£760,410.00"


#: Rows of the fact sheet (rules 2.1), one by one: election, nation, kind, polling day, fixed sum and rate in pence.
_ROWS = [
    ("parl-short", "england", "county", date(2015, 5, 7), 870_000, 9),
    ("parl-short", "england", "borough", date(2017, 6, 8), 870_000, 6),
    ("parl-short", "wales", "county", JUL_2024, 1_139_000, 12),
    ("parl-short", "scotland", "borough", JUL_2024, 1_139_000, 8),
    ("parl-by-election", "england", "any", date(2019, 6, 6), 10_000_000, 0),
    ("parl-by-election", "scotland", "any", date(2026, 5, 7), 18_005_000, 0),
    ("local", "england", "any", MAY_2019, 74_000, 6),
    ("local", "england", "any", date(2023, 5, 4), 80_600, 7),
    ("local", "england", "any", date(2025, 5, 1), 96_000, 8),
    ("local", "wales", "any", date(2022, 5, 5), 74_000, 6),
    ("parish", "england", "any", MAY_2021, 80_600, 7),
    ("parish", "england", "any", MAY_2026, 96_000, 8),
    ("mayor-local", "england", "any", MAY_2019, 236_200, 5.9),
    ("mayor-local", "england", "any", MAY_2026, 304_000, 8),
    ("mayor-local", "wales", "any", MAY_2026, 236_200, 5.9),
    ("mayor-combined", "england", "any", MAY_2021, 236_200, 5.9),
    ("mayor-combined", "england", "any", MAY_2026, 304_000, 8),
    ("mayor-london", "england", "any", MAY_2021, 42_000_000, 0),
    ("mayor-london", "england", "any", date(2024, 5, 2), 76_041_000, 0),
    ("gla-constituency", "england", "any", MAY_2021, 3_500_000, 0),
    ("gla-constituency", "england", "any", date(2024, 5, 2), 6_336_000, 0),
    ("gla-list", "england", "any", date(2024, 5, 2), 59_746_000, 0),
]


@pytest.mark.parametrize(("election", "nation", "kind", "poll_on", "fixed", "rate"), _ROWS)
def test_every_row_of_the_fact_sheet(
    election: str, nation: str, kind: str, poll_on: date, fixed: int, rate: float
) -> None:
    """The fixed sum with no electors, and the rate by ten thousand."""
    facts = {"election": election, "nation": nation, "kind": kind, "poll_on": poll_on}
    assert candidate_limit(**facts, electors=0).limit_pence == fixed  # type: ignore[arg-type]
    assert candidate_limit(**facts, electors=10_000).limit_pence == fixed + round(10_000 * rate)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["county", "borough"])
def test_the_long_campaign_of_2015(kind: str) -> None:
    """£30,700 and 9p or 6p until 2023; £40,220 and 12p or 8p since."""
    facts = {"election": "parl-long", "kind": kind, "electors": 10_000, "parliament_month": 60}
    rate = {"county": (9, 12), "borough": (6, 8)}[kind]
    old = candidate_limit(**facts, poll_on=date(2015, 5, 7))  # type: ignore[arg-type]
    new = candidate_limit(**facts, poll_on=date(2029, 5, 3))  # type: ignore[arg-type]
    assert (old.limit_pence, new.limit_pence) == (
        3_070_000 + rate[0] * 10_000,
        4_022_000 + rate[1] * 10_000,
    )


@pytest.mark.parametrize(
    ("what", "nation", "pence"),
    [
        ("anyone-may-spend", "uk", 70_000),
        ("notification-needed-above", "uk", 1_000_000),
        ("reporting-above", "england", 2_000_000),
        ("reporting-above", "wales", 1_000_000),
        ("cap", "england", 58_654_800),
        ("cap", "scotland", 8_157_100),
        ("cap", "wales", 5_456_600),
        ("cap", "northern-ireland", 3_944_300),
        ("constituency-cap", "uk", 1_755_300),
        ("targeted-cap", "england", 5_865_400),
        ("targeted-cap", "scotland", 615_700),
        ("targeted-cap", "wales", 345_600),
        ("targeted-cap", "northern-ireland", 194_400),
    ],
)
def test_non_party_figures_of_2024(what: str, nation: str, pence: int) -> None:
    """Rules 3.2, row by row; the targeted cap is 0.2 % of the party limit."""
    assert non_party_figure(what=what, nation=nation, poll_on=JUL_2024).limit_pence == pence


#: Rules 3.1, each cell: nation, polling day, seats, the limit in pence.
_PARTY_ROWS = [
    ("england", DEC_2019, 27, 81_000_000),
    ("england", DEC_2019, 28, 84_000_000),
    ("scotland", DEC_2019, 4, 12_000_000),
    ("scotland", DEC_2019, 5, 15_000_000),
    ("wales", DEC_2019, 2, 6_000_000),
    ("wales", DEC_2019, 3, 9_000_000),
    ("northern-ireland", DEC_2019, 1, 3_000_000),
    ("england", JUL_2024, 27, 145_844_000),
    ("england", JUL_2024, 28, 151_228_000),
    ("scotland", JUL_2024, 4, 21_606_000),
    ("scotland", JUL_2024, 5, 27_005_000),
    ("wales", JUL_2024, 2, 10_803_000),
    ("wales", JUL_2024, 3, 16_203_000),
    ("northern-ireland", JUL_2024, 1, 5_401_000),
    ("england", JUL_2024, 543, 2_932_743_000),
    ("scotland", JUL_2024, 57, 307_857_000),
    ("wales", JUL_2024, 32, 172_832_000),
    ("northern-ireland", JUL_2024, 18, 97_218_000),
]


@pytest.mark.parametrize(("nation", "poll_on", "seats", "pence"), _PARTY_ROWS)
def test_every_row_of_the_party_limits(nation: str, poll_on: date, seats: int, pence: int) -> None:
    """So much a seat, never below the floor of the nation; every figure was read, so none warns."""
    limit = party_limit(nation=nation, seats=seats, poll_on=poll_on)  # type: ignore[arg-type]
    assert (limit.limit_pence, limit.is_confirmed, limit.warnings) == (pence, True, ())


@pytest.mark.parametrize("nation", ["england", "scotland", "wales", "northern-ireland"])
def test_the_party_limit_changes_with_the_first_day_of_2024(nation: str) -> None:
    """The last day of 2023 has the old figure; and no seat, no limit."""
    old = party_limit(nation=nation, seats=100, poll_on=date(2023, 12, 31))  # type: ignore[arg-type]
    new = party_limit(nation=nation, seats=100, poll_on=date(2024, 1, 1))  # type: ignore[arg-type]
    assert (old.limit_pence, new.limit_pence) == (300_000_000, 540_100_000)
    with pytest.raises(CannotReckon):
        party_limit(nation=nation, seats=0, poll_on=JUL_2024)  # type: ignore[arg-type]


#: Rules 3.2, each cell: what, nation, polling day, pence, whether it was read or follows from what was read.
_NON_PARTY_ROWS = [
    ("anyone-may-spend", "uk", JUL_2024, 70_000, False),
    ("notification-needed-above", "uk", JUL_2024, 1_000_000, False),
    ("reporting-above", "england", JUL_2024, 2_000_000, False),
    ("reporting-above", "scotland", JUL_2024, 1_000_000, False),
    ("reporting-above", "wales", JUL_2024, 1_000_000, False),
    ("reporting-above", "northern-ireland", JUL_2024, 1_000_000, False),
    ("cap", "england", DEC_2019, 31_980_000, True),
    ("cap", "scotland", DEC_2019, 5_540_000, True),
    ("cap", "wales", DEC_2019, 4_400_000, True),
    ("cap", "northern-ireland", DEC_2019, 3_080_000, True),
    ("constituency-cap", "uk", DEC_2019, 975_000, True),
    ("cap", "england", JUL_2024, 58_654_800, True),
    ("cap", "scotland", JUL_2024, 8_157_100, True),
    ("cap", "wales", JUL_2024, 5_456_600, True),
    ("cap", "northern-ireland", JUL_2024, 3_944_300, True),
    ("constituency-cap", "uk", JUL_2024, 1_755_300, True),
    ("targeted-cap", "england", JUL_2024, 5_865_400, True),
    ("targeted-cap", "scotland", JUL_2024, 615_700, True),
    ("targeted-cap", "wales", JUL_2024, 345_600, True),
    ("targeted-cap", "northern-ireland", JUL_2024, 194_400, True),
]


@pytest.mark.parametrize(("what", "nation", "poll_on", "pence", "is_confirmed"), _NON_PARTY_ROWS)
def test_every_row_of_the_non_party_figures(
    what: str, nation: str, poll_on: date, pence: int, is_confirmed: bool
) -> None:
    """What is uncertain computes and says so; what was read, or follows from it, does not warn."""
    found = non_party_figure(what=what, nation=nation, poll_on=poll_on)
    assert (found.limit_pence, found.is_confirmed) == (pence, is_confirmed)
    assert bool(found.warnings) is not is_confirmed
    assert (found.status == "uncertain") is not is_confirmed


def test_every_entry_of_both_tables_stands_in_a_row_above() -> None:
    """A figure that is added to a table without a row here fails."""
    used = {
        entry
        for nation, poll_on, seats, _pence in _PARTY_ROWS
        for entry in party_limit(nation=nation, seats=seats, poll_on=poll_on).entries  # type: ignore[arg-type]
    } | {
        entry
        for what, nation, poll_on, _pence, _is_confirmed in _NON_PARTY_ROWS
        for entry in non_party_figure(what=what, nation=nation, poll_on=poll_on).entries
    }
    tables_here = [table for table in tables() if table.key in {"party_limits", "non_party_limits"}]
    assert len(tables_here) == 2
    assert {entry.id for table in tables_here for entry in table.entries} == used


@pytest.mark.parametrize(("what", "poll_on"), [("targeted-cap", DEC_2019), ("anyone-may-spend", DEC_2019)])
def test_what_had_no_tier_then_has_no_figure(what: str, poll_on: date) -> None:
    """The targeted cap of 2019 was not found; the tier of £700 came with the Act of 2022."""
    nation = "england" if what == "targeted-cap" else "uk"
    with pytest.raises(NoRuleInForce):
        non_party_figure(what=what, nation=nation, poll_on=poll_on)
