"""Keying sheets and calls: evidence instead of an email, and everybody counted once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.accounts.models import Organisation
from hustings.actions.models import Petition, Signature, SignatureSource, SignatureState
from hustings.actions.queries import current_version
from hustings.actions.rules.repeats import may_mail_again
from hustings.actions.rules.same_signer import is_same_signer
from hustings.actions.usecases.confirm_signature import confirm_signature
from hustings.actions.usecases.key_signature import KeyedForm, SignedBeforeOpening, key_signature
from hustings.actions.usecases.offer_wordings import offer_wordings
from hustings.actions.usecases.strike_out_signature import ReasonMissing, strike_out_signature
from hustings.basics.email_address import parse_email
from hustings.people.models import ConsentEvent, ContactPoint, Person
from hustings.people.queries import suppressed_person_ids
from hustings.people.usecases.object_to_contact import object_to_contact
from hustings.people.usecases.record_person import record_person
from hustings.platform.models import AuditEntry
from tests.cast import Cast
from tests.conftest import NOW

Send = Callable[..., Any]


def keyed(petition: Petition, **changes: Any) -> KeyedForm:
    """A line of a sheet: Gwen, of 3 Elm Row."""
    version = current_version(petition=petition)
    assert version is not None
    values: dict[str, Any] = {
        "petition": petition,
        "version": version,
        "source": SignatureSource.PAPER,
        "given_name": "Gwen",
        "family_name": "Jones",
        "postcode": "ZZ1 1AA",
        "address_line": "3 Elm Row",
        "evidence": {"evidence": "Box 3, sheet 12", "line": "4"},
        "signed_at": NOW - timedelta(hours=20),
        **changes,
    }
    return KeyedForm(**values)


def counted(petition: Petition) -> int:
    petition.refresh_from_db()
    assert petition.confirmed == petition.signatures.filter(state=SignatureState.CONFIRMED).count()
    return petition.confirmed


def test_a_sheet_needs_no_email(petition: Petition, cast: Cast, postcodes: None) -> None:
    signature = key_signature(form=keyed(petition), by=cast.bob, now=NOW)
    assert signature.state == SignatureState.CONFIRMED
    assert signature.keyed_by == cast.bob
    assert signature.evidence["evidence"] == "Box 3, sheet 12"
    assert signature.ward == cast.east
    assert counted(petition) == 1
    assert AuditEntry.objects.filter(verb="keyed", subject_id=str(signature.pk)).count() == 1


def test_consents_are_recorded_with_the_evidence(petition: Petition, cast: Cast) -> None:
    organisation = Organisation.objects.get()
    (offer,) = offer_wordings(asks=["email.campaign"], organisation=organisation, language="en-gb", now=NOW)
    consent = {"channel": "email", "purpose": "campaign", "wording": offer.wording.pk}
    email = parse_email("gwen@barset.example", allow_example=True)
    key_signature(form=keyed(petition, email=email, choices={"consents": [consent]}), by=cast.bob, now=NOW)
    event = ConsentEvent.objects.get()
    assert event.recorded_by == cast.bob
    assert event.wording == offer.wording
    assert event.evidence["evidence"] == "Box 3, sheet 12"
    assert event.evidence["source"] == "paper"
    assert ContactPoint.objects.get(kind="email").verified_at is None


def test_a_sheet_lifts_no_objection(petition: Petition, cast: Cast) -> None:
    fiona = record_person(given_name="Fiona", email="fiona@barset.example", source="test", now=NOW)
    object_to_contact(person=fiona, channel="email", source="test", now=NOW)
    organisation = Organisation.objects.get()
    (offer,) = offer_wordings(asks=["email.campaign"], organisation=organisation, language="en-gb", now=NOW)
    consent = {"channel": "email", "purpose": "campaign", "wording": offer.wording.pk}
    email = parse_email("fiona@barset.example", allow_example=True)
    form = keyed(petition, given_name="Fiona", email=email, choices={"consents": [consent]})
    key_signature(form=form, by=cast.bob, now=NOW + timedelta(hours=1))
    hits = suppressed_person_ids(person_ids=[fiona.pk], channel="email", purpose="campaign")
    assert fiona.pk in hits.definite


@pytest.mark.parametrize(
    "changes",
    [{}, {"given_name": "gwen ", "family_name": "JONES"}, {"given_name": "G"}, {"address_line": ""}],
)
def test_the_same_person_on_two_sheets_counts_once(
    petition: Petition, cast: Cast, changes: dict[str, str]
) -> None:
    key_signature(form=keyed(petition), by=cast.bob, now=NOW)
    key_signature(form=keyed(petition, **changes), by=cast.bob, now=NOW)
    assert counted(petition) == 1


def test_two_of_one_name_count_twice_where_the_sheet_says_so(petition: Petition, cast: Cast) -> None:
    key_signature(form=keyed(petition), by=cast.bob, now=NOW)
    key_signature(form=keyed(petition, is_other_person=True), by=cast.bob, now=NOW)
    assert counted(petition) == 2


def test_who_signed_on_the_site_counts_once_on_paper(petition: Petition, cast: Cast, sign: Send) -> None:
    sign(given_name="Gwen", family_name="Jones", email="gwen@barset.example")
    confirm_signature(token=Signature.objects.get().token, shown_at=None, now=NOW)
    key_signature(form=keyed(petition), by=cast.bob, now=NOW)
    assert counted(petition) == 1


def test_who_signed_on_paper_counts_once_on_the_site(petition: Petition, cast: Cast, sign: Send) -> None:
    key_signature(form=keyed(petition), by=cast.bob, now=NOW)
    sign(given_name="Gwen", family_name="Jones", email="gwen@barset.example", address_line="3 Elm Row")
    confirm_signature(token=Signature.objects.get(state=SignatureState.PENDING).token, shown_at=None, now=NOW)
    assert counted(petition) == 1
    replaced = Signature.objects.get(state=SignatureState.WITHDRAWN)
    assert replaced.source == SignatureSource.PAPER


def test_a_sheet_with_an_address_confirms_what_is_pending(petition: Petition, cast: Cast, sign: Send) -> None:
    sign(given_name="Gwen", family_name="Jones", email="gwen@barset.example")
    email = parse_email("gwen@barset.example", allow_example=True)
    key_signature(form=keyed(petition, email=email), by=cast.bob, now=NOW)
    assert counted(petition) == 1
    assert Signature.objects.count() == 1


def test_a_petition_that_was_never_open_has_no_sheets(draft: Petition, cast: Cast) -> None:
    with pytest.raises(SignedBeforeOpening):
        key_signature(form=keyed(draft), by=cast.bob, now=NOW)


def test_a_signature_is_struck_out_with_a_reason(petition: Petition, cast: Cast) -> None:
    signature = key_signature(form=keyed(petition), by=cast.bob, now=NOW)
    with pytest.raises(ReasonMissing):
        strike_out_signature(signature=signature, reason=" ", by=cast.alice, now=NOW)
    struck = strike_out_signature(signature=signature, reason="Not a real name.", by=cast.alice, now=NOW)
    assert struck.evidence["struck_out"] == "Not a real name."
    strike_out_signature(signature=signature, reason="Twice.", by=cast.alice, now=NOW)
    assert counted(petition) == 0
    assert Person.objects.count() == 1


NAMES = st.text(alphabet="abcdeÉ -'", max_size=8)


@given(NAMES, NAMES, NAMES)
def test_everybody_with_a_surname_is_the_same_as_themselves(given: str, family: str, line: str) -> None:
    one = (given + "a", family + "b", line)
    assert is_same_signer(one=one, other=one)


@given(NAMES, NAMES, NAMES, NAMES)
def test_sameness_has_no_direction(given: str, other_given: str, family: str, line: str) -> None:
    one, other = (given, family, line), (other_given, family, "")
    assert is_same_signer(one=one, other=other) == is_same_signer(one=other, other=one)


def test_a_household_is_not_one_person() -> None:
    assert not is_same_signer(one=("Gwen", "Jones", ""), other=("Dot", "Jones", ""))
    assert not is_same_signer(one=("Gwen", "Jones", "3 Elm Row"), other=("Gwen", "Jones", "5 Elm Row"))
    assert not is_same_signer(one=("Gwen", "", ""), other=("Gwen", "", ""))


@given(st.integers(1, 40), st.integers(0, 10_000))
def test_after_a_day_one_more_message_may_always_go(mails: int, minutes: int) -> None:
    later = NOW + timedelta(days=1, minutes=minutes)
    assert may_mail_again(mails=mails, mailed_at=NOW, now=later)
    assert not may_mail_again(mails=mails, mailed_at=NOW, now=NOW + timedelta(minutes=9))
