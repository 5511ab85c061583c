"""What the postroom's tests start from: cleared people, a dispatch, a server that takes everything."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest

from hustings.accounts.models import Organisation, OrganisationKind
from hustings.clearance.models import Clearance, ClearanceVerdict
from hustings.people.models import (
    Channel,
    Consent,
    ConsentEvent,
    ContactPoint,
    ContactPointKind,
    Person,
    Purpose,
)
from hustings.postroom.models import Dispatch
from hustings.postroom.usecases.open_dispatch import open_dispatch
from tests.conftest import NOW
from tests.postroom.mail_sink import Behaviour, Sink, mail_sink

TEXT = 'Dear {{ first_name or "friend" }},\n\nMill Lane needs a crossing.\n\nNo more of these: {{ unsubscribe_url }}\n'
HTML = '<p>Dear {{ first_name or "friend" }},</p><p>Mill Lane.</p><a href="{{ unsubscribe_url }}">No more of these</a>'


def make_people(
    count: int, *, domain: str = "barset.example", area: Any = None, first: int = 0
) -> list[Person]:
    """People with a verified address each: p0@barset.example and so on."""
    people = Person.objects.bulk_create(
        Person(given_name=f"Pat{n}", family_name="O’Neill", ward=area, source="tests", created_at=NOW)
        for n in range(first, first + count)
    )
    ContactPoint.objects.bulk_create(
        ContactPoint(
            person=person, kind=ContactPointKind.EMAIL, value=f"p{n}@{domain}", canonical=f"p{n}@{domain}",
            verified_at=NOW, added_at=NOW, source="tests",
        )
        for n, person in enumerate(people, first)
    )  # fmt: skip
    events = ConsentEvent.objects.bulk_create(
        ConsentEvent(
            person=person,
            channel=Channel.EMAIL,
            purpose=Purpose.CAMPAIGN,
            is_given=True,
            at=NOW,
            source="tests",
        )
        for person in people
    )
    Consent.objects.bulk_create(
        Consent(
            person=event.person,
            channel=event.channel,
            purpose=event.purpose,
            is_given=True,
            at=NOW,
            event=event,
        )
        for event in events
    )
    make_organisation()
    return people


def make_organisation() -> Organisation:
    """The one organisation."""
    organisation, _is_new = Organisation.objects.get_or_create(
        pk=1,
        defaults={
            "name": "Barset Together",
            "kind": OrganisationKind.NON_PARTY,
            "address": "1 High Street, Barchester, ZZ1 1AA",
            "email": "office@barset.example",
        },
    )
    return organisation


def cleared(
    people: list[Person], *, purpose: str = Purpose.CAMPAIGN, channel: str = Channel.EMAIL
) -> Clearance:
    """A Clearance that cleared exactly these people."""
    clearance = Clearance.objects.create(
        channel=channel, purpose=purpose, asked=len(people), cleared=len(people), refused=0, at=NOW
    )
    ClearanceVerdict.objects.bulk_create(
        ClearanceVerdict(clearance=clearance, person=person) for person in people
    )
    return clearance


def make_dispatch(people: list[Person], *, now: datetime = NOW, **changes: Any) -> Dispatch:
    """An open dispatch to these people."""
    given: dict[str, Any] = {
        "label": "Mill Lane, March",
        "subject": "A crossing for Mill Lane",
        "text_body": TEXT,
        "html_body": HTML,
        "from_name": "Alice Añón",
        "from_address": "alice@barset.example",
        "reply_to": "alice@barset.example",
        "fields_by_person": {person.pk: {"first_name": person.given_name} for person in people},
        **changes,
    }
    return open_dispatch(clearance=cleared(people), now=now, **given)


@contextmanager
def outbox_sink(settings: Any, tmp_path: Any, behaviour: Behaviour | None = None) -> Iterator[Sink]:
    """A server that the settings name, and a home of this test's own for the journals."""
    with mail_sink(behaviour) as sink:
        settings.HUSTINGS_SMTP = sink.url
        settings.HUSTINGS_HOME = tmp_path
        settings.HUSTINGS_MAIL_FROM = "office@barset.example"
        settings.HUSTINGS_SMTP_CONNECTIONS = 3
        yield sink


@pytest.fixture
def sink(settings: Any, tmp_path: Any) -> Iterator[Sink]:
    """A server that takes everything."""
    with outbox_sink(settings, tmp_path) as running:
        yield running
