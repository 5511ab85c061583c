"""Is something given free or cheaply notional spending? Five tests, all of which must hold.

Representation of the People Act 1983 s. 90C as changed by the Elections Act 2022 s. 20; Electoral Commission, notional spending.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hustings.basics.money import format_pence
from hustings.basics.refusals import gettext_noop
from hustings.basics.tables import NoRuleInForce, load_table
from hustings.money.rules.said import Said

SPENDING = load_table(Path(__file__).parent / "tables" / "spending_rules.toml")

#: Council elections in these nations kept the older rule: benefit is enough, nobody need have directed it.
_OLDER_RULE = frozenset({("local", "scotland"), ("local", "wales")})


@dataclass(frozen=True, kw_only=True)
class Gift:
    """What was given: its value and what was paid, in pence, and what is known about its use.

    `is_directed`: the candidate, the agent or somebody they authorised directed, authorised or encouraged the use.
    """

    value_pence: int
    paid_pence: int
    is_for_campaign: bool
    is_used: bool
    is_directed: bool
    would_be_expense: bool


@dataclass(frozen=True, kw_only=True)
class Test:
    """One of the five tests: what it asks, and whether it holds."""

    key: str
    asks: Said
    holds: bool

    __test__ = False  # not a test of ours, whatever pytest thinks


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """All five tests; what must be declared as notional spending, in pence; the entries used."""

    tests: tuple[Test, ...]
    notional_pence: int
    entries: tuple[str, ...]

    @property
    def is_notional(self) -> bool:
        """Whether every test holds."""
        return all(test.holds for test in self.tests)


def judge(*, gift: Gift, on: date, election: str, nation: str, is_non_party: bool = False) -> Judgement:
    """Hold a gift against the five tests on the day it was used.

    All hold: the full value less what was paid counts, and is a donation as well. Non-party campaigners have a difference of
    their own (£200, not £50).
    """
    percent = SPENDING.entry(on=on, rule="notional-discount-above-percent")
    least = SPENDING.entry(
        on=on, rule=f"notional-difference-above-pence{'-non-party' if is_non_party else ''}"
    )
    entries = [percent.id, least.id]
    needs_direction = False
    if (election, nation) not in _OLDER_RULE:
        try:
            entry = SPENDING.entry(on=on, rule="notional-needs-direction")
        except NoRuleInForce:
            pass  # before 24 November 2022 use for the candidate's benefit was enough
        else:
            needs_direction = entry.flag()
            entries.append(entry.id)
    difference = gift.value_pence - gift.paid_pence
    is_cheap = gift.paid_pence == 0 or difference * 100 > gift.value_pence * percent.integer()
    tests = (
        Test(
            key="for-use",
            asks=Said(gettext_noop("It was given for the use or benefit of the candidate.")),
            holds=gift.is_for_campaign,
        ),
        Test(
            key="discount",
            asks=Said(
                gettext_noop("It was free, or more than {percent} % cheaper than anybody else would get it."),
                {"percent": percent.integer()},
            ),
            holds=gift.value_pence > 0 and is_cheap,
        ),
        Test(
            key="difference",
            asks=Said(
                gettext_noop("The difference between its value and what was paid is more than {least}."),
                {"least": format_pence(least.integer())},
            ),
            holds=difference > least.integer(),
        ),
        Test(
            key="use",
            asks=Said(
                gettext_noop("The candidate or agent used it, or directed, authorised or encouraged its use.")
                if needs_direction
                else gettext_noop("It was used by the candidate or on the candidate's behalf.")
            ),
            holds=gift.is_used and (gift.is_directed or not needs_direction),
        ),
        Test(
            key="expense",
            asks=Said(gettext_noop("It would have been an election expense, had it been paid for.")),
            holds=gift.would_be_expense,
        ),
    )
    is_notional = all(test.holds for test in tests)
    return Judgement(tests=tests, notional_pence=difference if is_notional else 0, entries=tuple(entries))
