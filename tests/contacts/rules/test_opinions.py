"""Political opinions: a registered party may hold them until told to stop, everybody else needs explicit consent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.contacts.rules.opinions import Basis, basis_for_opinion


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
        choice="party",
        is_registered_party=is_registered_party,
        has_consented=has_consented,
        has_objected=has_objected,
    )
    assert found == basis


@given(st.booleans(), st.booleans(), st.booleans())
def test_saying_nothing_may_always_be_noted(party: bool, consented: bool, objected: bool) -> None:
    found = basis_for_opinion(
        choice="wont_say", is_registered_party=party, has_consented=consented, has_objected=objected
    )
    assert found == Basis.NOT_AN_OPINION


@given(st.sampled_from(["party", "undecided", "not_voting"]), st.booleans(), st.booleans())
def test_a_notice_to_stop_is_never_passed_over(choice: str, party: bool, consented: bool) -> None:
    assert (
        basis_for_opinion(
            choice=choice, is_registered_party=party, has_consented=consented, has_objected=True
        )
        is None
    )
