"""Coding on the desk: one advertiser after another, adjudication, and the codebook."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.adwatch.access import round_for, round_of_coder
from hustings.adwatch.models import Code
from hustings.adwatch.pages.rounds import coder_name
from hustings.adwatch.queries.coding import (
    EXPORT,
    code_of,
    names_of,
    next_to_code,
    state_of_round,
)
from hustings.adwatch.rules.suggesting import codebook
from hustings.adwatch.usecases.adjudicate import adjudicate
from hustings.adwatch.usecases.code_entity import code_entity
from hustings.basics.clock import clock
from hustings.basics.refusals import Refusal
from hustings.platform.pages.parts import Action, Callout


class CodeForm(forms.Form):
    """A code of the codebook and a note."""

    code = forms.ChoiceField(
        label=gettext_lazy("What is it?"), choices=Code.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)


@needs(Right.CODE_ADS)
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Code one advertiser after another; `?entity=` goes back to one that was coded."""
    one = round_of_coder(scope=request.scope, pk=pk, coder=request.user)
    state = state_of_round(round=one)
    wanted = request.GET.get("entity", "")
    if wanted.isdigit():
        item = get_object_or_404(one.items.select_related("entity"), entity=int(wanted))
    else:
        found = next_to_code(state=state, user=request.user)
        if found is None:
            messages.success(request, _("You have coded everything in this round."))
            return redirect("adwatch_desk:round", pk=pk)
        item = found
    before = code_of(state=state, item=item, user=request.user)
    form = CodeForm(
        request.POST or None, initial={"code": before.code, "note": before.note} if before else {}
    )
    if request.method == "POST" and form.is_valid():
        try:
            code_entity(
                round=one,
                entity=item.entity,
                code=form.cleaned_data["code"],
                note=form.cleaned_data["note"],
                coder=request.user,
                now=clock().now(),
            )
        except Refusal as problem:
            form.add_error(None, problem.told(_))
        else:
            return redirect("adwatch_desk:code", pk=pk)
    return render(
        request,
        "adwatch/code.html",
        {
            "title": item.entity.name,
            "icon": "tag",
            "subtitle": _("%(place)d of %(all)d in “%(round)s”")
            % {"place": item.place, "all": len(state.items), "round": one.title},
            "back": Action(label=one.title, url=reverse("adwatch_desk:round", args=[pk])),
            "form": form,
            "submit_label": _("Keep and go on"),
            "pages": names_of(entity_ids=[item.entity_id]).get(item.entity_id, [])[:30],
            "suggestion": item.entity if one.shows_suggestions else None,
            "codebook": codebook(),
            "labels": dict(Code.choices),
        },
        status=422 if form.is_bound else 200,
    )


class AdjudicateForm(forms.Form):
    """The code that holds, and why."""

    code = forms.ChoiceField(
        label=gettext_lazy("What is it?"), choices=Code.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=gettext_lazy("Why"), widget=forms.Textarea(attrs={"rows": 3}))


@needs(Right.CODE_ADS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: DeskRequest, pk: int, entity: int) -> HttpResponseBase:
    """Decide where two coders differ."""
    one = round_for(scope=request.scope, pk=pk)
    item = get_object_or_404(one.items.select_related("entity"), entity=entity)
    found = next(state for state in state_of_round(round=one).items if state.item.pk == item.pk)
    form = AdjudicateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            adjudicate(
                round=one,
                entity=item.entity,
                code=form.cleaned_data["code"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=clock().now(),
            )
        except Refusal as problem:
            form.add_error(None, problem.told(_))
        else:
            messages.success(request, _("Decided. Both codes and your reason are kept."))
            return redirect("adwatch_desk:round", pk=pk)
    is_coder = request.user.pk in {one.first_coder_id, one.second_coder_id}
    said = [
        f"{coder_name(coder)}: {coding.get_code_display()}{f' ({coding.note})' if coding.note else ''}"
        for coder, coding in ((one.first_coder, found.first), (one.second_coder, found.second))
        if coding is not None and not is_coder
    ]
    return render(
        request,
        "desk/form.html",
        {
            "title": _("Decide: %(name)s") % {"name": item.entity.name},
            "icon": "tag",
            "callouts": [Callout(text="\n".join(said), title=_("The two coders said"))] if said else [],
            "intro": "\n".join(names_of(entity_ids=[entity]).get(entity, [])[:10]),
            "form": form,
            "submit_label": _("Decide"),
            "cancel_url": reverse("adwatch_desk:round", args=[pk]),
        },
        status=422 if form.is_bound else 200,
    )


@needs(Right.CODE_ADS)
@require_safe
def codebook_page(request: DeskRequest) -> HttpResponse:
    """What each code means, how to decide, and the columns of the export."""
    return render(
        request,
        "adwatch/codebook.html",
        {
            "title": _("Codebook"),
            "icon": "doc-full",
            "back": Action(label=_("Coding"), url=reverse("adwatch_desk:rounds")),
            "codebook": codebook(),
            "labels": dict(Code.choices),
            "columns": EXPORT,
            "is_adjudicator": may(request, Right.PUBLISH_FINDINGS),
        },
    )
