"""What clearance announces."""

from dataclasses import dataclass

from hustings.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class MaterialApproved(Event):
    """A copy of a material was approved for use."""

    copy_id: int


@dataclass(frozen=True, kw_only=True)
class MaterialWithdrawn(Event):
    """An approved copy may no longer be used."""

    copy_id: int
