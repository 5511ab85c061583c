"""How pages say things of cover: gaps, states and shifts."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hustings.basics.clock import uk_date
from hustings.places.models import Venue
from hustings.platform.pages.parts import Badge
from hustings.platform.words import clock_time, day
from hustings.support.models import CoverPeriod
from hustings.support.rules.rota import Gap


def span_words(*, starts_at: datetime, ends_at: datetime) -> str:
    """A stretch of a day as people say it: 6pm–8pm."""
    return f"{clock_time(starts_at)}–{clock_time(ends_at)}"


def day_and_span(*, starts_at: datetime, ends_at: datetime, today: object) -> str:
    """The same with its day, where that is not today."""
    said = span_words(starts_at=starts_at, ends_at=ends_at)
    return said if uk_date(starts_at) == today else f"{day(uk_date(starts_at))}, {said}"


def gap_words(*, gaps: Iterable[Gap]) -> list[str]:
    """Each gap as a sentence."""
    said = []
    for gap in gaps:
        words = ngettext(
            "From %(from)s to %(until)s (%(day)s) one person is missing.",
            "From %(from)s to %(until)s (%(day)s) %(count)s people are missing.",
            gap.missing,
        )
        said.append(
            words
            % {
                "from": clock_time(gap.starts_at),
                "until": clock_time(gap.ends_at),
                "day": day(uk_date(gap.starts_at)),
                "count": gap.missing,
            }
        )
    return said


def missing_badge(*, missing: int) -> Badge:
    """How many are missing, in red; or that nobody is."""
    if not missing:
        return Badge(text=_("covered"), tone="good")
    return Badge(text=ngettext("%d missing", "%d missing", missing) % missing, tone="bad")


def period_badge(*, period: CoverPeriod) -> Badge:
    """Whether a place is active."""
    return (
        Badge(text=_("active"), tone="warn") if period.is_open else Badge(text=_("quiet again"), tone="plain")
    )


def venue_badge(*, venue: Venue, active: set[int]) -> Badge:
    """Whether somebody made the place active."""
    return (
        Badge(text=_("active"), tone="warn") if venue.pk in active else Badge(text=_("quiet"), tone="plain")
    )
