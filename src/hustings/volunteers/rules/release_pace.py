"""How often one volunteer may be shown the same invite link."""

from datetime import timedelta

#: Within this time …
RELEASE_WINDOW = timedelta(days=1)

#: … so many times: a new telephone and a mistaken press, not a hand-out.
MOST_RELEASES = 3


def may_release(*, earlier: int) -> bool:
    """Whether the link may be released once more after so many times within `RELEASE_WINDOW`."""
    return earlier < MOST_RELEASES
