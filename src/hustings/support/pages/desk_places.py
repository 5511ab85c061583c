"""Places on the desk: the list, one of them, adding by hand or by sheet, and making one active."""

import csv
import io
import json
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.places.importers.venues import SHEET_COLUMNS
from hustings.places.models import VenueKind
from hustings.places.rules.venue_rows import VenueRefused
from hustings.platform.importing.importer import ImportRefused
from hustings.platform.importing.run_import import LayoutNotRecognised, run_import
from hustings.platform.importing.source import UnreadableFile
from hustings.platform.pages.listing import ChoiceFilter, Column, Export, Listing, list_page
from hustings.platform.pages.parts import Action, Callout, Empty, Fact, Moment, Tile
from hustings.platform.words import clock_time
from hustings.support.access import periods_for, venue_for, venues_for
from hustings.support.models import CoverPeriod
from hustings.support.pages.forms import ActivateForm, SheetForm, VenueForm
from hustings.support.pages.words import venue_badge
from hustings.support.queries import call_out_settings
from hustings.support.usecases.activate_place import activate_place
from hustings.support.usecases.add_venue import add_venue
from hustings.support.usecases.tend_cover import tend_cover

_REJECTS_SHOWN = 50


@needs(Right.SEE_COVER)
@require_safe
def place_list(request: DeskRequest) -> HttpResponseBase:
    """Every place of the login's areas, active ones told apart."""
    active = set(periods_for(scope=request.scope).filter(closed_at=None).values_list("venue_id", flat=True))
    may_run, may_import = may(request, Right.RUN_COVER), may(request, Right.IMPORT)
    actions = (
        Action(
            label=_("Add a place"), url=reverse("support_desk:add_place"), icon="plus", is_primary=True,
            is_allowed=may_run,
        ),
        Action(label=_("Bring in a sheet"), url=reverse("support_desk:sheet"), icon="upload", is_allowed=may_import),
        Action(label=_("Empty sheet"), url=reverse("support_desk:template"), icon="download"),
    )  # fmt: skip
    return list_page(
        request,
        Listing(
            title=_("Places"),
            icon="site",
            rows=venues_for(scope=request.scope).filter(left_on=None),
            columns=(
                Column(
                    key="name", label=_("Place"), value="name", sort=("name",),
                    link=lambda row: reverse("support_desk:place", args=[row.pk]),
                ),
                Column(key="kind", label=_("Kind"), value="get_kind_display", sort=("kind",)),
                Column(key="area", label=_("Ward"), value="area.name", sort=("area__name",), is_minor=True),
                Column(key="postcode", label=_("Postcode"), value="postcode", sort=("postcode",), is_minor=True),
                Column(key="state", label=_("State"), value=lambda row: venue_badge(venue=row, active=active)),
                Column(key="latitude", label=_("Latitude"), value="latitude", is_export_only=True),
                Column(key="longitude", label=_("Longitude"), value="longitude", is_export_only=True),
                Column(key="dataset", label=_("From"), value="dataset", is_export_only=True),
            ),
            search=("name", "address", "postcode"),
            filters=(
                ChoiceFilter(
                    key="kind", label=_("Kind"), field="kind",
                    choices=[(str(value), str(label)) for value, label in VenueKind.choices],
                ),
            ),
            order="name",
            left_out=""
            if request.scope.is_everything
            else _("Places of areas you do not look after, and those whose ward is not known."),
            empty=Empty(
                title=_("No place yet"),
                text=_(
                    "Police stations, polling stations and council offices come in from files (hustings import); custody "
                    "suites, hospitals and count venues by hand or by the sheet."
                ),
                actions=actions,
            ),
            actions=actions,
            export=Export(file_name="places"),
        ),
    )  # fmt: skip


@needs(Right.SEE_COVER)
@require_safe
def place(request: DeskRequest, pk: int) -> HttpResponse:
    """One place: where it is, whether it is active, and when it was."""
    venue = venue_for(scope=request.scope, pk=pk)
    periods = list(periods_for(scope=request.scope).filter(venue=venue)[:50])
    open_period = next((period for period in periods if period.is_open), None)
    may_run = may(request, Right.RUN_COVER)
    activate = Action(
        label=_("Make it active"), url=reverse("support_desk:activate", args=[pk]), icon="warning", is_primary=True,
        is_allowed=may_run and open_period is None,
    )  # fmt: skip
    callout = (
        Callout(
            title=_("Active"),
            text=open_period.reason,
            tone="warn",
            actions=(Action(label=_("Look at the rota"), url=_cover_url(open_period), is_primary=True),),
        )
        if open_period
        else Callout(title=_("Quiet"), text=_("Nobody is needed here until somebody makes the place active."))
    )
    return render(
        request,
        "desk/detail.html",
        {
            "title": venue.name,
            "icon": "site",
            "back": Action(label=_("Places"), url=reverse("support_desk:places")),
            "actions": [activate],
            "callouts": [callout],
            "facts": [
                Fact(label=_("Kind"), value=venue.get_kind_display()),
                Fact(label=_("Address"), value=", ".join(filter(None, [venue.address, venue.postcode]))),
                Fact(label=_("Ward"), value=venue.area.name if venue.area else _("not known")),
                Fact(
                    label=_("Telephone"), value=venue.phone, url=f"tel:{venue.phone}" if venue.phone else ""
                ),
                Fact(label=_("Point"), value=f"{venue.latitude:.5f}, {venue.longitude:.5f}"),
                Fact(label=_("From"), value=venue.dataset or venue.source),
            ],
            "moments_title": _("When it was active"),
            "moments": [
                Moment(
                    at=period.opened_at,
                    title=period.reason,
                    text=_("Quiet again at %(time)s.") % {"time": clock_time(period.closed_at)}
                    if period.closed_at
                    else "",
                    url=_cover_url(period),
                    by=str(period.opened_by or ""),
                )
                for period in periods
            ],
        },
    )


@needs(Right.RUN_COVER)
@require_http_methods(["GET", "HEAD", "POST"])
def add_place(request: DeskRequest) -> HttpResponse:
    """A place by hand."""
    form = VenueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            venue = add_venue(
                scope=request.scope, now=clock().now(),
                **{name: values[name] for name in ("kind", "name", "address", "postcode", "point", "phone")},
            )  # fmt: skip
        except VenueRefused as fault:
            form.add_error(None, str(fault))
        except Refusal as fault:
            form.add_error(None, fault.told(_))
        else:
            messages.success(request, _("The place is added. It is quiet."))
            return redirect("support_desk:place", venue.pk)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Add a place"),
            "icon": "site",
            "form": form,
            "submit_label": _("Add"),
            "cancel_url": reverse("support_desk:places"),
            "intro": _("A postcode is enough where it is known; otherwise give the point."),
        },
        status=422 if form.errors else 200,
    )


@needs(Right.SEE_COVER)
@require_safe
def template(request: DeskRequest) -> HttpResponse:
    """The empty sheet: headings alone, as CSV."""
    out = io.StringIO()
    csv.writer(out).writerow(SHEET_COLUMNS)
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="places.csv"'
    return response


@needs(Right.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: DeskRequest) -> HttpResponse:
    """Bring in a sheet of places; what is refused is shown with its line and reason."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        uploaded = form.cleaned_data["file"]
        suffix = Path(uploaded.name).suffix.lower()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"sheet{suffix}"
            path.write_bytes(uploaded.read())
            try:
                run = run_import(path=path, slug="places-sheet", now=clock().now(), started_by=request.user)
            except (ImportRefused, LayoutNotRecognised, UnreadableFile, KeyError) as fault:
                said = (
                    _("The column %(name)s is missing. Use the headings of the empty sheet.")
                    % {"name": fault}
                    if isinstance(fault, KeyError)
                    else str(fault)
                )
                form.add_error("file", said)
            else:
                return _sheet_done(request, run.accepted, run.unchanged, run.rejected, run.rejects_path)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Bring in a sheet of places"),
            "icon": "upload",
            "form": form,
            "submit_label": _("Bring in"),
            "cancel_url": reverse("support_desk:places"),
            "intro": _("Each row names a kind, a name, and a postcode, a point or a grid reference. ")
            + " · ".join(f"{name}: {meaning}" for name, meaning in SHEET_COLUMNS.items()),
        },
        status=422 if form.errors else 200,
    )


def _sheet_done(
    request: DeskRequest, accepted: int, unchanged: int, rejected: int, rejects: str
) -> HttpResponse:
    rows = []
    if rejects:
        with (Path(settings.HUSTINGS_HOME) / rejects).open(newline="", encoding="utf-8") as file:
            for _number, row in zip(range(_REJECTS_SHOWN), csv.DictReader(file), strict=False):
                cells = json.loads(row["row"])
                rows.append({**row, "cells": ", ".join(filter(None, map(str, cells.values())))})
    return render(
        request,
        "support/desk/sheet_done.html",
        {
            "title": _("The sheet was read"),
            "icon": "upload",
            "back": Action(label=_("Places"), url=reverse("support_desk:places")),
            "tiles": [
                Tile(label=_("New or changed"), value=accepted, tone="good"),
                Tile(label=_("As before"), value=unchanged),
                Tile(label=_("Refused"), value=rejected, tone="bad" if rejected else "plain"),
            ],
            "rejects": rows,
            "rejects_path": rejects,
        },
    )


@needs(Right.RUN_COVER)
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request: DeskRequest, pk: int) -> HttpResponse:
    """Make a place active; the first people are asked at once."""
    venue = venue_for(scope=request.scope, pk=pk)
    choices = call_out_settings()
    form = ActivateForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        now = clock().now()
        try:
            period = activate_place(venue=venue, by=request.user, now=now, **form.cleaned_data)
        except Refusal as fault:
            form.add_error(None, fault.told(_))
        else:
            tend_cover(now=now)
            messages.success(request, _("Active. The first people are being asked now."))
            return redirect("support_desk:cover", period.pk)
    rings = ", ".join(
        _("%(km)s km, then %(minutes)s minutes") % {"km": f"{ring['km']:g}", "minutes": ring["minutes"]}
        for ring in choices.rings
    )
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Make %(place)s active") % {"place": venue.name},
            "icon": "warning",
            "form": form,
            "submit_label": _("Make it active"),
            "cancel_url": reverse("support_desk:place", args=[pk]),
            "intro": _("A rota opens and people are called out until its gaps close. Rings: %(rings)s.")
            % {"rings": rings},
        },
        status=422 if form.errors else 200,
    )


def _cover_url(period: CoverPeriod) -> str:
    return reverse("support_desk:cover", args=[period.pk])
