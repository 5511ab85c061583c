"""What both makers of gifts share: the year they make, and what is true about it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hustings.money.rules.splitting.gifts import GiftFacts


@dataclass(frozen=True, kw_only=True)
class PlantedYear:
    """Gifts, and the truth: by splitter ("kind number") the ids of the gifts that are one source's."""

    gifts: list[GiftFacts]
    splitters: dict[str, frozenset[int]]


@dataclass
class Planter:
    """Collects gifts and remembers which were planted."""

    gifts: list[GiftFacts] = field(default_factory=list)
    planted: dict[str, set[int]] = field(default_factory=dict)

    def honest(self, *, amount_pence: int, received_on: date, **facts: Any) -> None:
        """Add a gift that hides nothing."""
        self.gifts.append(
            GiftFacts(
                gift_id=len(self.gifts) + 1,
                amount_pence=amount_pence,
                received_on=received_on,
                is_checked=amount_pence > 50_000,
                **facts,
            )
        )

    def split(self, source: str, *, amount_pence: int, received_on: date, **facts: Any) -> None:
        """Add one part of a source's split gift."""
        self.honest(amount_pence=amount_pence, received_on=received_on, **facts)
        self.planted.setdefault(source, set()).add(len(self.gifts))

    def year(self) -> PlantedYear:
        """Everything, in the order of the days, as a ledger has it."""
        return PlantedYear(
            gifts=sorted(self.gifts, key=lambda gift: (gift.received_on, gift.gift_id)),
            splitters={source: frozenset(ids) for source, ids in self.planted.items()},
        )
