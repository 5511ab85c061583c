"""Draw up a finding about a campaigner: what the archive shows, what the registers do not, with everything it rests on."""

from datetime import date, datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.adwatch.models import CampaignerFinding, Entity, FindingState
from hustings.adwatch.queries.campaigners import Candidate, basis_of, likely_unregistered
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.platform.audit import record


class NothingToFind(Refusal):
    """The figures or registers give no ground for such a finding, or there is one already."""


@transaction.atomic
def draw_up_finding(*, entity: Entity, poll_on: date, by: User, now: datetime) -> CampaignerFinding:
    """Store a draft with the figures of this moment; nothing is public. Raises `NothingToFind` and `NoThreshold`."""
    search = likely_unregistered(poll_on=poll_on, codes=("campaigner", "charity", "company", "other"))
    candidate: Candidate | None = next((one for one in search.found if one.entity.pk == entity.pk), None)
    if candidate is None:
        raise NothingToFind(
            "no_ground",
            gettext_noop(
                "For {name} either a registration was found or its spending lies below the threshold, so there is no finding."
            ),
            name=entity.name,
        )
    if not entity.code:
        raise NothingToFind(
            "not_coded",
            gettext_noop(
                "{name} has not been coded by a person. Code it first: a rule's proposal is no ground for a finding."
            ),
            name=entity.name,
        )
    if not search.registers:
        raise NothingToFind(
            "no_register",
            gettext_noop(
                "No register of non-party campaigners was taken in. Without one, nothing can be said about registration."
            ),
        )
    open_ones = CampaignerFinding.objects.filter(entity=entity, poll_on=poll_on).exclude(
        state=FindingState.DROPPED
    )
    if open_ones.exists():
        raise NothingToFind(
            "drawn_up",
            gettext_noop("There is a finding about {name} and this poll already."),
            name=entity.name,
        )
    finding = CampaignerFinding.objects.create(
        entity=entity,
        poll_on=poll_on,
        period_from=search.threshold.first_on,
        period_until=search.threshold.last_on,
        spend_low_pence=candidate.spend.low,
        spend_high_pence=candidate.spend.high,
        threshold_pence=search.threshold.pence,
        reading=candidate.reading,
        basis=basis_of(choice=search.choice),
        entries=[search.threshold.entry.id],
        registers=[
            {
                "file": one.file_name,
                "sha256": one.sha256,
                "entries": one.entries,
                "newest_entry_on": one.newest_on.isoformat() if one.newest_on else None,
            }
            for one in search.registers
        ],
        cautions=list(search.cautions),
        drawn_up_at=now,
        drawn_up_by=by,
    )
    record(now=now, actor=by, verb="drew up finding", subject_type="adwatch.finding", subject_id=finding.pk)
    return finding
