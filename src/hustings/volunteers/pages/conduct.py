"""The conduct rules for everybody to read and for volunteers to accept; the report form, and the reporter's own page of it."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform import wiring
from hustings.volunteers.models import Report, ReportKind
from hustings.volunteers.pages.forms import clean_email_address
from hustings.volunteers.pages.resident import private, too_many, wait_to_ask, wait_to_look
from hustings.volunteers.pages.way_in import VolunteerRequest, for_volunteers, safe_path, volunteer_of
from hustings.volunteers.queries.conduct import has_accepted, rules_in_force, subject_of
from hustings.volunteers.rules.readable import html_of
from hustings.volunteers.usecases.accept_conduct import accept_conduct
from hustings.volunteers.usecases.make_report import make_report


@gzip_page
@require_safe
def conduct(request: HttpRequest) -> HttpResponse:
    """What volunteers promise."""
    rules, volunteer = rules_in_force(), volunteer_of(request)
    return render(
        request,
        "volunteers/conduct.html",
        {
            "rules": rules,
            "html": html_of(text=rules.text) if rules else "",
            "volunteer": volunteer,
            "is_accepted": volunteer is not None and has_accepted(volunteer=volunteer),
            "next": safe_path(request.GET.get("next", "")),
        },
    )


@for_volunteers
@require_POST
def accept(request: VolunteerRequest) -> HttpResponse:
    """Accept the rules, and go on to where one was going."""
    version = request.POST.get("version", "")
    try:
        accept_conduct(
            volunteer=request.volunteer,
            version=int(version) if version.isdecimal() else 0,
            now=clock().now(),
        )
    except Refusal as problem:
        messages.warning(request, problem.told(_))
        return redirect("volunteers:conduct")
    return HttpResponseRedirect(
        safe_path(request.POST.get("next", "")) or reverse("volunteers:home"), status=303
    )


class ReportForm(forms.Form):
    """What happened, and where an answer may go."""

    kind = forms.ChoiceField(
        choices=ReportKind.choices,
        label=gettext_lazy("What is it about?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what comes nearest.")},
    )
    details = forms.CharField(
        label=gettext_lazy("What happened, where and when?"),
        help_text=gettext_lazy("What you saw and heard yourself is best. Leave out what need not be told."),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Say in a sentence or two what happened, where and when.")},
    )
    reply_to = forms.CharField(
        required=False,
        max_length=254,
        label=gettext_lazy("Email for the answer"),
        help_text=gettext_lazy("Leave it empty and nobody knows who reported; then we cannot answer you."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_reply_to(self) -> str:
        """An address that mail can be sent to, or nothing."""
        entered: str = self.cleaned_data["reply_to"]
        return clean_email_address(entered) if entered.strip() else ""


# A report can be made by anybody without being signed in; what is gained by forging one is nothing.
@csrf_exempt
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form; `?about=` is the path of the page it is about."""
    now, volunteer = clock().now(), volunteer_of(request)
    about = subject_of(path=safe_path(request.GET.get("about", "")) or "/")
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if seconds := wait_to_ask(request, now):
            return too_many(request, seconds)
        data: dict[str, Any] = form.cleaned_data
        try:
            made = make_report(
                kind=data["kind"],
                details=data["details"],
                subject=about,
                now=now,
                # Whoever leaves no address stays unknown, even where their browser is known.
                reporter=volunteer if data["reply_to"] else None,
                reply_to=data["reply_to"],
            )
        except Refusal as problem:
            form.add_error("details", problem.told(_))
        else:
            address = reverse("volunteers:report_seen", args=[made.public_id])
            return private(HttpResponseRedirect(address, status=303))
    values = {"form": form, "about": about, "privacy_url": wiring.privacy_notice_url()}
    return private(
        render(request, "volunteers/report.html", values, status=422 if request.method == "POST" else 200)
    )


@require_safe
def report_seen(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Where a report stands, for whoever has its address. The words of the report are not shown again."""
    if seconds := wait_to_look(request, clock().now()):
        return too_many(request, seconds)
    found = Report.objects.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return private(render(request, "volunteers/report_seen.html", {"report": found}))
