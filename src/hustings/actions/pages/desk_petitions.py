"""Petitions on the desk: the list, one petition, making, changing, opening and closing it."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.actions.access import petition_for, petitions_for
from hustings.actions.models import Petition, PetitionState, SignatureSource, SignatureState
from hustings.actions.pages.desk_forms import OutcomeForm, PetitionForm
from hustings.actions.pages.resident_view import page_values, share_of
from hustings.actions.queries import petition_url, standing_of
from hustings.actions.rules.standing import Standing
from hustings.actions.usecases.close_petition import close_petition, state_outcome
from hustings.actions.usecases.open_petition import NotReadyToOpen, open_petition, reasons_not_to_open
from hustings.actions.usecases.save_petition import save_petition
from hustings.basics.clock import clock
from hustings.platform.pages.listing import ChoiceFilter, Column, Listing, list_page
from hustings.platform.pages.parts import Action, Badge, Callout, Empty, Fact, Moment, Tile, Tone
from hustings.platform.words import day, number

_TONES: dict[Standing, Tone] = {
    Standing.DRAFT: "plain",
    Standing.COMING: "info",
    Standing.OPEN: "good",
    Standing.CLOSED: "warn",
}


def standing_badge(*, petition: Petition) -> Badge:
    """Where a petition stands, as a coloured word."""
    words = {
        Standing.DRAFT: _("draft"),
        Standing.COMING: _("opens later"),
        Standing.OPEN: _("open"),
        Standing.CLOSED: _("closed"),
    }
    standing = standing_of(petition=petition, now=clock().now())
    return Badge(text=words[standing], tone=_TONES[standing])


@needs(Right.SEE_PEOPLE)
@require_safe
def petition_list(request: DeskRequest) -> HttpResponseBase:
    """Every petition of the places in scope."""
    may_edit = may(request, Right.EDIT_PETITIONS)
    add = Action(
        label=_("Make a petition"),
        url=reverse("actions_desk:new"),
        icon="plus",
        is_primary=True,
        is_allowed=may_edit,
    )
    return list_page(
        request,
        Listing(
            title=_("Petitions"),
            icon="clipboard-list",
            rows=petitions_for(scope=request.scope),
            columns=(
                Column(key="title", label=_("Petition"), value="title", link=_address, sort=("title",)),
                Column(key="place", label=_("Place"), value="area.name", sort=("area__name",), is_minor=True),
                Column(key="state", label=_("State"), value=lambda row: standing_badge(petition=row)),
                Column(
                    key="confirmed",
                    label=_("Signatures"),
                    value="confirmed",
                    is_number=True,
                    sort=("confirmed",),
                ),
                Column(
                    key="goal", label=_("Goal"), value="goal", is_number=True, sort=("goal",), is_minor=True
                ),
                Column(key="made", label=_("Made"), value="made_at", sort=("made_at",), is_minor=True),
            ),
            search=("title", "asked_of", "asked_by"),
            filters=(
                ChoiceFilter(
                    key="state",
                    label=_("State"),
                    choices=[(value, str(label)) for value, label in PetitionState.choices],
                    field="state",
                ),
            ),
            order="-made",
            left_out=""
            if request.scope.is_everything
            else _("Petitions of places you do not look after are not shown."),
            empty=Empty(
                title=_("No petition yet"),
                text=_("A petition is how people come to know you, and you them."),
                actions=(add,),
            ),
            actions=(add,),
        ),
    )


def _address(petition: Petition) -> str:
    return reverse("actions_desk:petition", args=[petition.pk])


@needs(Right.SEE_PEOPLE)
@require_safe
def petition_page(request: DeskRequest, pk: int) -> HttpResponse:
    """One petition: its figures, its words and their versions, and what can be done with it."""
    petition = petition_for(scope=request.scope, pk=pk)
    now = clock().now()
    standing = standing_of(petition=petition, now=now)
    counted = petition.signatures.filter(state=SignatureState.CONFIRMED)
    missing = reasons_not_to_open(petition=petition, now=now) if petition.state != PetitionState.OPEN else []
    callouts = [Callout(title=_("Before you can open it"), text=reason, tone="warn") for reason in missing]
    return render(
        request,
        "actions/desk/petition.html",
        {
            "title": petition.title,
            "icon": "clipboard-list",
            "back": Action(label=_("Petitions"), url=reverse("actions_desk:petitions")),
            "subtitle": _("%(by)s ask %(of)s") % {"by": petition.asked_by, "of": petition.asked_of},
            "petition": petition,
            "badge": standing_badge(petition=petition),
            "actions": _actions(request, petition, standing, is_ready=not missing),
            "callouts": callouts if petition.state == PetitionState.DRAFT else [],
            "tiles": [
                Tile(
                    label=_("Signatures"),
                    value=number(petition.confirmed),
                    note=_("of %(goal)s") % {"goal": number(petition.goal)},
                    url=reverse("actions_desk:signatures", args=[petition.pk]),
                ),
                Tile(
                    label=_("Waiting for confirmation"),
                    value=number(petition.signatures.filter(state=SignatureState.PENDING).count()),
                ),
                Tile(
                    label=_("On paper or by telephone"),
                    value=number(counted.exclude(source=SignatureSource.WEB).count()),
                ),
            ],
            "facts": _facts(petition),
            "versions": petition.versions.order_by("-number"),
            "moments": [
                Moment(
                    at=version.made_at,
                    title=_("Version %(number)s of the words") % {"number": version.number},
                    text=version.title,
                )
                for version in petition.versions.order_by("-number")
            ],
            "share": share_of(petition=petition),
            "public_url": petition_url(petition=petition),
        },
    )


def _actions(request: HttpRequest, petition: Petition, standing: Standing, *, is_ready: bool) -> list[Action]:
    may_edit = may(request, Right.EDIT_PETITIONS)
    is_open = petition.state == PetitionState.OPEN
    may_open = may_edit and is_ready and not is_open and standing != Standing.OPEN
    wanted = [
        Action(
            label=_("Open"),
            url=reverse("actions_desk:open", args=[petition.pk]),
            icon="check",
            is_primary=True,
            is_allowed=may_open,
        ),
        Action(
            label=_("See it as residents do"),
            url=reverse("actions_desk:preview", args=[petition.pk]),
            icon="view",
        ),
        Action(
            label=_("Change"),
            url=reverse("actions_desk:edit", args=[petition.pk]),
            icon="edit",
            is_allowed=may_edit,
        ),
        Action(
            label=_("Signatures"),
            url=reverse("actions_desk:signatures", args=[petition.pk]),
            icon="list-ul",
        ),
        Action(
            label=_("Key signatures"),
            url=reverse("actions_desk:key", args=[petition.pk]),
            icon="edit",
            is_allowed=may(request, Right.KEY_SIGNATURES) and petition.opens_at is not None,
        ),
        Action(
            label=_("Say what came of it"),
            url=reverse("actions_desk:outcome", args=[petition.pk]),
            icon="comment",
            is_allowed=may_edit and standing in {Standing.OPEN, Standing.CLOSED},
        ),
        Action(
            label=_("Close"),
            url=reverse("actions_desk:close", args=[petition.pk]),
            icon="cross",
            is_danger=True,
            is_allowed=may_edit and is_open,
        ),
    ]
    return [action for action in wanted if action.is_allowed]


def _facts(petition: Petition) -> list[Fact]:
    return [
        Fact(
            label=_("Public page"), value=petition_url(petition=petition), url=petition_url(petition=petition)
        ),
        Fact(label=_("Place"), value=petition.area.name if petition.area else _("The whole organisation")),
        Fact(label=_("Opens"), value=petition.opens_at or _("when you open it")),
        Fact(label=_("Closes"), value=petition.closes_at or _("when you close it")),
        Fact(label=_("Promoter"), value=petition.promoter.name if petition.promoter else _("not chosen yet")),
        Fact(
            label=_("What came of it"),
            value=petition.outcome or _("nothing said yet"),
            note=day(petition.outcome_at),
        ),
    ]


@needs(Right.EDIT_PETITIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_petition(request: DeskRequest) -> HttpResponseBase:
    """Make a petition, as a draft."""
    return _edit(request, Petition())


@needs(Right.EDIT_PETITIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_petition(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Change a petition; changed words are a new version once it has been open."""
    return _edit(request, petition_for(scope=request.scope, pk=pk))


def _edit(request: DeskRequest, petition: Petition) -> HttpResponseBase:
    is_new = petition.pk is None
    form = PetitionForm(request.POST or None, instance=petition, scope=request.scope)
    if request.method == "POST" and form.is_valid():
        saved = save_petition(
            petition=form.instance,
            words=form.words(),
            links=form.links(),
            by=request.user,
            now=clock().now(),
        )
        return redirect("actions_desk:petition", pk=saved.pk)
    has_been_open = petition.opens_at is not None and not is_new
    note = _(
        "Whoever has signed keeps the words they signed. If you change the words, the change is a new version."
    )
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Make a petition") if is_new else _("Change “%(title)s”") % {"title": petition.title},
            "icon": "clipboard-list",
            "form": form,
            "callouts": [Callout(text=note)] if has_been_open else [],
            "submit_label": _("Save as a draft") if is_new else _("Save"),
            "cancel_url": reverse("actions_desk:petitions") if is_new else _address(petition),
        },
        status=422 if form.errors else 200,
    )


@needs(Right.SEE_PEOPLE)
@require_safe
def preview(request: DeskRequest, pk: int) -> HttpResponse:
    """The page as residents see it, whatever its state; its form does not send."""
    petition = petition_for(scope=request.scope, pk=pk)
    values = page_values(petition=petition, now=clock().now(), is_preview=True)
    return render(request, "actions/petition.html", values)


@needs(Right.EDIT_PETITIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def open_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Ask, then open."""
    petition = petition_for(scope=request.scope, pk=pk)
    now = clock().now()
    callouts = []
    if request.method == "POST":
        try:
            open_petition(petition=petition, by=request.user, now=now)
        except NotReadyToOpen as problem:
            callouts = [Callout(text=reason, tone="bad") for reason in problem.reasons]
        else:
            return redirect("actions_desk:petition", pk=petition.pk)
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("Open “%(title)s”") % {"title": petition.title},
            "icon": "check",
            "question": _(
                "Everybody will see the page and can sign it, from now on or from its opening day on."
            ),
            "confirm_label": _("Open"),
            "cancel_url": _address(petition),
            "is_danger": False,
            "callouts": callouts,
        },
        status=409 if callouts else 200,
    )


@needs(Right.EDIT_PETITIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def close_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Ask, then close."""
    petition = petition_for(scope=request.scope, pk=pk)
    if request.method == "POST" and petition.state != PetitionState.DRAFT:
        close_petition(petition=petition, by=request.user, now=clock().now())
        return redirect("actions_desk:petition", pk=petition.pk)
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("Close “%(title)s”") % {"title": petition.title},
            "icon": "cross",
            "question": _(
                "Nobody can sign it any more. Signatures that wait for confirmation may still be confirmed for a week."
            ),
            "confirm_label": _("Close"),
            "cancel_url": _address(petition),
            "is_danger": True,
        },
    )


@needs(Right.EDIT_PETITIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def outcome_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Say what came of it."""
    petition = petition_for(scope=request.scope, pk=pk)
    form = OutcomeForm(request.POST or None, initial={"outcome": petition.outcome})
    if request.method == "POST" and form.is_valid():
        state_outcome(
            petition=petition, outcome=form.cleaned_data["outcome"], by=request.user, now=clock().now()
        )
        return redirect("actions_desk:petition", pk=petition.pk)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("What came of “%(title)s”?") % {"title": petition.title},
            "icon": "comment",
            "form": form,
            "cancel_url": _address(petition),
        },
    )
