"""Nobody appoints above themselves."""

import pytest

from hustings.accounts.access import RIGHTS, Right
from hustings.accounts.models import Role
from hustings.accounts.rules.appointing import MAY_GIVE, givers_of, may_give

RANK = [Role.VOLUNTEER, Role.TREASURER, Role.ORGANISER, Role.DATA_OFFICER, Role.AGENT, Role.ADMINISTRATOR]


def test_only_administrators_make_their_like() -> None:
    """And agents and data officers, whose word is law or opens every door."""
    for role in (Role.ADMINISTRATOR, Role.AGENT, Role.DATA_OFFICER):
        assert givers_of(role=role) == {Role.ADMINISTRATOR}


@pytest.mark.parametrize("giver", list(Role))
def test_nobody_gives_above_their_own(giver: Role) -> None:
    """By rank; and whoever gives anything holds the right to appoint."""
    for role in Role:
        if may_give(held=giver, role=role):
            assert RANK.index(role) <= RANK.index(giver)
            assert Right.APPOINT in RIGHTS[giver]


def test_every_role_can_be_given() -> None:
    """None is out of reach, and none is misspelt."""
    assert {role for given in MAY_GIVE.values() for role in given} == set(Role)
    assert set(MAY_GIVE) <= set(Role)
