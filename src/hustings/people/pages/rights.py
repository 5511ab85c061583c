"""Requests under data protection law on the desk: their clocks, identity, extension and answer; export and erasure."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock, uk_date
from hustings.basics.refusals import Refusal
from hustings.people.access import person_for, request_for, requests_for
from hustings.people.models import RightsRequest, RightsRequestKind
from hustings.people.pages.forms import AnswerForm, ReasonForm, RequestForm
from hustings.people.rules.rights import CLOCK, SOON, acknowledgement_due, may_extend
from hustings.people.usecases.erase_person import erase_person
from hustings.people.usecases.export_person import export_person
from hustings.people.usecases.handle_rights_request import (
    acknowledge_request,
    answer_request,
    extend_request,
    verify_identity,
)
from hustings.people.usecases.open_rights_request import open_rights_request
from hustings.platform import audit
from hustings.platform.pages.listing import ChoiceFilter, Column, Export, Listing, YesNoFilter, list_page
from hustings.platform.pages.parts import Badge, Callout, Empty, Fact
from hustings.platform.words import day


@needs(Right.HANDLE_RIGHTS)
@require_safe
def request_list(request: DeskRequest) -> HttpResponseBase:
    """Every request, the one due first on top."""
    return list_page(
        request,
        Listing(
            title=_("Requests about one's own data"),
            icon="help",
            rows=requests_for(scope=request.scope).select_related("person"),
            columns=(
                Column(
                    key="what",
                    label=_("What"),
                    value=lambda asked: asked.get_kind_display(),
                    link=lambda asked: reverse("people_desk:request", args=[asked.pk]),
                    sort=("kind",),
                ),
                Column(key="who", label=_("Who"), value=lambda asked: str(asked.person or _("not on file"))),
                Column(key="state", label=_("State"), value=_state),
                Column(key="due", label=_("Due"), value="due_on", sort=("due_on",)),
                Column(key="received", label=_("Received"), value="received_at", sort=("received_at",)),
                Column(
                    key="answered",
                    label=_("Answered"),
                    value="answered_at",
                    sort=("answered_at",),
                    is_minor=True,
                ),
            ),
            filters=(
                YesNoFilter(key="open", label=_("Open"), yes=Q(answered_at=None)),
                ChoiceFilter(
                    key="kind",
                    label=_("What"),
                    choices=[(kind.value, str(kind.label)) for kind in RightsRequestKind],
                    field="kind",
                ),
            ),
            order="due",
            left_out=""
            if request.scope.is_everything
            else _(
                "Requests of people of other places, or not on file, are shown to those who look after them."
            ),
            empty=Empty(
                title=_("Nobody has asked yet"), text=_("Requests made by link appear here by themselves.")
            ),
            export=Export(file_name="requests"),
        ),
    )


def _state(asked: RightsRequest) -> Badge:
    today = clock().today_in_uk()
    if asked.answered_at is not None:
        return Badge(text=str(asked.get_outcome_display()), tone="good")
    if asked.identity_asked_at is not None and asked.identity_verified_at is None:
        return Badge(text=_("clock stopped: identity awaited"), tone="plain")
    if asked.due_on < today:
        return Badge(text=_("overdue"), tone="bad")
    return Badge(text=_("open"), tone="warn" if asked.due_on - today <= SOON else "info")


@needs(Right.HANDLE_RIGHTS)
@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request: DeskRequest, pk: int) -> HttpResponseBase:
    """One request: its clock, and the next steps."""
    asked = request_for(scope=request.scope, pk=pk)
    act = request.POST.get("act", "")
    answer = AnswerForm(request.POST if act == "answer" else None, prefix="answer")
    reason = ReasonForm(request.POST if act in {"identity", "extend"} else None, prefix="reason")
    if request.method == "POST":
        try:
            if _do(request, asked, act, answer, reason):
                messages.success(request, _("Saved."))
                return redirect("people_desk:request", pk=pk)
        except Refusal as problem:
            messages.error(request, problem.told(_))
    return render(
        request,
        "people/desk/request.html",
        {
            "title": str(asked.get_kind_display()).capitalize(),
            "icon": "help",
            "asked": asked,
            "facts": _facts(asked),
            "callouts": _callouts(asked),
            "answer": answer,
            "reason": reason,
            "can_extend": may_extend(kind=asked.kind, received_on=uk_date(asked.received_at)),
            "can_acknowledge": asked.acknowledged_at is None,
        },
    )


def _do(request: DeskRequest, asked: RightsRequest, act: str, answer: AnswerForm, reason: ReasonForm) -> bool:
    now, by = clock().now(), request.user
    if act == "acknowledge":
        acknowledge_request(request=asked, now=now, by=by)
    elif act == "identity" and reason.is_valid():
        verify_identity(request=asked, evidence=reason.cleaned_data["reason"], now=now, by=by)
    elif act == "extend" and reason.is_valid():
        extend_request(request=asked, reason=reason.cleaned_data["reason"], now=now, by=by)
    elif act == "answer" and answer.is_valid():
        answer_request(request=asked, now=now, by=by, **answer.cleaned_data)
    else:
        return False
    return True


def _facts(asked: RightsRequest) -> list[Fact]:
    acknowledgement = acknowledgement_due(kind=asked.kind, received_on=uk_date(asked.received_at))
    person_url = ""
    if asked.person is not None and asked.person.erased_at is None and asked.person.merged_into_id is None:
        person_url = reverse("people_desk:person", args=[asked.person_id])
    return [
        Fact(label=_("Who"), value=str(asked.person or _("not on file")), url=person_url),
        Fact(label=_("Received"), value=asked.received_at, note=asked.source),
        Fact(label=_("Answer due"), value=asked.due_on),
        *(
            [Fact(label=_("Acknowledge by"), value=acknowledgement.on)]
            if acknowledgement and asked.acknowledged_at is None
            else []
        ),
        Fact(label=_("Acknowledged"), value=asked.acknowledged_at),
        Fact(label=_("Identity asked for"), value=asked.identity_asked_at),
        Fact(label=_("Identity verified"), value=asked.identity_verified_at, note=asked.identity_evidence),
        Fact(label=_("Extended"), value=asked.extended_at, note=asked.extension_reason),
        Fact(label=_("In their words"), value=asked.details),
        Fact(label=_("Answered"), value=asked.answered_at, note=str(asked.get_outcome_display())),
        Fact(label=_("What they were told"), value=asked.answer),
    ]


def _callouts(asked: RightsRequest) -> list[Callout]:
    callouts = []
    if asked.answered_at is None and asked.identity_asked_at and asked.identity_verified_at is None:
        text = _("The clock stands still since %(day)s, while the person's identity is awaited.")
        callouts.append(Callout(text=text % {"day": day(asked.identity_asked_at)}))
    elif asked.answered_at is None and asked.due_on < clock().today_in_uk():
        callouts.append(
            Callout(text=_("This answer is overdue. Answer now, and say why it is late."), tone="bad")
        )
    warning = CLOCK.by_id(asked.rule).warned(_) if asked.rule else ""
    return [*callouts, *([Callout(text=warning, tone="warn")] if warning else [])]


@needs(Right.HANDLE_RIGHTS)
@require_http_methods(["GET", "HEAD", "POST"])
def open_request(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Take in what a person asks for by letter, by phone or in person."""
    person = person_for(scope=request.scope, pk=pk)
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = open_rights_request(
            source="desk", now=clock().now(), person=person, by=request.user, **form.cleaned_data
        )
        return redirect("people_desk:request", pk=asked.pk)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("What does %(name)s ask for?") % {"name": person},
            "icon": "help",
            "form": form,
            "cancel_url": reverse("people_desk:person", args=[pk]),
        },
    )


@needs(Right.HANDLE_RIGHTS)
@require_http_methods(["POST", "GET", "HEAD"])
def export(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Give out everything held about a person, for handing over; the audit log notes it."""
    person = person_for(scope=request.scope, pk=pk)
    if request.method != "POST":
        return _confirm(
            request,
            _("Export everything held about %(name)s") % {"name": person},
            _(
                "You get a file with everything every part of this office holds about this person, to hand to them and nobody "
                "else. That you took it is noted."
            ),
            _("Export"),
            pk,
        )
    now = clock().now()
    archive = export_person(person=person, now=now).as_zip()
    audit.record(
        now=now,
        actor=request.user,
        verb="exported",
        subject_type="people.Person",
        subject_id=person.pk,
        area_code=person.ward_id or "",
    )
    response = HttpResponse(archive, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="person-{person.pk}.zip"'
    response["Cache-Control"] = "no-store"
    return response


@needs(Right.HANDLE_RIGHTS)
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Erase a person, after asking once."""
    person = person_for(scope=request.scope, pk=pk)
    if request.method != "POST":
        return _confirm(
            request,
            _("Erase %(name)s") % {"name": person},
            _(
                "Everything the law lets go is erased in every part of this office, and cannot be brought back. An unreadable "
                "mark keeps old lists from bringing the person back."
            ),
            _("Erase for good"),
            pk,
        )
    erase_person(person=person, now=clock().now(), by=request.user, why="from the desk")
    messages.success(request, _("Erased."))
    return redirect("people_desk:people")


def _confirm(request: DeskRequest, title: str, question: str, label: str, pk: int) -> HttpResponseBase:
    return render(
        request,
        "desk/confirm.html",
        {
            "title": title,
            "icon": "user",
            "question": question,
            "confirm_label": label,
            "cancel_url": reverse("people_desk:person", args=[pk]),
        },
    )
