"""Ask for a link to one's preferences. The answer is the same whether the address is known or not."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from hustings.basics.clock import clock
from hustings.people.pages.ask_link_form import AskLinkForm
from hustings.people.pages.resident import private, too_many, wait_to_ask
from hustings.people.usecases.ask_preference_link import ask_preference_link


# No cookie and no session stand behind this form, so there is nothing to forge.
@csrf_exempt
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def ask_link(request: HttpRequest) -> HttpResponse:
    """The form, and what became of it."""
    now = clock().now()
    form = AskLinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if seconds := wait_to_ask(request, now):
            return too_many(request, seconds)
        ask_preference_link(email=form.cleaned_data["email"], now=now)
        return private(HttpResponseRedirect(reverse("people:ask_link") + "?sent=1", status=303))
    status = 422 if request.method == "POST" else 200
    values = {"form": form, "is_sent": "sent" in request.GET}
    return private(render(request, "people/ask_link.html", values, status=status))
