"""The desk page on which a spreadsheet of gifts is brought in."""

import csv
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.money.access import campaign_for
from hustings.money.importers.gift_sheet import ALIASES
from hustings.money.pages.gift_forms import SheetForm
from hustings.money.usecases.find_split_gifts import find_split_gifts
from hustings.platform.importing.importer import ImportRefused, Options
from hustings.platform.importing.run_import import run_import
from hustings.platform.importing.source import UnreadableFile
from hustings.platform.pages.parts import Action, Callout

_LARGEST_SHEET = 10 * 1024 * 1024
_REJECTS_SHOWN = 50


@needs(Right.EDIT_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Bring in a spreadsheet of gifts; what cannot be used is listed with its line and reason."""
    campaign = campaign_for(scope=request.scope, pk=pk)
    form = SheetForm(request.POST or None, request.FILES or None)
    rejected: list[dict[str, object]] = []
    callouts: list[Callout] = []
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        if upload.size > _LARGEST_SHEET:
            form.add_error("file", _("The file is larger than 10 MB. Divide it."))
        else:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / f"gifts{Path(upload.name).suffix.lower()}"
                path.write_bytes(upload.read())
                try:
                    run = run_import(
                        path=path,
                        now=clock().now(),
                        slug="gift-sheet",
                        options=Options(values={"campaign": campaign.pk}),
                        started_by=request.user,
                    )
                except (ImportRefused, UnreadableFile) as problem:
                    form.add_error("file", str(problem))
                except KeyError as problem:
                    form.add_error("file", _("The file has no column %(name)s.") % {"name": problem})
                else:
                    flags = find_split_gifts(campaign=campaign, by=request.user, now=clock().now())
                    messages.success(
                        request,
                        _(
                            "%(accepted)d gifts written down, %(unchanged)d stood there already, %(rejected)d could not be used."
                        )
                        % {"accepted": run.accepted, "unchanged": run.unchanged, "rejected": run.rejected},
                    )
                    if flags:
                        messages.warning(
                            request,
                            ngettext(
                                "One new flag: gifts that may be parts of one.",
                                "%(count)d new flags: gifts that may be parts of one.",
                                len(flags),
                            )
                            % {"count": len(flags)},
                        )
                    if not run.rejected:
                        return redirect("money_desk:gifts")
                    rejected = _rejects(run.rejects_path)
    return render(
        request,
        "money/gift_sheet.html",
        {
            "title": _("Bring in a spreadsheet of gifts"),
            "icon": "upload",
            "subtitle": _("to %(campaign)s") % {"campaign": campaign},
            "back": Action(label=_("Record a gift"), url=reverse("money_desk:add_gift", args=[campaign.pk])),
            "form": form,
            "callouts": callouts,
            "rejected": rejected,
            "columns": [(name, ", ".join(others[1:])) for name, others in ALIASES.items()],
            "submit_label": _("Bring it in"),
            "cancel_url": reverse("money_desk:gifts"),
        },
        status=422 if form.is_bound and form.errors else 200,
    )


def _rejects(path: str) -> list[dict[str, object]]:
    full = Path(settings.HUSTINGS_HOME) / path
    if not path or not full.is_file():
        return []
    with full.open(encoding="utf-8", newline="") as file:
        return [dict(row) for row, _number in zip(csv.DictReader(file), range(_REJECTS_SHOWN), strict=False)]
