"""The register's jobs: people are matched as they come and as registers come; expired copies are destroyed."""

from django_tasks import task

from hustings.basics.clock import clock
from hustings.platform.jobs.worker import current_progress
from hustings.register.access import EntitlementExpired, RegisterNotHeld
from hustings.register.usecases.destroy_copies import destroy_expired_copies
from hustings.register.usecases.match_people import match_people
from hustings.register.usecases.match_person import NotToBeMatched, match_person


@task()
def match_signer(*, at: str, signature_id: int, person_id: int) -> str:
    """Hold somebody who confirmed a signature against the register; returns what came of it."""
    return _match_one(person_id)


@task()
def match_kept_person(*, at: str, kept_id: int, merged_id: int) -> str:
    """Hold a person against the register again after two rows became one, or one became two."""
    return _match_one(kept_id)


def _match_one(person_id: int) -> str:
    try:
        return match_person(person_id=person_id, now=clock().now(), on=clock().today_in_uk()).value
    except NotToBeMatched:
        return "not to be matched"
    except (RegisterNotHeld, EntitlementExpired):
        # Without a register that may be read there is nothing to match to; the next import matches everybody.
        return "no register"


@task()
def match_everybody(*, at: str, version_id: int) -> int:
    """Hold everybody against the register once a new version is in use; returns how many people were read."""
    return _match_all()


@task()
def match_imported_people(*, at: str, run_id: int) -> int:
    """Hold everybody against the register once a list of people came in; returns how many people were read."""
    return _match_all()


@task()
def match_everybody_again() -> int:
    """Hold everybody against the register, for those who moved or were left unmatched; returns how many were read."""
    return _match_all()


def _match_all() -> int:
    try:
        run = match_people(now=clock().now(), on=clock().today_in_uk(), progress=current_progress())
    except (RegisterNotHeld, EntitlementExpired):
        return 0
    return run.people


@task()
def destroy_expired_register_copies() -> int:
    """Destroy every copy whose entitlement ended four weeks ago or more; returns how many."""
    return destroy_expired_copies(now=clock().now(), on=clock().today_in_uk())
