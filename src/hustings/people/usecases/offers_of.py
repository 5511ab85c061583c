"""The boxes by which somebody can agree, each with the version of the words that stand beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hustings.people.models import ConsentWording
from hustings.people.usecases.wording_for import wording_for


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One box: what it is for, and the version of its words that is shown."""

    channel: str
    purpose: str
    wording: ConsentWording

    @property
    def value(self) -> str:
        """What the form sends for a ticked box: the words that were seen go with it."""
        return f"{self.channel}.{self.purpose}.{self.wording.pk}"


def offers_of(
    *, asked_in: str, words: Mapping[tuple[str, str], str], language: str, now: datetime
) -> list[Offer]:
    """The boxes for these words by channel and purpose, in their order; words that are new are kept as a new version.

    `asked_in` names where they are asked ("petition"): the same purpose has words of its own elsewhere.
    """
    keys = {_key(asked_in, *pair): pair for pair in words}
    known = {
        (wording.key, wording.text): wording
        for wording in ConsentWording.objects.filter(
            key__in=keys, language=language, text__in=list(words.values())
        )
    }
    return [
        Offer(
            channel=pair[0],
            purpose=pair[1],
            wording=known.get((key, words[pair]))
            or wording_for(key=key, text=words[pair], language=language, now=now),
        )
        for key, pair in keys.items()
    ]


def offers_meant(*, asked_in: str, values: Iterable[str]) -> list[Offer]:
    """The boxes that were sent ticked, in the version of the words that was seen; what was never offered there is left out."""
    ticked: dict[int, tuple[str, str]] = {}
    for value in values:
        channel, _dot, rest = value.partition(".")
        purpose, _dot, wording = rest.partition(".")
        if wording.isdecimal() and len(wording) < 19:
            ticked[int(wording)] = (channel, purpose)
    if not ticked:
        return []
    found = ConsentWording.objects.in_bulk(list(ticked))
    meant = {
        pair: Offer(channel=pair[0], purpose=pair[1], wording=found[pk])
        for pk, pair in ticked.items()
        if pk in found and found[pk].key == _key(asked_in, *pair)
    }
    return list(meant.values())


def offers_seen(*, asked_in: str, wording_ids: Iterable[int]) -> list[Offer]:
    """The boxes of these versions of words, in their order: as they once stood on a paper."""
    ids = list(wording_ids)
    found = ConsentWording.objects.in_bulk(ids)
    offers = []
    for pk in ids:
        place, _dot, pair = found[pk].key.partition(".") if pk in found else ("", "", "")
        channel, _dot, purpose = pair.partition(".")
        if place == asked_in:
            offers.append(
                Offer(channel="" if channel == "any" else channel, purpose=purpose, wording=found[pk])
            )
    return offers


def _key(asked_in: str, channel: str, purpose: str) -> str:
    return f"{asked_in}.{channel or 'any'}.{purpose}"
