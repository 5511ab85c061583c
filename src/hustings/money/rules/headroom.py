"""How much may still be spent in a period, and what one more item would do to it."""

from dataclasses import dataclass
from enum import StrEnum

from hustings.basics.money import format_pence
from hustings.basics.refusals import gettext_noop
from hustings.money.rules.said import Said

#: From this share of the limit on, every further item is warned about: our own choice, not law.
NEAR_PERCENT = 90


class Weight(StrEnum):
    """What a figure means for spending more."""

    FINE = "fine"
    NEAR = "near"
    UNSURE = "unsure"  # above a limit that is not confirmed: warns, never refuses
    OVER = "over"


@dataclass(frozen=True, kw_only=True)
class Headroom:
    """One period's figures in pence: the limit (None where none is known), what counts so far, and what is planned.

    `committed_pence` is all that was ordered or given, paid or not; `planned_pence` what is not ordered yet.
    """

    period: str
    limit_pence: int | None
    is_confirmed: bool
    committed_pence: int
    planned_pence: int

    @property
    def room_pence(self) -> int | None:
        """What may still be committed; below nought where the limit is broken."""
        return None if self.limit_pence is None else self.limit_pence - self.committed_pence

    @property
    def forecast_pence(self) -> int:
        """What will have been spent once everything planned is ordered."""
        return self.committed_pence + self.planned_pence

    @property
    def weight(self) -> Weight:
        """Where spending stands now."""
        return _weigh(self.committed_pence, self)

    @property
    def forecast_weight(self) -> Weight:
        """Where it will stand with everything planned."""
        return _weigh(self.forecast_pence, self)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What one more item would mean: how grave, the total it would bring, in pence, and a sentence."""

    period: str
    weight: Weight
    would_be_pence: int
    said: Said


def weigh_addition(*, room: Headroom, adding_pence: int, has_limit_fallen: bool = False) -> Verdict:
    """What happens to a period if so much more counts in it.

    An addition of nothing is always fine, unless the limit itself has just fallen.
    """
    total = room.committed_pence + adding_pence
    weight = Weight.FINE if adding_pence <= 0 and not has_limit_fallen else _weigh(total, room)
    figures = {
        "adding": format_pence(adding_pence),
        "total": format_pence(total),
        "limit": format_pence(room.limit_pence or 0),
        "over": format_pence(total - (room.limit_pence or 0)),
        "left": format_pence((room.limit_pence or 0) - total),
    }
    return Verdict(
        period=room.period, weight=weight, would_be_pence=total, said=Said(_SENTENCES[weight], figures)
    )


def _weigh(total: int, room: Headroom) -> Weight:
    if room.limit_pence is None:
        return Weight.UNSURE if total else Weight.FINE
    if total > room.limit_pence:
        return Weight.OVER if room.is_confirmed else Weight.UNSURE
    return Weight.NEAR if total * 100 >= room.limit_pence * NEAR_PERCENT and total else Weight.FINE


_SENTENCES = {
    Weight.FINE: gettext_noop("This adds {adding}; {left} of the limit of {limit} would be left."),
    Weight.NEAR: gettext_noop(
        "This adds {adding} and brings spending to {total}, close to the limit of {limit}: {left} would be left."
    ),
    Weight.UNSURE: gettext_noop(
        "This adds {adding} and brings spending to {total}. No confirmed limit is known (our figure: {limit}); ask the "
        "returning officer before you order it."
    ),
    Weight.OVER: gettext_noop(
        "This adds {adding} and brings spending to {total}, which is {over} above the limit of {limit}."
    ),
}
