"""A bed for the night, asked of the hosts in one step, for somebody who is looked after in a case."""

from datetime import datetime

from hustings.accounts.models import Organisation, User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.places.queries import centre_points, explain, locate
from hustings.platform.words import distance
from hustings.support.models import Case, CaseNote
from hustings.volunteers.hosting.usecases.ask_for_bed_tonight import ask_for_bed_tonight


class NoBedAsked(Refusal):
    """No host can be asked: nobody knows where the bed should be, or what to answer to."""


def ask_bed(*, case: Case, nights: int, by: User, now: datetime, postcode: str = "") -> int:
    """Ask the nearest hosts for a bed from tonight; returns how many were asked. Raises `NoBedAsked`.

    The hosts learn that somebody needs a bed and whom to answer: nothing of who it is, and nothing of why, leaves the case.
    Who was asked is noted in the case, for ringing them.
    """
    point = _point(postcode) if postcode.strip() else point_of_case(case=case)
    if point is None:
        raise NoBedAsked(
            "nowhere",
            gettext_noop("Give a postcode near which the bed should be, so that hosts near it can be found."),
        )
    organisation = Organisation.objects.first()
    contact = (organisation.phone or organisation.email) if organisation else ""
    if not contact:
        raise NoBedAsked(
            "no_contact",
            gettext_noop(
                "Hosts need a number to answer to. Enter the office's telephone under Organisation."
            ),
        )
    asked = ask_for_bed_tonight(
        latitude=point[0], longitude=point[1], contact=contact, nights=nights, now=now
    )
    said = (
        ", ".join(f"{each.offer.volunteer} ({distance(each.km, places=0)})" for each in asked)
        or "no host has a bed free near there"
    )
    CaseNote.objects.create(
        case=case,
        at=now,
        by=by,
        text=f"A bed for {nights} night{'s' if nights > 1 else ''} was asked for: {said}.",
    )
    return len(asked)


def _point(postcode: str) -> tuple[float, float]:
    located = locate(postcode=postcode)
    if located.lat is None or located.lon is None:
        raise NoBedAsked("postcode", explain(located=located) or gettext_noop("That postcode has no point."))
    return located.lat, located.lon


def point_of_case(*, case: Case) -> tuple[float, float] | None:
    """Where the case is: its place, else the volunteer's own postcode, else the middle of its ward."""
    if case.venue is not None:
        return case.venue.latitude, case.venue.longitude
    volunteer = getattr(case.person, "volunteer", None)
    if volunteer is not None and volunteer.latitude is not None and volunteer.longitude is not None:
        return volunteer.latitude, volunteer.longitude
    if case.area_id:
        return centre_points(codes=[case.area_id]).get(case.area_id)
    return None
