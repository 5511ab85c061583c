"""Facts about people that others may react to."""

from dataclasses import dataclass

from hustings.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class PersonErased(Event):
    """What we held about a person was erased; the empty row stays."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class PersonMerged(Event):
    """Two rows were found to be one person; `merged_id` now points at `kept_id`."""

    kept_id: int
    merged_id: int


@dataclass(frozen=True, kw_only=True)
class PersonUnmerged(Event):
    """A merge was undone: the two are two again."""

    kept_id: int
    merged_id: int


@dataclass(frozen=True, kw_only=True)
class ObjectionRecorded(Event):
    """Somebody objected. `objection` is its id as text; `person_id` is None where only keys are known."""

    objection: str
    person_id: int | None
    channel: str
    purpose: str
