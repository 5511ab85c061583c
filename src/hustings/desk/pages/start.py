"""The first set-up: from nothing to an open petition, in steps that can be left and taken up again."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.accounts.access import Right
from hustings.accounts.models import Organisation
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.accounts.pages.set_up import SetUpStep, standings, step_page
from hustings.actions.models import Petition, PetitionState
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.desk.queries import next_election
from hustings.desk.usecases.note_election import note_election
from hustings.desk.usecases.send_test_message import TEMPLATE, send_test_message
from hustings.elections.models import Election, ElectionKind
from hustings.elections.queries import deadlines
from hustings.platform.pages.parts import Action, Callout, Fact, Tone
from hustings.platform.words import ago, day, moment
from hustings.postroom.models import Message, MessageState, SendingDomainCheck
from hustings.postroom.usecases.check_sending_domain import NotADomain, advice, check_sending_domain

_TONES: dict[str, Tone] = {"good": "good", "warn": "warn", "bad": "bad"}
NATIONS = (
    ("england", gettext_lazy("England")),
    ("wales", gettext_lazy("Wales")),
    ("scotland", gettext_lazy("Scotland")),
    ("northern_ireland", gettext_lazy("Northern Ireland")),
)


@needs(Right.SET_UP)
def start(request: DeskRequest) -> HttpResponse:
    """Every step with where it stands, and the next one to take."""
    steps = standings()
    left = [each for each in steps if each.state == "open"]
    return render(
        request,
        "desk/start.html",
        {
            "title": _("Set-up"),
            "icon": "cogs",
            "subtitle": _("From nothing to an open petition. You can stop at any point; everything is kept."),
            "steps": steps,
            "left": left,
            "minutes": sum(each.step.minutes for each in left),
            "done": len(steps) - len(left),
            "total": len(steps),
        },
    )


@needs(Right.SET_UP)
def mail(request: DeskRequest) -> HttpResponse:
    """Whether mail goes out and is believed: the domain's records, and a message to oneself."""
    domain = sending_domain()
    if request.method == "POST" and "check" in request.POST:
        try:
            check_sending_domain(domain=domain, now=clock().now())
        except NotADomain as problem:
            messages.error(request, str(problem))
        return redirect("desk:mail")
    if request.method == "POST" and "send" in request.POST:
        send_test_message(user=request.user, now=clock().now())
        messages.success(request, _("A message to %(email)s is on its way.") % {"email": request.user.email})
        return redirect("desk:mail")
    check = SendingDomainCheck.objects.filter(domain=domain).first()
    trial = Message.objects.filter(template=TEMPLATE, address=request.user.email).order_by("-pk").first()
    callouts = [
        Callout(title=str(row["check"]).upper(), text=row["sentence"], tone=_TONES[row["level"]])
        for row in (advice(check=check) if check else [])
    ]
    return step_page(
        request,
        slug="mail",
        form=None,
        template="desk/mail.html",
        callouts=callouts,
        check=check,
        trial=trial,
        facts=[
            Fact(
                label=_("Mail is sent from"),
                value=settings.HUSTINGS_MAIL_FROM,
                note=_("the setting HUSTINGS_MAIL_FROM"),
            ),
            Fact(
                label=_("through the server"),
                value=urlsplit(settings.HUSTINGS_SMTP).hostname or settings.HUSTINGS_SMTP,
                note=_("the setting HUSTINGS_SMTP"),
            ),
            Fact(label=_("Domain"), value=domain),
        ],
        refresh_seconds=5 if trial and trial.state in {MessageState.QUEUED, MessageState.CLAIMED} else None,
    )


class ElectionForm(forms.Form):
    """The next election people here vote in."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Elected to"), choices=ElectionKind.choices, initial=ElectionKind.LOCAL
    )
    title = forms.CharField(
        label=gettext_lazy("What you call it"),
        max_length=160,
        help_text=gettext_lazy("For example “Barset council election”."),
    )
    poll_on = forms.DateField(
        label=gettext_lazy("Day of poll"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Ordinary council elections are on the first Thursday in May."),
    )
    nation = forms.ChoiceField(
        label=gettext_lazy("Where"),
        choices=NATIONS,
        help_text=gettext_lazy("Deadlines, voter identification and limits differ between the nations."),
    )


def election_begun() -> dict[str, Any]:
    """What the election's form begins with: the nation in which the organisation works."""
    organisation = Organisation.objects.select_related("area").first()
    nation = organisation.area.nation if organisation and organisation.area else ""
    return {"nation": nation} if nation else {}


@needs(Right.SET_UP)
def dates(request: DeskRequest) -> HttpResponse:
    """Which election comes next."""
    today = clock().today_in_uk()

    def make(sent: QueryDict | None, values: dict[str, Any]) -> forms.Form:
        return ElectionForm(sent, initial=values)

    def save(form: forms.Form, now: datetime) -> None:
        note_election(**form.cleaned_data, by=request.user, now=now)

    known = Election.objects.filter(poll_on__gte=today, is_notional=False).order_by("poll_on")
    callouts = [
        Callout(
            title=election.title, text=_("Poll on %(day)s.") % {"day": day(election.poll_on)}, tone="good"
        )
        for election in known[:4]
    ]
    return step_page(
        request,
        slug="dates",
        form=make,
        save=save,
        initial=election_begun(),
        callouts=callouts,
    )


def _dates_of(election: Election) -> list[str]:
    """The day of poll and every deadline that can be reckoned, a line each."""
    try:
        found = deadlines(election_id=election.pk)
    except Refusal as problem:
        return [_("Poll on %(day)s.") % {"day": day(election.poll_on)}, problem.told(_)]
    return [f"{moment(deadline.at)}: {_(deadline.label)}" for deadline in found] or [
        _("Poll on %(day)s.") % {"day": day(election.poll_on)}
    ]


@needs(Right.SET_UP)
def petition(request: DeskRequest) -> HttpResponse:
    """Where the first petition is made."""
    drafts = Petition.objects.filter(state=PetitionState.DRAFT).order_by("-made_at")[:5]
    opened = Petition.objects.filter(state=PetitionState.OPEN).order_by("-opens_at")[:5]
    callouts = [
        Callout(
            title=one.title,
            text=_("It is open. Share its address."),
            tone="good",
            actions=(
                Action(label=_("See the page"), url=reverse("actions:petition", args=[one.slug])),
                Action(label=_("See it on the desk"), url=reverse("actions_desk:petition", args=[one.pk])),
            ),
        )
        for one in opened
    ] + [
        Callout(
            title=one.title,
            text=_("It is a draft. Look at the preview, then open it."),
            actions=(
                Action(
                    label=_("Go on with it"),
                    url=reverse("actions_desk:petition", args=[one.pk]),
                    is_primary=True,
                ),
            ),
        )
        for one in drafts
    ]
    return step_page(request, slug="petition", form=None, template="desk/petition.html", callouts=callouts)


def sending_domain() -> str:
    """The domain from which mail is sent."""
    return str(settings.HUSTINGS_MAIL_FROM).rpartition("@")[2].lower()


def _mail_is_fine() -> bool:
    latest = SendingDomainCheck.objects.filter(domain=sending_domain()).first()
    if latest is not None and latest.is_ready:
        return True
    return Message.objects.filter(template=TEMPLATE, state=MessageState.ACCEPTED).exists()


def _mail_stands() -> str:
    latest = SendingDomainCheck.objects.filter(domain=sending_domain()).first()
    if latest is not None and latest.is_ready:
        return _("%(domain)s checked %(when)s") % {
            "domain": latest.domain,
            "when": ago(latest.at, now=clock().now()),
        }
    return _("a test message was taken by the server")


def _dates_stand() -> str:
    election = next_election(today=clock().today_in_uk())
    return f"{election.title}, {day(election.poll_on)}" if election else ""


def _petition_stands() -> str:
    opened = Petition.objects.exclude(state=PetitionState.DRAFT).order_by("opens_at").first()
    return opened.title if opened else ""


MAIL = SetUpStep(
    slug="mail",
    title=gettext_lazy("Mail"),
    why=gettext_lazy("Signatures are confirmed by email: see that yours goes out and is believed."),
    minutes=3,
    url_name="desk:mail",
    is_done=_mail_is_fine,
    stands=_mail_stands,
    may_wait=True,
)
DATES = SetUpStep(
    slug="dates",
    title=gettext_lazy("Dates"),
    why=gettext_lazy("Which election comes next: deadlines, limits and imprints hang on it."),
    minutes=1,
    url_name="desk:dates",
    is_done=lambda: next_election(today=clock().today_in_uk()) is not None,
    stands=_dates_stand,
    may_wait=True,
)
PETITION = SetUpStep(
    slug="petition",
    title=gettext_lazy("Your first petition"),
    why=gettext_lazy("Something people here care about, asked of somebody who can do it."),
    minutes=5,
    url_name="desk:petition",
    is_done=lambda: Petition.objects.exclude(state=PetitionState.DRAFT).exists(),
    stands=_petition_stands,
)
