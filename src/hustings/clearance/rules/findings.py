"""What a check found: one line of the checklist, with the rule and the dated entry it rests on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from hustings.basics.tables import Entry


class Level(StrEnum):
    """What a finding means for publication."""

    OK = "ok"
    INFO = "info"
    WARN = "warn"
    BLOCK = "block"


_WEIGHT = {Level.OK: 0, Level.INFO: 1, Level.WARN: 2, Level.BLOCK: 3}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One line of a checklist.

    `id` is the check's number (I1 to I14), `code` a short stable word for programs, `sentence` the
    untranslated sentence with `{named}` gaps and `details` what fills them; `rule` the place in law or our
    own standard; `entry_id` and `status` the dated entry that made it, empty where none did.
    """

    id: str
    code: str
    level: Level
    sentence: str
    details: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    rule: str = ""
    entry_id: str = ""
    status: str = ""

    @property
    def message(self) -> str:
        """The whole sentence in English."""
        return self.told(str)

    def told(self, translate: Callable[[str], str]) -> str:
        """The whole sentence in the language that `translate` speaks."""
        return translate(self.sentence).format(**self.details)

    def as_dict(self) -> dict[str, Any]:
        """The finding as it is kept and printed: plain JSON, from which `from_dict` makes the same finding
        again.
        """
        return {
            "id": self.id,
            "code": self.code,
            "level": str(self.level),
            "message": self.message,
            "sentence": self.sentence,
            "details": dict(self.details),
            "rule": self.rule,
            "entry_id": self.entry_id,
            "status": self.status,
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "Finding":
        """The finding that `as_dict` wrote down."""
        return cls(
            id=kept["id"],
            code=kept["code"],
            level=Level(kept["level"]),
            sentence=kept["sentence"],
            details=MappingProxyType(dict(kept["details"])),
            rule=kept["rule"],
            entry_id=kept["entry_id"],
            status=kept["status"],
        )


def has_passed(findings: Iterable[Finding]) -> bool:
    """Whether nothing found stands in the way of publication."""
    return all(finding.level is not Level.BLOCK for finding in findings)


def worst(findings: Iterable[Finding]) -> Level:
    """The gravest level among the findings; OK where there are none."""
    return max((finding.level for finding in findings), key=_WEIGHT.__getitem__, default=Level.OK)


def sources_of(entry: Entry | None) -> dict[str, str]:
    """The entry's id and status, in the words of a finding."""
    return {"entry_id": entry.id, "status": str(entry.status)} if entry else {"entry_id": "", "status": ""}
