"""When a political opinion may be kept and used: UK GDPR Article 9 and DPA 2018 Schedule 1 paragraph 22.

A voting intention, also an undecided one, reveals a political opinion and is special category data. A registered party
may hold it for its political activities unless the person gave written notice to stop (paragraph 22(4)). Nobody else can
use that paragraph: they need the person's explicit consent (Article 9(2)(a)). Source: rules sheet section 5 (ICO political
campaigning guidance; DPA 2018). This is the one place that decides it: noting an intention and the gate both ask here.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from hustings.basics.entries import Entry
from hustings.basics.tables import NoRuleInForce, RuleTable, load_table

_TABLES = Path(__file__).parent / "tables"


class Basis(StrEnum):
    """The condition under which an opinion is held."""

    PARTY = "dpa_2018_sch1_para22"
    EXPLICIT_CONSENT = "uk_gdpr_art9_2_a"


@dataclass(frozen=True, kw_only=True)
class OpinionAnswer:
    """The basis found, or none; `entry` is the dated rule behind the answer, empty before the first and for a notice to stop."""

    basis: Basis | None
    entry: Entry | None = None

    @property
    def is_allowed(self) -> bool:
        """Whether the opinion may be kept and used."""
        return self.basis is not None


@cache
def opinion_rules() -> RuleTable:
    """On what ground political opinions may be processed, by kind of organisation and day."""
    return load_table(_TABLES / "opinion_basis.toml")


def needs_explicit_consent(*, is_registered_party: bool, on: date) -> Entry | None:
    """The rule in force on that day by which each person's explicit consent is needed, or `None` where it is not."""
    entry = _rule(is_registered_party, on)
    return entry if entry is not None and entry.flag("needs_consent") else None


def basis_for_opinion(
    *, is_registered_party: bool, has_consented: bool, has_objected: bool, on: date
) -> OpinionAnswer:
    """The basis on which somebody's political opinion may be kept and used on that day.

    `has_consented` is explicit consent to it, `has_objected` a withdrawal of that or a notice to stop, which nothing passes over.
    """
    entry = _rule(is_registered_party, on)
    if has_objected:
        return OpinionAnswer(basis=None)
    if has_consented:
        return OpinionAnswer(basis=Basis.EXPLICIT_CONSENT, entry=entry)
    if needs_explicit_consent(is_registered_party=is_registered_party, on=on):
        return OpinionAnswer(basis=None, entry=entry)
    return OpinionAnswer(basis=Basis.PARTY if is_registered_party else None, entry=entry)


def _rule(is_registered_party: bool, on: date) -> Entry | None:
    try:
        return opinion_rules().entry(
            on=on, organisation="registered-party" if is_registered_party else "not-registered"
        )
    except NoRuleInForce:  # before the Data Protection Act 2018
        return None
