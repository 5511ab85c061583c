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
class PeopleMatched(Event):
    """People were held against the register; the run has the figures."""

    run_id: int


@dataclass(frozen=True, kw_only=True)
class MatchDecided(Event):
    """Somebody decided, or took back, whether a person is an elector."""

    match_id: int
    state: str
