"""Bringing an archive's file in on the desk, and saying which days a snapshot covers."""

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.adwatch.access import need_whole, snapshot_for, snapshots_for
from hustings.adwatch.rules.periods import NotADay, period_of
from hustings.adwatch.usecases.take_snapshot import date_snapshot
from hustings.basics.clock import clock
from hustings.platform.importing.importer import ImportRefused, Options
from hustings.platform.importing.run_import import LayoutNotRecognised, run_import
from hustings.platform.importing.source import UnreadableFile
from hustings.platform.pages.parts import Action
from hustings.platform.words import number

#: Importers whose files may come in through this page; what else the command line takes is not ours.
_OURS = {
    *(
        "meta-report",
        "meta-api",
        "meta-ads-bands",
        "meta-ads-bounds",
        "google-bundle",
        "party-series",
        "companies",
    )
}


#: Larger files are brought in with the command line.
LARGEST_UPLOAD = 200 * 2**20


class ImportForm(forms.Form):
    """A file, and the days it covers where its name does not say."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV, plain or .gz, a zip as the platform offers it, or JSON pages of the API."
        ),
    )
    first_on = forms.DateField(
        label=gettext_lazy("First day it covers"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy(
            "Reports do not say it themselves. Leave both empty where the file’s name does."
        ),
    )
    last_on = forms.DateField(
        label=gettext_lazy("Last day it covers"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_file(self) -> Any:
        """Small enough to go through the browser."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_UPLOAD:
            raise forms.ValidationError(
                _("This file is larger than 200 MB. Bring it in with the command line: hustings import FILE.")
            )
        return file


@needs(Right.CODE_ADS)
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: DeskRequest) -> HttpResponseBase:
    """Bring in a file of an archive."""
    need_whole(scope=request.scope)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = _run(request, form)
        except (UnreadableFile, LayoutNotRecognised, ImportRefused) as problem:
            form.add_error("file", str(problem))
        else:
            messages.success(
                request,
                _(
                    "%(read)s rows read, %(accepted)s accepted, %(rejected)s rejected, %(unchanged)s known already."
                )
                % {
                    "read": number(run.read),
                    "accepted": number(run.accepted),
                    "rejected": number(run.rejected),
                    "unchanged": number(run.unchanged),
                },
            )
            made = snapshots_for(scope=request.scope).filter(sha256=run.file_sha256).first()
            return (
                redirect("adwatch_desk:snapshot", pk=made.pk) if made else redirect("adwatch_desk:snapshots")
            )
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Bring in a file of an archive"),
            "icon": "upload",
            "back": Action(label=_("Snapshots"), url=reverse("adwatch_desk:snapshots")),
            "intro": _(
                "The file is kept as it is, under its hash. Its rows become intervals; faults are looked for at once. "
                "Bringing in the same file again changes nothing."
            ),
            "form": form,
            "submit_label": _("Bring it in"),
            "cancel_url": reverse("adwatch_desk:snapshots"),
        },
        status=422 if form.is_bound else 200,
    )


def _run(request: DeskRequest, form: ImportForm) -> Any:
    file = form.cleaned_data["file"]
    values = {
        name: day.isoformat()
        for name, day in (
            ("from", form.cleaned_data.get("first_on")),
            ("to", form.cleaned_data.get("last_on")),
        )
        if day
    }
    from hustings.platform import wiring

    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / Path(file.name or "archive.csv").name
        with path.open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
        return run_import(
            path=path,
            now=clock().now(),
            options=Options(values=values),
            started_by=request.user,
            importers=[one for one in wiring.importers() if one.slug in _OURS],
        )


class DateForm(forms.Form):
    """The first and the last day of a snapshot."""

    first_on = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_on = forms.DateField(
        label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


@needs(Right.CODE_ADS)
@require_http_methods(["GET", "HEAD", "POST"])
def date(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Say which days a snapshot covers."""
    one = snapshot_for(scope=request.scope, pk=pk)
    form = DateForm(request.POST or None, initial={"first_on": one.covers_from, "last_on": one.covers_until})
    if request.method == "POST" and form.is_valid():
        try:
            period = period_of(
                file_name=one.label,
                given_from=form.cleaned_data["first_on"].isoformat(),
                given_to=form.cleaned_data["last_on"].isoformat(),
            )
        except NotADay as problem:
            form.add_error("last_on", problem.told(_))
        else:
            date_snapshot(snapshot=one, period=period)
            messages.success(request, _("The days are noted."))
            return redirect("adwatch_desk:snapshot", pk=pk)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Which days does it cover?"),
            "icon": "calendar",
            "intro": one.label,
            "form": form,
            "cancel_url": reverse("adwatch_desk:snapshot", args=[pk]),
        },
        status=422 if form.is_bound else 200,
    )
