"""Saving: checked, within the saver's places, noted in the audit log."""

from datetime import datetime

import pytest

from hustings.accounts.access import EVERYTHING, NotAllowed, Right, Scope, scope_of
from hustings.accounts.models import User
from hustings.actions.models import Petition
from hustings.outreach.audiences.models import Audience
from hustings.outreach.audiences.rules.check import BadTree
from hustings.outreach.audiences.usecases.remove_audience import AudienceInUse, remove_audience
from hustings.outreach.audiences.usecases.save_audience import NamelessAudience, save_audience
from hustings.people.models import Tag
from hustings.platform.models import AuditEntry
from tests.contacts import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice() -> User:
    cast.make_organisation()
    cast.make_places()
    return cast.make_alice()


@pytest.fixture
def scope(alice: User, now: datetime) -> Scope:
    return scope_of(user=alice, right=Right.EDIT_AUDIENCES, on=now.date())


def _all(*conditions: dict[str, object]) -> dict[str, object]:
    return {"match": "all", "conditions": list(conditions)}


def test_saving_and_changing(alice: User, scope: Scope, now: datetime) -> None:
    tree = _all({"kind": "on_register"})
    audience = save_audience(
        name=" Matched ", conditions=tree, area_code=cast.EAST, scope=scope, by=alice, now=now
    )
    assert (audience.name, audience.conditions, audience.area_id) == ("Matched", tree, cast.EAST)
    save_audience(
        name="All",
        conditions={},
        area_code=cast.ULLATHORNE,
        scope=scope,
        by=alice,
        now=now,
        audience=audience,
    )
    audience.refresh_from_db()
    assert (audience.name, audience.area_id, audience.made_by) == ("All", cast.ULLATHORNE, alice)
    assert AuditEntry.objects.filter(verb="audience saved").count() == 2


@pytest.mark.parametrize("area", [None, cast.WEST, cast.COURCY])
def test_not_for_places_of_others(alice: User, scope: Scope, now: datetime, area: str | None) -> None:
    with pytest.raises(NotAllowed):
        save_audience(name="All", conditions={}, area_code=area, scope=scope, by=alice, now=now)


def test_naming_what_belongs_to_others_is_a_fault(alice: User, scope: Scope, now: datetime) -> None:
    theirs = Petition.objects.create(
        slug="west", title="West", asked_of="x", asked_by="y", area_id=cast.WEST, state="open", made_at=now
    )
    tree = _all(
        {"kind": "signed", "petitions": [theirs.pk]},
        {"kind": "lives_in", "areas": [cast.ULLATHORNE, cast.COURCY]},
        {"kind": "tagged", "tags": [77]},
        {"kind": "intention", "answers": ["undecided", "party:5"]},
    )
    with pytest.raises(BadTree) as caught:
        save_audience(name="All", conditions=tree, area_code=cast.EAST, scope=scope, by=alice, now=now)
    assert [(fault.place, fault.details["value"]) for fault in caught.value.faults] == [
        ("/conditions/0/petitions", str(theirs.pk)),
        ("/conditions/1/areas", cast.COURCY),
        ("/conditions/2/tags", "77"),
        ("/conditions/3/answers", "party:5"),
    ]
    assert not Audience.objects.exists()
    Tag.objects.create(pk=77, name="helpers")
    save_audience(
        name="All",
        conditions=_all({"kind": "signed", "petitions": [theirs.pk]}, {"kind": "tagged", "tags": [77]}),
        area_code=None,
        scope=EVERYTHING,
        by=None,
        now=now,
    )


def test_it_needs_a_name(alice: User, scope: Scope, now: datetime) -> None:
    with pytest.raises(NamelessAudience):
        save_audience(name=" ", conditions={}, area_code=cast.EAST, scope=scope, by=alice, now=now)


def test_one_that_was_written_to_stays(alice: User, scope: Scope, now: datetime) -> None:
    from hustings.clearance.models import Material
    from hustings.outreach.mailings.models import Mailing

    audience = save_audience(name="All", conditions={}, area_code=cast.EAST, scope=scope, by=alice, now=now)
    material = Material.objects.create(title="May", medium="email", made_at=now)
    mailing = Mailing.objects.create(
        title="May", audience=audience, material=material, reply_to="a@barset.example", made_at=now
    )
    with pytest.raises(AudienceInUse):
        remove_audience(audience=audience, by=alice, now=now)
    mailing.delete()
    remove_audience(audience=audience, by=alice, now=now)
    assert not Audience.objects.exists()
