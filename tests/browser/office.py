"""A campaign office in the middle of its work, made by the ordinary use cases: what the pages show when they are in use."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from hustings.accounts.access import EVERYTHING
from hustings.actions.models import Petition, Signature
from hustings.actions.usecases.confirm_signature import confirm_signature
from hustings.clearance.models import Promoter
from hustings.outreach.audiences.models import Audience
from hustings.outreach.audiences.usecases.save_audience import save_audience
from hustings.outreach.mailings.models import Mailing
from hustings.outreach.mailings.usecases.approve_mailing import approve_mailing
from hustings.outreach.mailings.usecases.save_mailing import MailingPlan, MailingWords, save_mailing
from hustings.outreach.mailings.usecases.start_mailing import start_mailing
from hustings.people.models import Person
from hustings.people.usecases import object_to_contact, record_consent, record_person, wording_for
from hustings.platform.jobs import worker
from hustings.register.usecases.match_people import match_people
from hustings.website.models import HomePage, NewsPage
from tests.actions.conftest import draft, petition, privacy_notice, promoter
from tests.actions.forms import filled_in, stamp_of
from tests.cast import Cast
from tests.postroom.mail_sink import Sink
from tests.postroom.outbox import sink
from tests.register.conftest import ROWS, Import, barset, entitlement, load
from tests.website.conftest import home, news

__all__ = [
    "barset",
    "draft",
    "entitlement",
    "home",
    "load",
    "news",
    "office",
    "petition",
    "privacy_notice",
    "promoter",
    "sink",
]

_NAMES = (
    "Ann Bold",
    "Bea Grantly",
    "Carl Slope",
    "Dora Thorne",
    "Emil Quiverful",
    "Fay Stanhope",
    "Guy Harding",
)
_WORDS = (
    'Dear {{ given_name or "neighbour" }},\n\nthe 42 bus stays, for now. **Thank you for standing with us.**\n\n'
    "## What you can do\n\n- Tell two neighbours.\n- Come on Thursday.\n\n## Where\n\nThe library, at seven."
)
_TWINS = (
    ("AA", "6", "0", "", "", "Ash", "John Arthur", "ZZ1 1AB", "8 Mill Street", "Eelbrook"),
    ("AA", "7", "0", "", "", "Ash", "John Brian", "ZZ1 1AB", "8 Mill Street", "Eelbrook"),
)


@dataclass(frozen=True, kw_only=True)
class Office:
    """What is in it."""

    cast: Cast
    petition: Petition
    ann: Person
    audience: Audience
    sent: Mailing
    draft: Mailing
    text: Mailing


def _people(cast: Cast, now: datetime) -> list[Person]:
    """Seven people of Barset East, six of whom agreed to email, one of whom objected since; three to texts, two with a mobile."""
    words = wording_for(key="leaflet", text="Email me news and campaigns.", now=now)
    made = []
    for number, name in enumerate(_NAMES):
        given_name, _, family_name = name.partition(" ")
        person = record_person(
            given_name=given_name,
            family_name=family_name,
            email=f"{given_name.lower()}@barset.example",
            phone=f"{'07700 9001' if number in {1, 2} else '01632 9601'}{number:02}",
            postcode="ZZ1 1AA",
            address_line=f"{number + 10} Mill Street",
            source="street stall, 7 March",
            now=now - timedelta(days=9),
        )
        for channel in [*(["email"] if number < 6 else []), *(["sms"] if number in {1, 2, 3} else [])]:
            record_consent(
                person=person,
                channel=channel,
                purpose="campaign",
                is_given=True,
                wording=words,
                source="street stall, 7 March",
                evidence={"sheet": number},
                now=now - timedelta(days=9),
            )
        made.append(person)
    object_to_contact(person=made[5], source="telephone", channel="email", now=now - timedelta(days=2))
    return made


def _mailing(cast: Cast, audience: Audience, promoter: Promoter, now: datetime, **changes: Any) -> Mailing:
    return save_mailing(
        title=changes.get("title", "The bus stays"),
        audience=audience,
        words=MailingWords(
            subject='{{ given_name or "Neighbour" }}, the bus stays', words=_WORDS, promoter=promoter
        ),
        plan=MailingPlan(
            reply_to="alice@barset.example",
            from_name="Alice at Barset Together",
            template=changes.get("template", "plain"),
        ),
        by=cast.alice,
        now=now,
    )


@pytest.fixture
def office(
    load: Import,
    barset: Cast,
    home: HomePage,
    news: NewsPage,
    petition: Petition,
    promoter: Promoter,
    sink: Sink,
    now: datetime,
    client: Any,
) -> Office:
    """The office: a petition with signatures, a register with somebody to be looked at, a mailing sent and one begun."""
    ann, *_others = _people(barset, now)
    load((*ROWS, *_TWINS))
    Person.objects.create(
        given_name="John",
        family_name="Ash",
        postcode="ZZ1 1AB",
        ward=barset.east,
        source="test",
        created_at=now,
    )
    match_people(now=now, on=date(2026, 3, 30))
    for number in range(3):
        client.post(
            f"/petitions/{petition.slug}/",
            {
                "stamp": stamp_of(petition=petition, made_at=now - timedelta(minutes=1)),
                **filled_in(given_name=f"Ewan{'abc'[number]}", email=f"ewan{number}@barset.example"),
            },
        )
    for signature in Signature.objects.order_by("pk")[:2]:
        confirm_signature(token=signature.token, shown_at=signature.signed_at, now=now)
    audience = save_audience(
        name="Everybody in Barset East",
        conditions={
            "match": "all",
            "conditions": [{"kind": "agreed", "channel": "email", "purpose": "campaign"}],
        },
        area_code=barset.east.pk,
        scope=EVERYTHING,
        by=barset.alice,
        now=now,
    )
    sent = approve_mailing(mailing=_mailing(barset, audience, promoter, now), by=barset.alice, now=now)
    start_mailing(mailing=sent, by=barset.alice, now=now)
    worker.run_all()
    sent.refresh_from_db()
    begun = _mailing(barset, audience, promoter, now, title="The library next", template="newsletter")
    text = save_mailing(
        title="The bus by text",
        audience=audience,
        words=MailingWords(
            subject="", words='{{ given_name or "Hello" }}, the 42 bus stays, for now.', promoter=promoter
        ),
        plan=MailingPlan(reply_to="", channel="sms"),
        by=barset.alice,
        now=now,
    )
    return Office(
        cast=barset, petition=petition, ann=ann, audience=audience, sent=sent, draft=begun, text=text
    )
