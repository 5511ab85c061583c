"""Keep an invoice, a receipt or a picture with an item, or a statement or a letter with a gift."""

import hashlib
from datetime import datetime

from django.db import transaction

from hustings.accounts.access import Right
from hustings.accounts.models import User
from hustings.basics.file_kinds import kind_of_file
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.money.access import require_in
from hustings.money.models import Evidence, Expense, Gift, GiftEvidence
from hustings.money.queries.gift_files import gift_files
from hustings.platform import audit

LARGEST_FILE = 5 * 1024 * 1024
KINDS = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp"})


class NotEvidence(Refusal):
    """The file cannot be kept as evidence."""


@transaction.atomic
def add_evidence(*, expense: Expense, name: str, content: bytes, by: User, now: datetime) -> Evidence:
    """Keep the file with the item's earliest row; its kind is told by its bytes, the same file is kept once.

    Raises `NotEvidence` where it is no PDF or picture, or larger than 5 MB; `NotAllowed`.
    """
    for share in expense.shares.select_related("campaign"):
        require_in(user=by, right=Right.EDIT_MONEY, code=share.campaign.area_id, now=now)
    media_type = _kind_of(content)
    digest = hashlib.sha256(content).hexdigest()
    kept = Evidence.objects.filter(expense=expense.root_id, sha256=digest).first()
    return kept or Evidence.objects.create(
        expense_id=expense.root_id,
        name=name[-120:] or "evidence",
        media_type=media_type,
        content=content,
        sha256=digest,
        made_at=now,
        made_by=by,
    )


@transaction.atomic
def add_gift_evidence(*, gift: Gift, name: str, content: bytes, by: User, now: datetime) -> GiftEvidence:
    """Keep the file with a gift: it shows on every row of it, the same file is kept once.

    Raises `NotEvidence` where it is no PDF or picture, is larger than 5 MB, or the row was corrected; `NotAllowed`.
    """
    require_in(user=by, right=Right.EDIT_MONEY, code=gift.campaign.area_id, now=now)
    media_type = _kind_of(content)
    if gift.is_cancelled or Gift.objects.filter(replaces=gift).exists():
        raise NotEvidence(
            "replaced", gettext_noop("This row was corrected. Add the file to the row that stands now.")
        )
    digest = hashlib.sha256(content).hexdigest()
    kept = gift_files(gift=gift).filter(sha256=digest, erased_at=None).first()
    if kept is not None:
        return kept
    written = GiftEvidence.objects.create(
        gift=gift,
        name=name[-120:] or "evidence",
        media_type=media_type,
        content=content,
        sha256=digest,
        made_at=now,
        made_by=by,
    )
    audit.record(
        now=now,
        actor=by,
        verb="added a file to a gift",
        subject_type="money.Gift",
        subject_id=gift.pk,
        area_code=gift.campaign.area_id or "",
        sha256=digest,
    )
    return written


def _kind_of(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise NotEvidence(
            "large", gettext_noop("The file is larger than 5 MB. Make it smaller and choose it again.")
        )
    media_type = kind_of_file(content)
    if media_type not in KINDS:
        raise NotEvidence(
            "kind", gettext_noop("This is not a PDF or a picture. Save or photograph it as one.")
        )
    return media_type
