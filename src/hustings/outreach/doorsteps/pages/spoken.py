"""What a volunteer says of a door, read in one way, whether a page sends it or a phone kept it for a while."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hustings.outreach.conversations.pages.fields import AnswerFields
from hustings.outreach.conversations.queries import parties_to_ask
from hustings.outreach.conversations.rules.answers import Spoken
from hustings.outreach.conversations.usecases.offer_words import offer_words, words_seen
from hustings.outreach.doorsteps.models import Canvass, DoorOutcome

#: What one tap can say, beside `leaflet`: nobody at home, and a leaflet left.
_TAPS = frozenset({DoorOutcome.NO_ANSWER, DoorOutcome.GONE, DoorOutcome.OBJECTED})
_LEAFLET = "leaflet"


class SpokenForm(AnswerFields):
    """What somebody said at the door. `seen` are versions of words that were read out of a copy, and may have changed since."""

    def __init__(
        self, *args: Any, canvass: Canvass, now: datetime, seen: Iterable[int] = (), **kwargs: Any
    ) -> None:
        self._canvass = canvass
        offers = {offer.value: offer for offer in offer_words(channel=Spoken.DOOR, now=now)}
        offers |= {offer.value: offer for offer in words_seen(wording_ids=seen)}
        super().__init__(
            *args,
            channel=Spoken.DOOR,
            parties=parties_to_ask(election=canvass.election, area=canvass.area) if canvass.asks_vote else (),
            issues=list(canvass.issues.order_by("name")),
            offers=list(offers.values()),
            asks_intention=canvass.asks_vote,
            **kwargs,
        )

    def told(self) -> dict[str, Any]:
        """What `record_door` is told, once the form is valid."""
        return {
            "outcome": DoorOutcome.SPOKE,
            "answer": self.answer(election_id=self._canvass.election_id or ""),
            "wish": self.wish(),
            "agreed": self.agreed(),
            "is_leaflet_left": "leaflet" in self.data,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """One tap on a street's page: at which door, how many attempts it had seen, and what `record_door` is told."""

    door: int
    turn: int
    told: dict[str, Any]


def read_tap(*, tap: str) -> Tap | None:
    """Read “door:turn:outcome”; nothing where it is none."""
    parts = tap.split(":")
    if len(parts) != 3 or not parts[0].isdecimal() or not parts[1].isdecimal():
        return None
    is_leaflet_left = parts[2] == _LEAFLET
    outcome = DoorOutcome.NO_ANSWER if is_leaflet_left else parts[2]
    if outcome not in _TAPS:
        return None
    told = {"outcome": outcome, "is_leaflet_left": is_leaflet_left}
    return Tap(door=int(parts[0]), turn=int(parts[1]), told=told)
