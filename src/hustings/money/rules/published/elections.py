"""The weeks before two general elections side by side, and one published comparison held against the data at hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hustings.basics.entries import Entry
from hustings.basics.money import format_pence
from hustings.money.rules.donation_law import WEEKLY
from hustings.money.rules.published.donations import PublishedGift
from hustings.money.rules.published.totals import Total, totals_by

NOT_REPRODUCIBLE = "not reproducible from the data at hand"

#: The standing example: in the weeks before the poll of 2019 one party reported £19.5 million, more than the £18.7 million of all
#: parties in 2017. Stated to a tenth of a million.
_STATED_ONE_2019, _STATED_ALL_2017 = 1_950_000_000, 1_870_000_000
_ROUNDING_PENCE = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """The days from dissolution to the poll of one general election, and what was given and reported in them.

    `received` are totals by recipient of gifts whose own day lies between; `reported` of gifts that were reported in a weekly
    report of those days. Public money and gifts that were given back are in neither.
    """

    year: int
    dissolved_on: date
    poll_on: date
    received: tuple[Total, ...]
    reported: tuple[Total, ...]
    warning: str

    @property
    def received_pence(self) -> int:
        """Everything received."""
        return sum(total.pence for total in self.received)

    @property
    def reported_pence(self) -> int:
        """Everything in weekly reports."""
        return sum(total.pence for total in self.reported)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingExample:
    """The published comparison, what the data give, whether they agree, and a sentence."""

    stated_one_party_2019_pence: int
    stated_all_2017_pence: int
    found_one_party_2019_pence: int
    found_all_2017_pence: int
    is_reproduced: bool
    sentence: str


def known_elections() -> dict[int, Entry]:
    """The general elections whose dissolution the tables have, by year."""
    return {int(entry.text("poll_on")[:4]): entry for entry in WEEKLY.entries if "poll_on" in entry.values}


def campaign_of(*, gifts: Sequence[PublishedGift], year: int) -> Campaign:
    """The weeks before the general election of a year; `KeyError` where the tables do not have it."""
    entry = known_elections()[year]
    start, poll = (date.fromisoformat(entry.text(name)) for name in ("dissolved_on", "poll_on"))
    given = [gift for gift in gifts if not gift.is_public_money and not gift.action]
    received = [gift for gift in given if gift.day is not None and start <= gift.day <= poll]
    reported = [
        gift
        for gift in given
        if gift.is_reported_pre_poll
        and (str(year) in gift.period or (gift.day is not None and start <= gift.day <= poll))
    ]
    return Campaign(
        year=year,
        dissolved_on=start,
        poll_on=poll,
        received=tuple(totals_by(gifts=received, key=lambda gift: gift.recipient)),
        reported=tuple(totals_by(gifts=reported, key=lambda gift: gift.recipient)),
        warning=entry.warning,
    )


def standing_example(*, gifts: Sequence[PublishedGift]) -> StandingExample:
    """Hold the published comparison of 2019 with 2017 against the weekly reports among these gifts."""
    later, earlier = campaign_of(gifts=gifts, year=2019), campaign_of(gifts=gifts, year=2017)
    largest = max((total.pence for total in later.reported), default=0)
    is_reproduced = (
        abs(largest - _STATED_ONE_2019) <= _ROUNDING_PENCE
        and abs(earlier.reported_pence - _STATED_ALL_2017) <= _ROUNDING_PENCE
    )
    stated = (
        "£19.5 million reported by one party before the poll of 2019 against £18.7 million by all in 2017"
    )
    if is_reproduced:
        sentence = f"{stated}: the data at hand give {format_pence(largest)} and {format_pence(earlier.reported_pence)}."
    else:
        sentence = (
            f"{stated}: {NOT_REPRODUCIBLE}. In weekly reports they have {_count(later)} gifts "
            f"({format_pence(largest)} for the largest recipient) for 2019 and {_count(earlier)} "
            f"({format_pence(earlier.reported_pence)}) for 2017. The full export of the Electoral Commission is needed."
        )
    return StandingExample(
        stated_one_party_2019_pence=_STATED_ONE_2019,
        stated_all_2017_pence=_STATED_ALL_2017,
        found_one_party_2019_pence=largest,
        found_all_2017_pence=earlier.reported_pence,
        is_reproduced=is_reproduced,
        sentence=sentence,
    )


def _count(campaign: Campaign) -> int:
    return sum(total.gifts for total in campaign.reported)
