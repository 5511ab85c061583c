"""Let the agent set one finding of the checklist aside, with a reason that is kept."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.clearance.access import require_for
from hustings.clearance.models import Material, Override
from hustings.clearance.rules.findings import Level
from hustings.clearance.usecases.check_material import check_material, find
from hustings.clearance.usecases.weigh_cost import CHECK, LIMIT_CODE
from hustings.platform import audit

#: Checks about names, addresses and place, on which reading the law is a judgement, and limits of spending; missing
#: facts, changed words and missing copies are put right instead.
OVERRIDABLE = frozenset({"I3", "I4", "I5", "I6", "I7", "I8", CHECK})


class NotToBeOverridden(Refusal):
    """There is nothing here that an agent may set aside, or no reason was given."""


@transaction.atomic
def override_finding(*, material: Material, code: str, reason: str, by: User, now: datetime) -> Override:
    """Keep the agent's reason; the finding becomes a warning for exactly these words, and counts again once
    they change.

    Raises `NotToBeOverridden` where the finding does not stand in the way now or may not be set aside, and
    `NotAllowed` for anyone but the agent.
    """
    require_for(user=by, right=Right.OVERRIDE, material=material, now=now)
    findings, sha256 = find(material=material, now=now)
    stopping = {
        finding.code
        for finding in findings
        if finding.level is Level.BLOCK
        and finding.id in OVERRIDABLE
        and (finding.id != CHECK or finding.code.startswith(LIMIT_CODE))
    }
    if code not in stopping:
        raise NotToBeOverridden(
            "nothing-to-override", gettext_noop("This does not stand in the way, or may not be set aside.")
        )
    if not reason.strip():
        raise NotToBeOverridden("reason", gettext_noop("Give the reason; it is kept with the material."))
    kept = Override.objects.create(
        material=material, sha256=sha256, rule=code, reason=reason.strip(), at=now, by=by
    )
    audit.record(
        now=now,
        actor=by,
        verb="overrode",
        subject_type="clearance.Material",
        subject_id=material.pk,
        area_code=material.area_id or "",
        rule=code,
    )
    check_material(material=material, now=now)
    return kept
