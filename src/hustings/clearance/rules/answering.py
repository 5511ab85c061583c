"""The gate's answers for many at once: each combination of facts is decided once and spread over those who have it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hustings.clearance.rules.gate import Ask, Fact, Reason, Verdict, decide


@dataclass(frozen=True, kw_only=True)
class ClearanceSummary:
    """What the gate would say, before anything is stored: `asked = cleared + refused`, counts by reason.

    `rules` maps each reason to {rule, entry_id}; `warnings` lists doubts that do not refuse, with how many
    people of those cleared each concerns.
    """

    asked: int
    cleared: int
    refused: int
    counts: Mapping[str, int]
    rules: Mapping[str, Mapping[str, str]]
    warnings: tuple[Mapping[str, object], ...]


@dataclass(frozen=True)
class Answers:
    """The verdicts, one for each combination of facts that occurs, and who of those asked about has which."""

    verdicts: tuple[Verdict, ...]
    which: "np.ndarray[tuple[int], np.dtype[np.intp]]"
    times: tuple[int, ...]

    def summary(self) -> ClearanceSummary:
        """The counts by reason, most frequent first."""
        counts: dict[str, int] = {}
        rules: dict[str, dict[str, str]] = {}
        doubts: dict[str, dict[str, object]] = {}
        cleared = 0
        for verdict, times in zip(self.verdicts, self.times, strict=True):
            if verdict.reason is not None:
                reason = str(verdict.reason)
                counts[reason] = counts.get(reason, 0) + times
                rules[reason] = {"rule": verdict.rule, "entry_id": verdict.entry_id}
                continue
            cleared += times
            for remark in verdict.remarks:
                kept = doubts.setdefault(
                    remark.code,
                    {
                        "code": remark.code,
                        "rule": remark.rule,
                        "entry_id": remark.entry_id,
                        "sentence": remark.sentence,
                        "count": 0,
                    },
                )
                kept["count"] = int(str(kept["count"])) + times
        ordered = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
        return ClearanceSummary(
            asked=len(self.which),
            cleared=cleared,
            refused=len(self.which) - cleared,
            counts=ordered,
            rules={reason: rules[reason] for reason in ordered},
            warnings=tuple(doubts.values()),
        )


def decide_all(
    *, facts: "npt.NDArray[np.int32]", ask: Ask, set_aside: frozenset[str] = frozenset()
) -> Answers:
    """Decide each combination of facts once, and spread the verdicts over all who have it."""
    kinds, which, times = np.unique(facts, return_inverse=True, return_counts=True)
    verdicts = tuple(_decide(Fact(int(kind)), ask, set_aside) for kind in kinds)
    return Answers(verdicts, which, tuple(int(number) for number in times))


#: What each limit that may be set aside rests on: with the fact turned round, the rule no longer refuses for
# it.
_TURNED: dict[Reason, tuple[Fact, bool]] = {
    Reason.GONE_AWAY: (Fact.GONE_AWAY, False),
    Reason.TOO_OFTEN: (Fact.TOO_OFTEN, False),
    Reason.ADDRESS_UNVERIFIED: (Fact.ADDRESS_VERIFIED, True),
}


def _decide(facts: Fact, ask: Ask, set_aside: frozenset[str]) -> Verdict:
    for reason in set_aside:
        fact, is_set = _TURNED[Reason(reason)]
        facts = facts | fact if is_set else facts & ~fact
    return decide(facts=facts, ask=ask)
