"""Mailings in the desk: the list, writing one, one mailing with its preview and figures."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock, uk_date
from hustings.basics.refusals import Refusal
from hustings.outreach.mailings.access import mailing_for, mailings_for
from hustings.outreach.mailings.models import Mailing, MailingChannel, MailingState
from hustings.outreach.mailings.pages.forms import MailingForm, TextTestForm
from hustings.outreach.mailings.pages.overview import overview, progress_bar, state_badge
from hustings.outreach.mailings.pages.preview import chosen_reader, preview_of, readers_of
from hustings.outreach.mailings.usecases.save_mailing import save_mailing
from hustings.platform.pages.listing import ChoiceFilter, Column, DateFilter, Export, Listing, list_page
from hustings.platform.pages.parts import Action, Callout, Empty
from hustings.postroom.rules.text_parts import size_of

#: What a writer can get wrong in the words, each told as a sentence.
WRITING_FAULTS = (Refusal, ValueError)


@needs(Right.SEND)
@require_safe
def mailing_list(request: DeskRequest) -> HttpResponseBase:
    """Every mailing to audiences of the places the login looks after."""
    new = Action(
        label=_("New mailing"), url=reverse("outreach_desk:mailing_new"), icon="plus", is_primary=True
    )
    return list_page(
        request,
        Listing(
            title=_("Mailings"),
            icon="mail",
            rows=mailings_for(scope=request.scope),
            columns=(
                Column(
                    key="title",
                    label=_("Mailing"),
                    value="title",
                    sort=("title",),
                    link=lambda mailing: reverse("outreach_desk:mailing", args=[mailing.pk]),
                ),
                Column(key="state", label=_("State"), value=state_badge, sort=("state",)),
                Column(
                    key="channel",
                    label=_("By"),
                    value="get_channel_display",
                    sort=("channel",),
                    is_minor=True,
                ),
                Column(key="audience", label=_("Audience"), value="audience.name", sort=("audience__name",)),
                Column(
                    key="cleared",
                    label=_("Cleared"),
                    value="clearance.cleared",
                    is_number=True,
                    sort=("clearance__cleared",),
                ),
                Column(key="send_at", label=_("Begins"), value="send_at", sort=("send_at",), is_minor=True),
                Column(key="started", label=_("Begun"), value="started_at", sort=("started_at",)),
                Column(key="made", label=_("Written"), value="made_at", sort=("made_at",), is_minor=True),
            ),
            search=("title", "material__subject"),
            filters=(
                ChoiceFilter(
                    key="state",
                    label=_("State"),
                    choices=[(state.value, str(state.label)) for state in MailingState],
                    field="state",
                ),
                DateFilter(key="begun", label=_("Begun"), field="started_at"),
            ),
            order="-made",
            left_out=""
            if request.scope.is_everything
            else _("Mailings to people of places you do not look after."),
            empty=Empty(
                title=_("Nothing has been sent yet"),
                text=_(
                    "Write to people who agreed to hear from you. The imprint and the ways out are added by themselves, and "
                    "the gate is asked about each person before anything goes out."
                ),
                actions=(new,),
            ),
            actions=(new,),
            export=Export(file_name="mailings"),
        ),
    )


@needs(Right.SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def mailing_edit(request: DeskRequest, pk: int | None = None) -> HttpResponse:
    """Write a mailing or change a draft."""
    mailing = None if pk is None else mailing_for(scope=request.scope, pk=pk)
    form = MailingForm(
        request.POST or None,
        scope=request.scope,
        user=request.user,
        mailing=mailing,
        channel=request.GET.get("channel", ""),
        **({} if mailing else {"initial": {"audience": request.GET.get("audience", "")}}),
    )
    if request.method == "POST" and form.is_valid():
        now = clock().now()
        try:
            poll_day = form.poll_day(now=now)
            saved = save_mailing(
                title=form.cleaned_data["title"],
                audience=form.cleaned_data["audience"],
                words=form.said(poll_day=poll_day),
                plan=form.plan(poll_day=poll_day),
                cost=form.charged(),
                by=request.user,
                now=now,
                mailing=mailing,
            )
        except Refusal as problem:
            form.add_error(None, problem.told(_))
        except ValueError as problem:
            # The faults of the fields' language and of Markdown say the line and what to change.
            form.add_error("words", str(problem))
        else:
            messages.success(request, _("The draft was saved."))
            if poll_day is not None and poll_day.warning:
                messages.warning(request, poll_day.warning)
            return redirect("outreach_desk:mailing", pk=saved.pk)
    cancel = reverse("outreach_desk:mailing", args=[pk]) if pk else reverse("outreach_desk:mailings")
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Change the draft")
            if mailing
            else _("New text message")
            if form.is_text
            else _("New mailing"),
            "icon": "mail",
            "form": form,
            "callouts": [_other_channel(request, is_text=form.is_text)],
            "submit_label": _("Save the draft"),
            "cancel_url": cancel,
            "back": Action(label=mailing.title if mailing else _("Mailings"), url=cancel),
        },
        status=422 if form.errors else 200,
    )


def _other_channel(request: DeskRequest, *, is_text: bool) -> Callout:
    """By what channel this is written, and the way to the other one's form."""
    asked = request.GET.copy()
    asked["channel"] = MailingChannel.EMAIL if is_text else MailingChannel.SMS
    return Callout(
        title=_("By text message") if is_text else _("By email"),
        text=_(
            "It goes only to mobile numbers of people who agreed to texts. Marketing waits from nine in the evening to eight in "
            "the morning, and each part of 160 letters costs. Answers stand under Messages, What came back."
        )
        if is_text
        else _("It goes to people who agreed to emails, with a subject line and the look you choose."),
        actions=(
            Action(
                label=_("Write an email instead") if is_text else _("Write a text message instead"),
                url=f"{request.path}?{asked.urlencode()}",
            ),
        ),
    )


@needs(Right.SEND)
@require_safe
def mailing_detail(request: DeskRequest, pk: int) -> HttpResponse:
    """One mailing: what it says, to whom, what the gate says or said, and how far it is."""
    mailing = mailing_for(scope=request.scope, pk=pk)
    return shown(request, mailing, wanted=request.GET.get("person", ""), test_form=TextTestForm())


def shown(request: DeskRequest, mailing: Mailing, *, wanted: str, test_form: TextTestForm) -> HttpResponse:
    """A mailing's page, as the person with that id reads it; with the form for a test by text as it was filled in."""
    now = clock().now()
    sample = readers_of(mailing=mailing, now=now)
    person = chosen_reader(mailing=mailing, wanted=wanted, now=now)
    fault = ""
    subject = ""
    try:
        preview = preview_of(mailing=mailing, person=person, on=uk_date(now))
        subject, text = preview.subject, preview.text
    except WRITING_FAULTS as problem:
        fault, text = str(problem), ""
    context = overview(mailing=mailing, request=request, now=now)
    if fault:
        context["callouts"] = [Callout(text=fault, tone="bad"), *context["callouts"]]
    return render(
        request,
        "outreach/mailings/detail.html",
        {
            "title": mailing.title,
            "icon": "mail",
            "back": Action(label=_("Mailings"), url=reverse("outreach_desk:mailings")),
            "mailing": mailing,
            "sample": sample,
            "person": person,
            "subject": subject,
            "text": text,
            "can_test": mailing.state in {MailingState.DRAFT, MailingState.SCHEDULED} and not fault,
            "test_form": test_form,
            "size": size_of(text=text) if mailing.is_text and text else None,
            "refresh_seconds": 5 if mailing.state == MailingState.SENDING else 0,
            **context,
        },
        status=422 if test_form.errors else 200,
    )


@needs(Right.SEND)
@require_safe
@xframe_options_sameorigin
def mailing_html(request: DeskRequest, pk: int) -> HttpResponse:
    """The HTML part as one person of the sample would read it, for the frame on the mailing's page."""
    mailing = mailing_for(scope=request.scope, pk=pk)
    now = clock().now()
    person = chosen_reader(mailing=mailing, wanted=request.GET.get("person", ""), now=now)
    try:
        html = preview_of(mailing=mailing, person=person, on=uk_date(now)).html
    except WRITING_FAULTS as problem:
        return HttpResponse(str(problem), status=422, content_type="text/plain; charset=utf-8")
    answer = HttpResponse(html)
    # What was written by others runs nothing and fetches nothing, in the frame as in a mail client.
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return answer


@needs(Right.SEND)
@require_safe
def mailing_progress(request: DeskRequest, pk: int) -> HttpResponse:
    """The progress bar alone, which refreshes itself; once nothing moves, the whole page is asked for again."""
    mailing = mailing_for(scope=request.scope, pk=pk)
    bar = progress_bar(mailing=mailing)
    if bar is None or not bar.is_running:
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"
        return answer
    return render(request, "desk/parts/progress.html", {"bar": bar})
