"""A promoter counts once a named person has checked name and address."""

from datetime import datetime

import pytest

from hustings.accounts.access import EVERYTHING, NotAllowed, Scope
from hustings.clearance.access import promoters_for
from hustings.clearance.usecases import PromoterNotVerifiable, imprint_for, verify_promoter, write_promoter
from tests.clearance.materials import make_agent, make_promoter
from tests.contacts import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places() -> None:
    cast.make_organisation()
    cast.make_places()


def test_the_agent_verifies_with_evidence(now: datetime) -> None:
    agent, promoter = make_agent(), make_promoter(is_verified=False)
    verify_promoter(promoter=promoter, evidence=" electoral register, 1 March ", by=agent, now=now)
    promoter.refresh_from_db()
    assert (promoter.is_verified, promoter.verified_by, promoter.evidence) == (
        True,
        agent,
        "electoral register, 1 March",
    )


@pytest.mark.parametrize("postcode", ["", "ZZ1", "12345"])
def test_an_address_where_no_letter_arrives_is_refused(now: datetime, postcode: str) -> None:
    promoter = make_promoter(is_verified=False, postcode=postcode)
    with pytest.raises(PromoterNotVerifiable, match="where letters arrive"):
        verify_promoter(promoter=promoter, evidence="letter", by=make_agent(), now=now)


def test_no_evidence_no_verification(now: datetime) -> None:
    with pytest.raises(PromoterNotVerifiable, match="how you know"):
        verify_promoter(promoter=make_promoter(is_verified=False), evidence=" ", by=make_agent(), now=now)


def test_an_organiser_may_not_verify(now: datetime) -> None:
    promoter = make_promoter(is_verified=False, area_id=cast.EAST)
    with pytest.raises(NotAllowed):
        verify_promoter(promoter=promoter, evidence="letter", by=cast.make_alice(), now=now)


def test_changing_name_or_address_takes_the_verification_away_and_other_changes_do_not(now: datetime) -> None:
    agent, promoter = make_agent(), make_promoter()
    same = {"name": promoter.name, "address": promoter.address, "postcode": promoter.postcode}
    write_promoter(promoter=promoter, **same, is_organisation=True, by=agent, now=now)
    assert promoter.is_verified
    write_promoter(promoter=promoter, **{**same, "name": "Alison Archer"}, by=agent, now=now)
    assert not promoter.is_verified
    assert promoter.evidence == ""


def test_charlie_cannot_change_or_see_a_promoter_of_alice_s_place(now: datetime) -> None:
    hers, everyones = make_promoter(area_id=cast.EAST), make_promoter(name="Barset Forward")
    charlie = cast.make_charlie()
    with pytest.raises(NotAllowed):
        write_promoter(promoter=hers, name="X", address="Y", postcode="ZZ1 1AA", by=charlie, now=now)
    west = Scope(is_everything=False, codes=frozenset({cast.WEST, cast.COURCY}))
    assert list(promoters_for(scope=west)) == [everyones]
    assert set(promoters_for(scope=EVERYTHING)) == {hers, everyones}


def test_the_imprint_of_promoters() -> None:
    alice, party = make_promoter(), make_promoter(name="Barset Forward")
    assert imprint_for(promoter=alice, on_behalf_of=party, medium="email", language="cy") == (
        "Hyrwyddwyd gan Alice Archer ar ran Barset Forward, y ddau o 12 High Street, Barset, ZZ1 1AA"
    )
    assert imprint_for(promoter=alice, on_behalf_of=None, medium="print", printer=party).startswith(
        "Printed by Barset Forward, 12 High Street, Barset, ZZ1 1AA. Promoted by Alice Archer"
    )
    assert "on behalf of Barset Forward and Bob" in imprint_for(
        promoter=alice, on_behalf_of=[party, make_promoter(name="Bob Baker")], medium="web"
    )
