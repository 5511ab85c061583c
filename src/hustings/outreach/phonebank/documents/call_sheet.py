"""A call list on paper as PDF, set by Typst with the fonts that it brings along: nothing is fetched."""

import json
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hustings.accounts.models import Organisation
from hustings.basics.clock import uk_date
from hustings.outreach.conversations.queries import words_to_say
from hustings.outreach.phonebank.models import CallSheet
from hustings.outreach.phonebank.queries import held_lines, signs_of
from hustings.platform.words import day

_TEMPLATE = Path(__file__).parent / "call_sheet.typ"


def call_sheet_pdf(*, sheet: CallSheet) -> bytes:
    """The sheet with the names and numbers of those whom it still holds; the same sheet gives the same lines."""
    return bytes(
        typst.compile(
            _TEMPLATE.read_bytes(), sys_inputs={"content": json.dumps(call_sheet_content(sheet=sheet))}
        )
    )


def call_sheet_content(*, sheet: CallSheet) -> dict[str, Any]:
    """What stands on the sheet, in the language in use. A line whose person is not held for it any more is not printed."""
    bank = sheet.bank
    organisation = Organisation.objects.get()
    signs = signs_of(sheet=sheet)
    lines = held_lines(sheet=sheet).select_related("call__person", "point")
    script = bank.copy.body if bank.copy else bank.opening
    return {
        "title": bank.title,
        "organisation": organisation.name,
        "language": (get_language() or "en")[:2],
        "code": sheet.code,
        "for_name": _("For %(name)s.") % {"name": sheet.for_name},
        "return_by": _("Destroy or return by %(day)s") % {"day": day(sheet.return_by)},
        "hours": _("Ring between %(first)s and %(last)s only.")
        % {"first": f"{bank.rings_from:%H:%M}", "last": f"{bank.rings_until:%H:%M}"},
        "words": [
            *words_to_say(channel="call", on=uk_date(sheet.made_at)),
            *(line for line in script.splitlines() if line.strip()),
        ],
        "answers": [
            *({"sign": sign, "name": party.name} for sign, party in signs.parties),
            {"sign": "U", "name": _("undecided")},
            {"sign": "0", "name": _("will not vote")},
            {"sign": "W", "name": _("would rather not say")},
        ]
        if bank.asks_intention
        else [],
        "agreed": [
            {"sign": sign, "name": name, "words": offer.wording.text} for sign, name, offer in signs.offers
        ],
        "issues": [{"sign": sign, "name": issue.name} for sign, issue in signs.issues],
        "lines": [
            {
                "number": line.number,
                "name": str(line.call.person),
                "phone": line.point.value if line.point else "",
            }
            for line in lines
        ],
        "told": {
            "keep": _("Personal data: show it to nobody, copy nothing, and destroy or return it on its day."),
            "code": _("Code of this sheet"),
            "read": _("Read out, word for word; tick below only where they say yes:"),
            "agreed": _("Agreed to:"),
            "email": _("Email"),
            "mobile": _("Mobile"),
            "vote": _("Vote:"),
            "issues": _("Matters:"),
            "name": _("Name"),
            "number": _("Telephone"),
            "no_answer": _("No answer"),
            "spoke": _("Spoke"),
            "vote_sign": _("Vote"),
            "issue_signs": _("Matters"),
            "later": _("Later"),
            "wrong": _("Wrong number"),
            "not_again": _("No more calls"),
            "not_at_all": _("No contact at all"),
            "gone": _("Moved or died"),
        },
    }
