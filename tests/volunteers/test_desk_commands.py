"""What the desk does with events, groups, courses and conduct, on the command line."""

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from typer import Typer
from typer.testing import CliRunner

from hustings.basics.clock import clock_set_to
from hustings.volunteers.commands import events, groups, training
from hustings.volunteers.conduct_commands import app as conduct
from hustings.volunteers.course_commands import app as people
from hustings.volunteers.models import Booking, Completion, Event, Group, Volunteer
from hustings.volunteers.queries.conduct import Subject, rules_in_force
from hustings.volunteers.usecases.book_shift import book_shift
from hustings.volunteers.usecases.load_shipped_courses import load_shipped_courses
from hustings.volunteers.usecases.make_report import make_report
from tests.cast import Cast
from tests.conftest import NOW
from tests.volunteers.events import STARTS
from tests.volunteers.pages.test_groups import LINK, OTHER

pytestmark = pytest.mark.usefixtures("cast", "postcodes")
ALICE = ("--by", "alice@barset.example")
CHARLIE = ("--by", "charlie@barset.example")
CANVASS = (
    *(
        "--kind",
        "canvass",
        "--title",
        "Canal Street",
        "--area",
        "E05999001",
        "--starts-at",
        "2026-04-04T10:00",
    ),
    *("--ends-at", "2026-04-04T12:00", "--postcode", "ZZ1 1AA", "--place", "By the footbridge"),
)


def run(app: Typer, *words: object, code: int = 0, told: str = "", typed: str = "") -> str:
    """What a command prints; `told` must stand in what it says on either stream."""
    result = CliRunner().invoke(app, [str(word) for word in words], input=typed)
    assert result.exit_code == code, result.output
    assert told in result.stdout + result.stderr
    return result.stdout


def test_an_event_from_writing_to_who_came(cast: Cast, bob: Volunteer, tmp_path: Path) -> None:
    run(events, "write", "--title", "Canal Street", *ALICE, code=1, told="What kind: This field is required.")
    run(events, "write", *CANVASS, "--paid", *ALICE, code=1, told="Say who is paid, and for what")
    written = json.loads(run(events, "write", *CANVASS, *ALICE, "--json"))
    slug = written["slug"]
    run(events, "write", slug, "--about", "-", "--bring", "Water.", *ALICE, typed="We knock", told="is kept")
    event = Event.objects.get()
    assert (event.about, event.bring, event.area, event.starts_at) == (
        "We knock",
        "Water.",
        cast.east,
        STARTS,
    )
    run(events, "open", slug, *ALICE, code=1, told="Add at least one shift")
    late = ("--ends-at", "2026-04-04T13:00")
    run(events, "shift", slug, "--task", "canvasser", *late, *ALICE, code=1, told="lies within its event")
    made = json.loads(run(events, "shift", slug, "--task", "canvasser", *ALICE, "--json"))
    run(events, "shift", slug, made["shift"], "--capacity", "3", *ALICE, told="room for 3")
    assert json.loads(run(events, "open", slug, *ALICE, "--json"))["state"] == "open"
    book_shift(shift=event.shifts.get(), volunteer=bob, now=NOW)
    (row,) = json.loads(run(events, "bookings", slug, *ALICE, "--json"))
    sheet = tmp_path / "came.csv"
    sheet.write_text(f"booking,came\n{row['booking']},maybe\n")
    run(events, "came", slug, sheet, *ALICE, code=1, told="line 2: give the number of a booking")
    sheet.write_text(f"booking,came\n{row['booking']},yes\n")
    run(events, "came", slug, sheet, *ALICE, code=1, told="The event has not begun")
    with clock_set_to(STARTS + timedelta(hours=1)):
        assert json.loads(run(events, "came", slug, sheet, *ALICE, "--json"))["changed"] == 1
    assert Booking.objects.get().attended is True
    assert json.loads(run(events, "cancel", slug, "--reason", "Snow", *ALICE, "--json"))["told"] == 1
    for words in (
        *(("write", slug), ("shift", slug), ("open", slug), ("cancel", slug), ("bookings", slug)),
        *(("came", slug, sheet),),
    ):
        run(events, *words, *CHARLIE, code=1, told="There is no event")
    run(events, "write", *CANVASS, *CHARLIE, code=1, told="No place that you look after is called")


def test_groups_are_written_and_their_links_never_printed(cast: Cast) -> None:
    words = ("--name", "East", "--kind", "whatsapp", "--area", cast.east.code, "--capacity", "50", *ALICE)
    run(groups, "write", *words, "--link-file", "-", typed="a link", code=1, told="is not a link")
    said = run(groups, "write", *words, "--json")
    slug = json.loads(said)["slug"]
    run(groups, "open", slug, *ALICE, code=1, told="Enter the group's invite link")
    run(
        groups,
        "write",
        slug,
        "--link-file",
        "-",
        "--capacity",
        "1",
        *ALICE,
        typed=LINK,
        code=1,
        told="at least two",
    )
    told = run(groups, "write", slug, "--link-file", "-", *ALICE, typed=LINK)
    assert LINK not in told
    assert (Group.objects.get().link, Group.objects.get().capacity) == (LINK, 50)
    run(groups, "open", slug, *ALICE, told="open")
    run(groups, "overflow", slug, "-", *ALICE, typed="", code=1, told="This field is required.")
    assert json.loads(run(groups, "overflow", slug, "-", *ALICE, "--json", typed=OTHER))["state"] == "spare"
    assert json.loads(run(groups, "close", slug, *ALICE, "--json"))["state"] == "closed"
    for act in (("write", slug), ("open", slug), ("close", slug), ("overflow", slug, "-")):
        run(groups, *act, *CHARLIE, typed=OTHER, code=1, told="There is no group")


def test_a_course_gets_a_picture_and_somebody_is_vouched_for(
    cast: Cast, bob: Volunteer, tmp_path: Path
) -> None:
    load_shipped_courses(now=NOW)
    admin, drawn, text = ("--by", cast.admin.email), tmp_path / "Front door.png", tmp_path / "text.png"
    picture = io.BytesIO()
    Image.new("RGB", (8, 6)).save(picture, "PNG")
    drawn.write_bytes(picture.getvalue())
    text.write_text("no picture")
    alt = ("--alt", "A door with a letter box")
    run(training, "picture", "canvassing", text, *alt, *admin, code=1, told="no PNG, JPEG or WebP")
    kept = json.loads(run(training, "picture", "canvassing", drawn, *alt, *admin, "--json"))
    assert (kept["name"], kept["width"]) == ("front-door", 8)
    run(training, "picture", "canvassing", drawn, *alt, *CHARLIE, code=1)
    (row,) = json.loads(run(people, *ALICE, "--json"))
    assert (row["volunteer"], json.loads(run(people, *CHARLIE, "--json"))) == (bob.pk, [])
    run(training, "completed", "nothing", bob.pk, *ALICE, code=1, told="There is no course")
    run(training, "completed", "canvassing", bob.pk, *CHARLIE, code=1, told="There is no volunteer")
    run(training, "completed", "canvassing", bob.pk, *ALICE, told="Noted.")
    assert Completion.objects.get().course.slug == "canvassing"


def test_reports_are_answered_and_rules_published(cast: Cast) -> None:
    make_report(kind="conduct", details="He shouted", subject=Subject(area_code=cast.east.code), now=NOW)
    (row,) = json.loads(run(conduct, "reports", *ALICE, "--json"))
    number = row["report"]
    run(conduct, "take", number, *CHARLIE, code=1, told="There is no report")
    run(conduct, "answer", number, "-", *CHARLIE, typed="x", code=1, told="There is no report")
    assert json.loads(run(conduct, "take", number, *ALICE, "--json"))["state"] == "taken"
    run(conduct, "answer", number, "-", *ALICE, typed=" ", code=1, told="This field is required.")
    run(conduct, "answer", number, "-", *ALICE, typed="We spoke with him.", told="answered")
    run(conduct, "take", number, *ALICE, code=1, told="in the meantime")
    assert json.loads(run(conduct, "reports", *ALICE, "--json")) == []
    admin = ("--by", cast.admin.email)
    run(conduct, "rules", "-", *admin, typed="Be kind", code=1, told="in at least a sentence or two")
    promise = "I am kind to everybody I meet, and I never write down what I may not."
    made = json.loads(run(conduct, "rules", "-", *admin, "--json", typed=promise))
    rules = rules_in_force()
    assert rules is not None
    assert (rules.version, rules.text) == (made["version"], promise)
    run(conduct, "rules", "-", *CHARLIE, typed=promise, code=1)
