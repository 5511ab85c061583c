"""Our own ads beside what the archive shows: missing, late, another disclaimer, spend out of the interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hustings.adwatch.rules.intervals import Interval
from hustings.adwatch.rules.naming import name_key

#: An ad that shows up later than this after we placed it is late; platforms speak of hours, so two days are lenient.
DAYS_LATE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What we placed."""

    ad_id: str
    page: str
    disclaimer: str
    first_on: date
    last_on: date | None
    pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What an archive shows."""

    ad_id: str
    page: str
    disclaimer: str
    first_on: date | None
    last_on: date | None
    spend: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One way in which the two differ: a short word and a whole sentence."""

    kind: str
    sentence: str


def find_shown(*, placed: Placed, shown: Sequence[Shown]) -> list[Shown]:
    """The archive's ads that may be ours: the one with our id, else those of our page that ran in the same days."""
    if placed.ad_id:
        return [one for one in shown if one.ad_id == placed.ad_id]
    last = placed.last_on or date.max
    return [
        one
        for one in shown
        if name_key(one.page) == name_key(placed.page)
        and (one.first_on is None or placed.first_on - timedelta(days=1) <= one.first_on <= last)
    ]


def differences(*, placed: Placed, shown: Sequence[Shown]) -> list[Difference]:
    """How the archive differs from what we placed; nothing where it agrees as far as it can."""
    ours = find_shown(placed=placed, shown=shown)
    if not ours:
        return [
            Difference(
                kind="missing",
                sentence="The archive does not show this ad. Look it up by its address, and report it to the platform.",
            )
        ]
    found = []
    first = min((one.first_on for one in ours if one.first_on), default=None)
    if first is not None and first > placed.first_on + timedelta(days=DAYS_LATE):
        found.append(
            Difference(
                kind="late", sentence=f"We placed it on {placed.first_on}; the archive shows it from {first}."
            )
        )
    wrong = sorted(
        {one.disclaimer or "none" for one in ours if name_key(one.disclaimer) != name_key(placed.disclaimer)}
    )
    if wrong:
        shown_words = ", ".join(f"“{one}”" for one in wrong)
        found.append(
            Difference(
                kind="disclaimer",
                sentence=f"Its disclaimer should read “{placed.disclaimer}”; the archive shows {shown_words}.",
            )
        )
    low = sum(one.spend.low for one in ours)
    is_open = any(one.spend.high is None for one in ours)
    high = None if is_open else sum(one.spend.high or 0 for one in ours)
    if not Interval(low, high).holds(placed.pence):
        found.append(
            Difference(
                kind="spend",
                sentence=(
                    f"We paid {placed.pence / 100:,.2f} pounds; the archive shows "
                    + (
                        f"at least {low / 100:,.0f} pounds."
                        if high is None
                        else f"{low / 100:,.0f} to {high / 100:,.0f} pounds."
                    )
                ),
            )
        )
    return found
