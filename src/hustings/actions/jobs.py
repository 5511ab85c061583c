"""Work that runs by the clock."""

from django_tasks import task

from hustings.actions.models import Petition
from hustings.actions.usecases.forget_answered import forget_answered
from hustings.actions.usecases.forget_unconfirmed import forget_unconfirmed
from hustings.actions.usecases.recount import recount
from hustings.basics.clock import clock
from hustings.platform.jobs.worker import current_progress


@task()
def forget_unconfirmed_signatures() -> int:
    """Erase signatures that were not confirmed in 30 days."""
    return forget_unconfirmed(now=clock().now())


@task()
def forget_answered_signatures() -> int:
    """Empty the signatures of petitions that were answered a year ago."""
    return forget_answered(now=clock().now())


@task()
def recount_petitions() -> int:
    """Hold every petition's kept count against its signatures; returns how many had to be mended."""
    mended = 0
    petitions = list(Petition.objects.order_by("pk").values_list("pk", flat=True))
    for done, petition_id in enumerate(petitions):
        current_progress().report(done=done, total=len(petitions))
        before, after = recount(petition_id=petition_id, actor=None, now=clock().now())
        mended += before != after
    return mended
