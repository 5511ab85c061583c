"""Logins on the command line."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from hustings.accounts.commands import app
from hustings.accounts.models import User
from hustings.accounts.organisation_commands import app as organisation_app
from tests.cast import Cast


def run(*words: str) -> Any:
    """What the command answers."""
    return CliRunner().invoke(app, list(words))


def test_add_appoint_and_list(cast: Cast) -> None:
    """A login with a place, a further appointment, and both in the list."""
    made = run(
        "add",
        "wendy@barset.example",
        "--name",
        "Wendy Walker",
        "--role",
        "volunteer",
        "--place",
        "E05999001",
        "--json",
    )
    assert made.exit_code == 0
    report = json.loads(made.stdout)
    assert (report["email"], report["name"]) == ("wendy@barset.example", "Wendy Walker")
    assert report["appointments"][0]["place"] == "E05999001"
    assert (
        run(
            "appoint", "wendy@barset.example", "organiser", "--place", "E05999002", "--from", "2026-04-01"
        ).exit_code
        == 0
    )
    listed = {row["email"]: row for row in json.loads(run("list", "--json").stdout)}
    assert [one["role"] for one in listed["wendy@barset.example"]["appointments"]] == [
        "volunteer",
        "organiser",
    ]
    assert "second factor" in run("list").stdout


def test_end_and_close(cast: Cast) -> None:
    """An appointment ends on a day; a login closes."""
    number = str(cast.bob.appointments.get().pk)
    assert run("end", number, "--on", "2026-04-01").exit_code == 0
    assert str(cast.bob.appointments.get().valid_until) == "2026-04-01"
    assert run("close", cast.bob.email).exit_code == 0
    assert not User.objects.get(pk=cast.bob.pk).is_active


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "bob@barset.example", "--name", "Bob", "--role", "volunteer"), "has a login already"),
        (
            ("add", "x@barset.example", "--name", "X", "--role", "agent", "--place", "E99"),
            "No place has the code E99",
        ),
        (("appoint", "nobody@barset.example", "agent"), "No login has the address"),
        (("end", "999999"), "There is no appointment 999999"),
        (("close", "ada@barset.example"), "Appoint another administrator first"),
    ],
)
def test_what_is_refused_is_said(words: tuple[str, ...], sentence: str, cast: Cast) -> None:
    """On standard error, with exit code 1."""
    answer = run(*words)
    assert answer.exit_code == 1
    assert sentence in answer.stderr


def test_whoever_looks_after_a_login_invites_again_and_an_administrator_opens(cast: Cast) -> None:
    """Charlie looks after another patch; Alice may invite Bob again, and not open what was closed."""
    bob, alice = "bob@barset.example", ("--by", "alice@barset.example", "--json")
    refused = run("invite", bob, "--by", "charlie@barset.example", "--json")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "No login bob@barset.example belongs" in refused.stderr
    assert json.loads(run("invite", bob, *alice).stdout)["email"] == bob
    assert run("close", bob).exit_code == 0
    assert "Only an administrator" in run("open", bob, *alice).stderr
    assert json.loads(run("open", bob, "--by", "ada@barset.example", "--json").stdout)["is_open"]
    assert User.objects.get(email=bob).is_active


def test_the_organisation_is_described(cast: Cast) -> None:
    """What is left out stays; a fault is said; nobody but who sets up may."""

    def organisation(*words: str, said: str = "") -> Any:
        return CliRunner().invoke(organisation_app, [*words, "--json"], input=said)

    ada = ("--by", "ada@barset.example")
    refused = organisation("describe", "--name", "Mine", "--by", "charlie@barset.example")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "Your colour: " in organisation("describe", "--colour", "#ffffcc", *ada).stderr
    told = json.loads(
        organisation(
            *("describe", "--name", "Barset Forward", "--address", "-", "--postcode", "zz12bb", *ada),
            said="2 Low Street\nBarchester",
        ).stdout
    )
    assert (told["name"], told["address"]) == ("Barset Forward", "2 Low Street\nBarchester\nZZ1 2BB")
    assert told["email"] == "office@barset.example"
    assert json.loads(organisation("show").stdout) == told
