"""Which role may give which: nobody appoints above themselves, and only administrators make administrators."""

from collections.abc import Mapping

ADMINISTRATOR = "administrator"
AGENT = "agent"
TREASURER = "treasurer"
DATA_OFFICER = "data_officer"
ORGANISER = "organiser"
VOLUNTEER = "volunteer"

#: An agent is appointed by the candidate in law (Representation of the People Act 1983 s. 67); here an administrator records it.
MAY_GIVE: Mapping[str, frozenset[str]] = {
    ADMINISTRATOR: frozenset({ADMINISTRATOR, AGENT, TREASURER, DATA_OFFICER, ORGANISER, VOLUNTEER}),
    AGENT: frozenset({TREASURER, ORGANISER, VOLUNTEER}),
    ORGANISER: frozenset({VOLUNTEER}),
}


def givers_of(*, role: str) -> frozenset[str]:
    """The roles whose holders may give a role."""
    return frozenset(giver for giver, given in MAY_GIVE.items() if role in given)


def may_give(*, held: str, role: str) -> bool:
    """Whether a holder of one role may appoint somebody to another, within their own places."""
    return role in MAY_GIVE.get(held, frozenset())
