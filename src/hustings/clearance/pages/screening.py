"""The desk page of the preference services: how old the last look-up is, and which numbers have to be looked up again."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.clearance.queries.own_limits import limits_in_force
from hustings.clearance.queries.screening import ServiceStanding, numbers_to_screen, screening_of
from hustings.people.access import people_for
from hustings.platform import audit
from hustings.platform.pages.parts import Fact
from hustings.platform.words import day, number


@needs(Right.SEE_PEOPLE)
@require_safe
def screening(request: DeskRequest) -> HttpResponseBase:
    """Each service with the day and age of its newest file, and how the numbers of these places stand."""
    on = clock().today_in_uk()
    found = screening_of(people=people_for(scope=request.scope), on=on)
    limits = limits_in_force()
    return render(
        request,
        "clearance/screening.html",
        {
            "title": _("Preference services"),
            "icon": "mobile-alt",
            "found": found,
            "services": [_told(one) for one in found.services],
            "facts": [
                Fact(label=_("People with a telephone number"), value=number(found.with_number)),
                Fact(
                    label=_("Listed: called only if they told us yes"),
                    value=number(found.listed),
                ),
                Fact(
                    label=_("Not looked up in time"),
                    value=number(found.unscreened),
                    tone="warn" if found.unscreened else "good",
                ),
            ],
            "refuses": limits.needs_screened_number,
        },
    )


@needs(Right.EXPORT_PEOPLE)
@require_safe
def numbers(request: DeskRequest) -> HttpResponseBase:
    """The numbers to be looked up, one a line, without anything that says whose they are."""
    now = clock().now()
    found = numbers_to_screen(people=people_for(scope=request.scope), on=clock().today_in_uk())
    audit.record(
        now=now,
        actor=request.user,
        verb="exported",
        subject_type="people.ContactPoint",
        subject_id=0,
        area_code="",
        what="numbers to be screened",
        rows=len(found),
    )
    return HttpResponse(
        "Phone\r\n" + "".join(f"{one}\r\n" for one in found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="numbers-to-screen.csv"'},
    )


def _told(one: ServiceStanding) -> dict[str, object]:
    if one.newest is None or one.age_days is None:
        return {"name": one.service.label, "is_known": False}
    return {
        "name": one.service.label,
        "is_known": True,
        "day": day(one.newest.as_of),
        "age": ngettext("%(n)d day", "%(n)d days", one.age_days) % {"n": one.age_days},
        "is_in_time": one.is_in_time,
        "kind": _("the whole list") if one.newest.is_whole else _("screening results"),
        "entries": number(one.newest.entries),
        "listed": number(one.newest.listed),
    }
