"""Tell hosts and travellers about a stay, by service messages that hold a link and no address."""

from datetime import datetime

from hustings.platform.words import day
from hustings.volunteers.models import Stay, Volunteer
from hustings.volunteers.usecases.write_to_volunteers import write_to_volunteer


def tell_both(*, stay: Stay, template: str, now: datetime) -> None:
    """Queue the same message to host and traveller."""
    for volunteer in (stay.offer.volunteer, stay.request.volunteer):
        tell(stay=stay, volunteer=volunteer, template=template, now=now)


def tell(*, stay: Stay, volunteer: Volunteer, template: str, now: datetime) -> None:
    """Queue a message about a stay to one of the two; the names of others and places stand on the page alone."""
    write_to_volunteer(
        template=template,
        volunteer=volunteer,
        fields_of=lambda _one: {
            "arrive_on": day(stay.arrive_on),
            "leave_on": day(stay.leave_on),
            "is_host": volunteer.pk == stay.offer.volunteer_id,
        },
        path=f"/volunteer/hosting/stays/{stay.public_id}/",
        now=now,
    )
