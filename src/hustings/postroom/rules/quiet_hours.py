"""The night: texts that nobody asked for at that moment wait until the morning.

Our own rule, not the law's: a telephone lies beside the bed. What people asked for (a call-out, a reminder) goes at any hour.
"""

from datetime import datetime, time

from hustings.basics.clock import UK

FIRST = time(8, 0)
LAST = time(21, 0)


def is_quiet(*, at: datetime) -> bool:
    """Whether it is night by the clock of the United Kingdom: before eight in the morning, or nine in the evening and later."""
    hour = at.astimezone(UK).time()
    return hour < FIRST or hour >= LAST
