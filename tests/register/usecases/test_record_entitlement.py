"""The right to hold a register is recorded whole, or not at all."""

from datetime import date, datetime
from typing import Any

import pytest

from hustings.accounts.models import Organisation, OrganisationKind
from hustings.elections.models import Election
from hustings.platform.models import AuditEntry
from hustings.register.models import Entitlement
from hustings.register.usecases.record_entitlement import (
    EntitlementIncomplete,
    EntitlementNotOpen,
    record_entitlement,
)
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def _record(cast: Cast, now: datetime, **changes: Any) -> Entitlement:
    usual: dict[str, Any] = {
        "kind": "party",
        "holder": "Barset Together",
        "office": "registered party",
        "area": cast.district,
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2027, 1, 1),
        "evidence": "Request of 2 January 2026",
        "now": now,
        "recorded_by": cast.dora,
    }
    return record_entitlement(**(usual | changes))


def test_is_recorded_and_audited(cast: Cast, now: datetime) -> None:
    entitlement = _record(cast, now)
    assert entitlement.recorded_by == cast.dora
    assert "Barset Together" in str(entitlement)
    entry = AuditEntry.objects.get(subject_type="register.Entitlement")
    assert (entry.actor_id, entry.area_code) == (cast.dora.pk, cast.district.pk)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "friend"}, "“friend” is not a capacity"),
        ({"holder": " "}, "who is entitled"),
        ({"evidence": ""}, "what shows the entitlement"),
        ({"valid_until": date(2026, 1, 1)}, "end later"),
        ({"office": ""}, "for which election or which office"),
        ({"kind": "candidate"}, "name it"),
    ],
)
def test_says_what_is_missing(cast: Cast, now: datetime, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(EntitlementIncomplete, match=words):
        _record(cast, now, **changes)
    assert not Entitlement.objects.exists()


def test_a_candidate_holds_it_for_one_election(cast: Cast, now: datetime) -> None:
    election = Election.objects.create(
        id="local.barset.2026-05-07", kind="local", title="Barset 2026", poll_on=date(2026, 5, 7)
    )
    assert _record(cast, now, kind="candidate", office="", election=election).election == election


def test_who_is_not_a_party_cannot_hold_it_as_one(cast: Cast, now: datetime) -> None:
    Organisation.objects.update(kind=OrganisationKind.NON_PARTY)
    with pytest.raises(EntitlementNotOpen, match="not set up as a registered party"):
        _record(cast, now)
    assert _record(cast, now, kind="councillor", holder="Councillor Bold").pk
