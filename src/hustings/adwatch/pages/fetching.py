"""Fetching from the Meta API on the desk: the token, a question, and the runs."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.adwatch import jobs
from hustings.adwatch.access import fetches_for, need_whole
from hustings.adwatch.models import ArchiveAccess
from hustings.adwatch.usecases.keep_token import NotAToken, keep_token
from hustings.basics.clock import clock
from hustings.platform.pages.listing import Column, Listing, list_page
from hustings.platform.pages.parts import Action, Empty


@needs(Right.CODE_ADS)
@require_safe
def fetch_list(request: DeskRequest) -> HttpResponseBase:
    """Every run, newest first."""
    has_token = ArchiveAccess.objects.exists()
    return list_page(
        request,
        Listing(
            title=_("Fetched from Meta"),
            icon="download",
            intro=_(
                "Questions put to the Ad Library API. A run that was broken off goes on where it stood when it is asked again."
            ),
            rows=fetches_for(scope=request.scope),
            columns=(
                Column(
                    key="question",
                    label=_("Question"),
                    value=lambda one: one.question.get("terms") or one.question.get("page_ids", ""),
                ),
                Column(key="state", label=_("State"), value="get_state_display", sort=("state",)),
                Column(key="pages", label=_("Pages"), value="pages", is_number=True, sort=("pages",)),
                Column(key="ads", label=_("Ads"), value="ads", is_number=True, sort=("ads",)),
                Column(key="begun", label=_("Begun"), value="begun_at", sort=("begun_at",)),
                Column(key="problem", label=_("What was said"), value="problem", is_minor=True),
            ),
            order="-begun",
            empty=Empty(
                title=_("Nothing fetched yet"),
                text=_("A token is stored.") if has_token else _("Store a token of the Ad Library first."),
            ),
            actions=(
                Action(
                    label=_("Fetch"),
                    url=reverse("adwatch_desk:fetch"),
                    icon="download",
                    is_primary=True,
                    is_allowed=has_token,
                ),
                Action(
                    label=_("Replace the token") if has_token else _("Store a token"),
                    url=reverse("adwatch_desk:token"),
                    icon="key",
                ),
            ),
        ),
    )


class TokenForm(forms.Form):
    """A token, which is not shown as it is typed."""

    token = forms.CharField(
        label=gettext_lazy("Token"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("From your account with Meta. It is stored encrypted and never shown again."),
    )


@needs(Right.CODE_ADS)
@require_http_methods(["GET", "HEAD", "POST"])
def token(request: DeskRequest) -> HttpResponseBase:
    """Store the token."""
    need_whole(scope=request.scope)
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            keep_token(token=form.cleaned_data["token"], by=request.user, now=clock().now())
        except NotAToken as problem:
            form.add_error("token", problem.told(_))
        else:
            messages.success(request, _("The token is stored."))
            return redirect("adwatch_desk:fetches")
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Token of the Ad Library"),
            "icon": "key",
            "form": form,
            "submit_label": _("Store it"),
            "cancel_url": reverse("adwatch_desk:fetches"),
        },
        status=422 if form.is_bound else 200,
    )


class FetchForm(forms.Form):
    """Words or page ids, and days."""

    terms = forms.CharField(label=gettext_lazy("Words in the ads"), required=False, max_length=100)
    page_ids = forms.RegexField(
        r"^[\d,\s]*$",
        label=gettext_lazy("Ids of pages"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Numbers with commas between."),
        error_messages={"invalid": gettext_lazy("Ids are numbers, with commas between.")},
    )
    first_on = forms.DateField(
        label=gettext_lazy("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    last_on = forms.DateField(
        label=gettext_lazy("To"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, object]:
        """Something is asked for."""
        cleaned = super().clean() or {}
        if not cleaned.get("terms") and not cleaned.get("page_ids"):
            raise forms.ValidationError(_("Say what to fetch: words in ads, or ids of pages."))
        return cleaned


@needs(Right.CODE_ADS)
@require_http_methods(["GET", "HEAD", "POST"])
def fetch(request: DeskRequest) -> HttpResponseBase:
    """Start a run in the background."""
    need_whole(scope=request.scope)
    form = FetchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        jobs.fetch_from_meta.enqueue(
            terms=values["terms"],
            page_ids=values["page_ids"],
            first_on=values["first_on"].isoformat() if values["first_on"] else "",
            last_on=values["last_on"].isoformat() if values["last_on"] else "",
        )
        messages.success(request, _("It is being fetched. The list shows how far it is."))
        return redirect("adwatch_desk:fetches")
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Fetch ads from Meta"),
            "icon": "download",
            "form": form,
            "submit_label": _("Fetch"),
            "cancel_url": reverse("adwatch_desk:fetches"),
        },
        status=422 if form.is_bound else 200,
    )
