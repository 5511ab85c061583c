"""What an answer of the Meta API calls for: go on, wait, try again, ask for less, or give up and say why."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Act = Literal["take", "wait", "again", "less", "stop"]
#: Error codes of the Graph API that mean “too much, too fast” (application, user, page and business limits).
_LIMIT_CODES = {4, 17, 32, 613, *range(80000, 80015)}
#: Codes for a token that is not, or no longer, good.
_TOKEN_CODES = {102, 190, 463, 467}
#: Codes for trouble on their side that passes.
_PASSING_CODES = {1, 2}
#: From this share of the allowance on we pause by ourselves.
FULL = 95
LEAST_WAIT = 60.0
LONGEST_WAIT = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What to do, how many seconds to wait before it, and a sentence for people."""

    act: Act
    seconds: float = 0.0
    sentence: str = ""


def judge(*, status: int, headers: Mapping[str, str], body: Mapping[str, Any], attempt: int) -> Verdict:
    """Judge one answer; `attempt` counts from 1 the tries of the same page."""
    error = body.get("error") if isinstance(body.get("error"), dict) else None
    if status < 400 and error is None:
        wait = _used_up(headers)
        return Verdict(act="take", seconds=wait, sentence="The allowance is nearly used up." if wait else "")
    code = int((error or {}).get("code") or 0)
    message = str((error or {}).get("message") or f"status {status}")
    if status == 429 or code in _LIMIT_CODES:
        wait = (
            _retry_after(headers) or _used_up(headers) or min(LONGEST_WAIT, LEAST_WAIT * 2 ** (attempt - 1))
        )
        return Verdict(act="wait", seconds=wait, sentence="The platform's limit is reached.")
    if code in _TOKEN_CODES or status == 401:
        return Verdict(
            act="stop",
            sentence="The platform refuses the token: it has expired, was withdrawn, or lacks access to the Ad Library. "
            "Store a new one with `hustings adwatch token`.",
        )
    if "reduce the amount of data" in message.casefold():
        return Verdict(act="less", sentence="The platform asks for smaller pages.")
    if status >= 500 or code in _PASSING_CODES:
        return Verdict(
            act="again", seconds=min(300.0, 2.0**attempt), sentence="The platform has trouble of its own."
        )
    return Verdict(act="stop", sentence=f"The platform refuses the question: {message}")


def _retry_after(headers: Mapping[str, str]) -> float:
    try:
        found = float(headers.get("retry-after", ""))
    except ValueError:
        return 0.0
    return min(LONGEST_WAIT, found) if math.isfinite(found) and found > 0 else 0.0


def _used_up(headers: Mapping[str, str]) -> float:
    """Seconds to pause where the usage headers say that the allowance is full; 0 where there is room."""
    worst, minutes = 0.0, 0.0
    for name in ("x-app-usage", "x-business-use-case-usage", "x-ad-account-usage"):
        try:
            said = json.loads(headers.get(name, "null"))
        except ValueError:
            continue
        for usage in _usages(said):
            for key in ("call_count", "total_cputime", "total_time", "acc_id_util_pct"):
                worst = max(worst, _number(usage.get(key)))
            minutes = max(minutes, _number(usage.get("estimated_time_to_regain_access")))
    if worst < FULL and not minutes:
        return 0.0
    return min(LONGEST_WAIT, max(LEAST_WAIT, minutes * 60))


def _usages(said: Any) -> list[Mapping[str, Any]]:
    if not isinstance(said, dict):
        return []
    lists = [value for value in said.values() if isinstance(value, list)]
    return [one for many in lists for one in many if isinstance(one, dict)] if lists else [said]


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
