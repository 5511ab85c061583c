"""An elector who objects is found again: by the elector, and by name and address while the register may be read."""

from datetime import datetime, timedelta

import pytest

from hustings.people.models import Suppression
from hustings.people.queries import suppressed_person_ids
from hustings.people.usecases.record_person import record_person
from hustings.register.models import RegisterEntry
from hustings.register.usecases.object_for_elector import object_for_elector
from tests.register.conftest import Import

pytestmark = pytest.mark.django_db


def test_whoever_signs_up_later_with_that_name_at_that_address_is_not_called_upon(
    load: Import, now: datetime
) -> None:
    load()
    entry = RegisterEntry.objects.get(surname="Archer", forename="Alice Mary")
    objection = object_for_elector(elector=entry.elector, channel="door", source="round 3", now=now)
    kinds = set(Suppression.objects.filter(objection=objection).values_list("kind", flat=True))
    assert kinds == {"elector", "name_address", "name_variant"}
    same, other = (
        record_person(
            source="petition",
            now=now,
            given_name=given,
            family_name="Archer",
            address_line="1 Mill Street",
            postcode="ZZ1 1AA",
        )
        for given in ("Alice", "Robert")
    )
    for channel, found in (("door", {same.pk}), ("email", set())):
        stopped = suppressed_person_ids(person_ids=[same.pk, other.pk], channel=channel, purpose="campaign")
        assert stopped.definite == found, channel


def test_when_the_register_may_not_be_read_any_more_the_elector_alone_holds_it(
    load: Import, now: datetime
) -> None:
    load()
    entry = RegisterEntry.objects.get(surname="Archer", forename="Alice Mary")
    object_for_elector(elector=entry.elector, source="round 3", now=now + timedelta(days=400))
    assert set(Suppression.objects.values_list("kind", flat=True)) == {"elector"}
