"""Political opinions: a registered party may hold them until told to stop, everybody else needs explicit consent."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.accounts.rules.opinions import Basis, basis_for_opinion, needs_explicit_consent, opinion_rules

ON = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("is_registered_party", "has_consented", "has_objected", "basis"),
    [
        (True, False, False, Basis.PARTY),
        (True, True, False, Basis.EXPLICIT_CONSENT),
        (True, False, True, None),
        (False, False, False, None),
        (False, True, False, Basis.EXPLICIT_CONSENT),
        (False, False, True, None),
    ],
)
def test_basis_by_kind_of_organisation(
    is_registered_party: bool, has_consented: bool, has_objected: bool, basis: Basis | None
) -> None:
    found = basis_for_opinion(
        is_registered_party=is_registered_party, has_consented=has_consented, has_objected=has_objected, on=ON
    )
    assert found.basis == basis
    assert found.is_allowed == (basis is not None)


@given(st.booleans(), st.booleans(), st.dates())
def test_a_notice_to_stop_is_never_passed_over(party: bool, consented: bool, on: date) -> None:
    found = basis_for_opinion(is_registered_party=party, has_consented=consented, has_objected=True, on=on)
    assert not found.is_allowed


@given(st.dates(min_value=date(2018, 5, 25)), st.booleans())
def test_only_a_registered_party_does_without_consent(on: date, party: bool) -> None:
    rule = needs_explicit_consent(is_registered_party=party, on=on)
    assert (rule is None) == party
    assert rule is None or rule.is_confirmed


def test_the_rule_is_dated() -> None:
    """Before the Data Protection Act 2018 the table says nothing, and nobody but a party gets a basis from that."""
    before = date(2018, 5, 24)
    assert needs_explicit_consent(is_registered_party=False, on=before) is None
    found = basis_for_opinion(is_registered_party=False, has_consented=False, has_objected=False, on=before)
    assert not found.is_allowed
    assert {entry.key for entry in opinion_rules().entries} == {("registered-party",), ("not-registered",)}
