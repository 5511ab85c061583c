"""Complain about how personal data is handled: the electronic form that DPA 2018 section 164A asks of every controller."""

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from hustings.basics.clock import clock
from hustings.basics.email_address import NotAnEmailAddress, parse_email
from hustings.people.models import RightsRequestKind
from hustings.people.pages.resident import private, too_many, wait_to_ask
from hustings.people.usecases.open_rights_request import open_rights_request


class ComplaintForm(forms.Form):
    """Who complains, where the answer goes, and what about."""

    name = forms.CharField(max_length=120, label=gettext_lazy("Name"))
    email = forms.CharField(max_length=254, label=gettext_lazy("Email"))
    words = forms.CharField(max_length=5000, label=gettext_lazy("What went wrong?"))

    def clean_email(self) -> str:
        """Refuse what cannot be written to."""
        email: str = self.cleaned_data["email"]
        try:
            parse_email(email, allow_example=settings.HUSTINGS_MODE != "live")
        except NotAnEmailAddress as problem:
            raise forms.ValidationError(problem.told(gettext)) from problem
        return email


@csrf_exempt
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: HttpRequest) -> HttpResponse:
    """The form, and the thanks for it. Its writer is nobody on file until a data officer says so."""
    now = clock().now()
    form = ComplaintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if seconds := wait_to_ask(request, now):
            return too_many(request, seconds)
        said = form.cleaned_data
        with transaction.atomic():
            open_rights_request(
                kind=RightsRequestKind.COMPLAINT,
                source="complaint page",
                now=now,
                details=f"{said['name']} <{said['email']}>\n\n{said['words']}",
            )
        return private(HttpResponseRedirect(reverse("people:complaint") + "?sent=1", status=303))
    status = 422 if request.method == "POST" else 200
    values = {"form": form, "is_sent": "sent" in request.GET}
    return private(render(request, "people/complaint.html", values, status=status))
