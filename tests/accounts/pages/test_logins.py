"""Logins on the desk: everybody sees those of their own places; Charlie sees none of Alice's."""

import pytest
from django.test import Client

from hustings.accounts.models import Appointment, Role, User
from hustings.postroom.models import Message
from tests.cast import Cast, signed_in

LIST = "/desk/accounts/logins/"


def test_each_sees_their_own_places(cast: Cast) -> None:
    """Alice sees Bob, Charlie does not; the administrator sees all."""
    assert "Bob" in signed_in(cast.alice).get(LIST).content.decode()
    html = signed_in(cast.charlie).get(LIST).content.decode()
    assert "Bob" not in html
    assert "Alice" not in html
    html = signed_in(cast.admin).get(LIST).content.decode()
    assert all(name in html for name in ("Alice", "Bob", "Charlie", "Tess", "Sam"))


@pytest.mark.parametrize("page", ["", "appoint/", "close/", "open/", "send-invitation/"])
def test_charlie_cannot_reach_bob(page: str, cast: Cast) -> None:
    """Not to look, nor to appoint, close, open or write to."""
    client = signed_in(cast.charlie)
    for ask in (client.get, client.post):
        assert ask(f"{LIST}{cast.bob.pk}/{page}").status_code in {404, 405}
    assert (
        client.post(f"/desk/accounts/appointments/{cast.bob.appointments.get().pk}/end/").status_code == 404
    )
    cast.bob.refresh_from_db()
    assert cast.bob.is_active
    assert not Message.objects.exists()


def test_appointments_elsewhere_are_counted_not_named(cast: Cast) -> None:
    """Bob helps in the West too; Alice learns that, not where."""
    Appointment.objects.create(user=cast.bob, role=Role.VOLUNTEER, area=cast.west, valid_from="2026-01-01")
    html = signed_in(cast.alice).get(f"{LIST}{cast.bob.pk}/").content.decode()
    assert "Volunteer, Barset East" in html
    assert "Barset West" not in html
    assert "One appointment elsewhere is not shown." in html


def _invitation(**changes: str) -> dict[str, str]:
    form = {
        "given_name": "Wendy", "family_name": "Walker", "email": "wendy@barset.example", "role": "volunteer",
        "area": "Barset East", "valid_from": "2026-03-30", "valid_until": "",
    }  # fmt: skip
    return {**form, **changes}


def test_alice_invites_a_volunteer(cast: Cast) -> None:
    """By the name of the place; the invitation is queued and the page says so."""
    answer = signed_in(cast.alice).post(f"{LIST}invite/", _invitation(), follow=True)
    assert "Wendy Walker is invited" in answer.content.decode()
    assert User.objects.get(email="wendy@barset.example").appointments.get().area == cast.east
    assert Message.objects.filter(address="wendy@barset.example").exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"area": "Barset West"}, "No place that you look after is called “Barset West”"),
        ({"area": ""}, "Name a place."),
        ({"role": "organiser"}, "Select a valid choice"),
        ({"email": "bob@barset.example"}, "has a login already"),
        ({"email": "wendy"}, "is not a complete email address"),
        ({"valid_until": "2026-03-01"}, "The last day lies before the first"),
    ],
)
def test_what_is_refused_is_said_and_nothing_typed_is_lost(
    changes: dict[str, str], words: str, cast: Cast
) -> None:
    """The form comes back with its values and a sentence."""
    answer = signed_in(cast.alice).post(f"{LIST}invite/", _invitation(**changes))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert 'value="Wendy"' in html
    assert not User.objects.filter(first_name="Wendy").exists()


def test_a_name_that_fits_several_places_is_asked_back(cast: Cast) -> None:
    """The choices carry their kind and code."""
    answer = signed_in(cast.admin).post(f"{LIST}invite/", _invitation(area="Bars"))
    assert "Several places fit: Barset (council district, E07999001); " in answer.content.decode()


def test_appoint_and_end(cast: Cast) -> None:
    """A further appointment, ended a little later."""
    client = signed_in(cast.admin)
    client.post(
        f"{LIST}{cast.bob.pk}/appoint/",
        {"role": "organiser", "area": "Barset West (ward, E05999002)", "valid_from": "2026-04-01"},
    )
    appointment = cast.bob.appointments.get(role=Role.ORGANISER)
    assert appointment.area == cast.west
    assert "Bob" in client.get(f"/desk/accounts/appointments/{appointment.pk}/end/").content.decode()
    client.post(f"/desk/accounts/appointments/{appointment.pk}/end/", {"on": "2026-05-08"})
    appointment.refresh_from_db()
    assert str(appointment.valid_until) == "2026-05-08"


def test_a_closed_login_is_out_at_once(cast: Cast) -> None:
    """Open sessions end with it; the administrator opens it again."""
    alice, admin = signed_in(cast.alice), signed_in(cast.admin)
    assert alice.get(LIST).status_code == 200
    admin.post(f"{LIST}{cast.alice.pk}/close/")
    assert alice.get(LIST).status_code == 302
    assert "This login is closed" in admin.get(f"{LIST}{cast.alice.pk}/").content.decode()
    admin.post(f"{LIST}{cast.alice.pk}/open/")
    cast.alice.refresh_from_db()
    assert cast.alice.is_active


def test_signing_up_is_closed(db: None) -> None:
    """Logins are by invitation."""
    answer = Client().get("/account/signup/")
    assert "Logins are by invitation" in answer.content.decode()
    Client().post("/account/signup/", {"email": "x@y.example", "password1": "a" * 14, "password2": "a" * 14})
    assert not User.objects.exists()
