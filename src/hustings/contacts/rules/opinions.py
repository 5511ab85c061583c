"""When a political opinion may be kept at all: UK GDPR Article 9 and DPA 2018 Schedule 1 paragraph 22.

A voting intention, also an undecided one, reveals a political opinion and is special category data. A registered party
may hold it for its political activities unless the person gave written notice to stop (paragraph 22(4)). Nobody else can
use that paragraph: they need the person's explicit consent (Article 9(2)(a)). Source: rules sheet section 5 (ICO political
campaigning guidance; DPA 2018).
"""

from enum import StrEnum


class Basis(StrEnum):
    """The condition under which an opinion is held."""

    PARTY = "dpa_2018_sch1_para22"
    EXPLICIT_CONSENT = "uk_gdpr_art9_2_a"
    NOT_AN_OPINION = "not_an_opinion"


#: The one answer that says nothing about an opinion.
SAYS_NOTHING = frozenset({"wont_say"})


def basis_for_opinion(
    *, choice: str, is_registered_party: bool, has_consented: bool, has_objected: bool
) -> Basis | None:
    """The basis on which an answer about somebody's vote may be kept, or `None` where it must not be.

    `has_consented` is explicit consent to keeping political opinions; `has_objected` a withdrawal of it or a notice to stop.
    """
    if choice in SAYS_NOTHING:
        return Basis.NOT_AN_OPINION
    if has_objected:
        return None
    if has_consented:
        return Basis.EXPLICIT_CONSENT
    return Basis.PARTY if is_registered_party else None
