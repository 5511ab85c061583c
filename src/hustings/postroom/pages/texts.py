"""Text messages on the desk: what went out and what it cost, and how many parts a text would take."""

from datetime import timedelta

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.platform.pages.parts import Action, Callout, Fact, Tile
from hustings.platform.words import pounds
from hustings.postroom.models import MessageState
from hustings.postroom.queries import may_send_texts, text_cost_pence, text_figures
from hustings.postroom.rules.text_parts import Alphabet, plainer, size_of

_DAYS = 30


class CountForm(forms.Form):
    """A text to be counted."""

    text = forms.CharField(
        label=gettext_lazy("Count a text"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1_600,
        help_text=gettext_lazy("Nothing is sent or kept. A link counts with all its letters."),
    )


@needs(Right.SEE_OUTBOX)
def texts(request: DeskRequest) -> HttpResponse:
    """Figures of the last 30 days, and a counter."""
    form = CountForm(request.GET if "text" in request.GET else None)
    size = (
        size_of(text=plainer(text=form.cleaned_data["text"])) if form.is_bound and form.is_valid() else None
    )
    figures = text_figures(since=clock().now() - timedelta(days=_DAYS))
    waiting = figures.states[MessageState.QUEUED] + figures.states[MessageState.DEFERRED]
    callouts = []
    if not may_send_texts():
        callouts.append(
            Callout(
                title=_("No provider of text messages is set up"),
                text=_(
                    "Put its address and token into HUSTINGS_TEXT_PROVIDER and HUSTINGS_TEXT_TOKEN. Until then people are asked "
                    "by email, or stand on the list to be rung."
                ),
                tone="warn",
            )
        )
    facts = []
    if size is not None:
        facts = [
            Fact(label=_("Parts"), value=size.parts),
            Fact(label=_("Cost for one person"), value=pounds(text_cost_pence(parts=size.parts))),
            Fact(
                label=_("Alphabet"),
                value=size.alphabet,
                note=""
                if size.alphabet is Alphabet.GSM
                else _("These letters make every part hold 70 instead of 160: %(letters)s")
                % {"letters": size.odd_letters[:40]},
            ),
            Fact(label=_("Length"), value=size.units),
        ]
    context = {
        "title": _("Text messages"),
        "icon": "mobile-alt",
        "callouts": callouts,
        "tiles": [
            Tile(label=_("Taken by the provider in 30 days"), value=figures.states[MessageState.ACCEPTED]),
            Tile(label=_("Reported on the phone"), value=figures.delivered),
            Tile(label=_("Waiting"), value=waiting),
            Tile(
                label=_("Fate unknown"),
                value=figures.states[MessageState.UNKNOWN],
                url=reverse("postroom_desk:unknowns"),
            ),
            Tile(
                label=_("Cost of %(parts)s parts") % {"parts": figures.parts},
                value=pounds(figures.cost_pence),
            ),
        ],
        "facts": facts,
        "form": form,
        "actions": [
            Action(label=_("Every text message"), url=reverse("postroom_desk:messages") + "?channel=sms"),
            Action(label=_("Outbox"), url=reverse("postroom_desk:outbox")),
        ],
    }
    return render(request, "postroom/desk/texts.html", context)
