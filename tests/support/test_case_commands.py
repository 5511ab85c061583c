"""Cases, texts to the rota and the settings of call-outs on the command line."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hustings.accounts.models import Organisation
from hustings.basics.clock import clock_set_to
from hustings.platform.models import AuditEntry
from hustings.support.case_commands import app
from hustings.support.commands import app as support
from hustings.support.models import Case, CaseView
from hustings.support.queries import call_out_settings
from hustings.support.usecases.activate_place import activate_place
from tests.cast import Cast, make_user
from tests.support.cover import make_venue, make_volunteer

pytestmark = pytest.mark.django_db
ALICE = ("--by", "alice@barset.example")
FAY = {"called_name": "Fay", "needs": "Insulin at six", "next_step": "Ring her"}


def run(*words: object, code: int = 0, told: str = "", typed: str = "", of: object = app) -> str:
    """What a command prints; `told` must stand in what it says on either stream."""
    result = CliRunner().invoke(of, [str(word) for word in words], input=typed)  # type: ignore[arg-type]
    assert result.exit_code == code, result.output
    assert told in result.stdout + result.stderr
    return result.stdout


def opened(**more: str) -> int:
    """The number of a case of Alice's, its texts read from standard input."""
    words = ("open", "-", "--kind", "stranded", "--basis", "consent", *ALICE, "--json")
    return int(json.loads(run(*words, typed=json.dumps({**FAY, **more})))["case"])


def test_a_case_from_opening_to_deletion(cast: Cast, now: datetime, tmp_path: Path) -> None:
    wrong = ("open", "-", "--kind", "stranded", "--basis", "consent", *ALICE)
    run(*wrong, typed="{", code=1, told="is not JSON")
    run(*wrong, typed='{"crime": "x"}', code=1, told="any of these names: called_name")
    run(
        *wrong,
        typed=json.dumps({"called_name": "Fay"}),
        code=1,
        told="What is done next?: This field is required.",
    )
    number = opened()
    case = Case.objects.get(pk=number)
    assert (case.needs, case.next_step_due_at, case.delete_on) == (
        "Insulin at six",
        now + timedelta(minutes=15),
        date(2026, 4, 29),
    )
    run(
        "note",
        number,
        "-",
        *ALICE,
        typed="He was charged with theft",
        code=1,
        told="never write what anybody",
    )
    run("note", number, "-", *ALICE, typed="She is in the station", told="The note is kept.")
    step = tmp_path / "step.txt"
    step.write_text("Fetch her")
    run("step", number, step, "--within", "7", *ALICE, code=1, told="By when?: Select a valid choice.")
    run(
        "step",
        number,
        step,
        "--done",
        "-",
        "--within",
        "60",
        *ALICE,
        typed="She answered",
        told="The clock is set",
    )
    officer = make_user(name="Olive", role="organiser", area=cast.east)
    run("team", number, "nobody@barset.example", *ALICE, code=1, told="can be given to")
    run("team", number, officer.email, *ALICE, told="is on the team")
    shown = json.loads(run("show", number, *ALICE, "--json"))
    assert (shown["called_name"], shown["next_step"], len(shown["team"])) == ("Fay", "Fetch her", 2)
    assert any("She answered" in note["text"] for note in shown["notes"])
    due = shown["follow_ups"][0]["follow_up"]
    run("follow-up", number, due, "-", *ALICE, typed="Well", told="It is kept.")
    run("follow-up", number, due, "-", *ALICE, typed="Well", code=1, told="done already")
    run("close", number, "-", *ALICE, typed="Home", told="Closed.")
    run("keep", number, "2027-01-01", "-", *ALICE, typed="A complaint", code=1)
    run("keep", number, "2026-05-20", "-", *ALICE, typed="A complaint", told="is deleted on 2026-05-20")
    run("leave", number, "--by", officer.email, told="You have left the team")
    run("delete", number, *ALICE, code=1, told="Give --yes")
    assert json.loads(run("delete", number, "--yes", *ALICE, "--json"))["deleted"] is True
    assert (Case.objects.count(), json.loads(run("list", *ALICE, "--json"))) == (0, [])


def test_a_bed_is_asked_for_and_none_is_near(cast: Cast) -> None:
    Organisation.objects.update(phone="01632 960001")
    number = opened()
    run("bed", number, "--nights", "99", *ALICE, code=1, told="For how many nights?")
    run("bed", number, *ALICE, code=1, told="Give a postcode near which the bed should be")
    Case.objects.update(venue=make_venue(area=cast.east))
    assert json.loads(run("bed", number, *ALICE, "--json", code=1, told="Look for another way")) == {
        "case": number,
        "asked": 0,
    }


def test_an_officer_takes_over_what_nobody_looks_after(cast: Cast, now: datetime) -> None:
    number = opened()
    Case.objects.update(area=cast.east)
    agent = ("--by", cast.agent.email)
    run("take-over", number, "-", *agent, typed="Nobody answers", code=1, told="none that you may take over")
    with clock_set_to(now + timedelta(minutes=80)):
        (row,) = json.loads(run("list", "--left-alone", *agent, "--json"))
        assert (row["case"], "called_name" in row) == (number, False)
        run("take-over", number, "-", *agent, typed="Nobody answers", told="You are on the team now")
        run("take-over", number, "-", *ALICE, typed="Mine", code=1, told="may not do this here")


def test_charlie_cannot_and_his_try_is_written_down(cast: Cast) -> None:
    number, charlie = opened(), ("--by", cast.charlie.email)
    for words in (
        *(("show", number), ("note", number, "-"), ("step", number, "-"), ("follow-up", number, 1, "-")),
        *(("team", number, cast.charlie.email), ("leave", number), ("bed", number), ("close", number, "-")),
        *(("keep", number, "2026-05-20", "-"), ("delete", number, "--yes")),
    ):
        run(*words, *charlie, typed="x", code=1, told="on whose team you are")
    assert CaseView.objects.filter(user=cast.charlie, was_let_in=False).count() == 10
    run("list", "--by", cast.bob.email, code=1, told="may not do this here")
    assert json.loads(run("list", *charlie, "--json")) == []


def test_the_rota_is_written_to_once_it_was_counted(cast: Cast, now: datetime) -> None:
    period = activate_place(
        venue=make_venue(area=cast.east), reason="Friends wait", minimum=1, by=None, now=now
    )
    make_volunteer(1, area=cast.east)
    words = ("text", period.pk, "-", *ALICE)
    run(*words, of=support, typed=" ", code=1, told="This field is required.")
    said = json.loads(run(*words, "--json", of=support, typed="Use the side door"))
    assert (said["sent"], said["parts"]) == (0, 1)
    run(*words, of=support, typed="Use the side door", told="Nothing is sent yet")
    run(*words, "--send", of=support, typed="Use the side door", told="0 messages go out.")
    assert AuditEntry.objects.filter(verb="wrote to the rota").exists()
    charlie = ("text", period.pk, "-", "--by", cast.charlie.email)
    run(*charlie, of=support, typed="x", code=1, told="There is no cover")


def test_call_outs_are_set_for_the_whole_organisation(cast: Cast) -> None:
    run("settings", "--asks-a-place", "4", *ALICE, of=support, code=1, told="set for the whole organisation")
    admin = ("settings", "--by", cast.admin.email)
    before = call_out_settings()
    run(*admin, "--ring", "far", of=support, code=1, told="is not a ring")
    run(*admin, "--ring", "9 10", "--ring", "5 10", of=support, code=1)
    said = json.loads(
        run(*admin, "--ring", "5 10", "--ring", "12 20", "--asks-a-place", "4", "--json", of=support)
    )
    assert said["rings"] == [{"km": 5.0, "minutes": 10}, {"km": 12.0, "minutes": 20}]
    kept = call_out_settings()
    assert (kept.asks_a_place, kept.shift_minutes) == (4, before.shift_minutes)
