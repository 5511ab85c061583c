"""The queue of doubtful hits: people who are blocked until somebody has looked whether the objection is theirs."""

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
from hustings.people import queries
from hustings.people.access import people_for, person_for
from hustings.people.models import ContactPoint, SuppressionReview
from hustings.people.pages.agreement import DecidedRow, DecisionForm, agreement_lines, answers_as_moments
from hustings.people.queries.agreement import agreeing_parts
from hustings.people.queries.doubtful import decided_hits
from hustings.people.queries.doubtful import doubtful_hits as waiting_hits
from hustings.people.rules.agreement import Part
from hustings.people.usecases.decide_hit import decide_hit as keep_decision
from hustings.platform.pages.parts import Callout, Fact


@needs(Right.HANDLE_RIGHTS)
@require_safe
def doubtful_hits(request: DeskRequest) -> HttpResponseBase:
    """Everybody who waits, the oldest objection first."""
    hits = waiting_hits(people=people_for(scope=request.scope))
    return render(
        request,
        "people/desk/doubtful.html",
        {
            "title": _("Perhaps they objected"),
            "icon": "warning",
            "hits": hits,
            "decided": [
                DecidedRow(
                    name=str(review.person),
                    url=reverse("people_desk:decide_hit", args=[review.person_id, review.objection]),
                    review=review,
                )
                for review in decided_hits(people=people_for(scope=request.scope))
            ],
        },
    )


@needs(Right.HANDLE_RIGHTS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide_hit(request: DeskRequest, pk: int, objection: uuid.UUID) -> HttpResponseBase:
    """Look at one and decide, with the reason; decided before, it can be decided otherwise."""
    person = person_for(scope=request.scope, pk=pk)
    held = next(
        (
            one
            for one in queries.standing_objections(person_id=pk, are_others_named=True)
            if one.objection == objection
        ),
        None,
    )
    if held is None:
        raise Http404
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keep_decision(
            person=person,
            objection=objection,
            is_same_person=form.is_same_person,
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=clock().now(),
        )
        messages.success(request, _("Decided."))
        return redirect("people_desk:doubtful")
    points = ", ".join(ContactPoint.objects.filter(person=person).values_list("value", flat=True))
    return render(
        request,
        "people/desk/decide_hit.html",
        {
            "title": _("Is it %(name)s who objected?") % {"name": person},
            "icon": "warning",
            "form": form,
            "cancel_url": reverse("people_desk:doubtful"),
            "submit_label": _("Decide"),
            "lines": agreement_lines(
                parts=agreeing_parts(person=person, objection=objection),
                values={
                    Part.GIVEN_NAME: person.given_name,
                    Part.FAMILY_NAME: person.family_name,
                    Part.HOUSE: person.address_line,
                    Part.POSTCODE: person.postcode,
                },
            ),
            "moments": answers_as_moments(
                reviews=SuppressionReview.objects.filter(person=person, objection=objection)
            ),
            "callouts": [
                Callout(
                    text=_(
                        "Of the objection only unreadable keys were kept. They agree with a variant of this person's name "
                        "and address, or with their telephone number alone. Until you decide, the person is not contacted."
                    )
                )
            ],
            "facts": [
                Fact(label=_("On file"), value=str(person), url=reverse("people_desk:person", args=[pk])),
                Fact(
                    label=_("Address"),
                    value=", ".join(filter(None, [person.address_line, person.postcode])),
                ),
                Fact(label=_("Reached by"), value=points),
                Fact(label=_("Objected on"), value=held.at),
                Fact(label=_("To"), value=f"{held.purpose_name}, {held.channel_name}"),
                Fact(label=_("Told us by"), value=held.source),
            ],
        },
    )
