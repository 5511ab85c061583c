"""Which law binds, on which day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hustings.clearance.rules.duty import missing_facts, needs_imprint, regimes
from hustings.clearance.rules.facts import (
    TELEPHONED,
    Election,
    MaterialFacts,
    Medium,
    Nation,
    Publisher,
    Subject,
)
from tests.clearance.rules.cases import EMAIL, FIRST_DAY, but

ANY_FACTS = st.builds(
    MaterialFacts,
    medium=st.sampled_from(Medium),
    nation=st.sampled_from(Nation),
    election=st.sampled_from(Election),
    is_paid=st.booleans(),
    publisher=st.sampled_from(Publisher),
    subject=st.sampled_from(Subject),
)
ANY_DAY = st.dates(min_value=date(2019, 1, 1), max_value=date(2029, 12, 31))


def test_every_entry_has_a_source_and_a_law() -> None:
    assert len(regimes().entries) >= 13
    for entry in regimes().entries:
        assert entry.source
        assert entry.text("law")


def test_the_entry_that_decided_is_told() -> None:
    duty = needs_imprint(facts=EMAIL, on=FIRST_DAY)
    assert duty.is_required
    assert duty.is_confirmed
    assert duty.entry is not None
    assert duty.law == duty.entry.text("law")


def test_missing_facts_are_named() -> None:
    assert missing_facts(but(EMAIL, nation=None, is_paid=None)) == ("nation", "is_paid")
    assert missing_facts(EMAIL) == ()


@given(facts=ANY_FACTS, on=ANY_DAY)
def test_calls_and_text_messages_never_need_one(facts: MaterialFacts, on: date) -> None:
    duty = needs_imprint(facts=facts, on=on)
    assert not (facts.medium in TELEPHONED and duty.is_required)


@given(facts=ANY_FACTS, on=st.dates(min_value=date(2019, 1, 1), max_value=date(2023, 10, 31)))
def test_no_digital_material_outside_scotland_is_bound_before_november_2023(
    facts: MaterialFacts, on: date
) -> None:
    printed = facts.medium in {Medium.PRINT, Medium.NEWSPAPER}
    assert printed or facts.nation is Nation.SCOTLAND or not needs_imprint(facts=facts, on=on).is_required


@given(facts=ANY_FACTS, on=ANY_DAY)
def test_paying_never_frees_from_a_confirmed_duty_under_uk_law(facts: MaterialFacts, on: date) -> None:
    organic = needs_imprint(facts=but(facts, is_paid=False), on=on)
    is_uk = organic.entry is not None and organic.entry.id.startswith("imprint_regimes/digital-organic")
    if organic.is_required and organic.is_confirmed and is_uk:
        assert needs_imprint(facts=but(facts, is_paid=True), on=on).is_required


@given(facts=ANY_FACTS, on=ANY_DAY)
def test_once_in_force_a_duty_under_part_6_stays(facts: MaterialFacts, on: date) -> None:
    duty = needs_imprint(facts=facts, on=on)
    if duty.entry is not None and duty.is_required and duty.entry.span.is_open:
        assert needs_imprint(facts=facts, on=on + timedelta(days=365)).is_required
