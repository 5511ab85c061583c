"""Reactions that need two apps which do not know each other: letters that follow what people ask about their data."""

from datetime import date, datetime
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction
from django_tasks import task

from hustings.accounts.models import Organisation
from hustings.basics.clock import clock, uk_date
from hustings.contacts.models import Intention
from hustings.money.models import Campaign
from hustings.money.queries.reminders import reminder_path, reminder_words
from hustings.people.models import (
    Consent,
    ContactPoint,
    ContactPointKind,
    Person,
    Purpose,
    RightsRequest,
    RightsRequestKind,
)
from hustings.people.queries.links import REQUEST_LINK_DAYS, preference_link, request_token
from hustings.people.usecases.change_preferences import SOURCE as PREFERENCES_PAGE
from hustings.people.usecases.handle_rights_request import acknowledge_request
from hustings.platform.words import day, until
from hustings.postroom.usecases.queue_message import queue_message


@task()
def send_preference_links(at: str, contact_point_ids: list[int]) -> int:
    """Write to an address with the link of every person who has it; with no ids, as for an unknown address, to nobody."""
    now, written = clock().now(), 0
    points = ContactPoint.objects.filter(
        pk__in=contact_point_ids, person__merged_into=None, person__erased_at=None
    ).select_related("person")
    with transaction.atomic():
        for point in points.order_by("pk"):
            queue_message(
                template="people/preference_link",
                address=point.value,
                fields={
                    "name": point.person.given_name,
                    "organisation_name": _organisation(),
                    "preferences_url": preference_link(person=point.person, on=uk_date(now)),
                },
                purpose="service",
                now=now,
                person=point.person,
                language=point.person.language,
            )
            written += 1
    return written


@task()
def write_about_rights_request(at: str, request_id: int, kind: str, source: str) -> bool:
    """Send the link that confirms an access request or an erasure, or the acknowledgement of a complaint.

    What came in at the desk is answered from the desk; what has no email address waits there.
    """
    request = RightsRequest.objects.select_related("person").get(pk=request_id)
    if request.answered_at is not None:
        return False
    with transaction.atomic():
        if kind == RightsRequestKind.COMPLAINT and request.acknowledged_at is None:
            return _acknowledge_complaint(request)
        if kind in {RightsRequestKind.ACCESS, RightsRequestKind.ERASURE} and source == PREFERENCES_PAGE:
            return _send_confirmation(request)
    return False


@task()
def forget_opinions(at: str, person_id: int) -> int:
    """Delete what somebody said about their vote once they no longer let it be kept (DPA 2018 Schedule 1 paragraph 22(4))."""
    consent = Consent.objects.filter(person_id=person_id, channel="", purpose=Purpose.OPINION).first()
    if consent is not None and consent.is_given:
        return 0  # They changed their mind before this ran.
    deleted, _by_model = Intention.objects.filter(person_id=person_id).delete()
    return deleted


@task()
def remind_agent(at: str, campaign_id: int, task: str, due_on: str, days_before: int) -> bool:
    """Write to the agent's login about a return or a report that is due; False where the campaign names no login that is open."""
    now, campaign = clock().now(), Campaign.objects.select_related("agent").get(pk=campaign_id)
    if campaign.agent is None or not campaign.agent.is_active:
        return False
    day_due = date.fromisoformat(due_on)
    with transaction.atomic():
        queue_message(
            template="money/deadline",
            address=campaign.agent.email,
            fields={
                "name": campaign.agent.get_full_name() or campaign.agent_name,
                "campaign": str(campaign),
                "task": reminder_words(task=task),
                "due_on": day(day_due),
                "when": until(day_due, today=uk_date(now)),
                "books_url": f"{settings.HUSTINGS_ADDRESS}{reminder_path(campaign=campaign, task=task)}",
            },
            purpose="service",
            now=now,
        )
    return True


def _send_confirmation(request: RightsRequest) -> bool:
    now, person = clock().now(), request.person
    address = "" if person is None else _address_of(person)
    if person is None or not address:
        return False
    token = request_token(request=request, on=uk_date(now))
    queue_message(
        template=f"people/confirm_{request.kind}",
        address=address,
        fields={
            "name": person.given_name,
            "organisation_name": _organisation(),
            "request_url": f"{settings.HUSTINGS_ADDRESS}/preferences/request/{token}/",
            "days": str(REQUEST_LINK_DAYS),
        },
        purpose="service",
        now=now,
        person=person,
        language=person.language,
    )
    return True


def _acknowledge_complaint(request: RightsRequest) -> bool:
    now, person = clock().now(), request.person
    if person is None:
        # The complaint page keeps who wrote in the first line.
        name, address = parseaddr(request.details.split("\n", 1)[0])
    else:
        name, address = person.given_name, _address_of(person)
    if not address:
        return False
    received: datetime = request.received_at
    queue_message(
        template="people/complaint_received",
        address=address,
        fields={
            "name": name,
            "organisation_name": _organisation(),
            "received_on": day(uk_date(received)),
        },
        purpose="service",
        now=now,
        person=person,
        language="en-gb" if person is None else person.language,
    )
    acknowledge_request(request=request, now=now)
    return True


def _address_of(person: Person) -> str:
    """The preferred email address that still works, or nothing."""
    point = (
        ContactPoint.objects.filter(
            person=person, kind=ContactPointKind.EMAIL, is_preferred=True, unusable_at=None
        )
        .order_by("pk")
        .first()
    )
    return point.value if point else ""


def _organisation() -> str:
    organisation = Organisation.objects.first()
    return organisation.name if organisation else ""
