"""Who is behind the ads, rounds of coding and findings, on the command line."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from typer.testing import CliRunner

from hustings.adwatch.commands import app
from hustings.adwatch.models import Advertiser, CodingRound, Entity, RegisterLink
from hustings.adwatch.usecases.code_entity import code_entity
from hustings.platform.models import ImportRun
from hustings.postroom.models import Message
from tests.adwatch.conftest import REPORT_2023
from tests.adwatch.usecases.test_findings import archive
from tests.cast import Cast, make_user

__all__ = ["archive"]


def run(*words: object, code: int = 0, told: str = "", typed: str = "") -> str:
    """What a command prints; `told` must stand in what it says on either stream."""
    result = CliRunner().invoke(app, [str(word) for word in words], input=typed)
    assert result.exit_code == code, result.output
    assert told in result.stdout + result.stderr
    return result.stdout


def test_a_finding_goes_its_way(archive: Entity, cast: Cast) -> None:
    """Drawn up by one, reviewed by another, put to the campaigner; nothing before its time."""
    ada, agnes = ("--by", cast.admin.email), ("--by", cast.agent.email)
    (row,) = json.loads(run("who", "save our", *agnes, "--json"))
    assert (row["entity"], row["code"], len(row["advertisers"])) == (archive.pk, "campaigner", 1)
    run("findings", "draw-up", archive.pk, "soon", *agnes, code=1, told="Polling day of a general election")
    made = json.loads(run("findings", "draw-up", archive.pk, "2024-07-04", *agnes, "--json"))
    number = made["finding"]
    run("findings", "draw-up", archive.pk, "2024-07-04", *agnes, code=1, told="already")
    step = ("findings", "step", number)
    run(*step, "review", "-", *agnes, typed="Checked.", code=1, told="cannot review")
    run(*step, "review", "-", *ada, typed=" ", code=1, told="This field is required.")
    assert json.loads(run(*step, "review", "-", *ada, "--json", typed="Checked."))["state"] == "reviewed"
    run("findings", "invite", number, "nobody", *ada, code=1, told="Email address of the campaigner")
    sent = json.loads(run("findings", "invite", number, "library@barset.example", *ada, "--json"))
    assert (sent["reply_by"], Message.objects.get().address) == ("2026-04-06", "library@barset.example")
    run(*step, "publication", "-", *ada, typed="Of interest.", code=1, told="has not arrived")
    assert "library" in run("findings", "list", *ada).casefold()
    for words in (
        ("draw-up", archive.pk, "2024-07-04"),
        ("step", number, "drop", "-"),
        ("invite", number, "a@b.example"),
    ):
        run("findings", *words, "--by", cast.charlie.email, typed="x", code=1)


def test_advertisers_move_links_are_rejected_and_rounds_decided(
    write: Any, bring_in: Callable[..., ImportRun], cast: Cast, now: datetime
) -> None:
    """With reasons; a coder does not decide between the two."""
    lines = ["1,Wax Works,Wick Boilers Ltd,41000,9", "2,Tallow,Tallow,9999,4"]
    bring_in(write("FacebookAdLibraryReport_2024-06-30_GB_last_30_days.csv", REPORT_2023, lines))
    ada, third = ("--by", cast.admin.email), make_user(name="Olive", role="administrator")
    advertiser = Advertiser.objects.get(disclaimer="Wick Boilers Ltd")
    run("move", advertiser.pk, "Wick Group", "--reason", " ", *ada, code=1, told="This field is required.")
    moved = json.loads(run("move", advertiser.pk, "Wick Group", "--reason", "Accounts", *ada, "--json"))
    assert Entity.objects.get(pk=moved["entity"]).name == "Wick Group"
    run("move", advertiser.pk, "Wick Group", "--reason", "Accounts", *ada, code=1, told="already")
    link = RegisterLink.objects.create(
        entity_id=moved["entity"], register="companies", number="1", name="Wick", method="name", found_at=now
    )
    run("reject-link", link.pk, "--reason", "Another body", *ada, told="no longer counts")
    run("reject-link", link.pk, "--reason", "Another body", *ada, code=1, told="said so before")
    start = ("code-start", "Two", *ada, "--second-coder")
    run(*start, cast.admin.email, code=1, told="must be two people")
    started = json.loads(run(*start, cast.agent.email, "--number", "5", "--json"))
    one = CodingRound.objects.get(pk=started["round"])
    item = one.items.order_by("place").first()
    assert item is not None
    for coder, code in ((cast.admin, "media"), (cast.agent, "company")):
        code_entity(round=one, entity=item.entity, code=code, note="", coder=coder, now=now)
    decide = ("code-decide", one.pk, item.entity_id, "media", "--reason", "It prints.")
    run(*decide, *ada, code=1, told="third person")
    for act in (
        decide,
        (*start[:2], "--number", "5"),
        ("reject-link", link.pk, "--reason", "x"),
        ("move", advertiser.pk, "A", "--reason", "x"),
    ):
        run(*act, "--by", cast.charlie.email, code=1)
    assert json.loads(run(*decide, "--by", third.email, "--json"))["code"] == "media"
    item.entity.refresh_from_db()
    assert item.entity.code == "media"
