"""How often one address is written to about one signature, however often a form with it comes in."""

from datetime import datetime, timedelta

#: After the first message the second waits this long, the third as long as the next says; the last holds for all later.
_WAITS = (timedelta(minutes=10), timedelta(hours=1), timedelta(days=1))


def may_mail_again(*, mails: int, mailed_at: datetime | None, now: datetime) -> bool:
    """Say whether one more message about the same signature may go to the same address.

    Somebody who signs again because nothing came gets a second message; somebody whose address a stranger keeps typing in
    is not flooded. `mails` is how many went, `mailed_at` when the last did.
    """
    if mails == 0 or mailed_at is None:
        return True
    return now - mailed_at >= _WAITS[min(mails, len(_WAITS)) - 1]
