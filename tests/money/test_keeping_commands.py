"""Books, items, returns, reports, flags and proposed rules on the command line: the acts, rights and refusals of the desk."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hustings.money.commands import app
from hustings.money.models import Authority, Campaign, Evidence, Expense, ReportFiled, ReturnStep, SplitFlag
from hustings.money.queries.pending import pending_on
from hustings.money.rules.donation_law import pending_keys
from hustings.money.usecases.find_split_gifts import find_split_gifts
from hustings.money.usecases.finish_return import finish_return
from tests.cast import Cast
from tests.money.campaigns import BY_ELECTION, IN_FEBRUARY, make_books, make_campaign, spend, west_agent
from tests.money.gifts import ADA, NOW, make_gift

pytestmark = pytest.mark.django_db

LEAFLET = (
    *("--what", "Leaflet about the library", "--category", "unsolicited", "--amount", "400"),
    *("--supplier", "Barset Press", "--supplier-address", "2 Mill Lane, Barchester, ZZ1 2BB"),
    *("--ordered-on", "2026-04-01", "--first-use", "2026-04-02", "--last-use", "2026-05-07"),
)


def run(*words: object, code: int = 0, told: str = "", typed: str | None = None) -> str:
    """What a command prints; `told` must stand in what it says on either stream."""
    result = CliRunner().invoke(app, [str(word) for word in words], input=typed)
    assert result.exit_code == code, result.output
    assert told in result.stdout + result.stderr
    return result.stdout


@pytest.fixture
def tess(cast: Cast) -> tuple[str, str]:
    """The treasurer acts."""
    return ("--by", cast.tess.email)


def test_books_are_opened_and_changed_with_a_limit(cast: Cast, tess: tuple[str, str]) -> None:
    """The form's checks hold; the candidate's address comes on standard input; what is left out stays."""
    run("books", "--name", "Septimus Harding", *tess, code=1, told="Polling day: This field is required.")
    words = (
        *(
            "--name",
            "Septimus Harding",
            "--election-type",
            "local",
            "--area",
            cast.east.code,
            "--electoral-area",
        ),
        *("Barset East", "--poll-on", "2026-05-07", "--declared-on", "2026-03-20", "--electors", "7500"),
        *("--agent", cast.agent.email, "--agent-name", "Agnes Lampwright", "--candidate-address-file", "-"),
    )
    opened = json.loads(run("books", *words, *tess, "--json", typed="9 Quiet Close, Barchester\n"))
    assert (opened["poll_on"], opened["limit_pence"]) == ("2026-05-07", {"regulated": 156_000})
    books = Campaign.objects.get(pk=opened["campaign"])
    assert (books.candidate_address, books.agent, books.area) == (
        "9 Quiet Close, Barchester",
        cast.agent,
        cast.east,
    )
    run("books", books.pk, "--electors", "8000", *tess, told="£1,600.00")
    books.refresh_from_db()
    assert (books.name, books.electorate, books.area) == ("Septimus Harding", 8000, cast.east)
    run(
        "enter-limit", books.pk, "--amount", "9", "--source", "A call", *tess, code=1, told="nothing to enter"
    )
    unknown = make_campaign(name="Nobody counted", electorate=None)
    run(
        "enter-limit",
        unknown.pk,
        "--amount",
        "900",
        "--source",
        "The officer's letter",
        *tess,
        told="£900.00",
    )


def test_an_item_from_record_to_cancel(
    cast: Cast, tess: tuple[str, str], now: datetime, tmp_path: Path
) -> None:
    """Recorded, corrected with what is left out kept, receipted, billed, paid under the rules, taken back."""
    books = make_books(by=cast.agent, now=now, area=cast.east)
    run(
        "expense",
        "record",
        books.pk,
        "--what",
        "Leaflet",
        *tess,
        code=1,
        told="Supplier: This field is required.",
    )
    written = json.loads(run("expense", "record", books.pk, *LEAFLET, *tess, "--json"))
    assert (written["full_pence"], written["counts_pence"]) == (40_000, 40_000)
    correct = ("expense", "record", "--replaces", written["item"], "--what", "Two leaflets", *tess)
    run(*correct, code=1, told="Why it is corrected: This field is required.")
    changed = json.loads(run(*correct, "--reason", "Counted again.", "--json"))
    assert (changed["full_pence"], Expense.objects.get(pk=changed["item"]).supplier_name) == (
        40_000,
        "Barset Press",
    )
    number = changed["item"]
    run("expense", "cancel", written["item"], "--reason", "x", *tess, code=1, told=f"stands is {number}")
    bill = tmp_path / "bill.pdf"
    bill.write_bytes(b"%PDF-1.7 bill")
    assert json.loads(run("expense", "attach", number, bill, *tess, "--json"))[0]["name"] == "bill.pdf"
    assert bytes(Evidence.objects.get().content) == b"%PDF-1.7 bill"
    run(
        "expense",
        "settle",
        number,
        "disputed",
        "--on",
        "2026-04-03",
        *tess,
        code=1,
        told="Say what is disputed",
    )
    paid = json.loads(run("expense", "settle", number, "paid", "--on", "2026-04-03", *tess, "--json"))
    assert (paid["amount_pence"], paid["is_late"]) == (40_000, False)
    run("expense", "cancel", number, "--reason", "Never ordered.", *tess, told="is taken back")
    over = (*LEAFLET[:5], "2000", *LEAFLET[6:])
    run("expense", "record", books.pk, *over, *tess, code=1, told="Only the agent may let it pass")
    run("expense", "record", *LEAFLET, *tess, code=2)


def test_an_authority_is_given_and_ended(cast: Cast, tess: tuple[str, str]) -> None:
    """With the form's refusals."""
    books = make_campaign(area=cast.east)
    words = (
        "authority",
        "give",
        books.pk,
        "--name",
        "Ann",
        "--given-on",
        "2026-03-01",
        "--evidence",
        "Folder 2",
    )
    run(*words, "--most", "0", *tess, code=1, told="Enter at least £0.01.")
    given = json.loads(run(*words, "--most", "120", *tess, "--json"))
    run("authority", "end", given["authority"], "--on", "2026-02-01", *tess, code=1, told="lies before")
    ended = json.loads(run("authority", "end", given["authority"], *tess, "--json"))
    assert ended["ended_on"] == "2026-03-30"
    (row,) = json.loads(run("authority", "list", books.pk, *tess, "--json"))
    assert (row["most_pence"], row["ended_on"]) == (12_000, "2026-03-30")


def test_a_return_is_finished_signed_and_delivered(cast: Cast, tess: tuple[str, str], now: datetime) -> None:
    """Only the agent signs, with the vow; delivery comes after it."""
    books = make_books(by=cast.agent, now=now, area=cast.east, **BY_ELECTION)
    spend(books, by=cast.tess, now=now, **IN_FEBRUARY)
    made = json.loads(run("returns", "finish", books.pk, *tess, "--json"))
    assert (made["version"], made["total_pence"]) == (1, 40_000)
    run("returns", "finish", books.pk, *tess, code=1, told="say why there is one")
    step, agent = ("returns", "step", made["return"]), ("--by", cast.agent.email)
    run(*step, "delivered", "--name", "The officer", *tess, code=1, told="sign that first")
    run(*step, "agent-signed", *agent, code=1, told="Give --vow")
    run(*step, "agent-signed", "--vow", *tess, code=1, told="Only the agent signs")
    signed = json.loads(run(*step, "agent-signed", "--vow", *agent, "--json"))
    assert (signed["name"], signed["on"]) == ("Agnes Lampwright", "2026-03-30")
    run(
        *step,
        "delivered",
        "--name",
        "The officer",
        "--note",
        "By hand",
        *tess,
        told="Delivered to the returning",
    )
    assert ReturnStep.objects.filter(note="By hand").exists()


def test_a_report_is_noted_as_filed_once(cast: Cast, tess: tuple[str, str]) -> None:
    """Not before its days are over."""
    party = make_campaign(kind="party", name="Barset Together")
    make_gift(campaign=party, by=cast.tess, pounds=100, received_on=date(2025, 10, 5))
    file = ("reports", "file", party.pk, "quarterly")
    run(*file, "2026-01-01", *tess, code=1, told="are not over")
    run(*file, "2026-01-02", *tess, code=1, told="No quarterly report of these books begins on")
    filed = json.loads(run(*file, "2025-10-01", "--reference", "EC-1", *tess, "--json"))
    assert ReportFiled.objects.get(pk=filed["report"]).reference == "EC-1"
    run(*file, "2025-10-01", *tess, code=1, told="filed already")
    rows = json.loads(run("reports", "list", party.pk, *tess, "--json"))
    assert [row["from"] for row in rows if row["filed_at"]] == ["2025-10-01"]


def test_flags_gifts_and_proposed_rules(cast: Cast, tess: tuple[str, str]) -> None:
    """A conclusion keeps its reason; a gift written by mistake is struck out; a proposed rule is switched with a reason."""
    books = make_campaign(area=cast.east)
    gift = make_gift(campaign=books, by=cast.tess, pounds=45, received_on=date(2026, 4, 3))
    make_gift(campaign=books, by=cast.tess, pounds=45, donor={**ADA, "given_name": "A", "email": ""})
    find_split_gifts(campaign=books, by=cast.tess, now=NOW)
    (row,) = json.loads(run("flags", "list", "--open", *tess, "--json"))
    conclude = ("flags", "conclude", row["flag"])
    run(*conclude, "one_source_fine", "--reason", "Checked.", *tess, code=1, told="Check them first")
    run(*conclude, "not_one_source", "--reason", "Two cousins.", *tess, told="not one source")
    assert SplitFlag.objects.get().verdicts.get().reason == "Two cousins."
    assert json.loads(run("flags", "list", "--open", *tess, "--json")) == []
    run("gifts", "strike-out", gift.pk, "--reason", " ", *tess, code=1, told="Say why")
    struck = json.loads(run("gifts", "strike-out", gift.pk, "--reason", "Twice.", *tess, "--json"))
    assert (struck["replaces"], struck["is_cancelled"]) == (gift.pk, True)
    key = pending_keys()[0]
    assert not any(rule["is_on"] for rule in json.loads(run("proposed", "list", "--json")))
    run("proposed", "switch", "nothing", "on", "--reason", "x", *tess, code=1, told="no such proposed rule")
    run("proposed", "switch", key, "on", "--reason", "The Act commenced.", *tess, told="Switched on.")
    assert pending_on() == (key,)
    run("proposed", "switch", key, "on", "--reason", "x", *tess, code=1, told="on already")


def test_charlie_cannot(cast: Cast, now: datetime) -> None:
    """An organiser keeps no books; the agent of the west finds nothing of the east's, and no rule is his to switch."""
    books = make_books(by=cast.agent, now=now, area=cast.east, **BY_ELECTION)
    item = spend(books, by=cast.tess, now=now, **IN_FEBRUARY)
    made = finish_return(campaign=books, by=cast.agent, now=now)
    gift = make_gift(campaign=books, by=cast.tess)
    reason, letter = (
        ("--reason", "x"),
        ("--name", "Ann", "--most", "1", "--given-on", "2026-03-01", "--evidence", "x"),
    )
    acts: tuple[tuple[tuple[object, ...], str], ...] = (
        (("books", books.pk), "no such books"),
        (("enter-limit", books.pk, "--amount", "9", "--source", "x"), "no such books"),
        (("expense", "record", books.pk, *LEAFLET), "no such books"),
        (("expense", "settle", item.pk, "paid"), "no item"),
        (("expense", "cancel", item.pk, *reason), "no item"),
        (("authority", "give", books.pk, *letter), "no such books"),
        (("returns", "finish", books.pk), "no such books"),
        (("returns", "step", made.pk, "agent-signed", "--vow"), "no finished return"),
        (("reports", "file", books.pk, "quarterly", "2026-01-01"), "no such books"),
        (("gifts", "strike-out", gift.pk, *reason), "no gift"),
        (("flags", "conclude", 1, "return", *reason), "no flag"),
        (("proposed", "switch", pending_keys()[0], "on", *reason), "may not"),
    )
    will = west_agent(cast)
    for words, told in acts:
        run(*words, "--by", cast.charlie.email, code=1, told="may not do this here")
        run(*words, "--by", will.email, code=1, told=told)
    assert (Expense.objects.count(), Authority.objects.count(), pending_on()) == (1, 0, ())
