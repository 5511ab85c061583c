"""The feed by which installations tell each other of public events and of where they need people: hustings-feed-1.

A JSON object: `version`, `name` (of the organisation), `events` and `needs`. An event has `uid`, `title`, `starts_at` and
`ends_at` (ISO 8601 with an offset), `url`, and may have `place`, `area` (a GSS code), `lat` and `lon`. A need has `code`
(GSS), `wanted` (how many more people), and may have `target` (how many altogether), `name` and `url`; with a target, `wanted`
may be 0: there are enough. Nothing about a person stands in a feed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeGuard

from hustings.basics.refusals import Refusal, gettext_noop

VERSION = "hustings-feed-1"
_MOST_PEOPLE = 100_000


class NotAFeed(Refusal):
    """The document is not a feed of this version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEvent:
    """One event of a feed."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    url: str
    place: str = ""
    area: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedNeed:
    """One need of a feed."""

    code: str
    wanted: int
    target: int | None = None
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed says. `rejected` are the entries that could not be used: which, and why."""

    name: str
    events: tuple[FeedEvent, ...]
    needs: tuple[FeedNeed, ...]
    rejected: tuple[tuple[str, str], ...] = field(default=())


class _Unusable(Exception):
    """An entry lacks something; the message is a sentence."""


def read_feed(*, document: Any) -> Feed:
    """Read a feed that was parsed from JSON; raises `NotAFeed`."""
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise NotAFeed(
            "not_a_feed",
            gettext_noop(
                "This is no feed of version {version}. Ask for the address that ends in needs.json or events.json."
            ),
            version=VERSION,
        )
    rejected: list[tuple[str, str]] = []
    events = tuple(_usable("event", document.get("events"), _event, rejected))
    needs = tuple(_usable("need", document.get("needs"), _need, rejected))
    return Feed(
        name=str(document.get("name") or "")[:120], events=events, needs=needs, rejected=tuple(rejected)
    )


def _usable(kind: str, entries: Any, make: Any, rejected: list[tuple[str, str]]) -> Iterator[Any]:
    seen: set[str] = set()
    for number, entry in enumerate(entries if isinstance(entries, list) else [], start=1):
        try:
            if not isinstance(entry, dict):
                raise _Unusable("It is not an object.")
            found = make(entry)
            key = found.uid if isinstance(found, FeedEvent) else found.code
            if key in seen:
                raise _Unusable(f"{key} stands already in an earlier entry.")
        except _Unusable as fault:
            rejected.append((f"{kind} {number}", str(fault)))
            continue
        seen.add(key)
        yield found


def _event(entry: Mapping[str, Any]) -> FeedEvent:
    starts_at, ends_at = _moment(entry, "starts_at"), _moment(entry, "ends_at")
    if ends_at <= starts_at:
        raise _Unusable("It ends before it begins.")
    lat, lon = entry.get("lat"), entry.get("lon")
    has_point = isinstance(lat, int | float) and isinstance(lon, int | float)
    return FeedEvent(
        uid=_text(entry, "uid", 200),
        title=_text(entry, "title", 160),
        starts_at=starts_at,
        ends_at=ends_at,
        url=_address(entry, is_needed=True),
        place=str(entry.get("place") or "")[:200],
        area=str(entry.get("area") or "")[:12],
        lat=float(lat) if has_point and lat is not None else None,
        lon=float(lon) if has_point and lon is not None else None,
    )


def _need(entry: Mapping[str, Any]) -> FeedNeed:
    target = entry.get("target")
    if target is not None and not _is_whole(target, 1):
        raise _Unusable("“target” is not a whole number from 1 to 100,000.")
    wanted = entry.get("wanted")
    if not _is_whole(wanted, 1 if target is None else 0):
        raise _Unusable(
            "“wanted” is not a whole number from 1 to 100,000; it may be 0 where there is a “target”."
        )
    if target is not None and wanted > target:
        raise _Unusable("“wanted” is more than the “target”.")
    return FeedNeed(
        code=_text(entry, "code", 12),
        wanted=wanted,
        target=target,
        name=str(entry.get("name") or "")[:120],
        url=_address(entry, is_needed=False),
    )


def _is_whole(value: Any, least: int) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= _MOST_PEOPLE


def _text(entry: Mapping[str, Any], name: str, most: int) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > most:
        raise _Unusable(f"“{name}” is missing or longer than {most} characters.")
    return value.strip()


def _address(entry: Mapping[str, Any], *, is_needed: bool) -> str:
    value = str(entry.get("url") or "")
    if not value and not is_needed:
        return ""
    if not value.startswith(("https://", "http://")) or len(value) > 300:
        raise _Unusable("“url” is not an address that begins with https://.")
    return value


def _moment(entry: Mapping[str, Any], name: str) -> datetime:
    try:
        found = datetime.fromisoformat(str(entry.get(name)))
    except ValueError as fault:
        raise _Unusable(f"“{name}” is no moment such as 2026-04-30T18:00:00+01:00.") from fault
    if found.tzinfo is None:
        raise _Unusable(f"“{name}” has no offset from universal time, such as +01:00.")
    return found
