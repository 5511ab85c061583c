"""The register's jobs: copies whose entitlement ended are destroyed by themselves."""

from django_tasks import task

from hustings.basics.clock import clock
from hustings.register.usecases.destroy_copies import destroy_expired_copies


@task()
def destroy_expired_register_copies() -> int:
    """Destroy every copy whose entitlement ended four weeks ago or more; returns how many."""
    return destroy_expired_copies(now=clock().now(), on=clock().today_in_uk())
