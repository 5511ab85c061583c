"""What kind of organisation it is decides whether opinions may be kept without asking (DPA 2018 Sch. 1 para. 22)."""

from datetime import date

import pytest

from hustings.accounts.models import OrganisationKind
from hustings.accounts.rules.lawful_basis import (
    KINDS,
    UnknownKind,
    bases,
    explanation,
    needs_explicit_consent_for_opinions,
)

ON = date(2026, 5, 1)


def test_every_kind_is_known() -> None:
    """The rule and the table of organisations name the same kinds."""
    assert set(KINDS) == set(OrganisationKind)


@pytest.mark.parametrize("kind", KINDS)
def test_only_parties_hold_opinions_without_asking(kind: str) -> None:
    """And the notice cites accordingly; every basis cites law."""
    is_party = kind == OrganisationKind.REGISTERED_PARTY
    assert needs_explicit_consent_for_opinions(kind=kind, on=ON) != is_party
    opinions = next(basis for basis in bases(kind=kind) if basis.activity == "opinions")
    assert ("para. 22" in opinions.law) == is_party
    assert all(
        basis.law and basis.what.endswith(".") and basis.why.endswith(".") for basis in bases(kind=kind)
    )
    assert ("registered party (or a branch" in explanation(kind=kind, on=ON)) == is_party


def test_electronic_messages_always_need_consent() -> None:
    """PECR regulation 22 knows no exception for politics; the soft opt-in is for sales and charities."""
    for kind in KINDS:
        basis = next(basis for basis in bases(kind=kind) if basis.activity == "electronic_messages")
        assert "reg. 22" in basis.law
        assert "6(1)(a)" in basis.law


def test_an_unknown_kind_is_refused() -> None:
    """With the kinds that are known."""
    with pytest.raises(UnknownKind, match="registered_party"):
        bases(kind="club")
    for ask in (explanation, needs_explicit_consent_for_opinions):
        with pytest.raises(UnknownKind, match="registered_party"):
            ask(kind="club", on=ON)
