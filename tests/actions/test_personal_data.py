"""Signatures in access requests, erasure and merging."""

from datetime import timedelta

from hustings.actions.models import Petition, Signature, SignatureState
from hustings.actions.personal_data import SOCKET
from hustings.actions.usecases.close_petition import close_petition
from hustings.actions.usecases.key_signature import key_signature
from hustings.basics.email_address import parse_email
from tests.actions.usecases.test_key_signature import counted, keyed
from tests.cast import Cast
from tests.conftest import NOW


def sign_as(petition: Petition, cast: Cast, name: str) -> Signature:
    email = parse_email(f"{name.lower()}@barset.example", allow_example=True)
    form = keyed(petition, given_name=name, email=email, address_line="")
    return key_signature(form=form, by=cast.bob, now=NOW)


def test_an_access_request_shows_the_words_that_were_signed(petition: Petition, cast: Cast) -> None:
    signature = sign_as(petition, cast, "Gwen")
    assert signature.person_id is not None
    (row,) = SOCKET.export(person_id=signature.person_id)["Petitions you signed"]
    assert row["petition"] == "Save the 42 bus"
    assert row["words you signed"].startswith("Keep the 42 bus")
    assert row["email"] == "gwen@barset.example"


def test_erasing_from_an_open_petition_uncounts(petition: Petition, cast: Cast) -> None:
    signature = sign_as(petition, cast, "Gwen")
    assert signature.person_id is not None
    assert SOCKET.erase(person_id=signature.person_id, now=NOW) == 1
    signature.refresh_from_db()
    assert (signature.given_name, signature.email, signature.postcode, signature.person) == ("", "", "", None)
    assert signature.state == SignatureState.WITHDRAWN
    assert counted(petition) == 0


def test_erasing_from_a_closed_petition_keeps_the_count(petition: Petition, cast: Cast) -> None:
    signature = sign_as(petition, cast, "Gwen")
    close_petition(petition=petition, by=cast.alice, now=NOW)
    assert signature.person_id is not None
    SOCKET.erase(person_id=signature.person_id, now=NOW + timedelta(days=1))
    signature.refresh_from_db()
    assert signature.family_name == ""
    assert counted(petition) == 1


def test_two_rows_of_one_person_count_once_and_apart_again(petition: Petition, cast: Cast) -> None:
    one, other = sign_as(petition, cast, "Gwen"), sign_as(petition, cast, "Gwendolen")
    assert one.person_id is not None
    assert other.person_id is not None
    assert one.person_id != other.person_id
    assert counted(petition) == 2
    moved = SOCKET.merge(kept_id=one.person_id, merged_id=other.person_id, now=NOW)
    assert counted(petition) == 1
    assert set(Signature.objects.values_list("person_id", flat=True)) == {one.person_id}
    SOCKET.unmerge(kept_id=one.person_id, merged_id=other.person_id, moved=moved)
    assert counted(petition) == 2
    other.refresh_from_db()
    assert other.person_id != one.person_id
