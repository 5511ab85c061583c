"""Desk pages of clearances: who was let through, who was not, and by which rule."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.clearance.access import clearance_for, clearances_for
from hustings.clearance.models import Clearance
from hustings.clearance.pages.words import choices_of, reason_words
from hustings.people.models import Channel, Purpose
from hustings.platform.pages.listing import ChoiceFilter, Column, DateFilter, Export, Listing, list_page
from hustings.platform.pages.parts import Action, Empty, Fact, Tile


@needs(Right.SEND)
@require_safe
def clearance_list(request: DeskRequest) -> HttpResponseBase:
    """Every pass of the gate that whoever asks may see."""
    return list_page(
        request,
        Listing(
            title=_("Clearances"),
            icon="lock-open",
            intro=_(
                "Each time people were to be contacted, the gate asked of every one whether they may be. "
                "These are its answers."
            ),
            rows=clearances_for(scope=request.scope, user=request.user),
            columns=(
                Column(
                    key="what",
                    label=_("What"),
                    value=_what,
                    link=lambda one: reverse("clearance_desk:clearance", args=[one.pk]),
                ),
                Column(key="at", label=_("When"), value="at", sort=("at",)),
                Column(key="channel", label=_("Channel"), value="get_channel_display", sort=("channel",)),
                Column(key="purpose", label=_("Purpose"), value="get_purpose_display", is_minor=True),
                Column(key="asked", label=_("Asked"), value="asked", is_number=True, sort=("asked",)),
                Column(key="cleared", label=_("Cleared"), value="cleared", is_number=True, sort=("cleared",)),
                Column(key="refused", label=_("Refused"), value="refused", is_number=True, sort=("refused",)),
                Column(key="reasons", label=_("Reasons"), value=_reasons_in_a_line, is_minor=True),
                Column(
                    key="by", label=_("Asked by"), value=lambda one: str(one.asked_by or ""), is_minor=True
                ),
            ),
            filters=(
                ChoiceFilter(key="channel", label=_("Channel"), choices=choices_of(Channel), field="channel"),
                ChoiceFilter(key="purpose", label=_("Purpose"), choices=choices_of(Purpose), field="purpose"),
                DateFilter(key="at", label=_("When"), field="at"),
            ),
            order="-at",
            left_out=""
            if request.scope.is_everything
            else _("Clearances for material of other places are shown to those who look after them."),
            empty=Empty(
                title=_("Nobody has been contacted yet"),
                text=_("The first mailing, call list or round begins here."),
            ),
            export=Export(file_name="clearances"),
        ),
    )


def _what(clearance: Clearance) -> str:
    """The material's title; single messages that people asked for have none."""
    if clearance.copy:
        return clearance.copy.title
    if clearance.purpose in {Purpose.SERVICE, Purpose.ACCOUNT}:
        return _("Messages people asked for")
    return clearance.get_purpose_display().capitalize()


def _reasons_in_a_line(clearance: Clearance) -> str:
    return "; ".join(
        f"{reason_words(reason=reason, channel=clearance.channel)}: {count:,}"
        for reason, count in clearance.counts.items()
    )


@needs(Right.SEND)
@require_safe
def clearance_page(request: DeskRequest, pk: int) -> HttpResponse:
    """One pass: the counts by reason with their rules, and the doubts."""
    clearance = clearance_for(scope=request.scope, user=request.user, pk=pk)
    return render(
        request,
        "clearance/clearance.html",
        {
            "title": _what(clearance),
            "icon": "lock-open",
            "back": Action(label=_("Clearances"), url=reverse("clearance_desk:clearances")),
            "tiles": [
                Tile(label=_("asked"), value=clearance.asked),
                Tile(label=_("cleared"), value=clearance.cleared, tone="good"),
                Tile(
                    label=_("refused"), value=clearance.refused, tone="warn" if clearance.refused else "plain"
                ),
            ],
            "facts": [
                Fact(label=_("When"), value=clearance.at),
                Fact(label=_("Channel"), value=clearance.get_channel_display()),
                Fact(label=_("Purpose"), value=clearance.get_purpose_display()),
                Fact(label=_("Asked by"), value=str(clearance.asked_by or _("the system"))),
                Fact(label=_("Chosen by political opinions"), value=clearance.uses_opinions),
            ],
            "reasons": [
                {
                    "words": reason_words(reason=reason, channel=clearance.channel),
                    "count": count,
                    "rule": clearance.rules.get(reason, {}).get("rule", ""),
                    "share": 100 * count / clearance.asked if clearance.asked else 0,
                }
                for reason, count in clearance.counts.items()
            ],
            "warnings": [{**one, "words": _(one["sentence"])} for one in clearance.warnings],
            "aside": [
                {"words": reason_words(reason=reason, channel=clearance.channel), "why": kept["why"]}
                for reason, kept in clearance.overrides.items()
            ],
        },
    )
