"""Key in a call list that came back on paper: each line once, whatever happened to the person since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.clock import UK, uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.outreach.phonebank.access import require_ringing
from hustings.outreach.phonebank.models import CallSheet
from hustings.outreach.phonebank.usecases.answer_call import Answered, Said, keep_answer, locked_call


class WrongDay(Refusal):
    """The calls cannot have been made on that day."""


@dataclass(frozen=True, kw_only=True)
class Keyed:
    """What became of each line that was filled in: kept (or kept before), or refused with a sentence."""

    kept: Mapping[int, Answered]
    refused: Mapping[int, Refusal]


def key_sheet(
    *, sheet: CallSheet, rung_on: date, lines: Mapping[int, Said], by: User, now: datetime
) -> Keyed:
    """Keep what was written on these lines, by their number; each line in a transaction of its own.

    A faulty line is refused alone. An objection made since the sheet was printed wins over answers written on it; one written
    on it holds whatever else was said since. Raises `WrongDay` and `NotAllowed`.
    """
    require_ringing(user=by, area_code=sheet.bank.area_id, now=now)
    if not uk_date(sheet.made_at) <= rung_on <= uk_date(now):
        raise WrongDay(
            "day", gettext_noop("The calls were made between the day the sheet was printed and today.")
        )
    # Nobody writes down the minute; noon stands for the day, and never for a moment before the print or after now.
    noon = datetime.combine(rung_on, time(12), UK)
    at = min(max(noon, sheet.made_at), now)
    kept: dict[int, Answered] = {}
    refused: dict[int, Refusal] = {}
    of_number = {line.number: line for line in sheet.lines.select_related("point")}
    for number, said in sorted(lines.items()):
        line = of_number.get(number)
        if line is None:
            refused[number] = WrongDay("line", gettext_noop("The sheet has no line {number}."), number=number)
            continue
        try:
            with transaction.atomic():
                call = locked_call(pk=line.call_id)
                kept[number] = keep_answer(
                    call=call,
                    token=line.token,
                    said=said,
                    point=line.point,
                    at=at,
                    by=by,
                    now=now,
                    sheet=sheet,
                )
        except Refusal as problem:
            refused[number] = problem
    return Keyed(kept=kept, refused=refused)
