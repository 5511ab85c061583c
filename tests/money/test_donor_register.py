"""Donors are held against the register only under an entitlement that covers checking donations."""

from datetime import date
from typing import Any

import pytest

from hustings.money.models import Campaign, Gift
from hustings.money.queries.donor_register import NoEntitlement, RegisterAnswer, register_answer
from hustings.money.usecases.check_donor import check_donor
from hustings.register.models import Entitlement
from tests.cast import Cast
from tests.money.campaigns import make_campaign
from tests.money.gifts import NOW, make_gift
from tests.register.conftest import Import, barset, entitlement, load

__all__ = ["barset", "entitlement", "load"]

pytestmark = pytest.mark.django_db
ALICE: dict[str, Any] = {
    "given_name": "Alice",
    "family_name": "Archer",
    "address": "1 Mill Street",
    "postcode": "ZZ1 1AA",
}


def asked(campaign: Campaign, gift: Gift) -> RegisterAnswer:
    """What the register says of a gift's donor."""
    assert gift.donor is not None
    return register_answer(campaign=campaign, donor=gift.donor, on=date(2026, 4, 20))


def test_an_elector_is_found_and_the_entitlement_kept(load: Import, cast: Cast) -> None:
    """The check is permissible and says where the entry stands and under whose right it was read."""
    load()
    campaign = make_campaign()
    gift = make_gift(campaign=campaign, by=cast.tess, donor=ALICE)
    answer = asked(campaign, gift)
    assert answer.answer == "yes"
    assert "number AA-1" in answer.sentence
    assert "under the entitlement of Barset Together" in answer.sentence
    check = check_donor(gift=gift, answers={}, by=cast.tess, now=NOW, register_answer=answer)
    assert (check.outcome, check.entitlement) == ("permissible", Entitlement.objects.get())
    assert check.elector is not None


def test_nobody_found_is_no_proof_of_being_on_no_register(load: Import, cast: Cast) -> None:
    """Unknown, with the next step."""
    load()
    campaign = make_campaign()
    gift = make_gift(
        campaign=campaign, by=cast.tess, donor={**ALICE, "given_name": "Zebedee", "family_name": "Quill"}
    )
    answer = asked(campaign, gift)
    assert answer.answer == "unknown"
    assert "ask the donor where, and the council there" in answer.sentence
    check = check_donor(gift=gift, answers={}, by=cast.tess, now=NOW, register_answer=answer)
    assert check.outcome == "unclear"


def test_without_any_entitlement_the_check_refuses(barset: Cast, cast: Cast) -> None:
    """It says that no register may be read, and what else can be done."""
    campaign = make_campaign()
    gift = make_gift(campaign=campaign, by=cast.tess, donor=ALICE)
    with pytest.raises(NoEntitlement, match="the council's written answer"):
        asked(campaign, gift)


def test_a_councillors_copy_may_not_check_donations(load: Import, cast: Cast) -> None:
    """The register of an office is for the office."""
    load()
    Entitlement.objects.update(kind="councillor", holder="Councillor Thorne")
    campaign = make_campaign()
    gift = make_gift(campaign=campaign, by=cast.tess, donor=ALICE)
    with pytest.raises(
        NoEntitlement, match="office of Councillor Thorne, which does not cover checking donations"
    ):
        asked(campaign, gift)


def test_an_ended_entitlement_reads_nothing(load: Import, cast: Cast) -> None:
    """After its last day the check refuses."""
    load()
    campaign = make_campaign()
    gift = make_gift(campaign=campaign, by=cast.tess, donor=ALICE)
    assert gift.donor is not None
    with pytest.raises(NoEntitlement, match="ended on"):
        register_answer(campaign=campaign, donor=gift.donor, on=date(2027, 1, 2))
