"""What the worker does for outreach."""

from datetime import datetime

from django_tasks import task

from hustings.basics.clock import clock


@task()
def close_mailing(at: str, dispatch_id: int) -> int | None:
    """A dispatch has ended: close its mailing. Safe to run twice."""
    from hustings.outreach.mailings.usecases.finish_mailing import finish_mailing

    mailing = finish_mailing(dispatch_id=dispatch_id, now=datetime.fromisoformat(at))
    return None if mailing is None else mailing.pk


@task()
def send_scheduled_mailings() -> list[int]:
    """Start the mailings whose moment has come. On the schedule, every minute."""
    from hustings.outreach.mailings.usecases.schedule_mailing import start_due_mailings

    return start_due_mailings(now=clock().now())


@task()
def close_phone_banks() -> list[int]:
    """Close the phone banks whose moment has come. On the schedule."""
    from hustings.outreach.phonebank.usecases.change_bank import close_due_banks

    return close_due_banks(now=clock().now())


@task()
def write_what_was_agreed(at: str, contact_point_id: int) -> bool:
    """Write to an address that was taken down by ear: what was noted, and the link by which they see and change it.

    It is what they were promised, not news; nothing is written to whoever was erased since, or whose address fails.
    """
    from hustings.outreach.conversations.usecases.write_what_was_agreed import write_what_was_agreed as write

    return write(contact_point_id=contact_point_id, said_at=datetime.fromisoformat(at), now=clock().now())
