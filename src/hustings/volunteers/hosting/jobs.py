"""Work of hosting that runs by the clock."""

from django_tasks import task

from hustings.basics.clock import clock
from hustings.volunteers.hosting.usecases.ask_after_stays import remind_of_check_ins, tell_of_missed_check_ins
from hustings.volunteers.hosting.usecases.erase_old_stays import erase_old_stays
from hustings.volunteers.hosting.usecases.propose_stays import propose_stays


@task()
def match_travellers() -> int:
    """Propose beds to everybody who asks for one and has none; returns how many."""
    return len(propose_stays(now=clock().now()).stays)


@task()
def delete_old_stays() -> dict[str, int]:
    """Delete everything about stays that ended 30 days ago, unless a report about them is open."""
    return erase_old_stays(now=clock().now())


@task()
def ask_after_stays() -> dict[str, int]:
    """Remind travellers who have not checked in, and tell the organisers where nothing came of it."""
    now = clock().now()
    return {"reminded": remind_of_check_ins(now=now), "told": tell_of_missed_check_ins(now=now)}
