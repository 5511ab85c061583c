"""The way of a finding from draft to publication: reviewed by somebody else, put to the campaigner, and only then public."""

from datetime import date, timedelta

#: From which state which step leads where. Replies change nothing and are taken until the end; an invitation may be sent again,
#: for instance to another address, and the days to reply then begin anew.
NEXT = {
    ("draft", "review"): "reviewed",
    ("reviewed", "invitation"): "invited",
    ("invited", "invitation"): "invited",
    ("invited", "publication"): "published",
    ("draft", "drop"): "dropped",
    ("reviewed", "drop"): "dropped",
    ("invited", "drop"): "dropped",
    ("published", "drop"): "dropped",
    ("invited", "reply"): "invited",
    ("published", "reply"): "published",
}
#: How many days a campaigner gets to reply before a finding may be published: our own rule, not law.
DAYS_TO_REPLY = 7


def state_after(*, state: str, step: str) -> str | None:
    """Where a step leads; none where it cannot be taken now."""
    return NEXT.get((state, step))


def reply_by(*, invited_on: date) -> date:
    """The last day on which the campaigner may reply before publication."""
    return invited_on + timedelta(days=DAYS_TO_REPLY)


def may_publish(*, reply_until: date | None, has_replied: bool, on: date) -> bool:
    """Whether the campaigner has replied or has had its days."""
    return has_replied or (reply_until is not None and on > reply_until)
