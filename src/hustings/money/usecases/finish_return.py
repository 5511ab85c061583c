"""Finish a return: what it says is frozen with its fingerprint, its papers are made; a correction is a new version."""

import hashlib
from datetime import datetime

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.money.access import require_in
from hustings.money.documents.papers import PDF_KINDS, paper
from hustings.money.documents.spreadsheet import MEDIA_TYPE, spreadsheet
from hustings.money.events import ReturnFrozen
from hustings.money.models import Campaign, DocumentKind, Return, ReturnDocument
from hustings.money.queries.return_facts import draft_content, newest_return
from hustings.money.rules.return_content import canonical, fingerprint, inspection_copy
from hustings.money.usecases.remember_limits import remember_limits
from hustings.platform import audit
from hustings.platform.events import announce


class CannotFinish(Refusal):
    """The return cannot be finished yet, or there is nothing to correct."""


@transaction.atomic
def finish_return(*, campaign: Campaign, by: User, now: datetime, correction_reason: str = "") -> Return:
    """Freeze the return as the books stand now; `ReturnFrozen` is announced.

    What is unpaid or missing does not stop it: the law asks for a return in time, and `missing_of` lists the rest. Raises
    `CannotFinish` before the poll, without an agent's name and address, or for a second version without a reason;
    `NotAllowed`.
    """
    require_in(user=by, right=Right.EDIT_MONEY, code=campaign.area_id, now=now)
    locked = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if uk_date(now) <= locked.poll_on:
        raise CannotFinish(
            "poll",
            gettext_noop("The poll is not over: finish the return on the day after it at the earliest."),
        )
    if not locked.agent_name.strip() or not locked.agent_address.strip():
        raise CannotFinish("agent", gettext_noop("Enter the agent's name and address first."))
    before = newest_return(campaign=locked)
    if before and not correction_reason.strip():
        raise CannotFinish(
            "reason", gettext_noop("A finished return is corrected by a new version: say why there is one.")
        )
    remember_limits(campaign=locked, now=now, by=by)
    content = draft_content(
        campaign=locked,
        version=before.version + 1 if before else 1,
        correction_reason=correction_reason.strip() if before else "",
    )
    text = canonical(content=content)
    made = Return.objects.create(
        campaign=locked,
        version=content["version"],
        correction_reason=content["correction_reason"],
        content=text,
        sha256=fingerprint(text=text),
        total_pence=content["totals"]["stated_pence"],
        frozen_at=now,
        frozen_by=by,
    )
    for kind in PDF_KINDS:
        if kind == DocumentKind.CANDIDATE and not content["head"]["candidate_signs"]:
            continue  # a party's or campaigner's return is declared by one person alone
        shown = inspection_copy(content=content) if kind == DocumentKind.INSPECTION else content
        _keep(made, kind, "application/pdf", paper(content=shown, kind=kind, sha256=made.sha256))
    _keep(made, DocumentKind.SPREADSHEET, MEDIA_TYPE, spreadsheet(content=content))
    audit.record(
        now=now,
        actor=by,
        verb="finished",
        subject_type="money.Return",
        subject_id=made.pk,
        area_code=locked.area_id or "",
        sha256=made.sha256,
    )
    announce(ReturnFrozen(at=now, return_id=made.pk))
    return made


def _keep(made: Return, kind: DocumentKind, media_type: str, content: bytes) -> None:
    ReturnDocument.objects.create(
        of=made,
        kind=kind,
        media_type=media_type,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
    )
