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
