"""Rounds of coding on the desk: the list, starting one, how far the coders agree, and the round as a file."""

import csv
import hashlib
from typing import Any, cast

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right, users_with
from hustings.accounts.models import User
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.adwatch.access import need_whole, round_for, rounds_for
from hustings.adwatch.models import Code, CodingRound, Entity
from hustings.adwatch.queries.coding import (
    EXPORT,
    ItemState,
    export_rows,
    state_of_round,
)
from hustings.adwatch.queries.report import ad_report
from hustings.adwatch.usecases.start_round import start_round
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform.pages.listing import Column, Listing, list_page, safe_in_spreadsheet
from hustings.platform.pages.parts import Action, Callout, Empty, Fact, ProgressBar, Tile
from hustings.platform.words import percent


def coder_name(user: User | None) -> str:
    """A coder as pages call them; nothing for nobody."""
    return "" if user is None else (user.get_full_name() or user.email)


@needs(Right.CODE_ADS)
@require_safe
def round_list(request: DeskRequest) -> HttpResponseBase:
    """Every round."""
    start = Action(
        label=_("Start a round"), url=reverse("adwatch_desk:start_round"), icon="plus", is_primary=True
    )
    return list_page(
        request,
        Listing(
            title=_("Coding"),
            icon="tag",
            intro=_(
                "What is each advertiser? One person codes, or two side by side without seeing each other’s codes."
            ),
            rows=rounds_for(scope=request.scope),
            columns=(
                Column(
                    key="title",
                    label=_("Round"),
                    value="title",
                    link=lambda one: reverse("adwatch_desk:round", args=[one.pk]),
                    sort=("title",),
                ),
                Column(key="first", label=_("First coder"), value=lambda one: coder_name(one.first_coder)),
                Column(key="second", label=_("Second coder"), value=lambda one: coder_name(one.second_coder)),
                Column(key="made", label=_("Begun"), value="made_at", sort=("made_at",)),
            ),
            order="-made",
            empty=Empty(
                title=_("Nothing is being coded"),
                text=_("Start a round with the largest advertisers, alone or with a second coder."),
                actions=(start,),
            ),
            actions=(
                start,
                Action(label=_("Codebook"), url=reverse("adwatch_desk:codebook"), icon="doc-full"),
            ),
        ),
    )


class RoundForm(forms.Form):
    """Which advertisers, how many, and who codes them."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    number = forms.IntegerField(
        label=gettext_lazy("How many advertisers"), min_value=1, max_value=2000, initial=20
    )
    drawn = forms.ChoiceField(
        label=gettext_lazy("Which"),
        choices=[
            ("largest", gettext_lazy("those who spent most")),
            (
                "largest-not-party",
                gettext_lazy("those who spent most, without proposed parties and candidates"),
            ),
            ("chance", gettext_lazy("drawn by chance")),
        ],
        widget=forms.RadioSelect,
        initial="largest",
    )
    is_anew = forms.BooleanField(
        label=gettext_lazy("Leave out who has a code already"), required=False, initial=True
    )
    first_coder = forms.ModelChoiceField(label=gettext_lazy("First coder"), queryset=User.objects.none())
    second_coder = forms.ModelChoiceField(
        label=gettext_lazy("Second coder"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("nobody: one coder alone"),
    )
    shows_suggestions = forms.BooleanField(
        label=gettext_lazy("Show what the rules propose"),
        required=False,
        help_text=gettext_lazy(
            "Leave it off where you want to know how good the rules are: a proposal sways the coder."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        coders = users_with(right=Right.CODE_ADS, on=clock().today_in_uk()).order_by("first_name", "email")
        for name in ("first_coder", "second_coder"):
            field = cast(forms.ModelChoiceField[User], self.fields[name])
            field.queryset = coders
            field.label_from_instance = coder_name  # type: ignore[method-assign,assignment]  # Django documents it as set on the field


def drawn_entities(*, how: str, number: int, is_anew: bool) -> tuple[list[Entity], str]:
    """Entities in the order of coding, and in words how they were drawn, so that others can draw them again."""
    rows = [
        row
        for row in ad_report(by="entity", estimates=False).rows
        if row.about["entity_id"] is not None
        and not (is_anew and row.about["code"] and not row.about["code_is_suggested"])
        and not (how == "largest-not-party" and row.about["code"] in {"party", "candidate"})
    ]
    ids = [int(row.about["entity_id"]) for row in rows]
    if how == "chance":
        ids.sort(key=lambda pk: hashlib.sha256(str(pk).encode()).hexdigest())
    known = Entity.objects.in_bulk(ids[:number])
    words = {
        "largest": _("the %(n)d who spent most (lower end) of %(all)d"),
        "largest-not-party": _(
            "the %(n)d who spent most (lower end) of %(all)d that are not proposed as party or candidate"
        ),
        "chance": _("%(n)d of %(all)d, in the order of the SHA-256 of their number"),
    }[how] % {"n": len(ids[:number]), "all": len(ids)}
    return [known[pk] for pk in ids[:number]], words


@needs(Right.CODE_ADS)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: DeskRequest) -> HttpResponseBase:
    """Start a round."""
    need_whole(scope=request.scope)
    form = RoundForm(request.POST or None, initial={"first_coder": request.user.pk})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        entities, words = drawn_entities(
            how=values["drawn"], number=values["number"], is_anew=values["is_anew"]
        )
        try:
            made = start_round(
                title=values["title"],
                first_coder=values["first_coder"],
                second_coder=values["second_coder"],
                entities=entities,
                how_drawn=words,
                shows_suggestions=values["shows_suggestions"],
                by=request.user,
                now=clock().now(),
            )
        except Refusal as problem:
            form.add_error(None, problem.told(_))
        else:
            return redirect("adwatch_desk:round", pk=made.pk)
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Start a round of coding"),
            "icon": "tag",
            "form": form,
            "submit_label": _("Start"),
            "cancel_url": reverse("adwatch_desk:rounds"),
        },
        status=422 if form.is_bound else 200,
    )


def _may_see_codes(request: DeskRequest, round: CodingRound, is_done: bool) -> bool:
    """Both coders' codes are shown to coders only once all is coded; to others at any time."""
    return is_done or request.user.pk not in {round.first_coder_id, round.second_coder_id}


@needs(Right.CODE_ADS)
@require_safe
def round_page(request: DeskRequest, pk: int) -> HttpResponse:
    """Where a round stands, how far the coders agree, and what waits for a third look."""
    one = round_for(scope=request.scope, pk=pk)
    state = state_of_round(round=one)
    all_coded = all(item.first and (item.second or one.second_coder_id is None) for item in state.items)
    shows = _may_see_codes(request, one, all_coded)
    is_coder = request.user.pk in {one.first_coder_id, one.second_coder_id}
    mine = state.coded_by(user=request.user)
    labels = dict(Code.choices)
    alpha = state.agreement.alpha
    return render(
        request,
        "adwatch/round.html",
        {
            "title": one.title,
            "icon": "tag",
            "back": Action(label=_("Coding"), url=reverse("adwatch_desk:rounds")),
            "actions": (
                Action(
                    label=_("Go on coding"),
                    url=reverse("adwatch_desk:code", args=[pk]),
                    icon="edit",
                    is_primary=True,
                    is_allowed=is_coder and mine < len(state.items),
                ),
                Action(label=_("Codebook"), url=reverse("adwatch_desk:codebook"), icon="doc-full"),
                Action(
                    label=_("Download as CSV"),
                    url=reverse("adwatch_desk:round_export", args=[pk]),
                    icon="download",
                    is_allowed=shows,
                ),
            ),
            "bar": ProgressBar(label=_("Coded by you"), done=mine, total=len(state.items), is_running=False)
            if is_coder
            else None,
            "tiles": [
                Tile(label=_("advertisers"), value=len(state.items), note=one.how_drawn),
                Tile(label=_("with a code that holds"), value=state.done),
                *(
                    (
                        Tile(
                            label=_("Krippendorff’s alpha"),
                            value="–" if alpha is None or not shows else f"{alpha:.2f}",
                            note=_("of two coders, %(n)d advertisers") % {"n": state.agreement.units},
                        ),
                        Tile(
                            label=_("agree"),
                            value="–" if not shows else percent(state.agreement.share),
                            note=_("wait for a third look: %(n)d") % {"n": len(state.disputed)}
                            if shows
                            else "",
                        ),
                    )
                    if one.second_coder_id
                    else ()
                ),
                *(
                    (
                        Tile(
                            label=_("rules agree with people"),
                            value=percent(state.suggestions.share),
                            note=_("alpha %(a).2f, %(n)d advertisers")
                            % {"a": state.suggestions.alpha or 0, "n": state.suggestions.units},
                        ),
                    )
                    if shows and state.suggestions.units
                    else ()
                ),
            ],
            "callouts": []
            if shows
            else [
                Callout(
                    text=_(
                        "You see your own codes alone until both of you have coded everything, so that neither sways the other."
                    ),
                )
            ],
            "facts": [
                Fact(label=_("First coder"), value=coder_name(one.first_coder)),
                Fact(label=_("Second coder"), value=coder_name(one.second_coder) or _("none")),
            ],
            "lines": [_line(item, request.user, shows, labels) for item in state.items],
            "may_adjudicate": not is_coder,
            "round": one,
        },
    )


def _line(item: ItemState, user: User, shows: bool, labels: dict[Any, Any]) -> dict[str, Any]:
    one = item.item.round
    mine = (
        item.first
        if user.pk == one.first_coder_id
        else item.second
        if user.pk == one.second_coder_id
        else None
    )
    return {
        "entity": item.item.entity,
        "place": item.item.place,
        "first": labels.get(item.first.code if item.first and (shows or mine is item.first) else "", ""),
        "second": labels.get(item.second.code if item.second and (shows or mine is item.second) else "", ""),
        "final": labels.get(item.final, "") if shows else "",
        "is_disputed": shows and item.is_disputed,
    }


@needs(Right.CODE_ADS)
@require_safe
def export(request: DeskRequest, pk: int) -> HttpResponse:
    """A round as CSV, with every code, note, reason and proposal."""
    one = round_for(scope=request.scope, pk=pk)
    state = state_of_round(round=one)
    all_coded = all(item.first and (item.second or one.second_coder_id is None) for item in state.items)
    if not _may_see_codes(request, one, all_coded):
        return HttpResponse(
            _("The codes of both can be taken away once both of you have coded everything."),
            status=403,
            content_type="text/plain; charset=utf-8",
        )
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="coding-{pk}.csv"'
    writer = csv.DictWriter(answer, fieldnames=list(EXPORT))
    writer.writeheader()
    for row in export_rows(state=state):
        writer.writerow({name: safe_in_spreadsheet(value) for name, value in row.items()})
    return answer
