"""The list of matches, with filters and CSV."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.filters import area_filter
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.platform import audit
from hustings.platform.pages.listing import ChoiceFilter, Column, DateFilter, Export, Listing, list_page
from hustings.platform.pages.parts import Action, Badge, Callout, Empty, Tone
from hustings.register.access import EntitlementExpired, RegisterNotHeld, matches_for, with_entries
from hustings.register.models import Match, MatchState
from hustings.register.pages.comparison import entry_name, entry_number, likelihood_of
from hustings.register.queries import match_report

_TONES: dict[str, Tone] = {MatchState.MATCHED: "good", MatchState.ACCEPTED: "good", MatchState.UNSURE: "warn"}


@needs(Right.MATCH)
@require_safe
def matches(request: DeskRequest) -> HttpResponseBase:
    """Who was found on the register, who perhaps, and what people decided."""
    rows: QuerySet[Match] = matches_for(scope=request.scope).exclude(state=MatchState.SUPERSEDED)
    callouts = []
    try:
        rows = with_entries(matches=rows, scope=request.scope, on=clock().today_in_uk())
    except (RegisterNotHeld, EntitlementExpired) as problem:
        callouts.append(Callout(text=str(problem), title=_("The register cannot be read"), tone="warn"))
    report = match_report(scope=request.scope)
    look = Action(
        label=_("Look at the unsure (%(count)d)") % {"count": report.unsure},
        url=reverse("register_desk:review"),
        icon="view",
        is_primary=True,
        is_allowed=bool(report.unsure),
    )
    return list_page(
        request,
        Listing(
            title=_("Register matches"),
            icon="link",
            intro=_(
                "People are compared with the electoral register by name and address. A match that is sure stands by "
                "itself; one that is not waits for somebody to look. Nobody outside the desk sees any of this."
            ),
            callouts=tuple(callouts),
            rows=rows.select_related("person", "person__ward", "decided_by"),
            columns=(
                Column(
                    key="person",
                    label=_("Person"),
                    value=lambda match: str(match.person),
                    link=lambda match: reverse("register_desk:match", args=[match.pk]),
                    sort=("person__family_name", "person__given_name"),
                ),
                Column(
                    key="postcode", label=_("Postcode"), value="person.postcode", sort=("person__postcode",)
                ),
                Column(key="ward", label=_("Ward"), value="person.ward.name", is_minor=True),
                Column(key="elector", label=_("On the register"), value=_elector),
                Column(key="number", label=_("Number"), value=_number, is_minor=True),
                Column(
                    key="state",
                    label=_("State"),
                    value=lambda match: Badge(
                        text=str(match.get_state_display()), tone=_TONES.get(match.state, "plain")
                    ),
                    export="state",
                    sort=("state",),
                ),
                Column(
                    key="likelihood",
                    label=_("Likelihood"),
                    value=lambda match: likelihood_of(match=match),
                    export=lambda match: round(match.probability, 4),
                    is_number=True,
                    sort=("probability",),
                ),
                Column(key="at", label=_("Found"), value="at", sort=("at",), is_minor=True),
                Column(
                    key="by",
                    label=_("Decided by"),
                    value=lambda match: str(match.decided_by or ""),
                    is_minor=True,
                ),
            ),
            search=("person__given_name", "person__family_name", "person__postcode"),
            filters=(
                ChoiceFilter(
                    key="state",
                    label=_("State"),
                    choices=[
                        (state.value, str(state.label))
                        for state in MatchState
                        if state != MatchState.SUPERSEDED
                    ],
                    field="state",
                ),
                area_filter(scope=request.scope, fields=("person__ward", "person__constituency")),
                DateFilter(key="at", label=_("Found"), field="at"),
            ),
            order="-likelihood",
            left_out=_(
                "Left out: people of places you do not look after, matches that a later run replaced, and %(count)d "
                "people who were not found on the register."
            )
            % {"count": report.none},
            empty=Empty(
                title=_("Nobody matched yet"),
                text=_("Import a register; everybody is then compared with it."),
            ),
            actions=(look,),
            export=Export(
                file_name="register-matches",
                is_allowed=may(request, Right.EXPORT_PEOPLE),
                note=lambda narrowed: _note_export(request, narrowed),
            ),
        ),
    )


def _entry(match: Match) -> dict[str, Any] | None:
    return getattr(match, "entry", None)


def _elector(match: Match) -> str:
    entry = _entry(match)
    return entry_name(entry=entry) if entry else ""


def _number(match: Match) -> str:
    entry = _entry(match)
    return entry_number(entry=entry) if entry else ""


def _note_export(request: DeskRequest, narrowed: str) -> None:
    audit.record(
        now=clock().now(),
        actor=request.user,
        verb="exported register matches",
        subject_type="register.Match",
        subject_id="list",
        narrowed=narrowed,
    )
