"""The queue of electors who are nobody on file and blocked, until somebody has looked whether an objection is theirs."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.people.pages.agreement import DecidedRow, DecisionForm, agreement_lines, answers_as_moments
from hustings.people.rules.agreement import Part
from hustings.platform.pages.parts import Action, Callout, Fact
from hustings.register.access import EntitlementExpired, RegisterNotHeld
from hustings.register.queries import (
    DoubtfulElector,
    answers_given,
    decided_electors,
    doubtful_electors,
    doubtful_hit,
)
from hustings.register.usecases.decide_elector_hit import decide_elector_hit


@needs(Right.HANDLE_RIGHTS)
@require_safe
def doubtful(request: DeskRequest) -> HttpResponseBase:
    """Every elector who waits, the oldest objection first, and below them those decided."""
    on = clock().today_in_uk()
    waiting, decided, callouts = list[DoubtfulElector](), list[DoubtfulElector](), list[Callout]()
    try:
        waiting = doubtful_electors(scope=request.scope, on=on)
        decided = decided_electors(scope=request.scope, on=on)
    except (RegisterNotHeld, EntitlementExpired) as problem:
        callouts.append(Callout(text=str(problem), title=_("The register cannot be read"), tone="warn"))
    return render(
        request,
        "register/desk/doubtful.html",
        {
            "title": _("Electors who perhaps objected"),
            "icon": "warning",
            "callouts": callouts,
            "waiting": waiting,
            "decided": [
                DecidedRow(
                    name=_name(hit),
                    url=reverse("register_desk:decide_doubtful", args=[hit.entry.elector_id, hit.objection]),
                    review=hit.review,
                    note=str(hit.entry),
                )
                for hit in decided
                if hit.review is not None
            ],
        },
    )


@needs(Right.HANDLE_RIGHTS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: DeskRequest, pk: int, objection: uuid.UUID) -> HttpResponseBase:
    """Look at one and decide, with the reason; decided before, it can be decided otherwise."""
    try:
        hit = doubtful_hit(scope=request.scope, elector_id=pk, objection=objection, on=clock().today_in_uk())
    except (RegisterNotHeld, EntitlementExpired) as problem:
        messages.error(request, str(problem))
        return redirect("register_desk:doubtful")
    if hit is None:
        raise Http404
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decide_elector_hit(
            hit=hit,
            is_same_person=form.is_same_person,
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=clock().now(),
        )
        messages.success(request, _("Decided."))
        return redirect("register_desk:doubtful")
    return render(
        request,
        "people/desk/decide_hit.html",
        {
            "title": _("Is it %(name)s who objected?") % {"name": _name(hit)},
            "subtitle": _("Elector %(number)s") % {"number": hit.entry},
            "icon": "warning",
            "back": Action(label=_("Electors who perhaps objected"), url=reverse("register_desk:doubtful")),
            "form": form,
            "cancel_url": reverse("register_desk:doubtful"),
            "submit_label": _("Decide"),
            "callouts": [_what_is_known(hit)],
            "ours_label": _("The register"),
            "lines": agreement_lines(
                parts=hit.parts,
                values={
                    Part.GIVEN_NAME: hit.entry.forename,
                    Part.FAMILY_NAME: hit.entry.surname,
                    Part.HOUSE: hit.entry.address,
                    Part.POSTCODE: hit.entry.postcode,
                },
            ),
            "facts": [
                Fact(label=_("Ward"), value=hit.entry.ward.name if hit.entry.ward else ""),
                Fact(label=_("Objected on"), value=hit.objected_at),
                Fact(label=_("To"), value=hit.asked),
                Fact(label=_("Told us by"), value=hit.source),
                *(
                    [
                        Fact(
                            label=_("On file as"),
                            value=str(hit.person),
                            url=reverse("people_desk:person", args=[hit.person.pk]),
                        )
                    ]
                    if hit.person
                    else []
                ),
            ],
            "moments": answers_as_moments(reviews=answers_given(elector_id=pk, objection=objection)),
        },
    )


def _name(hit: DoubtfulElector) -> str:
    return f"{hit.entry.forename} {hit.entry.surname}".strip()


def _what_is_known(hit: DoubtfulElector) -> Callout:
    if hit.review is None:
        return Callout(
            text=_(
                "Of the objection only unreadable keys were kept. They agree with a variant of this elector's name and address. "
                "Until you decide, the elector is not contacted."
            )
        )
    if hit.review.is_same_person:
        return Callout(
            text=_(
                "The objection holds for this elector, and they are not contacted. You can decide otherwise."
            )
        )
    return Callout(
        text=_("This objection does not keep the elector from being contacted. You can decide otherwise.")
    )
