"""Print a call list, and note that it was printed."""

from datetime import datetime

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.outreach.phonebank.access import require_running
from hustings.outreach.phonebank.documents.call_sheet import call_sheet_pdf
from hustings.outreach.phonebank.models import CallSheet
from hustings.outreach.phonebank.queries import held_lines
from hustings.platform import audit


class NothingToPrint(Refusal):
    """The sheet holds nobody any more."""


def print_sheet(*, sheet: CallSheet, by: User, now: datetime) -> bytes:
    """The sheet as PDF with those whom it still holds; noted, because names and numbers leave the building.

    Raises `NothingToPrint` and `NotAllowed`.
    """
    require_running(user=by, area_code=sheet.bank.area_id, now=now)
    if not held_lines(sheet=sheet).exists():
        raise NothingToPrint(
            "nobody",
            gettext_noop("Nobody is held for this sheet any more. Make a new one from its phone bank."),
        )
    audit.record(
        now=now,
        actor=by,
        verb="printed a call list",
        subject_type="outreach.CallSheet",
        subject_id=sheet.pk,
        area_code=sheet.bank.area_id or "",
    )
    return call_sheet_pdf(sheet=sheet)
