"""The verdict in an exported audience is the gate's own: what a Clearance of the same people would hold."""

from datetime import datetime, timedelta

import pytest

from hustings.accounts.models import OrganisationKind
from hustings.clearance.models import ClearanceVerdict, OwnLimits
from hustings.clearance.usecases import clear_audience
from hustings.contacts.models import Contact, Outcome
from hustings.outreach.audiences.models import Audience
from hustings.outreach.audiences.queries.export import export_rows
from hustings.people.usecases import object_to_contact
from tests.clearance.materials import make_agent, make_copy
from tests.contacts import cast

pytestmark = pytest.mark.django_db


def test_the_file_says_what_a_clearance_would_hold(now: datetime) -> None:
    """Objections, missing consents, our own limit of contacts and consent to the use of opinions, each with its rule."""
    cast.make_organisation(kind=OrganisationKind.NON_PARTY)
    cast.make_places()
    people = {
        name: cast.make_person(name=f"{name} Lane", email=f"{name}@barset.example")
        for name in ("Ada", "Bea", "Cora", "Dora", "Edna")
    }
    for name in ("Ada", "Bea", "Dora", "Edna"):
        cast.give_consent(person=people[name])
    for name in ("Ada", "Bea", "Cora", "Dora"):
        cast.give_consent(person=people[name], channel="", purpose="opinion")
    object_to_contact(person=people["Bea"], now=now, source="test", channel="email", purpose="")
    Contact.objects.create(
        person=people["Dora"], channel="email", purpose="campaign", outcome=Outcome.DELIVERED, at=now
    )
    agent = make_agent()
    OwnLimits.objects.create(most_contacts=1, within_days=7, reason="Enough.", set_at=now, set_by=agent)
    audience = Audience.objects.create(
        name="The undecided",
        conditions={
            "match": "all",
            "conditions": [{"kind": "intention", "answers": ["not_voting"], "not": True}],
        },
        made_at=now,
        changed_at=now,
    )
    copy = make_copy(by=agent, area=None)
    later = now + timedelta(hours=1)
    rows = {
        row.given_name: row
        for row in export_rows(audience=audience, channel="email", purpose="campaign", now=later)
    }
    clearance = clear_audience(
        people=[person.pk for person in people.values()],
        channel="email",
        purpose="campaign",
        copy=copy,
        now=later,
        asked_by=None,
        uses_opinions=True,
    )
    held = dict(
        ClearanceVerdict.objects.filter(clearance=clearance).values_list("person__given_name", "reason")
    )
    assert {name: row.reason for name, row in rows.items()} == held
    assert held == {
        "Ada": "", "Bea": "objected", "Cora": "no-consent", "Dora": "too-often", "Edna": "no-opinion-consent",
    }  # fmt: skip
    assert rows["Cora"].rule == "PECR 2003 reg 22"
    assert rows["Edna"].verdict
    assert not rows["Ada"].verdict
