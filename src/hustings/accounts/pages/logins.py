"""Logins and appointments on the desk."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hustings.accounts.access import Right, appointment_for, in_force, login_for, logins_for, scope_to_give
from hustings.accounts.models import Appointment, Role, User
from hustings.accounts.pages.filters import area_choices
from hustings.accounts.pages.forms import AppointmentForm, EndForm, InvitationForm
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.accounts.queries import appointment_words, audit_entries_for
from hustings.accounts.usecases.appoint import appoint
from hustings.accounts.usecases.close_login import close_login, open_login
from hustings.accounts.usecases.end_appointment import end_appointment
from hustings.accounts.usecases.invite import invite, send_invitation
from hustings.basics.clock import clock, uk_date
from hustings.basics.refusals import Refusal
from hustings.platform.pages.listing import ChoiceFilter, Column, Export, Listing, YesNoFilter, list_page
from hustings.platform.pages.parts import Action, Badge, Callout, Empty, Fact, Moment
from hustings.platform.words import ago


def _in_force(appointment: Appointment) -> bool:
    today = clock().today_in_uk()
    return appointment.valid_from <= today and (
        appointment.valid_until is None or appointment.valid_until > today
    )


def _badges(user: User) -> list[Badge]:
    held = [one for one in user.known if _in_force(one)]  # type: ignore[attr-defined]  # set by the query
    badges = [
        Badge(text=f"{one.get_role_display()}, {one.area.name if one.area else _('everywhere')}", tone="info")
        for one in held
    ]
    return badges or [Badge(text=_("no appointment"), tone="warn")]


@needs(Right.APPOINT)
def login_list(request: DeskRequest) -> HttpResponseBase:
    """Everybody who works in the places of whoever asks."""
    today = clock().today_in_uk()
    rows = logins_for(scope=request.scope).annotate(
        has_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk")))
    )
    held = request.scope.filter(Appointment.objects.filter(in_force(on=today)), "area")

    def with_role(logins: QuerySet[User], role: str) -> QuerySet[User]:
        return logins.filter(pk__in=held.filter(role=role).values("user"))

    def in_place(logins: QuerySet[User], code: str) -> QuerySet[User]:
        return logins.filter(pk__in=held.filter(area=code).values("user"))

    return list_page(
        request,
        Listing(
            title=_("Logins"),
            icon="group",
            rows=rows,
            columns=(
                Column(
                    key="name",
                    label=_("Name"),
                    value=str,
                    link=lambda user: reverse("accounts_desk:login", args=[user.pk]),
                    sort=("first_name", "last_name", "email"),
                ),
                Column(key="email", label=_("Email"), value="email", sort=("email",)),
                Column(
                    key="role",
                    label=_("Appointed as"),
                    value=_badges,
                    export=lambda user: [badge.text for badge in _badges(user)],
                ),
                Column(
                    key="factor",
                    label=_("Second factor"),
                    value=lambda user: (
                        Badge(text=_("yes"), tone="good") if user.has_factor else Badge(text=_("none"))
                    ),
                ),
                Column(
                    key="seen",
                    label=_("Last signed in"),
                    value=lambda user: ago(user.last_login, now=clock().now()),
                    export="last_login",
                    sort=("last_login",),
                ),
                Column(
                    key="state",
                    label=_("Login"),
                    value=lambda user: _("open") if user.is_active else Badge(text=_("closed"), tone="bad"),
                ),
            ),
            search=("first_name", "last_name", "email"),
            filters=(
                ChoiceFilter(
                    key="role",
                    label=_("Role"),
                    choices=[(role.value, str(role.label)) for role in Role],
                    narrow=with_role,
                ),
                ChoiceFilter(key="place", label=_("Place"), choices=_places(request, held), narrow=in_place),
                YesNoFilter(key="factor", label=_("Second factor"), yes=Q(has_factor=True)),
                YesNoFilter(key="open", label=_("Login is open"), yes=Q(is_active=True)),
            ),
            order="name",
            left_out=""
            if request.scope.is_everything
            else _("People who are appointed elsewhere, or for the whole organisation."),
            empty=Empty(
                title=_("Nobody yet"),
                text=_("Invite the people you work with. Each sees only the places you appoint them for."),
            ),
            actions=(
                Action(
                    label=_("Invite somebody"),
                    url=reverse("accounts_desk:invite"),
                    icon="plus",
                    is_primary=True,
                ),
            ),
            export=Export(file_name="logins"),
        ),
    )


def _places(request: DeskRequest, held: QuerySet[Appointment]) -> list[tuple[str, str]]:
    used = set(held.exclude(area=None).values_list("area", flat=True))
    if request.scope.is_everything:
        return sorted(
            ((one.area_id or "", one.area.name) for one in held.select_related("area") if one.area),
            key=lambda p: p[1],
        )
    return [(code, name) for code, name in area_choices(scope=request.scope) if code in used]


@needs(Right.APPOINT)
def login_detail(request: DeskRequest, pk: int) -> HttpResponseBase:
    """One login: its appointments there, and what was done about it."""
    user = login_for(scope=request.scope, pk=pk)
    today = clock().today_in_uk()
    may_close = scope_to_give(user=request.user, role=Role.ADMINISTRATOR, on=today).is_everything
    elsewhere = user.appointments.count() - len(user.known)  # type: ignore[attr-defined]  # set by the query
    callouts = []
    if not user.is_active:
        callouts.append(Callout(text=_("This login is closed: nobody gets in by it."), tone="warn"))
    if user.last_login is None:
        callouts.append(
            Callout(
                text=_("%(name)s has not signed in yet. You can send the invitation again.") % {"name": user},
                actions=(
                    Action(
                        label=_("Send the invitation again"),
                        url=reverse("accounts_desk:send_invitation", args=[pk]),
                        is_post=True,
                    ),
                ),
            )
        )
    return render(
        request,
        "accounts/login.html",
        {
            "title": str(user),
            "icon": "user",
            "subtitle": user.email,
            "back": Action(label=_("Logins"), url=reverse("accounts_desk:logins")),
            "actions": (
                Action(
                    label=_("Appoint"),
                    url=reverse("accounts_desk:appoint", args=[pk]),
                    icon="plus",
                    is_primary=True,
                ),
                Action(
                    label=_("Close this login") if user.is_active else _("Open this login"),
                    url=reverse("accounts_desk:close" if user.is_active else "accounts_desk:open", args=[pk]),
                    is_danger=user.is_active,
                    is_allowed=may_close and user != request.user,
                ),
            ),
            "callouts": callouts,
            "facts": [
                Fact(label=_("Last signed in"), value=ago(user.last_login, now=clock().now())),
                Fact(
                    label=_("Second factor"),
                    value=_("set up")
                    if Authenticator.objects.filter(user=user).exists()
                    else _("none; pages that show the register or donors stay closed until there is one"),
                ),
                Fact(label=_("Login made on"), value=uk_date(user.date_joined)),
            ],
            "appointments": [
                {
                    "words": appointment_words(appointment=one, on=today),
                    "is_over": one.valid_until is not None and one.valid_until <= today,
                    "by": one.appointed_by,
                    "end_url": reverse("accounts_desk:end", args=[one.pk])
                    if (one.valid_until is None or one.valid_until > today)
                    and scope_to_give(user=request.user, role=one.role, on=today).covers(code=one.area_id)
                    else "",
                }
                for one in user.known  # type: ignore[attr-defined]  # set by the query
            ],
            "elsewhere": elsewhere,
            "moments": [
                Moment(
                    at=entry.at, title=f"{entry.verb} {user}", by=entry.actor_name, text=_detail(entry.detail)
                )
                for entry in audit_entries_for(scope=request.scope).filter(
                    subject_type="login", subject_id=str(pk)
                )[:20]
            ],
        },
    )


def _detail(detail: dict[str, object]) -> str:
    return ", ".join(str(value) for value in detail.values() if value)


@needs(Right.APPOINT)
def invite_somebody(request: DeskRequest) -> HttpResponseBase:
    """A login and its first appointment in one form."""
    now = clock().now()
    form = InvitationForm(request.POST or None, by=request.user, on=uk_date(now), scope=request.scope)
    if request.method == "POST" and form.is_valid():
        try:
            user = invite(**form.cleaned_data, by=request.user, now=now)
        except Refusal as problem:
            form.add_error("email", problem.told(_))
        else:
            messages.success(
                request,
                _("%(name)s is invited: an email to %(email)s is on its way.")
                % {"name": user, "email": user.email},
            )
            return redirect("accounts_desk:login", pk=user.pk)
    return _form(
        request,
        form,
        title=_("Invite somebody"),
        intro=_(
            "They get an email that says how to sign in. Appoint them to what they need now; you can add more later."
        ),
        submit_label=_("Invite"),
        back=Action(label=_("Logins"), url=reverse("accounts_desk:logins")),
    )


@needs(Right.APPOINT)
def appoint_somebody(request: DeskRequest, pk: int) -> HttpResponseBase:
    """A further appointment."""
    user = login_for(scope=request.scope, pk=pk)
    now = clock().now()
    form = AppointmentForm(request.POST or None, by=request.user, on=uk_date(now), scope=request.scope)
    if request.method == "POST" and form.is_valid():
        try:
            appointment = appoint(user=user, **form.cleaned_data, by=request.user, now=now)
        except Refusal as problem:
            form.add_error(None, problem.told(_))
        else:
            words = appointment_words(appointment=appointment, on=uk_date(now))
            messages.success(request, _("%(name)s: %(appointment)s.") % {"name": user, "appointment": words})
            return redirect("accounts_desk:login", pk=pk)
    return _form(
        request,
        form,
        title=_("Appoint %(name)s") % {"name": user},
        submit_label=_("Appoint"),
        back=Action(label=str(user), url=reverse("accounts_desk:login", args=[pk])),
    )


@needs(Right.APPOINT)
def end_an_appointment(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Ask from which day it no longer holds, then end it."""
    appointment = appointment_for(scope=request.scope, pk=pk)
    now = clock().now()
    form = EndForm(request.POST or None, initial={"on": uk_date(now)})
    if request.method == "POST" and form.is_valid():
        try:
            end_appointment(appointment=appointment, on=form.cleaned_data["on"], by=request.user, now=now)
        except Refusal as problem:
            form.add_error(None, problem.told(_))
        else:
            messages.success(request, _("The appointment ends."))
            return redirect("accounts_desk:login", pk=appointment.user_id)
    back = reverse("accounts_desk:login", args=[appointment.user_id])
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("End this appointment"),
            "icon": "user",
            "back": Action(label=str(appointment.user), url=back),
            "question": _("%(name)s: %(appointment)s. What they recorded stays.")
            % {
                "name": appointment.user,
                "appointment": appointment_words(appointment=appointment, on=uk_date(now)),
            },
            "form": form,
            "confirm_label": _("End it"),
            "cancel_url": back,
        },
        status=422 if form.errors else 200,
    )


@needs(Right.APPOINT)
def close_a_login(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Ask, then close."""
    user = login_for(scope=request.scope, pk=pk)
    back = reverse("accounts_desk:login", args=[pk])
    callouts: tuple[Callout, ...] = ()
    if request.method == "POST":
        try:
            close_login(user=user, by=request.user, now=clock().now())
        except Refusal as problem:
            callouts = (Callout(text=problem.told(_), tone="bad"),)
        else:
            messages.success(request, _("The login of %(name)s is closed.") % {"name": user})
            return redirect(back)
    return render(
        request,
        "desk/confirm.html",
        {
            "title": _("Close the login of %(name)s") % {"name": user},
            "icon": "lock",
            "back": Action(label=str(user), url=back),
            "callouts": callouts,
            "question": _(
                "Nobody gets in by it any more, and whoever is in is put out. What was done under it stays."
            ),
            "confirm_label": _("Close the login"),
            "cancel_url": back,
        },
        status=422 if callouts else 200,
    )


@require_POST
@needs(Right.APPOINT)
def open_a_login(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Let a closed login in again."""
    user = login_for(scope=request.scope, pk=pk)
    open_login(user=user, by=request.user, now=clock().now())
    messages.success(request, _("The login of %(name)s is open again.") % {"name": user})
    return redirect("accounts_desk:login", pk=pk)


@require_POST
@needs(Right.APPOINT)
def send_invitation_again(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Queue the invitation once more."""
    user = login_for(scope=request.scope, pk=pk)
    send_invitation(user=user, by=request.user, now=clock().now())
    messages.success(request, _("The invitation to %(email)s is on its way again.") % {"email": user.email})
    return redirect("accounts_desk:login", pk=pk)


def _form(request: DeskRequest, form: Form, **context: object) -> HttpResponse:
    back = context["back"]
    assert isinstance(back, Action)
    return render(
        request,
        "desk/form.html",
        {"icon": "user", "form": form, "cancel_url": back.url, **context},
        status=422 if form.errors else 200,
    )
