"""The desk pages of campaigns: what the treasurer sees, and that Charlie cannot."""

import pytest

from tests.cast import Cast, make_user, signed_in
from tests.money.campaigns import make_campaign

pytestmark = pytest.mark.django_db


def test_books_are_listed_only_for_those_appointed_to_their_place(cast: Cast) -> None:
    """An agent of the east sees her own; one of the west does not, and an organiser sees none."""
    make_campaign(area=cast.east)
    east, west = (
        make_user(name=name, role="agent", area=area)
        for name, area in (("Emma", cast.east), ("Will", cast.west))
    )
    assert "Septimus Harding" in signed_in(east).get("/desk/money/").content.decode()
    assert "Septimus Harding" in signed_in(cast.tess).get("/desk/money/").content.decode()
    assert "Septimus Harding" not in signed_in(west).get("/desk/money/").content.decode()
    assert signed_in(cast.charlie).get("/desk/money/").status_code == 403
