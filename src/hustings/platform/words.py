"""Numbers, dates and amounts as people write them: 12,480; 7 May 2026; 10:05am on 7 May; £1,234.50; 12 days ago."""

from datetime import date, datetime, timedelta

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hustings.basics.clock import UK, uk_date
from hustings.basics.money import format_pence

_HOUR = timedelta(hours=1)


def number(value: float | int | None) -> str:
    """A number with a comma between thousands; nothing for `None`."""
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


def percent(value: float | None, *, places: int = 0) -> str:
    """A share between 0 and 1 as a percentage."""
    return "" if value is None else f"{value * 100:,.{places}f}%"


def pounds(pence: int | None) -> str:
    """Whole pence as pounds; even pounds lose their zeros."""
    if pence is None:
        return ""
    written = format_pence(pence)
    return written.removesuffix(".00")


def day(value: date | None) -> str:
    """A date in full: 7 May 2026, in the reader's language."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = uk_date(value)
    return formats.date_format(value, "j F Y")


def clock_time(value: datetime) -> str:
    """A time of day in the United Kingdom: 10am, 10:05am, noon, midnight; by the 24-hour clock outside English."""
    local = value.astimezone(UK)
    if not (translation.get_language() or "en").startswith("en"):
        return f"{local:%H:%M}"
    if local.minute == 0 and local.hour in {0, 12}:
        return "noon" if local.hour else "midnight"
    hour = local.hour % 12 or 12
    half = "am" if local.hour < 12 else "pm"
    return f"{hour}:{local:%M}{half}" if local.minute else f"{hour}{half}"


def moment(value: datetime | None) -> str:
    """A moment in full: 7 May 2026, 10:05am, by the clock of the United Kingdom."""
    return "" if value is None else f"{day(value)}, {clock_time(value)}"


def appointment(value: datetime | None) -> str:
    """A moment that people keep free, with its weekday: Thursday 7 May 2026, 10:05am."""
    return "" if value is None else f"{formats.date_format(value.astimezone(UK), 'l')} {moment(value)}"


def span(*, starts_at: datetime, ends_at: datetime) -> str:
    """From when until when: Saturday 4 April 2026, 10am to noon; with both days where they differ."""
    is_one_day = starts_at.astimezone(UK).date() == ends_at.astimezone(UK).date()
    until = clock_time(ends_at) if is_one_day else appointment(ends_at)
    return _("%(starts)s to %(ends)s") % {"starts": appointment(starts_at), "ends": until}


def ago(value: datetime | None, *, now: datetime) -> str:
    """How long ago a moment was, or how far off it is, as somebody would say it; the date beyond a week."""
    if value is None:
        return _("never")
    passed = now - value
    if passed < timedelta(0):
        return until(uk_date(value), today=uk_date(now))
    if passed < timedelta(minutes=1):
        return _("just now")
    if passed < _HOUR:
        minutes = int(passed.total_seconds() // 60)
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}
    days = (uk_date(now) - uk_date(value)).days
    if days == 0:
        hours = int(passed.total_seconds() // 3600)
        return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}
    if days == 1:
        return _("yesterday at %(time)s") % {"time": clock_time(value)}
    if days < 8:
        return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}
    return day(value)


def until(value: date, *, today: date) -> str:
    """How far off a day is: today, tomorrow, in 5 days, or its date beyond four weeks; overdue ones say so."""
    days = (value - today).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days < 0:
        return ngettext("%(count)d day overdue", "%(count)d days overdue", -days) % {"count": -days}
    if days <= 28:
        return ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}
    return _("on %(day)s") % {"day": day(value)}


def distance(km: float, *, places: int = 1) -> str:
    """How far, as people say it: 12.3 km; what rounds to nothing is less than 100 m, or than 1 km where `places` is 0."""
    if round(km, places) > 0:
        return _("%(km)s km") % {"km": f"{km:,.{places}f}"}
    return _("less than 100 m") if places else _("less than 1 km")


def away(km: float, *, places: int = 1) -> str:
    """How far away something is; about so far where `places` is 0."""
    if round(km, places) <= 0:
        return _("less than 100 m away") if places else _("less than 1 km away")
    figure = {"km": f"{km:,.{places}f}"}
    return _("%(km)s km away") % figure if places else _("about %(km)s km away") % figure


def written(value: object) -> str:
    """Any plain value as a page shows it: numbers, dates, moments and yes or no in words; nothing for `None`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return str(value)
