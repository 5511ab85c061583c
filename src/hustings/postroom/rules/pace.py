"""How many messages may go now, where a sending has a pace."""

#: Messages are let go in windows of so many seconds, so that a pace of 60 a minute is 6 every 6 seconds, not 60 at once.
WINDOW_SECONDS = 6


def allowance(*, per_minute: int | None, in_window: int, most: int) -> int:
    """How many more may be begun: `in_window` were begun within the last WINDOW_SECONDS; at most `most` at a time."""
    if per_minute is None:
        return most
    quota = max(1, per_minute * WINDOW_SECONDS // 60)
    return max(0, min(most, quota - in_window))
