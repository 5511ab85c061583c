"""Send a volunteer a link that lets them in, without telling anybody whether they are known."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from hustings.accounts.models import Organisation
from hustings.basics.email_address import parse_email
from hustings.people.models import ContactPointKind, Purpose
from hustings.platform.events import announce
from hustings.postroom.usecases.queue_message import queue_message
from hustings.volunteers.events import WayInAsked
from hustings.volunteers.models import Volunteer, WayIn
from hustings.volunteers.rules.link_secrets import hash_of, new_secret
from hustings.volunteers.rules.pace import MAIL_WINDOW, may_mail

#: How long a link lets somebody in.
LINK_MINUTES = 60

#: A family that shares an address gets a link each.
MOST_LINKS = 5


def ask_way_in(*, email: str, now: datetime, leads_to: str = "") -> None:
    """Let a link be sent to every volunteer who has this address. Nothing is returned: the page says the same always.

    The link is made and sent by a reaction, so that the time this takes tells nothing. Raises `NotAnEmailAddress`.
    """
    address = parse_email(email, allow_example=settings.HUSTINGS_MODE != "live")
    with transaction.atomic():
        known = Volunteer.objects.filter(
            left_at=None,
            person__contact_points__kind=ContactPointKind.EMAIL,
            person__contact_points__canonical=address.canonical,
        ).order_by("pk")
        ids = tuple(known.values_list("pk", flat=True).distinct()[:MOST_LINKS])
        announce(WayInAsked(at=now, volunteer_ids=ids, email=address.canonical, leads_to=leads_to[:200]))


def send_ways_in(*, volunteer_ids: Sequence[int], email: str, leads_to: str, now: datetime) -> int:
    """Make and send the links that `ask_way_in` let be sent; returns how many messages were queued."""
    organisation, sent = Organisation.objects.first(), 0
    volunteers = Volunteer.objects.filter(pk__in=volunteer_ids, left_at=None).select_related("person")
    for volunteer in volunteers.order_by("pk"):
        with transaction.atomic():
            recent = volunteer.ways_in.filter(asked_at__gt=now - MAIL_WINDOW).count()
            point = volunteer.person.contact_points.filter(
                kind=ContactPointKind.EMAIL, canonical=email
            ).first()
            if point is None or not may_mail(mails_in_window=recent):
                continue
            secret = new_secret()
            WayIn.objects.create(
                volunteer=volunteer,
                token_hash=hash_of(secret=secret),
                asked_at=now,
                expires_at=now + timedelta(minutes=LINK_MINUTES),
                leads_to=leads_to,
            )
            queue_message(
                template="volunteers/way_in",
                address=point.value,
                fields={
                    "to_name": str(volunteer.person),
                    "given_name": volunteer.person.given_name,
                    "organisation_name": organisation.name if organisation else "",
                    "way_in_url": f"{settings.HUSTINGS_ADDRESS}/volunteer/in/{secret}/",
                    "minutes": str(LINK_MINUTES),
                },
                purpose=Purpose.SERVICE,
                now=now,
                person=volunteer.person,
                language=volunteer.person.language,
            )
            sent += 1
    return sent
