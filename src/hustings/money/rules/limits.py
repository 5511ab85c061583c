"""What may be spent: a limit is worked out from dated tables and always says which entries made it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Literal

from hustings.basics.entries import Entry, Status
from hustings.basics.money import format_pence
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.basics.tables import RuleTable, load_table

_TABLES = Path(__file__).parent / "tables"
CANDIDATES = load_table(_TABLES / "candidate_limits.toml")
JOINT = load_table(_TABLES / "joint_candidates.toml")
LONG_CAMPAIGN = load_table(_TABLES / "long_campaign.toml")
PARTIES = load_table(_TABLES / "party_limits.toml")
NON_PARTY = load_table(_TABLES / "non_party_limits.toml")
LOCAL_NON_PARTY = load_table(_TABLES / "local_non_party_limits.toml")

#: Elections whose limit depends on whether the seat is a county or a borough one.
_BY_SEAT_KIND = {"parl-short", "parl-long"}
_JOINT_ALLOWED = {"local"}
_RANK = (Status.SOURCED, Status.DERIVED, Status.KNOWN, Status.UNCERTAIN)

Nation = Literal["england", "wales", "scotland", "northern-ireland"]


class CannotReckon(Refusal):
    """A limit was asked for with facts that do not fit together."""


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A limit in pence, the sum it came from in words, the table entries that made it, and how far to rely on it.

    `status` is that of the least certain entry; `warnings` has a sentence for each that is not confirmed, and its note.
    """

    limit_pence: int
    formula: str
    entries: tuple[str, ...]
    status: Status
    warnings: tuple[str, ...] = field(default=())

    @property
    def is_confirmed(self) -> bool:
        """Whether every entry was read in a source or follows from ones that were."""
        return self.status in {Status.SOURCED, Status.DERIVED}


def candidate_limit(
    *,
    election: str,
    electors: int,
    poll_on: date,
    nation: Nation = "england",
    kind: str = "any",
    joint: int = 1,
    councils: int = 1,
    parliament_month: int | None = None,
) -> Limit:
    """What one candidate may spend at an election on polling day `poll_on`.

    `election` is a key of the table (`parl-short`, `parl-long`, `parl-by-election`, `local`, `parish`, `mayor-local`,
    `mayor-combined`, `mayor-london`, `gla-constituency`, `gla-list`); `electors` the register on the last day for publishing
    the notice; `kind` county or borough for `parl-short` and `parl-long`; `joint` how many candidates campaign jointly;
    `councils` the constituent councils of a combined authority; `parliament_month` the month of the Parliament in which it
    was dissolved, for `parl-long`. Half pennies are rounded up. Raises `CannotReckon` or `NoRuleInForce`.
    """
    if electors < 0:
        raise CannotReckon("electors", gettext_noop("The number of electors cannot be negative."))
    if election in _BY_SEAT_KIND and kind not in {"county", "borough"}:
        raise CannotReckon("kind", gettext_noop("Say whether the constituency is a county or a borough one."))
    if joint > 1 and election not in _JOINT_ALLOWED:
        raise CannotReckon(
            "joint", gettext_noop("The cut for joint candidates is known for council elections only.")
        )
    if joint < 1 or councils < 1:
        raise CannotReckon("count", gettext_noop("There is at least one candidate and one council."))
    entry = CANDIDATES.entry(
        on=poll_on, election=election, nation=nation, kind=kind if election in _BY_SEAT_KIND else "any"
    )
    fixed = entry.integer("fixed_pence") * (councils if entry.values.get("fixed_is_per_council") else 1)
    each = entry.decimal("per_elector_pence")
    amount = Decimal(fixed) + each * electors
    words = format_pence(fixed)
    if each:
        words += f" + {each.normalize():f}p × {electors:,} electors"
    used = [entry]
    if election == "parl-long":
        amount, words = _long_share(amount, words, parliament_month, poll_on, used)
    if joint > 1:
        cut = JOINT.entry(on=poll_on, number="two" if joint == 2 else "three-or-more")
        part = Decimal(cut.integer("numerator")) / cut.integer("denominator")
        amount -= amount * part
        words = f"({words}) less {cut.integer('numerator')}/{cut.integer('denominator')} for {joint} joint candidates"
        used.append(cut)
    return _limit(amount, words, used)


def _long_share(
    amount: Decimal, words: str, month: int | None, poll_on: date, used: list[Entry]
) -> tuple[Decimal, str]:
    if month is None:
        raise CannotReckon("month", gettext_noop("Say in which month of the Parliament it was dissolved."))
    if month < 56:
        return Decimal(0), "no long campaign: Parliament had not sat 55 months"
    share = LONG_CAMPAIGN.entry(on=poll_on, month=str(min(month, 60)))
    used.append(share)
    return amount * share.integer() / 100, f"{share.integer()} % of ({words})"


def party_limit(*, nation: Nation, seats: int, poll_on: date) -> Limit:
    """What a party may spend in one nation at a UK parliamentary general election, contesting so many seats there."""
    if seats < 1:
        raise CannotReckon(
            "seats", gettext_noop("A party that contests no seat in a nation has no limit there.")
        )
    entry = PARTIES.entry(on=poll_on, nation=nation)
    by_seats, floor = entry.integer("per_seat_pence") * seats, entry.integer("floor_pence")
    words = f"{format_pence(entry.integer('per_seat_pence'))} × {seats} seats"
    if floor > by_seats:
        words += f", but not less than {format_pence(floor)}"
    return _limit(Decimal(max(by_seats, floor)), words, [entry])


def non_party_figure(*, what: str, nation: str, poll_on: date) -> Limit:
    """A threshold or cap for non-party campaigners, by its key in the table."""
    entry = NON_PARTY.entry(on=poll_on, what=what, nation=nation)
    return _limit(Decimal(entry.integer()), format_pence(entry.integer()), [entry])


def local_non_party_limit(*, election: Literal["local", "parl"], electors: int, poll_on: date) -> Limit:
    """What others may spend for or against one candidate without the agent's authority (s. 75)."""
    entry = LOCAL_NON_PARTY.entry(on=poll_on, election=election)
    amount = entry.integer("fixed_pence") + entry.decimal("per_elector_pence") * electors
    each = entry.decimal("per_elector_pence").normalize()
    words = format_pence(entry.integer("fixed_pence"))
    return _limit(amount, f"{words} + {each:f}p × {electors:,} electors" if each else words, [entry])


def tables() -> tuple[RuleTable, ...]:
    """Every table a limit can come from."""
    return CANDIDATES, JOINT, LONG_CAMPAIGN, PARTIES, NON_PARTY, LOCAL_NON_PARTY


def _limit(amount: Decimal, words: str, used: list[Entry]) -> Limit:
    warnings = []
    for entry in used:
        if entry.warning:
            warnings.append(" ".join(filter(None, (entry.warning, entry.note))))
    return Limit(
        limit_pence=int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)),
        formula=words,
        entries=tuple(entry.id for entry in used),
        status=max((entry.status for entry in used), key=_RANK.index),
        warnings=tuple(warnings),
    )
