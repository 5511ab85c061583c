"""Store a material as somebody wrote it, and check it at once."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.clearance.access import require_in
from hustings.clearance.models import Material, MaterialState, Promoter
from hustings.clearance.rules.findings import Finding
from hustings.clearance.usecases.check_material import check_material
from hustings.money.models import Campaign
from hustings.platform import audit


@transaction.atomic
def write_material(
    *,
    material: Material,
    joint_promoters: Iterable[Promoter] = (),
    further_principals: Iterable[Promoter] = (),
    campaigns: Iterable[Campaign] = (),
    by: User,
    now: datetime,
) -> tuple[Finding, ...]:
    """Add the material or change it, and return what the checklist says of it now.

    What was approved before stays approved as it was; the changed words are a draft again. Both the place it
    had and the place it gets must be the user's, or `NotAllowed` is raised.
    """
    require_in(user=by, right=Right.EDIT_MATERIALS, code=material.area_id, now=now)
    is_new = material.pk is None
    if is_new:
        material.made_at, material.made_by = now, by
    else:
        before = Material.objects.select_for_update(of=("self",)).get(pk=material.pk)
        require_in(user=by, right=Right.EDIT_MATERIALS, code=before.area_id, now=now)
    material.state = MaterialState.DRAFT
    material.save()
    material.joint_promoters.set(joint_promoters)
    material.further_principals.set(further_principals)
    material.campaigns.set(campaigns)
    audit.record(
        now=now,
        actor=by,
        verb="wrote" if is_new else "changed",
        subject_type="clearance.Material",
        subject_id=material.pk,
        area_code=material.area_id or "",
    )
    return check_material(material=material, now=now)
