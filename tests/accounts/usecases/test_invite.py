"""Somebody is invited by email and signs in by a code; the first of all comes in by a link that works once."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from hustings.accounts.models import Appointment, Role, User
from hustings.accounts.usecases.first_administrator import (
    LinkNoLongerHolds,
    check_first_link,
    first_administrator_link,
)
from hustings.accounts.usecases.invite import invite
from hustings.accounts.usecases.make_login import LoginExists
from hustings.basics.email_address import NotAnEmailAddress
from hustings.postroom.models import Message
from tests.cast import Cast

TODAY = date(2026, 3, 30)


def body_of(address: str) -> str:
    """The text of the newest message to an address."""
    message = Message.objects.filter(address=address).latest("pk")
    return str(message.fields)


def test_an_invitation_says_who_and_what_and_how(cast: Cast, now: datetime) -> None:
    """It waits in the outbox, as mail about a login."""
    user = invite(
        email="Wendy@Barset.example", given_name="Wendy", role=Role.VOLUNTEER, area=cast.east, valid_from=TODAY,
        by=cast.alice, now=now,
    )  # fmt: skip
    assert user.email == "wendy@barset.example"
    assert not user.has_usable_password()
    text = body_of(user.email)
    for words in (
        "Alice has made a login for you at Barset Together",
        "volunteer, Barset East",
        "/account/login/code/",
    ):
        assert words in text
    assert Message.objects.get(address=user.email).purpose == "account"


def test_whoever_is_invited_signs_in_by_a_code(cast: Cast, now: datetime) -> None:
    """The code comes by email; with it the address is proven."""
    user = invite(
        email="wendy@barset.example", given_name="Wendy", role=Role.ORGANISER, area=cast.east, valid_from=TODAY,
        by=cast.admin, now=now,
    )  # fmt: skip
    client = Client()
    client.post("/account/login/code/", {"email": user.email})
    code = re.search(r"\b(\d{6})\b", body_of(user.email))
    assert code
    answer = client.post("/account/login/code/confirm/", {"code": code[1]})
    assert answer.headers["Location"] == "/desk/"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_nobody_learns_who_has_a_login(cast: Cast) -> None:
    """A stranger's address gets the same answer, and no mail."""
    client = Client()
    known = client.post("/account/login/code/", {"email": cast.alice.email})
    unknown = Client().post("/account/login/code/", {"email": "nobody@elsewhere.example"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert not Message.objects.filter(address="nobody@elsewhere.example").exists()


def test_nothing_is_left_of_an_invitation_that_was_refused(cast: Cast, now: datetime) -> None:
    """Neither login nor mail, whatever was wrong."""
    before = User.objects.count()
    for email, role, refusal in (
        (cast.bob.email.upper(), Role.VOLUNTEER, LoginExists),
        ("not an address", Role.VOLUNTEER, NotAnEmailAddress),
        ("new@barset.example", Role.AGENT, Exception),
    ):
        with pytest.raises(refusal):
            invite(
                email=email,
                given_name="Wendy",
                role=role,
                area=cast.east,
                valid_from=TODAY,
                by=cast.alice,
                now=now,
            )
    assert User.objects.count() == before
    assert not Message.objects.exists()


def test_the_first_administrator_comes_in_by_a_link(db: None, now: datetime) -> None:
    """It asks for a password of their own, leads to the second factor, and dies with its use."""
    link = first_administrator_link(now=now)
    assert link
    path = link.removeprefix("http://127.0.0.1:8000")
    client = Client()
    form = {"given_name": "Ada", "family_name": "Arabin", "email": "ada@barset.example"}
    refused = client.post(path, {**form, "password": "short"})
    assert refused.status_code == 422
    assert 'value="Ada"' in refused.content.decode()
    made = client.post(path, {**form, "password": "four words nobody guesses"})
    assert made.headers["Location"] == "/account/2fa/totp/activate/"
    assert Appointment.objects.get().role == Role.ADMINISTRATOR
    assert client.get(path).status_code == 410
    assert first_administrator_link(now=now) is None


def test_an_old_or_damaged_link_is_dead(db: None, now: datetime) -> None:
    """After a week, or with a letter changed."""
    link = first_administrator_link(now=now)
    assert link
    token = link.rstrip("/").rsplit("/", 1)[-1]
    check_first_link(token=token, now=now + timedelta(days=6))
    for broken, at in ((token, now + timedelta(days=8)), (token[:-1], now), ("x", now)):
        with pytest.raises(LinkNoLongerHolds):
            check_first_link(token=broken, now=at)
