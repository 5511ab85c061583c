"""Approve a material: the exact bytes, their imprint and what was checked are kept and never changed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.access import require_for
from hustings.clearance.events import MaterialApproved
from hustings.clearance.models import ApprovedCopy, Material, MaterialState, Promoter
from hustings.clearance.queries.describing import (
    caption_of,
    composed,
    content_of,
    imprint_of,
    principals_of,
    promoters_of,
)
from hustings.clearance.rules.findings import Finding, Level, has_passed
from hustings.clearance.rules.reading import digest
from hustings.clearance.usecases.check_material import check_material
from hustings.clearance.usecases.weigh_cost import charge_cost
from hustings.platform import audit
from hustings.platform.events import announce


class MaterialNotPassed(Refusal):
    """The checklist refuses; `findings` holds every line of it."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        stopping = [finding for finding in findings if finding.level is Level.BLOCK]
        super().__init__(
            "not-passed",
            gettext_noop("This cannot be approved yet: {what}"),
            what=" ".join(finding.message for finding in stopping),
        )


class NothingToApprove(Refusal):
    """The material holds no words and no file."""


@transaction.atomic
def approve_material(*, material: Material, by: User, now: datetime) -> ApprovedCopy:
    """Check the material once more, keep an approved copy and charge its cost; `MaterialApproved` is announced.

    Raises `MaterialNotPassed` where the checklist refuses, `NothingToApprove` where it is empty, and
    `NotAllowed` where the user may not approve material of this place. A copy approved earlier stays approved
    until it is withdrawn.
    """
    require_for(user=by, right=Right.APPROVE_MATERIALS, material=material, now=now)
    locked = Material.objects.select_for_update(of=("self",)).get(pk=material.pk)
    if not locked.upload and not locked.body.strip():
        raise NothingToApprove(
            "empty", gettext_noop("There is nothing to approve yet: write the words or upload the file.")
        )
    findings = check_material(material=locked, now=now)
    if not has_passed(findings):
        raise MaterialNotPassed(findings)
    content, media_type = content_of(material=locked)
    whole = composed(material=locked)
    copy = ApprovedCopy.objects.create(
        material=locked,
        content=content,
        media_type=media_type,
        sha256=digest(content),
        medium=locked.medium,
        purpose=locked.purpose,
        title=locked.title,
        subject=whole.subject,
        body="" if locked.upload else whole.body,
        caption=caption_of(material=locked),
        imprint=imprint_of(material=locked),
        named=_named(locked),
        checks=[finding.as_dict() for finding in findings],
        use_from=locked.use_from,
        use_until=locked.use_until,
        approved_at=now,
        approved_by=by,
    )
    charge_cost(material=locked, sha256=locked.checked_sha256, by=by, now=now)
    locked.state = MaterialState.APPROVED
    locked.save(update_fields=["state"])
    material.refresh_from_db()
    audit.record(
        now=now,
        actor=by,
        verb="approved",
        subject_type="clearance.Material",
        subject_id=locked.pk,
        area_code=locked.area_id or "",
        sha256=copy.sha256,
    )
    announce(MaterialApproved(at=now, copy_id=copy.pk))
    return copy


def _named(material: Material) -> list[dict[str, object]]:
    """Who the copy names, as they stand at this moment."""
    rows: list[tuple[str, Promoter]] = [
        *(("promoter", one) for one in promoters_of(material=material)),
        *(("principal", one) for one in principals_of(material=material)),
        *([("printer", material.printer)] if material.printer else []),
    ]
    return [
        {"role": role, "name": one.name, "address": one.full_address, "promoter": one.pk}
        for role, one in rows
    ]
