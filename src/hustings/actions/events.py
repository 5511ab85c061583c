"""Facts about petitions and signatures that others may react to."""

from dataclasses import dataclass

from hustings.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class SignatureConfirmed(Event):
    """A signature counts: its person and what they agreed to are on file."""

    signature_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PetitionOpened(Event):
    """A petition can be signed."""

    petition_id: int


@dataclass(frozen=True, kw_only=True)
class PetitionClosed(Event):
    """A petition can no longer be signed."""

    petition_id: int
