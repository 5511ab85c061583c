"""What needs attention: each app answers for itself, `project/wiring.py` (ATTENTION) lists who is asked.

An app offers `attention(*, scope: Scope, now: datetime) -> list[Attention]` in its `queries.py`, made of a few small counts,
and the shell lists it: `AttentionSource(right=Right.MATCH, ask=register_queries.attention)`. It is asked only on behalf of
somebody who holds the right, with the places in which they hold it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from hustings.accounts.access import Right, Scope
from hustings.accounts.models import User
from hustings.platform.attention import Attention


@dataclass(frozen=True, kw_only=True)
class AttentionSource:
    """One app's answer, and the right it takes to hear it; `is_personal` where it depends on who asks, not on places."""

    right: Right
    ask: Callable[..., list[Attention]]
    is_personal: bool = False

    def answer(self, *, user: User, scope: Scope, now: datetime) -> list[Attention]:
        """What needs attention in those places now, or of this user."""
        return self.ask(user=user, now=now) if self.is_personal else self.ask(scope=scope, now=now)
