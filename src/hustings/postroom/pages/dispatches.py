"""The outbox on the desk: bulk sendings, how far each is, and pausing, resuming and stopping them."""

from django.contrib import messages as notes
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.clearance.rules.gate import Channel
from hustings.platform import audit
from hustings.platform.pages.listing import ChoiceFilter, Column, DateFilter, Export, Listing, list_page
from hustings.platform.pages.parts import Action, Callout, Empty, Fact, Moment, ProgressBar, Tile
from hustings.platform.words import moment, number
from hustings.postroom.access import dispatch_for, dispatches_for
from hustings.postroom.models import (
    WAITING_STATES,
    Dispatch,
    DispatchState,
    DomainHold,
    Message,
    MessageState,
)
from hustings.postroom.pages.words import dispatch_badge, reason_words, warning_words
from hustings.postroom.queries import DispatchCounts, dispatch_counts, sending_domain_warnings
from hustings.postroom.usecases.change_dispatch import (
    DispatchNotInThatState,
    pause_dispatch,
    resume_dispatch,
    stop_dispatch,
)

_RUNNING = {DispatchState.READY, DispatchState.SENDING}


@needs(Right.SEE_OUTBOX)
def outbox(request: DeskRequest) -> HttpResponseBase:
    """Every bulk sending, newest first."""
    return list_page(
        request,
        Listing(
            title=_("Outbox"),
            icon="mail",
            rows=_counted(dispatches_for(scope=request.scope)),
            columns=(
                Column(
                    key="label", label=_("Sending"), value="label", sort=("label",),
                    link=lambda row: reverse("postroom_desk:dispatch", args=[row.pk]),
                ),
                Column(key="state", label=_("State"), value=dispatch_badge, export="get_state_display"),
                Column(key="made", label=_("Made"), value="made_at", sort=("made_at",), is_minor=True),
                Column(key="waiting", label=_("Waiting"), value="waiting", is_number=True, sort=("waiting",)),
                Column(key="accepted", label=_("Accepted"), value="accepted", is_number=True, sort=("accepted",)),
                Column(key="refused", label=_("Refused"), value="refused", is_number=True, sort=("refused",)),
                Column(key="unknown", label=_("Unknown"), value="unknown", is_number=True, sort=("unknown",)),
                Column(
                    key="withdrawn", label=_("Withdrawn"), value="withdrawn", is_number=True, sort=("withdrawn",),
                    is_minor=True,
                ),
                Column(key="finished", label=_("Finished"), value="finished_at", sort=("finished_at",), is_minor=True),
            ),
            search=("label", "subject"),
            filters=(
                ChoiceFilter(
                    key="state", label=_("State"), field="state",
                    choices=[(str(value), str(label)) for value, label in DispatchState.choices],
                ),
                DateFilter(key="made", label=_("Made"), field="made_at"),
            ),
            order="-made",
            left_out=_("Sendings of places that are not yours, and single messages such as confirmations."),
            empty=Empty(
                title=_("Nothing has been sent yet"),
                text=_("A mailing appears here when it starts to go out."),
            ),
            actions=(
                Action(label=_("Messages"), url=reverse("postroom_desk:messages"), icon="list-ul"),
                Action(label=_("Fate unknown"), url=reverse("postroom_desk:unknowns"), icon="help"),
                Action(label=_("What came back"), url=reverse("postroom_desk:reports"), icon="rotate"),
                Action(label=_("Text messages"), url=reverse("postroom_desk:texts"), icon="mobile-alt"),
                Action(label=_("Sending domains"), url=reverse("postroom_desk:domains"), icon="globe"),
            ),
            export=Export(file_name="outbox"),
        ),
    )  # fmt: skip


def _counted(rows: QuerySet[Dispatch]) -> QuerySet[Dispatch]:
    def count(*states: str) -> Coalesce:
        found = (
            Message.objects.filter(dispatch=OuterRef("pk"), state__in=states).order_by().values("dispatch")
        )
        return Coalesce(Subquery(found.annotate(n=Count("id")).values("n")), 0, output_field=IntegerField())

    return rows.annotate(
        waiting=count(*WAITING_STATES, MessageState.CLAIMED),
        accepted=count(MessageState.ACCEPTED),
        refused=count(MessageState.REFUSED),
        unknown=count(MessageState.UNKNOWN),
        withdrawn=count(MessageState.WITHDRAWN),
    )


@needs(Right.SEE_OUTBOX)
def dispatch(request: DeskRequest, pk: int) -> HttpResponseBase:
    """One sending: how far it is, what became of it, and what can be done."""
    found = dispatch_for(scope=request.scope, pk=pk)
    counts = dispatch_counts(dispatch=found)
    bar = _bar(request, found, counts)
    if request.htmx and request.GET.get("part") == "bar":  # type: ignore[attr-defined]  # django-htmx sets it
        return render(request, "desk/parts/progress.html", {"bar": bar})
    return render(
        request,
        "desk/detail.html",
        {
            "title": found.label,
            "icon": "mail",
            "back": Action(label=_("Outbox"), url=reverse("postroom_desk:outbox")),
            "callouts": _callouts(found, counts),
            "bar": bar,
            "refresh_seconds": 5 if found.state in _RUNNING else None,
            "tiles": _tiles(found, counts),
            "facts": _facts(found),
            "moments": _moments(found),
        },
    )


def _bar(request: DeskRequest, found: Dispatch, counts: DispatchCounts) -> ProgressBar:
    address = reverse("postroom_desk:dispatch", args=[found.pk])
    can = may(request, Right.SEND)
    state = DispatchState(found.state)
    actions = (
        Action(
            label=_("Pause"), url=reverse("postroom_desk:pause", args=[found.pk]), is_post=True,
            is_allowed=can and state in _RUNNING,
        ),
        Action(
            label=_("Carry on"), url=reverse("postroom_desk:resume", args=[found.pk]), is_post=True, is_primary=True,
            is_allowed=can and state is DispatchState.PAUSED,
        ),
        Action(
            label=_("Stop for good"), url=reverse("postroom_desk:stop", args=[found.pk]), is_danger=True,
            is_allowed=can and (state in _RUNNING or state is DispatchState.PAUSED),
        ),
    )  # fmt: skip
    return ProgressBar(
        label=found.get_state_display().capitalize(),
        done=counts.ended,
        total=counts.total,
        poll_url=f"{address}?part=bar",
        is_running=state in _RUNNING,
        tone="good"
        if state is DispatchState.FINISHED
        else "warn"
        if state is DispatchState.PAUSED
        else "info",
        actions=actions if any(action.is_allowed for action in actions) else (),
    )


def _callouts(found: Dispatch, counts: DispatchCounts) -> list[Callout]:
    callouts = []
    if found.problem:
        callouts.append(Callout(title=_("Sending was interrupted"), text=found.problem, tone="bad"))
    domain = found.from_address.rpartition("@")[2]
    still = set(sending_domain_warnings(from_address=found.from_address, now=clock().now()))
    for code in found.warnings:
        if code in still:
            check = Action(label=_("Sending domains"), url=reverse("postroom_desk:domains"))
            callouts.append(Callout(text=warning_words(code, domain), tone="warn", actions=(check,)))
    if counts.unknown:
        look = Action(label=_("Look at them"), url=f"{reverse('postroom_desk:unknowns')}?dispatch={found.pk}")
        callouts.append(
            Callout(
                title=_("Fate unknown"),
                text=ngettext(
                    "For %(count)s message the connection or the worker ended before the server answered. It is not sent "
                    "again by itself, because it may have arrived.",
                    "For %(count)s messages the connection or the worker ended before the server answered. They are not sent "
                    "again by themselves, because they may have arrived.",
                    counts.unknown,
                )
                % {"count": counts.unknown},
                tone="warn",
                actions=(look,),
            )
        )  # fmt: skip
    holds = DomainHold.objects.filter(held_until__gt=clock().now(), domain__in=_waiting_domains(found))
    callouts += [
        Callout(
            text=_(
                "%(domain)s keeps asking us to come later (%(reason)s). Its messages wait until %(until)s."
            )
            % {"domain": hold.domain, "reason": hold.last_reason, "until": f"{hold.held_until:%H:%M}"},
            tone="info",
        )
        for hold in holds
    ]
    return callouts


def _waiting_domains(found: Dispatch) -> list[str]:
    waiting = Message.objects.filter(dispatch=found, state__in=WAITING_STATES)
    return list(waiting.order_by().values_list("domain", flat=True).distinct())


def _tiles(found: Dispatch, counts: DispatchCounts) -> list[Tile]:
    address = f"{reverse('postroom_desk:messages')}?dispatch={found.pk}&state="
    return [
        Tile(label=_("Accepted by servers"), value=counts.accepted, tone="good", url=f"{address}accepted"),
        Tile(
            label=_("Waiting"), value=counts.queued + counts.claimed + counts.deferred, url=f"{address}queued",
            note=_("%(count)s to be tried again") % {"count": counts.deferred} if counts.deferred else "",
        ),
        Tile(
            label=_("Refused"), value=counts.refused, tone="bad" if counts.refused else "plain",
            url=f"{address}refused",
        ),
        Tile(
            label=_("Fate unknown"), value=counts.unknown, tone="warn" if counts.unknown else "plain",
            url=f"{address}unknown",
        ),
        Tile(label=_("Withdrawn before sending"), value=counts.withdrawn, url=f"{address}withdrawn"),
        Tile(
            label=_("Came back"), value=counts.bounced,
            note=_("%(count)s complaints") % {"count": counts.complained} if counts.complained else "",
        ),
    ]  # fmt: skip


def _facts(found: Dispatch) -> list[Fact]:
    sender = f"{found.from_name} <{found.from_address}>" if found.from_name else found.from_address
    of_an_email = [
        Fact(label=_("Subject"), value=found.subject),
        Fact(label=_("From"), value=sender),
        Fact(label=_("Replies go to"), value=found.reply_to or sender),
    ]
    facts = [
        *([] if found.clearance.channel == Channel.SMS else of_an_email),
        Fact(
            label=_("Cleared"),
            value=found.clearance.cleared,
            note=_("of %(asked)s asked about on %(moment)s")
            % {"asked": number(found.clearance.asked), "moment": moment(found.clearance.at)},
        ),
    ]
    if found.per_minute:
        facts.append(Fact(label=_("Pace"), value=_("%(count)s a minute") % {"count": found.per_minute}))
    if found.stops_at:
        facts.append(Fact(label=_("Nothing goes out after"), value=found.stops_at))
    withdrawn = Message.objects.filter(dispatch=found, state=MessageState.WITHDRAWN).order_by()
    for reason, count in withdrawn.values_list("reason").annotate(n=Count("id")).order_by("-n")[:8]:
        facts.append(
            Fact(
                label=_("Withdrawn"),
                value=count,
                note=reason_words(reason=reason, channel=found.clearance.channel),
            )
        )
    return facts


def _moments(found: Dispatch) -> list[Moment]:
    stopped = found.state == DispatchState.STOPPED
    points = [
        (found.made_at, _("Made")),
        (found.started_at, _("First message sent")),
        (found.finished_at, _("Stopped") if stopped else _("Finished")),
    ]
    return [Moment(at=at, title=title) for at, title in points if at is not None]


@require_POST
@needs(Right.SEND)
def pause(request: DeskRequest, pk: int) -> HttpResponse:
    """Hold a sending."""
    return _changed(request, dispatch_for(scope=request.scope, pk=pk), "paused")


@require_POST
@needs(Right.SEND)
def resume(request: DeskRequest, pk: int) -> HttpResponse:
    """Carry on with a paused sending."""
    return _changed(request, dispatch_for(scope=request.scope, pk=pk), "resumed")


@needs(Right.SEND)
def stop(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask, then end a sending for good."""
    found = dispatch_for(scope=request.scope, pk=pk)
    if request.method == "POST":
        return _changed(request, found, "stopped")
    counts = dispatch_counts(dispatch=found)
    left = counts.queued + counts.claimed + counts.deferred
    question = ngettext(
        "%(count)s message of “%(label)s” has not gone out. It is withdrawn and cannot be sent later. What has gone out "
        "stays as it is.",
        "%(count)s messages of “%(label)s” have not gone out. They are withdrawn and cannot be sent later. What has gone "
        "out stays as it is.",
        left,
    ) % {"count": left, "label": found.label}
    context = {
        "title": _("Stop this sending?"),
        "question": question,
        "confirm_label": _("Stop for good"),
        "cancel_url": reverse("postroom_desk:dispatch", args=[pk]),
        "is_danger": True,
    }
    return render(request, "desk/confirm.html", context)


def _changed(request: DeskRequest, found: Dispatch, verb: str) -> HttpResponse:
    change = {"paused": pause_dispatch, "resumed": resume_dispatch, "stopped": stop_dispatch}[verb]
    now = clock().now()
    try:
        change(dispatch=found, now=now)
    except DispatchNotInThatState as fault:
        notes.warning(request, str(fault))
    else:
        material = found.clearance.copy.material if found.clearance.copy else None
        audit.record(
            now=now, actor=request.user, verb=verb, subject_type="postroom.Dispatch", subject_id=found.pk,
            area_code=(material.area_id or "") if material else "",
        )  # fmt: skip
        notes.success(
            request,
            {"paused": _("Paused."), "resumed": _("Sending goes on."), "stopped": _("Stopped.")}[verb],
        )
    return redirect("postroom_desk:dispatch", pk=found.pk)
