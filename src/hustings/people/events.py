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
class PeopleImported(Event):
    """A list of people came in from a file; some may be new, others may have moved."""

    run_id: int


@dataclass(frozen=True, kw_only=True)
class ObjectionRecorded(Event):
    """Somebody objected. `objection` is its id as text; `person_id` is None where only keys are known."""

    objection: str
    person_id: int | None
    channel: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class RightsRequestMade(Event):
    """Somebody asked for something under data protection law, or asked again before it was confirmed."""

    request_id: int
    kind: str
    source: str


@dataclass(frozen=True, kw_only=True)
class PreferenceLinkAsked(Event):
    """Somebody asked for a link to their preferences by email. Announced as well where the address is not known (no ids)."""

    contact_point_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class OpinionConsentWithdrawn(Event):
    """Somebody no longer lets us keep their political opinions."""

    person_id: int
