"""How often one address is written to because somebody typed it into a form."""

from datetime import timedelta

#: Within this time …
MAIL_WINDOW = timedelta(hours=24)

#: … one address gets at most so many links.
MOST_MAILS = 4


def may_mail(*, mails_in_window: int) -> bool:
    """Whether one more message may go to an address that got so many within `MAIL_WINDOW`."""
    return mails_in_window < MOST_MAILS
