"""Cases on the desk: the list of one's own, opening one, and one case with its clocks. “Call 999” stands on every page."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hustings.accounts.access import Right, users_with
from hustings.accounts.models import User
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform.pages.listing import ChoiceFilter, Column, Listing, list_page
from hustings.platform.pages.parts import Action, Badge, Callout, Empty, Fact, Moment
from hustings.platform.words import ago, clock_time, day, moment
from hustings.support.access import case_for, cases_for, periods_for
from hustings.support.models import Case, CaseState, DutyTurn
from hustings.support.pages.case_forms import OpenCaseForm
from hustings.support.rules.case_clock import clock_of, usual_deletion
from hustings.support.usecases.duty import begin_duty, end_duty
from hustings.support.usecases.open_case import CaseFacts, open_case

_VIEWS_SHOWN = 30


def call_999() -> Callout:
    """What stands on every page about cases."""
    return Callout(
        title=_("Is anybody in danger now? Call 999 first."),
        text=_("Police, ambulance, fire. Silent call from a mobile: press 55. By text, if registered: 999."),
        tone="bad",
        actions=(Action(label=_("Call 999"), url="tel:999", is_danger=True),),
    )


def never_alleged() -> Callout:
    """The warning beside every free text of a case."""
    return Callout(
        text=_(
            "Write only what is needed to help. Never write what anybody is alleged to have done, is suspected of or charged "
            "with: it is not needed, and it could be used against them."
        ),
        tone="warn",
    )


def others_for(*, user: User, case: Case | None = None) -> list[User]:
    """Whom somebody may add to a team: those who may work on cases and are not on it."""
    entitled = users_with(right=Right.SEE_CASES, on=clock().today_in_uk()).exclude(pk=user.pk)
    if case is not None:
        entitled = entitled.exclude(pk__in=case.members.filter(left_at=None).values("user"))
    return list(entitled.order_by("first_name", "email"))


def due_badge(*, case: Case) -> Badge:
    """How the clock of the next step stands, in a coloured word."""
    if case.state == CaseState.CLOSED or case.next_step_due_at is None:
        return Badge(text=_("closed"), tone="plain")
    now = clock().now()
    said = _("%(day)s at %(time)s") % {
        "day": ago(case.next_step_due_at, now=now),
        "time": clock_time(case.next_step_due_at),
    }
    if clock_of(due_at=case.next_step_due_at, now=now).is_overdue:
        return Badge(text=_("due %(when)s") % {"when": said}, tone="bad")
    return Badge(text=_("due %(when)s") % {"when": said}, tone="info")


@needs(Right.SEE_CASES)
@require_safe
def case_list(request: DeskRequest) -> HttpResponseBase:
    """The cases on whose team one is; no name is shown here, as looking at a name is looking at the case."""
    turn = DutyTurn.objects.filter(user=request.user, ended_at=None).first()
    duty = Action(
        label=_("Go off duty") if turn else _("Go on duty"), url=reverse("support_desk:duty"), is_post=True,
        icon="time",
    )  # fmt: skip
    opening = Action(
        label=_("Open a case"), url=reverse("support_desk:open_case"), icon="plus", is_primary=True
    )
    taking_over = Action(
        label=_("Cases that nobody looks after"), url=reverse("support_desk:cases_left_alone"), icon="warning",
        is_allowed=may(request, Right.TAKE_OVER_CASES),
    )  # fmt: skip
    callouts = [call_999()]
    callouts.append(
        Callout(text=_("You are on duty: a case that opens by itself comes to you."), tone="good")
        if turn
        else Callout(
            text=_(
                "You are not on duty. Where nobody is, a missed check-out goes to everybody who may work on cases there."
            )
        )
    )
    return list_page(
        request,
        Listing(
            title=_("Cases"),
            icon="help",
            rows=cases_for(user=request.user),
            columns=(
                Column(
                    key="case", label=_("Case"), value=lambda row: _("Case %(number)s") % {"number": row.pk}, sort=("pk",),
                    link=lambda row: reverse("support_desk:case", args=[row.pk]),
                ),
                Column(key="kind", label=_("What"), value="get_kind_display", sort=("kind",)),
                Column(
                    key="due", label=_("Next step"), value=lambda row: due_badge(case=row),
                    sort=("state", "next_step_due_at"),
                ),
                Column(key="opened", label=_("Opened"), value="opened_at", sort=("opened_at",), is_minor=True),
                Column(key="delete", label=_("Deleted on"), value="delete_on", sort=("delete_on",), is_minor=True),
            ),
            filters=(
                ChoiceFilter(
                    key="state", label=_("State"), field="state",
                    choices=[(str(value), str(label)) for value, label in CaseState.choices],
                ),
            ),
            order="-opened",
            left_out=_("Cases on whose team you are not. Nobody outside a team sees a case, whatever else they may see."),
            empty=Empty(
                title=_("No case is yours"),
                text=_("When somebody rings who is held, hurt, stranded or harassed, open a case."),
                actions=(opening,),
            ),
            actions=(opening, duty, taking_over),
            callouts=tuple(callouts),
        ),
    )  # fmt: skip


@needs(Right.SEE_CASES)
@require_POST
def duty(request: DeskRequest) -> HttpResponse:
    """Go on duty, or off."""
    now = clock().now()
    if end_duty(user=request.user, now=now):
        messages.success(request, _("You are off duty."))
    else:
        begin_duty(user=request.user, area=None, now=now)
        messages.success(request, _("You are on duty."))
    return redirect("support_desk:cases")


@needs(Right.SEE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def open_case_page(request: DeskRequest) -> HttpResponse:
    """Open a case while somebody is on the telephone."""
    others, today = others_for(user=request.user), clock().today_in_uk()
    active = periods_for(scope=request.scope).filter(closed_at=None).order_by("venue__name")
    venues = [period.venue for period in active]
    form = OpenCaseForm(
        request.POST or None,
        others=others,
        venues=venues,
        initial={"delete_on": usual_deletion(opened_on=today)},
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        chosen = set(values.pop("team", []))
        names = (
            "kind", "basis", "called_name", "phone", "whereabouts", "needs", "tell_whom", "basis_note", "next_step",
            "delete_on", "are_words_checked",
        )  # fmt: skip
        try:
            case = open_case(
                facts=CaseFacts(next_step_minutes=values["within"], **{name: values[name] for name in names}),
                team=[user for user in others if str(user.pk) in chosen],
                venue=next((venue for venue in venues if venue.pk == values.get("venue")), None),
                by=request.user,
                now=clock().now(),
            )
        except Refusal as fault:
            form.add_error(None, fault.told(_))
            if fault.code == "words":
                form.offer_tick()
        else:
            messages.success(request, _("The case is open."))
            return redirect("support_desk:case", case.pk)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Open a case"),
            "icon": "help",
            "back": Action(label=_("Cases"), url=reverse("support_desk:cases")),
            "callouts": [call_999(), never_alleged()],
            "form": form,
            "submit_label": _("Open the case"),
            "cancel_url": reverse("support_desk:cases"),
        },
        status=422 if form.errors else 200,
    )


@needs(Right.SEE_CASES)
@require_safe
def case_page(request: DeskRequest, pk: int) -> HttpResponse:
    """One case, for its team."""
    now = clock().now()
    case = case_for(user=request.user, pk=pk, what="page", now=now)
    is_open = case.state == CaseState.OPEN
    members = case.members.filter(left_at=None).select_related("user")
    return render(
        request,
        "support/desk/case.html",
        {
            "title": _("Case %(number)s: %(kind)s") % {"number": case.pk, "kind": case.get_kind_display()},
            "icon": "help",
            "back": Action(label=_("Cases"), url=reverse("support_desk:cases")),
            "actions": _actions(case),
            "callouts": [call_999(), *_step_callouts(case)],
            "facts": _facts(case),
            "case": case,
            "is_open": is_open,
            "follow_ups": [
                {
                    "due": due,
                    "is_overdue": due.done_at is None and due.due_at <= now,
                    "url": reverse("support_desk:follow_up", args=[case.pk, due.pk]),
                }
                for due in case.follow_ups.all()
            ],
            "members": members,
            "moments_title": _("What was done"),
            "moments": [
                Moment(at=note.at, title=note.text, by=str(note.by or _("written by itself")))
                for note in case.notes.select_related("by")
            ],
            "views": case.views.select_related("user")[:_VIEWS_SHOWN],
            "view_count": case.views.count(),
        },
    )


def _actions(case: Case) -> list[Action]:
    is_open = case.state == CaseState.OPEN

    def act(label: str, name: str, icon: str, **more: bool) -> Action:
        return Action(label=label, url=reverse(f"support_desk:{name}", args=[case.pk]), icon=icon, **more)

    return [
        act(_("Next step"), "step", "arrow-right", is_primary=True, is_allowed=is_open),
        act(_("Write a note"), "case_note", "edit"),
        act(_("A bed for the night"), "bed", "home", is_allowed=is_open),
        act(_("Somebody for the team"), "team", "user"),
        act(_("Close the case"), "close_case", "check", is_allowed=is_open),
        act(_("Keep it longer"), "keep_case", "date"),
        act(_("Delete it now"), "delete_case", "bin", is_danger=True),
    ]


def _step_callouts(case: Case) -> list[Callout]:
    if case.state == CaseState.CLOSED or case.next_step_due_at is None:
        return [
            Callout(text=_("This case is closed. It is deleted on %(day)s.") % {"day": day(case.delete_on)})
        ]
    now = clock().now()
    is_late = clock_of(due_at=case.next_step_due_at, now=now).is_overdue
    who = _("By %(who)s.") % {"who": case.next_step_by} if case.next_step_by else ""
    return [
        Callout(
            title=_("Next: due %(day)s at %(time)s")
            % {"day": ago(case.next_step_due_at, now=now), "time": clock_time(case.next_step_due_at)},
            text=f"{case.next_step} {who}".strip(),
            tone="bad" if is_late else "warn",
            actions=(
                Action(
                    label=_("Done: what is next?"),
                    url=reverse("support_desk:step", args=[case.pk]),
                    is_primary=True,
                ),
            ),
        )
    ]


def _facts(case: Case) -> list[Fact]:
    telephone = f"tel:{case.phone.replace(' ', '')}" if case.phone else ""
    return [
        Fact(label=_("Called"), value=case.called_name or _("not said")),
        Fact(label=_("Telephone"), value=case.phone or _("none"), url=telephone),
        Fact(
            label=_("Where"),
            value=case.whereabouts or _("not known"),
            note=case.venue.name if case.venue else "",
        ),
        Fact(label=_("Needs"), value=case.needs or _("nothing said")),
        Fact(label=_("Whom to tell, and what"), value=case.tell_whom or _("nobody")),
        Fact(label=_("Ground for keeping this"), value=case.get_basis_display(), note=case.basis_note),
        Fact(label=_("Opened"), value=moment(case.opened_at), note=str(case.opened_by or _("by itself"))),
        Fact(label=_("All of it is deleted on"), value=case.delete_on, tone="warn"),
    ]
