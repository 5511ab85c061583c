"""Cover on the desk: what is active, one rota with its gaps, notes, and closing it."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform.pages.listing import Column, Listing, YesNoFilter, list_page
from hustings.platform.pages.parts import Action, Callout, Empty, Fact, Tile
from hustings.platform.words import clock_time, moment, pounds
from hustings.support.access import period_for, periods_for, shift_for
from hustings.support.models import Answer, CoverClaim, CoverPeriod
from hustings.support.pages.forms import (
    CallOutForm,
    NeedForm,
    NoteForm,
    RotaTextForm,
    needs_words,
    rings_text,
)
from hustings.support.pages.words import day_and_span, gap_words, missing_badge, period_badge
from hustings.support.queries import call_out_settings, needs_of, rota_of
from hustings.support.rules.rings import RingsRefused
from hustings.support.rules.rota import gaps_of
from hustings.support.usecases.change_cover import hand_over, save_call_out_settings, set_need
from hustings.support.usecases.close_cover import close_cover
from hustings.support.usecases.give_back_shift import give_back_shift
from hustings.support.usecases.text_rota import plan_text, text_rota


@needs(Right.SEE_COVER)
@require_safe
def cover_list(request: DeskRequest) -> HttpResponseBase:
    """Every period, active ones first."""
    now = clock().now()

    def missing(period: CoverPeriod) -> object:
        if not period.is_open:
            return ""
        return missing_badge(missing=sum(need.missing for need in needs_of(period=period, since=now)))

    return list_page(
        request,
        Listing(
            title=_("Cover"),
            icon="group",
            rows=periods_for(scope=request.scope),
            columns=(
                Column(
                    key="place", label=_("Place"), value="venue.name", sort=("venue__name",),
                    link=lambda row: reverse("support_desk:cover", args=[row.pk]),
                ),
                Column(key="state", label=_("State"), value=lambda row: period_badge(period=row)),
                Column(key="missing", label=_("People"), value=missing, is_screen_only=True),
                Column(key="opened", label=_("Since"), value="opened_at", sort=("opened_at",)),
                Column(key="closed", label=_("Quiet again"), value="closed_at", sort=("closed_at",), is_minor=True),
            ),
            search=("venue__name",),
            filters=(YesNoFilter(key="active", label=_("Active"), yes=Q(closed_at=None)),),
            order="-opened",
            left_out="" if request.scope.is_everything else _("Cover of places you do not look after."),
            empty=Empty(
                title=_("Nothing was covered yet"),
                text=_("A place is quiet until somebody makes it active."),
                actions=(Action(label=_("Places"), url=reverse("support_desk:places")),),
            ),
            actions=(
                Action(label=_("Places"), url=reverse("support_desk:places"), icon="site"),
                Action(label=_("How call-outs go"), url=reverse("support_desk:settings"), icon="cogs"),
            ),
        ),
    )  # fmt: skip


@needs(Right.SEE_COVER)
@require_safe
def cover(request: DeskRequest, pk: int) -> HttpResponse:
    """One rota as it stands."""
    return _cover_page(request, period_for(scope=request.scope, pk=pk), NoteForm())


def _cover_page(request: DeskRequest, period: CoverPeriod, form: NoteForm) -> HttpResponse:
    now, today = clock().now(), clock().today_in_uk()
    may_run = may(request, Right.RUN_COVER)
    rows = rota_of(period=period, since=now if period.is_open else None)
    gaps = gap_words(gaps=gaps_of(shifts=[row.need for row in rows], since=now)) if period.is_open else []
    asks = list(period.asks.values_list("channel", "answer"))
    context = {
        "title": period.venue.name,
        "icon": "group",
        "subtitle": period.reason,
        "back": Action(label=_("Cover"), url=reverse("support_desk:cover_list")),
        "actions": _cover_actions(period, may_run=may_run),
        "callouts": _gap_callouts(period, gaps),
        "tiles": [
            Tile(label=_("Places open"), value=sum(row.need.missing for row in rows) if period.is_open else 0,
                 tone="bad" if gaps else "good"),
            Tile(label=_("People asked"), value=len(asks)),
            Tile(label=_("Come"), value=sum(answer == Answer.YES for _channel, answer in asks)),
            Tile(label=_("Not today"), value=sum(answer == Answer.NOT_TODAY for _channel, answer in asks)),
        ],
        "facts": _facts(period),
        "rows": [
            {
                "when": day_and_span(starts_at=row.shift.starts_at, ends_at=row.shift.ends_at, today=today),
                "badge": missing_badge(missing=row.need.missing),
                "people": [claim.volunteer for claim in row.claims],
                "wanted": row.shift.minimum,
                "url": reverse("support_desk:shift", args=[row.shift.pk]) if may_run and period.is_open else "",
                "is_gap": bool(row.need.missing),
            }
            for row in rows
        ],
        "period": period,
        "notes": period.notes.select_related("by_user", "by_volunteer__person"),
        "form": form if may_run and period.is_open else None,
        "refresh_seconds": 60 if period.is_open else None,
    }  # fmt: skip
    return render(request, "support/desk/cover.html", context, status=422 if form.errors else 200)


def _cover_actions(period: CoverPeriod, *, may_run: bool) -> list[Action]:
    can = may_run and period.is_open
    return [
        Action(label=_("Ring people"), url=reverse("support_desk:calls", args=[period.pk]), icon="mobile-alt", is_allowed=can),
        Action(label=_("Phone tree"), url=reverse("support_desk:tree", args=[period.pk]), icon="list-ul", is_allowed=can),
        Action(label=_("Write to the rota"), url=reverse("support_desk:text", args=[period.pk]), icon="mail", is_allowed=can),
        Action(
            label=_("It is quiet again"), url=reverse("support_desk:close", args=[period.pk]), icon="check", is_primary=True,
            is_allowed=can,
        ),
    ]  # fmt: skip


def _gap_callouts(period: CoverPeriod, gaps: list[str]) -> list[Callout]:
    if not period.is_open:
        return [
            Callout(
                title=_("Quiet again"),
                text=_("Closed on %(at)s.") % {"at": moment(period.closed_at)},
                tone="info",
            )
        ]
    if not gaps:
        return [
            Callout(title=_("No gap"), text=_("Everybody who is wanted is there, or comes."), tone="good")
        ]
    found = [Callout(title=_("Gaps"), text="\n".join(gaps[:6]), tone="bad")]
    if period.is_exhausted:
        found.append(
            Callout(
                title=_("Everybody in reach was asked"),
                text=_("They are asked once more at %(time)s. Until then, ring people or widen the rings.")
                % {"time": clock_time(period.next_at) if period.next_at else ""},
                tone="warn",
            )
        )
    if period.spared:
        words = ngettext(
            "%d person who could come was asked as often as the settings allow in 24 hours, and is spared. You can ring them.",
            "%d people who could come were asked as often as the settings allow in 24 hours, and are spared. You can ring them.",
            period.spared,
        )
        found.append(Callout(text=words % period.spared, tone="info"))
    return found


def _facts(period: CoverPeriod) -> list[Fact]:
    plan = call_out_settings().plan()
    place = min(period.ring, len(plan.rings) - 1)
    stand = _("Not begun")
    if period.asked_at is not None:
        stand = _("Round %(round)s, ring %(ring)s of %(of)s (%(km)s km)") % {
            "round": period.round + 1, "ring": place + 1, "of": len(plan.rings), "km": f"{plan.rings[place].km:g}",
        }  # fmt: skip
    return [
        Fact(
            label=_("Where they meet"), value=period.meeting_point or _("not said"), note=period.venue.address
        ),
        Fact(label=_("Training"), value=needs_words(period=period)),
        Fact(
            label=_("Call-out"),
            value=stand if period.is_open else _("ended"),
            note=_("next look at %(time)s") % {"time": clock_time(period.next_at)} if period.next_at else "",
        ),
        Fact(label=_("Active since"), value=moment(period.opened_at), note=str(period.opened_by or "")),
    ]


@needs(Right.RUN_COVER)
@require_POST
def note(request: DeskRequest, pk: int) -> HttpResponse:
    """Leave a hand-over note; a refused one keeps its words."""
    period = period_for(scope=request.scope, pk=pk)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            hand_over(period=period, text=form.cleaned_data["text"], by_user=request.user, now=clock().now())
        except Refusal as fault:
            form.add_error("text", fault.told(_))
        else:
            return redirect("support_desk:cover", pk)
    return _cover_page(request, period, form)


@needs(Right.RUN_COVER)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask, then close."""
    period = period_for(scope=request.scope, pk=pk)
    if request.method == "POST":
        thanked = close_cover(period=period, by=request.user, now=clock().now())
        words = ngettext("Quiet again. %d person is thanked.", "Quiet again. %d people are thanked.", thanked)
        messages.success(request, words % thanked)
        return redirect("support_desk:cover", pk)
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("Is it quiet again?"),
            "question": _(
                "The rota of %(place)s ends now, nobody else is asked, and everybody who came or would have come is thanked."
            )
            % {"place": period.venue.name},
            "confirm_label": _("It is quiet again"),
            "cancel_url": reverse("support_desk:cover", args=[pk]),
            "is_danger": False,
        },
    )


@needs(Right.RUN_COVER)
@require_http_methods(["GET", "HEAD", "POST"])
def shift(request: DeskRequest, pk: int) -> HttpResponse:
    """One shift: how many are wanted, who comes, and taking somebody off."""
    found, now = shift_for(scope=request.scope, pk=pk), clock().now()
    claims = CoverClaim.objects.filter(shift=found, ended_at=None).select_related(
        "volunteer__person", "shift"
    )
    if request.method == "POST" and request.POST.get("off", "").isdecimal():
        claim = claims.filter(pk=int(request.POST["off"])).first()
        if claim is not None and give_back_shift(claim=claim, now=now):
            messages.success(request, _("Taken off. The call-out looks for somebody else."))
        return redirect("support_desk:cover", found.period_id)
    form = NeedForm(request.POST or None, initial={"minimum": found.minimum})
    if request.method == "POST" and form.is_valid():
        set_need(shift=found, minimum=form.cleaned_data["minimum"], now=now)
        return redirect("support_desk:cover", found.period_id)
    return render(
        request,
        "support/desk/shift.html",
        {
            "title": day_and_span(
                starts_at=found.starts_at, ends_at=found.ends_at, today=clock().today_in_uk()
            ),
            "subtitle": found.period.venue.name,
            "icon": "group",
            "back": Action(
                label=found.period.venue.name, url=reverse("support_desk:cover", args=[found.period_id])
            ),
            "form": form,
            "claims": claims,
            "cancel_url": reverse("support_desk:cover", args=[found.period_id]),
        },
        status=422 if form.errors else 200,
    )


@needs(Right.RUN_COVER)
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: DeskRequest, pk: int) -> HttpResponse:
    """Write to those on the rota: first parts and cost, then it goes."""
    period, now = period_for(scope=request.scope, pk=pk), clock().now()
    form, plan = RotaTextForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["text"]
        try:
            plan = plan_text(period=period, text=words, now=now)
            if "send" in request.POST:
                count = text_rota(period=period, text=words, by=request.user, now=now)
                messages.success(
                    request, ngettext("%d message goes out.", "%d messages go out.", count) % count
                )
                return redirect("support_desk:cover", pk)
        except Refusal as fault:
            form.add_error("text", fault.told(_))
    facts = []
    if plan is not None:
        facts = [
            Fact(label=_("By text message"), value=plan.by_text),
            Fact(label=_("By email"), value=plan.by_email),
            Fact(
                label=_("Reached by neither"),
                value=plan.unreached,
                note=_("Ring them.") if plan.unreached else "",
            ),
            Fact(label=_("Parts for each text"), value=plan.size.parts, note=plan.size.alphabet),
            Fact(label=_("Cost of the texts"), value=pounds(plan.cost_pence)),
        ]
    context = {
        "title": _("Write to the rota"),
        "subtitle": period.venue.name,
        "icon": "mail",
        "form": form,
        "facts": facts,
        "is_counted": plan is not None,
        "cancel_url": reverse("support_desk:cover", args=[pk]),
    }
    return render(request, "support/desk/text.html", context, status=422 if form.errors else 200)


@needs(Right.SEE_COVER)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: DeskRequest) -> HttpResponse:
    """How call-outs go: open to whoever sees cover; changed by whoever runs it for the whole organisation."""
    choices = call_out_settings()
    may_change = may(request, Right.RUN_COVER) and request.scope.is_everything
    names = (
        "asks_a_place", "most_asks_a_day", "rest_minutes", "shift_minutes", "ahead_hours", "required_course",
    )  # fmt: skip
    initial = {"rings": rings_text(choices=choices), **{name: getattr(choices, name) for name in names}}
    form = CallOutForm(request.POST or None, initial=initial)
    if request.method == "POST" and may_change and form.is_valid():
        try:
            save_call_out_settings(by=request.user, now=clock().now(), **form.cleaned_data)
        except RingsRefused as fault:
            form.add_error("rings", str(fault))
        except Refusal as fault:
            form.add_error(None, fault.told(_))
        else:
            messages.success(request, _("Saved. What runs goes on by this."))
            return redirect("support_desk:settings")
    context = {
        "title": _("How call-outs go"),
        "icon": "cogs",
        "back": Action(label=_("Cover"), url=reverse("support_desk:cover_list")),
        "form": form,
        "cancel_url": reverse("support_desk:cover_list"),
        "intro": _(
            "People near a place are asked first: those who were asked least today, then the nearest. When the wait of a ring is "
            "over and gaps are left, the next people of that ring are asked, then those of the next."
        ),
    }
    if not may_change:
        context["facts"] = [
            Fact(label=str(field.label), value=str(initial[name]) or _("none"))
            for name, field in form.fields.items()
        ]
        return render(request, "desk/detail.html", context, status=403 if request.method == "POST" else 200)
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)
