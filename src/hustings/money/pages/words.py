"""Words and colours for figures of money."""

from django.utils.translation import gettext

from hustings.money.models import PeriodName
from hustings.money.rules.headroom import Headroom, Weight
from hustings.platform.pages.parts import Tile, Tone
from hustings.platform.words import pounds

TONES: dict[Weight, Tone] = {
    Weight.FINE: "good",
    Weight.NEAR: "warn",
    Weight.UNSURE: "warn",
    Weight.OVER: "bad",
}


def period_words(name: str) -> str:
    """A period's name in the reader's language."""
    return str(PeriodName(name).label)


def tiles_of(rooms: list[Headroom]) -> list[Tile]:
    """Each period's spending, room and forecast as tiles."""
    tiles = []
    for room in rooms:
        suffix = f" · {period_words(room.period)}" if len(rooms) > 1 else ""
        limit = pounds(room.limit_pence) if room.limit_pence is not None else gettext("not known")
        tiles += [
            Tile(
                label=gettext("spent or ordered") + suffix,
                value=pounds(room.committed_pence),
                note=gettext("of %(limit)s") % {"limit": limit},
                tone=TONES[room.weight],
            ),
            Tile(
                label=gettext("room left") + suffix,
                value=pounds(room.room_pence) if room.room_pence is not None else "–",
                note=""
                if room.is_confirmed
                else gettext("this limit is not confirmed")
                if room.limit_pence is not None
                else "",
                tone=TONES[room.weight],
            ),
            Tile(
                label=gettext("with everything planned") + suffix,
                value=pounds(room.forecast_pence),
                note=gettext("%(planned)s planned") % {"planned": pounds(room.planned_pence)},
                tone=TONES[room.forecast_weight],
            ),
        ]
    return tiles
