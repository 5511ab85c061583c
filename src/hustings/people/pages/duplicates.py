"""Rows that may be one person: look at both, join them, or say that they are two; and take a join apart again."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.people.access import merge_for, merges_for, people_for, person_for
from hustings.people.models import DuplicateReview
from hustings.people.pages.pairs import Choice, compared_pairs, facts_joined, lines_of, points_of
from hustings.people.queries.duplicates import likely_duplicates
from hustings.people.usecases.merge_people import CannotMerge, CannotUndo, merge_people, undo_merge
from hustings.platform.pages.parts import Action

_MOST = 100


@needs(Right.EDIT_PEOPLE)
@require_safe
def duplicates(request: DeskRequest) -> HttpResponseBase:
    """Likely pairs, and what was joined lately."""
    people = people_for(scope=request.scope)
    return render(
        request,
        "people/desk/duplicates.html",
        {
            "title": _("Perhaps one person"),
            "icon": "copy",
            "pairs": compared_pairs(pairs=likely_duplicates(people=people, limit=_MOST)),
            "merges": merges_for(scope=request.scope)[:_MOST],
            "most": _MOST,
        },
    )


@needs(Right.EDIT_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def decide_pair(request: DeskRequest, one: int, other: int) -> HttpResponseBase:
    """Both rows side by side, and the decision."""
    if one >= other:
        raise Http404
    pair = [person_for(scope=request.scope, pk=pk) for pk in (one, other)]
    if request.method == "POST":
        act, now = request.POST.get("act"), clock().now()
        if act == "two":
            DuplicateReview.objects.get_or_create(
                one=pair[0], other=pair[1], defaults={"at": now, "by": request.user}
            )
            messages.success(request, _("Noted: they are two people."))
        elif act in {"keep_one", "keep_other"}:
            kept, merged = pair if act == "keep_one" else reversed(pair)
            try:
                merge_people(
                    kept=kept, merged=merged, reason=_("looked at on the desk"), now=now, by=request.user
                )
            except CannotMerge as problem:
                messages.error(request, str(problem))
            else:
                messages.success(request, _("Joined. It can be undone from the list below."))
        return redirect("people_desk:duplicates")
    points = points_of(people=pair)
    return render(
        request,
        "people/desk/decide_pair.html",
        {
            "title": _("Is this one person?"),
            "icon": "copy",
            "lines": lines_of(one=pair[0], other=pair[1], points=points),
            "choices": [
                Choice(
                    act="keep_one",
                    title=_("Keep the first row"),
                    facts=facts_joined(kept=pair[0], merged=pair[1], points=points),
                ),
                Choice(
                    act="keep_other",
                    title=_("Keep the second row"),
                    facts=facts_joined(kept=pair[1], merged=pair[0], points=points),
                ),
            ],
            "back": Action(label=_("Perhaps one person"), url=reverse("people_desk:duplicates")),
            "back_url": reverse("people_desk:duplicates"),
        },
    )


@needs(Right.EDIT_PEOPLE)
@require_POST
def undo(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Take a join apart."""
    merge = merge_for(scope=request.scope, pk=pk)
    try:
        undo_merge(merge=merge, now=clock().now(), by=request.user)
    except CannotUndo as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Undone: they are two rows again."))
    return redirect("people_desk:duplicates")
