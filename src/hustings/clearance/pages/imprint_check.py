"""The desk page that checks anything for its imprint: words, HTML, an email, a PDF. Nothing is stored."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.clearance.pages.forms import ImprintCheckForm
from hustings.clearance.pages.words import lines_of
from hustings.clearance.queries import responsible
from hustings.clearance.rules.facts import (
    Election,
    Exemption,
    MaterialFacts,
    Medium,
    Nation,
    Publisher,
    Subject,
)
from hustings.clearance.rules.reading import Unreadable
from hustings.clearance.usecases.check_file import Beside, check_file
from hustings.platform.pages.parts import Callout


@needs(Right.EDIT_MATERIALS)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: DeskRequest) -> HttpResponseBase:
    """Say what the checklist finds, and offer the right words."""
    form = ImprintCheckForm(
        request.POST or None,
        request.FILES or None,
        scope=request.scope,
        initial={"publish_on": clock().today_in_uk()},
    )
    context: dict[str, Any] = {
        "title": _("Check an imprint"),
        "icon": "check",
        "intro": _("Paste or upload anything, ours or not yet ours. It is read, checked and forgotten."),
        "form": form,
        "submit_label": _("Check"),
    }
    if request.method == "POST" and form.is_valid():
        try:
            context |= _checked(form.cleaned_data)
        except Unreadable:
            form.add_error("file", _("The file cannot be read. Save it again as a PDF or as text."))
    return render(request, "clearance/imprint_check.html", context, status=422 if form.errors else 200)


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    promoter, behalf, printer = given["promoter"], given["on_behalf_of"], given["printer"]
    facts = MaterialFacts(
        medium=Medium(given["medium"]),
        nation=Nation(given["nation"]),
        election=Election(given["election"]),
        is_paid=given["is_paid"],
        publisher=Publisher(given["publisher"]),
        subject=Subject(given["about"]),
        exemption=Exemption(given["exemption"]) if given["exemption"] else None,
        promoters=(responsible(promoter=promoter),) if promoter else (),
        principals=(responsible(promoter=behalf),) if behalf else (),
        printer=responsible(promoter=printer) if printer else None,
    )
    file = given["file"]
    found = check_file(
        content=file.read() if file is not None else given["words"].encode("utf-8"),
        name=file.name if file is not None else "",
        facts=facts,
        on=given["publish_on"],
        beside=Beside(
            caption=given["caption"],
            transcript=given["transcript"],
            is_seen_by_person=given["is_imprint_seen"],
        ),
    )
    return {
        "lines": lines_of(found.findings),
        "offered": [
            (_("In English"), "en", found.offered["en"]),
            (_("In Welsh"), "cy", found.offered["cy"]),
            (_("In both"), "", found.offered["cy+en"]),
        ],
        "callouts": [
            Callout(
                text=_("Nothing stands in the way of publishing this.")
                if found.has_passed
                else _("This must not be published as it is. What is marked below is missing or wrong."),
                tone="good" if found.has_passed else "bad",
            )
        ],
    }
