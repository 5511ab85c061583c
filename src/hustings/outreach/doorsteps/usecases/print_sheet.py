"""Print a round's walk sheet, and note that it was printed."""

from datetime import datetime

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.outreach.doorsteps.access import require_rounds
from hustings.outreach.doorsteps.documents.sheet import Sheet, sheet_pdf
from hustings.outreach.doorsteps.models import CanvassState, Round
from hustings.platform import audit


class NothingToPrint(Refusal):
    """There is no sheet of this round."""


def print_sheet(*, round: Round, by: User, now: datetime) -> Sheet:
    """The sheet as PDF; noted, because names and addresses leave the building, and with it which words for consent it bears.

    Raises `NothingToPrint`, `NotAllowed`.
    """
    require_rounds(user=by, area_code=round.canvass.area_id, now=now)
    if round.canvass.state != CanvassState.OPEN:
        raise NothingToPrint("closed", gettext_noop("Sheets are printed only of an open canvass."))
    made = sheet_pdf(round=round, now=now)
    if not made.lines:
        raise NothingToPrint(
            "nobody",
            gettext_noop(
                "Nobody of this round may be shown: they objected, or the right to the register has ended."
            ),
        )
    Round.objects.filter(pk=round.pk).update(wordings=list(made.wordings))
    audit.record(
        now=now,
        actor=by,
        verb="printed a walk sheet",
        subject_type="outreach.Round",
        subject_id=round.pk,
        area_code=round.canvass.area_id,
        lines=made.lines,
    )
    return made
