"""What money says, keeps and moves of one person."""

import pytest

from hustings.money.models import Donor, Gift, GiftEvidence
from hustings.money.personal_data import SOCKET
from hustings.money.usecases.add_evidence import add_gift_evidence
from hustings.people.models import Person
from tests.cast import Cast
from tests.money.campaigns import make_campaign
from tests.money.gifts import ADA, NOW, make_gift

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(cast: Cast) -> Person:
    """Ada Marsh, who gave £40 and, as A. Marsh, £60 to a candidate."""
    person = Person.objects.create(given_name="Ada", family_name="Marsh", created_at=NOW)
    campaign = make_campaign()
    make_gift(campaign=campaign, by=cast.tess, pounds=40)
    make_gift(campaign=campaign, by=cast.tess, pounds=60, donor={**ADA, "given_name": "A"})
    Donor.objects.update(person=person)
    return person


def test_every_gift_is_told(ada: Person) -> None:
    """With the amount, the day, and to whom."""
    rows = SOCKET.export(person_id=ada.pk)["Gifts you made"]
    assert [(row["amount"], row["name"], row["received on"]) for row in rows] == [
        ("£40.00", "Ada Marsh", "2026-04-10"),
        ("£60.00", "A Marsh", "2026-04-10"),
    ]


def test_erasing_keeps_who_gave_more_than_the_floor(ada: Person) -> None:
    """The donor of £60 stands in the return; the donor of £40 is emptied; both lose the email address."""
    assert SOCKET.erase(person_id=ada.pk, now=NOW) == 2
    small, large = Donor.objects.order_by("pk")
    assert (small.family_name, small.address, small.person, small.erased_at) == ("", "", None, NOW)
    assert (large.family_name, large.email, large.person) == ("Marsh", "", ada)


def test_files_of_gifts_are_told_and_go_with_their_donor(ada: Person, cast: Cast) -> None:
    """The bytes and the name of the small giver's file are emptied, its fingerprint stays; the large giver's stays whole."""
    small, large = Gift.objects.order_by("pk")
    for gift, name in ((small, "ada.pdf"), (large, "a.pdf")):
        add_gift_evidence(gift=gift, name=name, content=b"%PDF-1.7", by=cast.tess, now=NOW)
    rows = SOCKET.export(person_id=ada.pk)["Gifts you made"]
    assert [row["files"] for row in rows] == [["ada.pdf"], ["a.pdf"]]
    SOCKET.erase(person_id=ada.pk, now=NOW)
    first, second = GiftEvidence.objects.order_by("pk")
    assert (first.name, bytes(first.content), first.erased_at) == ("", b"", NOW)
    assert first.sha256 == second.sha256
    assert (second.name, bytes(second.content), second.erased_at) == ("a.pdf", b"%PDF-1.7", None)


def test_merging_moves_donors_and_unmerging_moves_exactly_those_back(ada: Person) -> None:
    """Two rows found to be one person."""
    kept = Person.objects.create(given_name="Ada", family_name="Marsh", created_at=NOW)
    moved = SOCKET.merge(kept_id=kept.pk, merged_id=ada.pk, now=NOW)
    assert Donor.objects.filter(person=kept).count() == 2
    Donor.objects.filter(pk=moved["money.Donor"][0]).update(person=None)
    SOCKET.unmerge(kept_id=kept.pk, merged_id=ada.pk, moved=moved)
    assert list(Donor.objects.filter(person=ada).values_list("pk", flat=True)) == moved["money.Donor"][1:]
