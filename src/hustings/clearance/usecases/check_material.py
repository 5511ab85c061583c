"""Check a material against the imprint rules, and keep what was found."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from hustings.basics.refusals import gettext_noop
from hustings.clearance.models import Material, MaterialState
from hustings.clearance.queries.describing import artefact_of, facts_of, publish_on
from hustings.clearance.rules.findings import Finding, Level, has_passed
from hustings.clearance.rules.imprint import check_imprint
from hustings.clearance.rules.reading import Unreadable
from hustings.clearance.usecases.weigh_cost import spending_findings


@transaction.atomic
def check_material(*, material: Material, now: datetime) -> tuple[Finding, ...]:
    """Run the checklist I1 to I14, and what its cost means for limits (M1), on the material as it stands; keep it there.

    A finding that the agent overrode for exactly these words is a warning and no longer refuses. A draft that
    passes is marked as checked.
    """
    findings, sha256 = find(material=material, now=now)
    material.checks = [finding.as_dict() for finding in findings]
    material.checked_at, material.checked_sha256 = now, sha256
    if material.state in {MaterialState.DRAFT, MaterialState.CHECKED}:
        material.state = MaterialState.CHECKED if has_passed(findings) else MaterialState.DRAFT
    material.save(update_fields=["checks", "checked_at", "checked_sha256", "state"])
    return findings


def find(*, material: Material, now: datetime) -> tuple[tuple[Finding, ...], str]:
    """What the checklist says of the material as it stands, and the SHA-256 of the words it was run on."""
    try:
        artefact = artefact_of(material=material)
    except Unreadable:
        return (_UNREADABLE,), ""
    findings = check_imprint(
        facts=facts_of(material=material), artefact=artefact, on=publish_on(material=material, now=now)
    )
    findings = (*findings, *spending_findings(material=material, now=now))
    overridden = set(
        material.overrides.filter(sha256=artefact.sha256).values_list("rule", flat=True)
        if material.pk
        else ()
    )
    return (
        tuple(
            replace(finding, level=Level.WARN)
            if finding.level is Level.BLOCK and finding.code in overridden
            else finding
            for finding in findings
        ),
        artefact.sha256,
    )


_UNREADABLE = Finding(
    id="I7",
    code="file-unreadable",
    level=Level.BLOCK,
    sentence=gettext_noop("The file cannot be read. Save it again as a PDF or a picture, and upload that."),
    rule="1.3",
)
