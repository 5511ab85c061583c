"""Intentions: kept only on a basis, and the newest answer is the latest."""

from datetime import datetime, timedelta

import pytest

from hustings.accounts.models import OrganisationKind
from hustings.contacts.models import Intention, IntentionChoice
from hustings.contacts.usecases.record_intention import OpinionHasNoBasis, WrongIntention, record_intention
from hustings.elections.models import Party
from hustings.people.models import Purpose
from hustings.register.models import Elector
from tests.contacts import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def greens() -> Party:
    return Party.objects.create(name="Example Greens")


def test_a_party_may_keep_what_it_is_told(now: datetime, greens: Party) -> None:
    cast.make_organisation()
    cast.make_places()
    gwen = cast.make_person(name="Gwen Proudie")
    intention = record_intention(person=gwen, choice="party", party=greens, source="doorstep", now=now)
    assert intention.is_latest
    assert intention.at == now


def test_an_independent_needs_consent(now: datetime, greens: Party) -> None:
    cast.make_organisation(kind=OrganisationKind.CANDIDATE)
    cast.make_places()
    gwen = cast.make_person(name="Gwen Proudie")
    with pytest.raises(OpinionHasNoBasis, match="explicit consent"):
        record_intention(person=gwen, choice="party", party=greens, source="doorstep", now=now)
    assert not Intention.objects.exists()
    cast.give_consent(person=gwen, channel="", purpose=Purpose.OPINION)
    record_intention(person=gwen, choice="party", party=greens, source="doorstep", now=now)
    assert Intention.objects.count() == 1


def test_notice_to_stop_binds_a_party_too(now: datetime) -> None:
    cast.make_organisation()
    cast.make_places()
    gwen = cast.make_person(name="Gwen Proudie")
    cast.give_consent(person=gwen, channel="", purpose=Purpose.OPINION, is_given=False)
    with pytest.raises(OpinionHasNoBasis):
        record_intention(person=gwen, choice="undecided", source="doorstep", now=now)
    record_intention(person=gwen, choice="wont_say", source="doorstep", now=now)


def test_an_independent_keeps_nothing_about_electors_it_never_asked(now: datetime, greens: Party) -> None:
    cast.make_organisation(kind=OrganisationKind.NON_PARTY)
    elector = Elector.objects.create(first_seen_at=now)
    with pytest.raises(OpinionHasNoBasis):
        record_intention(elector=elector, choice="party", party=greens, source="doorstep", now=now)


def test_newest_answer_is_the_latest(now: datetime, greens: Party) -> None:
    cast.make_organisation()
    cast.make_places()
    gwen = cast.make_person(name="Gwen Proudie")
    first = record_intention(person=gwen, choice="undecided", source="petition", now=now)
    second = record_intention(
        person=gwen, choice="party", party=greens, source="telephone", now=now + timedelta(days=1)
    )
    from_paper = record_intention(
        person=gwen,
        choice="not_voting",
        source="paper",
        now=now + timedelta(days=2),
        said_at=now - timedelta(days=5),
    )
    assert list(gwen.intentions.filter(is_latest=True)) == [second]
    assert not from_paper.is_latest
    first.refresh_from_db()
    assert not first.is_latest
    gwen.refresh_from_db()
    assert gwen.last_said == f"party:{greens.pk}"


@pytest.mark.parametrize("choice", [IntentionChoice.PARTY, "lovely"])
def test_party_is_named_exactly_where_it_is_the_answer(now: datetime, choice: str) -> None:
    cast.make_organisation()
    cast.make_places()
    gwen = cast.make_person(name="Gwen Proudie")
    with pytest.raises(WrongIntention):
        record_intention(person=gwen, choice=choice, source="petition", now=now)


def test_undecided_names_no_party(now: datetime, greens: Party) -> None:
    cast.make_organisation()
    cast.make_places()
    gwen = cast.make_person(name="Gwen Proudie")
    with pytest.raises(WrongIntention):
        record_intention(person=gwen, choice="undecided", party=greens, source="petition", now=now)
