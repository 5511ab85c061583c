"""Look for faults in a snapshot, by itself and beside older ones, and keep each with its evidence."""

from hustings.adwatch.models import ArchiveFault, Snapshot
from hustings.adwatch.queries.comparing import changes_since, older_of_same_kind
from hustings.adwatch.queries.faults import faults_in
from hustings.adwatch.queries.faults_against_older import faults_against
from hustings.adwatch.queries.totals_against_ads import contradictions


def find_faults(*, snapshot: Snapshot, doubled: int, is_currency_said: bool) -> int:
    """Store the faults of a new snapshot; returns how many."""
    found = faults_in(snapshot=snapshot, doubled=doubled, is_currency_said=is_currency_said)
    found += contradictions(snapshot=snapshot)
    older = older_of_same_kind(snapshot=snapshot)
    if older is not None:
        found += faults_against(changes=changes_since(snapshot=snapshot, older=older))
    ArchiveFault.objects.bulk_create(
        (
            ArchiveFault(
                snapshot=snapshot,
                against=one.against,
                kind=one.kind,
                severity=one.severity,
                subject=one.subject[:300],
                sentence=one.sentence,
                evidence=one.evidence,
            )
            for one in found
        ),
        batch_size=500,
    )
    return len(found)
