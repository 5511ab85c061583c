"""Numbers, dates and amounts as people write them, in templates: `{% load words %}{{ count|number }}`."""

from datetime import date, datetime

from django import template

from hustings.basics.clock import clock
from hustings.platform import words

register = template.Library()


@register.filter
def number(value: float | int | None) -> str:
    """12480 as 12,480."""
    return words.number(value)


@register.filter
def percent(value: float | None, places: int = 0) -> str:
    """0.375 as 38%; `|percent:1` as 37.5%."""
    return words.percent(value, places=places)


@register.filter
def pounds(value: int | None) -> str:
    """123450 pence as £1,234.50."""
    return words.pounds(value)


@register.filter
def day(value: date | None) -> str:
    """A date as 7 May 2026."""
    return words.day(value)


@register.filter
def moment(value: datetime | None) -> str:
    """A moment as 7 May 2026, 10:05am."""
    return words.moment(value)


@register.filter
def appointment(value: datetime | None) -> str:
    """A moment with its weekday: Thursday 7 May 2026, 10:05am."""
    return words.appointment(value)


@register.simple_tag
def span(starts_at: datetime, ends_at: datetime) -> str:
    """From when until when: Saturday 4 April 2026, 10am to noon."""
    return words.span(starts_at=starts_at, ends_at=ends_at)


@register.filter
def ago(value: datetime | None) -> str:
    """A moment as 5 minutes ago."""
    return words.ago(value, now=clock().now())


@register.filter
def until(value: date | None) -> str:
    """A day as in 5 days."""
    return "" if value is None else words.until(value, today=clock().today_in_uk())


@register.filter
def distance(km: float, places: int = 1) -> str:
    """A length as 12.3 km; `|distance:0` as 12 km."""
    return words.distance(km, places=places)


@register.filter
def away(km: float, places: int = 1) -> str:
    """A distance as 12.3 km away; `|away:0` as about 12 km away."""
    return words.away(km, places=places)


@register.filter
def written(value: object) -> str:
    """Any plain value as a page shows it."""
    return words.written(value)
