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
    Artefact,
    Election,
    MaterialFacts,
    Medium,
    Nation,
    Publisher,
    Subject,
)
from hustings.clearance.rules.findings import has_passed
from hustings.clearance.rules.imprint import check_imprint
from hustings.clearance.rules.reading import Unreadable, read_artefact
from hustings.clearance.usecases import imprint_for
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
    facts = MaterialFacts(
        medium=Medium(given["medium"]),
        nation=Nation(given["nation"]),
        election=Election(given["election"]),
        is_paid=given["is_paid"],
        publisher=Publisher(given["publisher"]),
        subject=Subject(given["about"]),
        promoters=(responsible(promoter=given["promoter"]),),
        principals=(responsible(promoter=given["on_behalf_of"]),) if given["on_behalf_of"] else (),
        printer=responsible(promoter=given["printer"]) if given["printer"] else None,
    )
    findings = check_imprint(facts=facts, artefact=_artefact(given), on=given["publish_on"])
    offered = imprint_for(
        promoter=given["promoter"],
        on_behalf_of=given["on_behalf_of"],
        medium=given["medium"],
        printer=given["printer"],
    )
    passed = has_passed(findings)
    return {
        "lines": lines_of(findings),
        "offered": offered,
        "callouts": [
            Callout(
                text=_("Nothing stands in the way of publishing this.")
                if passed
                else _("This must not be published as it is. What is marked below is missing or wrong."),
                tone="good" if passed else "bad",
            )
        ],
    }


def _artefact(given: dict[str, Any]) -> Artefact:
    if given["file"] is not None:
        return read_artefact(content=given["file"].read(), name=given["file"].name)
    return read_artefact(content=given["words"].encode("utf-8"), name="")
