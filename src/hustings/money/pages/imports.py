"""Desk pages of files that were brought in: each with its fingerprint, its counts, and the rows that could not be used."""

import csv
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.money.access import import_for, imports_for
from hustings.money.pages.published_shape import brought_in, choices, count, in_file, words
from hustings.platform.models import ImportRun, ImportState
from hustings.platform.pages.listing import (
    Column,
    DateFilter,
    YesNoFilter,
    list_page,
)
from hustings.platform.pages.parts import Action, Badge, Callout, Fact, Tile, Tone
from hustings.platform.words import moment, number

_SHOWN = 200
_TONES: dict[str, Tone] = {ImportState.ACTIVE: "good", ImportState.FAILED: "bad"}


@needs(Right.SEE_MONEY)
@require_safe
def import_list(request: DeskRequest) -> HttpResponseBase:
    """Files of other people's money, and sheets of gifts to the campaigns one looks after."""
    rows = imports_for(scope=request.scope)
    return list_page(
        request,
        brought_in(
            rows=rows,
            title=_("Files brought in"),
            icon="upload",
            intro=_("Every file of money that was read, with what became of its rows."),
            columns=(
                words("file", _("File"), "file_name", page="import"),
                words("importer", _("Read as")),
                words("state", _("State"), shown=_badge),
                count("read", _("Rows")),
                count("rejected", _("Could not be used")),
                words("when", _("When"), "started_at", is_minor=True),
                Column(key="by", label=_("By"), value=lambda run: str(run.started_by or ""), is_minor=True),
                in_file("sha256", _("Fingerprint"), "file_sha256"),
            ),
            search=("file_name", "importer", "file_sha256"),
            filters=(
                choices(rows, "importer", _("Read as")),
                YesNoFilter(
                    key="rejects", label=_("With rows that could not be used"), yes=Q(rejected__gt=0)
                ),
                DateFilter(key="when", label=_("When"), field="started_at"),
            ),
            order="-when",
            how=_("Download a file of published money and run “hustings import FILE”."),
            file_name="money-imports",
        ),
    )


def _badge(run: ImportRun) -> Badge:
    return Badge(text=run.get_state_display(), tone=_TONES.get(run.state, "plain"))


@needs(Right.SEE_MONEY)
@require_safe
def import_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    """One file: its fingerprint and counts, and the first rows that could not be used."""
    run = import_for(scope=request.scope, pk=pk)
    rejects = list(islice(_rejected(run), _SHOWN))
    callouts = []
    if run.problem:
        callouts.append(Callout(title=_("It was not taken in"), text=run.problem, tone="bad"))
    if run.rejected and not rejects:
        callouts.append(
            Callout(text=_("The file of the rows that could not be used is no longer there."), tone="warn")
        )
    return render(
        request,
        "money/import.html",
        {
            "title": run.file_name,
            "icon": "upload",
            "subtitle": run.importer,
            "back": Action(label=_("Files brought in"), url=reverse("money_desk:imports")),
            "badge": _badge(run),
            "callouts": callouts,
            "tiles": [
                Tile(label=_("Rows read"), value=number(run.read)),
                Tile(label=_("New or changed"), value=number(run.accepted), tone="good"),
                Tile(label=_("As before"), value=number(run.unchanged)),
                Tile(
                    label=_("Could not be used"),
                    value=number(run.rejected),
                    tone="warn" if run.rejected else "plain",
                ),
            ],
            "facts": [
                Fact(label=_("Begun"), value=moment(run.started_at)),
                Fact(label=_("Finished"), value=moment(run.finished_at)),
                Fact(label=_("Brought in by"), value=str(run.started_by or "") or _("the command line")),
                Fact(label=_("Bytes"), value=number(run.file_bytes)),
                Fact(label=_("Fingerprint of the file (SHA-256)"), value=run.file_sha256),
            ],
            "rejects": rejects,
            "is_cut": run.rejected > len(rejects) > 0,
            "run": run,
        },
    )


@needs(Right.SEE_MONEY)
@require_safe
def rejects_file(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Every row of a file that could not be used, with its line and reason, as CSV."""
    run = import_for(scope=request.scope, pk=pk)
    path = _rejects_path(run)
    if path is None:
        raise Http404
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"rejects-{run.pk}.csv",
        content_type="text/csv; charset=utf-8",
    )


def _rejects_path(run: ImportRun) -> Path | None:
    """Where the rejects lie, if they still do."""
    path = Path(settings.HUSTINGS_HOME) / run.rejects_path
    return path if run.rejects_path and path.is_file() else None


def _rejected(run: ImportRun) -> Iterator[dict[str, str]]:
    path = _rejects_path(run)
    if path is not None:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield {**row, "row": _cells(row["row"])}


def _cells(text: str) -> str:
    """The cells of a row that have something in them, as people read them."""
    cells = json.loads(text)
    if isinstance(cells, dict):
        return "; ".join(f"{name}: {value}" for name, value in cells.items() if value)
    return "; ".join(str(value) for value in cells if value)
