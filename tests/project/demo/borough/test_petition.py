"""A thousand people sign, as untidily as people do, and we know who each of them is."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

from hustings.basics.email_address import parse_email
from hustings.basics.phone import parse_phone
from hustings.basics.postcode import parse_postcode
from hustings.project.demo.borough import Borough
from hustings.project.demo.borough.petition import Kind

from .conftest import ON


def test_a_thousand_sign_and_enough_of_them_confirm(borough: Borough) -> None:
    signers = borough.signers
    assert len(signers) == 1_000
    assert Counter(signer.kind for signer in signers) == {
        Kind.STAYED: 790,
        Kind.MOVED: 60,
        Kind.RELATIVE: 70,
        Kind.NEWCOMER: 45,
        Kind.VISITOR: 35,
    }
    confirmed = [signer for signer in signers if signer.confirmed_at]
    assert len(confirmed) == 760
    assert sum(1 for signer in signers if signer.intention) == 560
    assert sum(1 for signer in confirmed if signer.intention) == 452
    assert sum(1 for signer in signers if signer.signed_again_at) == 40
    assert sum(1 for signer in signers if signer.objected_at) == 30


def test_most_give_email_and_phone_and_permission(borough: Borough) -> None:
    signers = borough.signers
    assert all(parse_email(signer.email, allow_example=True) for signer in signers)
    assert len({signer.email for signer in signers}) == 1_000
    phones = [signer.phone for signer in signers if signer.phone]
    assert len(phones) > 700
    assert len(set(phones)) == len(phones)
    assert all(parse_phone(phone).is_fictional for phone in phones)
    assert sum(1 for signer in signers if "email" in signer.consents) > 750
    assert not [signer for signer in signers if "phone" in signer.consents and not signer.phone]


def test_every_postcode_is_known(borough: Borough) -> None:
    known = {row.postcode for row in borough.land.postcodes if row.terminated_on is None}
    assert all(parse_postcode(signer.written.postcode).spaced in known for signer in borough.signers)


def test_the_truth_names_an_elector_for_eighty_five_in_a_hundred(borough: Borough) -> None:
    by_key = {row.key: row for row in borough.electors}
    known = [signer for signer in borough.signers if signer.elector_key is not None]
    assert len(known) == 850
    assert len({signer.elector_key for signer in known}) == 850
    assert all(
        (signer.elector_key is None) == (signer.kind not in ("stayed", "moved")) for signer in borough.signers
    )
    exact = sum(
        1
        for signer in known
        if signer.elector_key
        and signer.written.first_name == by_key[signer.elector_key].forename
        and signer.written.surname == by_key[signer.elector_key].surname
    )
    # The noise is neither a formality nor hopeless.
    assert 0.40 < exact / len(known) < 0.75


def test_it_takes_a_month_in_order(borough: Borough) -> None:
    signers = borough.signers
    assert all(earlier.signed_at <= later.signed_at for earlier, later in pairwise(signers))
    assert signers[-1].signed_at.date() < ON
    assert signers[0].signed_at.date() >= ON - timedelta(days=30)
    assert all(signer.signed_at.tzinfo is not None for signer in signers)
    assert all(signer.confirmed_at > signer.signed_at for signer in signers if signer.confirmed_at)
    objectors = [signer for signer in signers if signer.objected_at]
    assert all("email" in signer.consents and signer.confirmed_at for signer in objectors)
