"""What the register tells others."""

from dataclasses import dataclass

from hustings.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class RegisterVersionActivated(Event):
    """A new version of a register is in use: people can be matched to it."""

    version_id: int


@dataclass(frozen=True, kw_only=True)
class RegisterCopyDestroyed(Event):
    """The entries of a register version were destroyed."""

    version_id: int


@dataclass(frozen=True, kw_only=True)
class PersonMatched(Event):
    """A person was joined to an elector."""

    person_id: int
    elector_id: int


@dataclass(frozen=True, kw_only=True)
class PersonUnmatched(Event):
    """A person is no longer joined to an elector."""

    person_id: int
    elector_id: int
