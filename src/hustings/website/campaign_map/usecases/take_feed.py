"""Take over what another installation's feed says: from a file, or fetched from its address."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.platform.public_web import TooLong, ask_public
from hustings.website.campaign_map.models import Neighbour, NeighbourEvent, NeighbourNeed
from hustings.website.campaign_map.rules.feed import Feed, read_feed

#: What an address answers with; a test, or an installation behind a proxy, hands in its own.
Fetch = Callable[[str], bytes]

MOST_BYTES = 2_000_000
_PATIENCE_S = 15
_EVERY = timedelta(hours=1)


class FeedNotRead(Refusal):
    """The address did not answer, or not with JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of reading one feed."""

    neighbour: Neighbour
    events: int
    needs: int
    rejected: tuple[tuple[str, str], ...]


def fetch_over_http(address: str) -> bytes:
    """Fetch an address of the public web, 15 seconds and 2 MB at most; sends nothing but what the protocol needs."""
    if not address.startswith(("https://", "http://")):
        raise FeedNotRead(
            "not_an_address",
            gettext_noop("{address} is no address that begins with https://."),
            address=address,
        )
    try:
        answer = ask_public(
            url=address,
            headers={"Accept": "application/json", "User-Agent": "Hustings"},
            seconds=_PATIENCE_S,
            most_bytes=MOST_BYTES,
        )
    except TooLong as fault:
        raise _too_long(address) from fault
    except OSError as fault:
        raise FeedNotRead(
            "no_answer", gettext_noop("{address} did not answer: {fault}."), address=address, fault=fault
        ) from fault
    if answer.status != 200:
        raise FeedNotRead(
            "refused",
            gettext_noop("{address} answered with status {status}."),
            address=address,
            status=answer.status,
        )
    return answer.content


def _too_long(where: str) -> FeedNotRead:
    return FeedNotRead("too_long", gettext_noop("{where} is longer than 2 MB."), where=where)


def take_feed_file(*, path: Path, now: datetime) -> Taken:
    """Take over a feed that lies in a file; the installation is known by its name. Raises `FeedNotRead` and `NotAFeed`."""
    feed = _parsed(path.read_bytes(), str(path.name))
    neighbour, _is_new = Neighbour.objects.get_or_create(name=feed.name or path.stem, address="")
    return _take(neighbour, feed, now)


def read_neighbour(*, neighbour: Neighbour, now: datetime, fetch: Fetch = fetch_over_http) -> Taken:
    """Fetch and take over one installation's feed; what goes wrong is kept with it. Raises `FeedNotRead` and `NotAFeed`."""
    try:
        feed = _parsed(fetch(neighbour.address), neighbour.address)
    except Refusal as problem:
        Neighbour.objects.filter(pk=neighbour.pk).update(problem=str(problem)[:300], read_at=now)
        raise
    return _take(neighbour, feed, now)


def read_neighbours(*, now: datetime, fetch: Fetch = fetch_over_http) -> list[Taken]:
    """Read every active installation that has an address and was not read in the last hour."""
    taken = []
    due = Neighbour.objects.filter(Q(read_at=None) | Q(read_at__lte=now - _EVERY), is_active=True)
    for neighbour in due.exclude(address="").order_by("pk"):
        try:
            taken.append(read_neighbour(neighbour=neighbour, now=now, fetch=fetch))
        except Refusal:
            continue  # kept with the neighbour, where the desk shows it
    return taken


def _parsed(content: bytes, where: str) -> Feed:
    if len(content) > MOST_BYTES:
        raise _too_long(where)
    try:
        document = json.loads(content)
    except ValueError as fault:
        raise FeedNotRead(
            "not_json", gettext_noop("{where} is not JSON: {fault}."), where=where, fault=fault
        ) from fault
    return read_feed(document=document)


@transaction.atomic
def _take(neighbour: Neighbour, feed: Feed, now: datetime) -> Taken:
    neighbour.events.all().delete()
    neighbour.needs.all().delete()
    NeighbourEvent.objects.bulk_create(
        NeighbourEvent(
            neighbour=neighbour,
            uid=event.uid,
            title=event.title,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            place=event.place,
            area_code=event.area,
            lat=event.lat,
            lon=event.lon,
            url=event.url,
        )
        for event in feed.events
        if event.ends_at > now
    )
    NeighbourNeed.objects.bulk_create(
        NeighbourNeed(
            neighbour=neighbour,
            code=need.code,
            name=need.name,
            wanted=need.wanted,
            target=need.target,
            url=need.url,
        )
        for need in feed.needs
    )
    neighbour.read_at, neighbour.problem = now, ""
    neighbour.save(update_fields=["read_at", "problem"])
    return Taken(
        neighbour=neighbour,
        events=neighbour.events.count(),
        needs=neighbour.needs.count(),
        rejected=feed.rejected,
    )
