"""Matters that somebody raised: kept only on a basis, as what they said about their vote."""

from datetime import datetime, timedelta

import pytest

from hustings.accounts.models import OrganisationKind
from hustings.contacts.models import Issue, IssueRaised
from hustings.contacts.usecases.record_intention import OpinionHasNoBasis
from hustings.contacts.usecases.record_issues import record_issues
from hustings.people.models import Purpose
from tests.contacts import cast

pytestmark = pytest.mark.django_db


def test_each_known_matter_is_kept_once_with_its_moment(now: datetime) -> None:
    cast.make_organisation()
    cast.make_places()
    gwen, buses = cast.make_person(name="Gwen Proudie"), Issue.objects.create(name="Buses")
    said_at = now - timedelta(days=2)
    raised = record_issues(
        person=gwen, issue_ids=[buses.pk, buses.pk, 999_999], source="calls", now=now, said_at=said_at
    )
    assert [(one.issue, one.at, one.source) for one in raised] == [(buses, said_at, "calls")]


def test_an_independent_needs_consent(now: datetime) -> None:
    cast.make_organisation(kind=OrganisationKind.CANDIDATE)
    cast.make_places()
    gwen, buses = cast.make_person(name="Gwen Proudie"), Issue.objects.create(name="Buses")
    with pytest.raises(OpinionHasNoBasis, match="explicit consent"):
        record_issues(person=gwen, issue_ids=[buses.pk], source="calls", now=now)
    assert not IssueRaised.objects.exists()
    assert record_issues(person=gwen, issue_ids=[], source="calls", now=now) == []
    cast.give_consent(person=gwen, channel="", purpose=Purpose.OPINION)
    assert len(record_issues(person=gwen, issue_ids=[buses.pk], source="calls", now=now)) == 1
