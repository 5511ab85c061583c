"""From books to a finished, signed and delivered return, and its papers."""

import io
import json
import zipfile
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from openpyxl import load_workbook
from pypdf import PdfReader

from hustings.accounts.access import NotAllowed
from hustings.money.documents.papers import paper
from hustings.money.documents.receipts import receipt_bundle
from hustings.money.models import Campaign, DocumentKind, Donor, Gift, GiftDecision, ReturnStepKind
from hustings.money.queries import public_return, public_returns
from hustings.money.queries.books import headroom_of
from hustings.money.queries.open_tasks import is_paid_late
from hustings.money.queries.return_facts import deadlines_of, draft_content, missing_of, receipt_from
from hustings.money.rules.return_content import FORMS, fingerprint
from hustings.money.usecases.add_evidence import add_evidence
from hustings.money.usecases.finish_return import CannotFinish, finish_return
from hustings.money.usecases.record_expense import Sharing, record_expense
from hustings.money.usecases.settle_claim import settle_claim
from hustings.money.usecases.take_return_step import StepNotPossible, take_return_step
from hustings.platform.kept import NeverChanged
from tests.cast import Cast
from tests.money.campaigns import (
    BY_ELECTION,
    IN_FEBRUARY,
    facts,
    make_books,
    make_campaign,
    spend,
    west_agent,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(cast: Cast, now: datetime) -> Campaign:
    """A by-election that is over."""
    return make_books(by=cast.agent, now=now, area=cast.east, **BY_ELECTION)


@pytest.fixture
def filled(cast: Cast, books: Campaign, now: datetime) -> Campaign:
    """With a paid leaflet and its receipt, a split website, a lent hall, a disputed bill, a private supplier and a camera."""
    leaflet = spend(books, by=cast.tess, now=now, **IN_FEBRUARY)
    settle_claim(
        expense=leaflet, kind="invoiced", on=date(2026, 2, 6), amount_pence=40_000, by=cast.tess, now=now
    )
    settle_claim(
        expense=leaflet, kind="paid", on=date(2026, 2, 20), amount_pence=40_000, by=cast.tess, now=now
    )
    add_evidence(expense=leaflet, name="invoice.pdf", content=b"%PDF-1.7 press", by=cast.tess, now=now)
    spend(
        books,
        by=cast.tess,
        now=now,
        category="advertising",
        what="Website",
        amount_pence=90_001,
        committed_on=date(2025, 12, 1),
        first_use_on=date(2026, 1, 1),
        last_use_on=date(2026, 2, 26),
        time_note="Visits were even over the weeks.",
    )
    spend(
        books, by=cast.tess, now=now, kind="notional", category="meetings", what="Hall", amount_pence=0,
        value_pence=12_000, **IN_FEBRUARY,
    )  # fmt: skip
    van = spend(
        books, by=cast.tess, now=now, category="transport", what="Van", amount_pence=10_000,
        supplier_name="Tom Towers", supplier_address="1 Private Lane", is_supplier_private=True, **IN_FEBRUARY,
    )  # fmt: skip
    settle_claim(
        expense=van, kind="disputed", on=date(2026, 2, 20), amount_pence=4_000, note="One day less",
        by=cast.tess, now=now,
    )  # fmt: skip
    spend(books, by=cast.tess, now=now, what="Door camera", excluded_for="security", **IN_FEBRUARY)
    spend(books, by=cast.tess, now=now, category="personal", what="Train", amount_pence=5_000, **IN_FEBRUARY)
    return books


def test_columns_add_up_line_by_line_and_in_sum(filled: Campaign) -> None:
    """Stated is money and notional; money is paid, unpaid and disputed; categories and periods make the total."""
    content = draft_content(campaign=filled)
    totals = content["totals"]
    web = next(line for line in content["lines"] if line["what"] == "Website")
    assert web["stated_pence"] == 45_790  # 29 of 57 days of £900.01
    assert (web["full_pence"], "29 of them" in web["said"]) == (90_001, True)
    assert totals["stated_pence"] == 40_000 + 45_790 + 12_000 + 10_000
    assert totals["by_category"]["transport"] == 10_000
    assert (totals["disputed_pence"], totals["notional_pence"]) == (4_000, 12_000)
    assert totals["personal_pence"] == 5_000
    assert [row["what"] for row in content["excluded"]] == ["Door camera"]
    assert [line["number"] for line in content["lines"]] == [1, 2, 3, 4]


def test_a_return_is_frozen_with_its_papers(cast: Cast, filled: Campaign, now: datetime) -> None:
    """What is stored is what is fingerprinted; later entries change nothing of it."""
    made = finish_return(campaign=filled, by=cast.agent, now=now)
    assert fingerprint(text=made.content) == made.sha256
    spend(filled, by=cast.tess, now=now, **IN_FEBRUARY)
    made.refresh_from_db()
    assert made.total_pence == 107_790
    with pytest.raises(NeverChanged):
        made.save()
    with pytest.raises(CannotFinish, match="say why"):
        finish_return(campaign=filled, by=cast.agent, now=now)
    second = finish_return(
        campaign=filled, by=cast.agent, now=now, correction_reason="A leaflet was left out."
    )
    assert (second.version, second.total_pence) == (2, 147_790)
    assert {paper.kind for paper in second.documents.all()} == set(DocumentKind.values)


def test_the_pdf_says_what_the_return_says(cast: Cast, filled: Campaign, now: datetime) -> None:
    """Names, sums, splits and doubts; the inspection copy keeps private addresses back."""
    made = finish_return(campaign=filled, by=cast.agent, now=now)
    text = {
        paper.kind: " ".join(
            " ".join(
                page.extract_text() for page in PdfReader(io.BytesIO(bytes(paper.content))).pages
            ).split()
        )
        for paper in made.documents.filter(media_type="application/pdf")
    }
    for words in ("Septimus Harding", "£1,077.90", "Visits were even", "uncertain"):
        assert words in text["return"], words
    assert "1 Private Lane" in text["return"]
    assert "1 Private Lane" not in text["inspection"]
    assert "9 Quiet Close" not in text["inspection"]
    assert "withheld from this copy" in text["inspection"]
    assert "I, Agnes Lampwright, declare" in text["agent-declaration"]
    assert "I, Septimus Harding, declare" in text["candidate-declaration"]


def declarations(campaign: Campaign) -> dict[str, str]:
    """The words of a campaign's declarations, as drafts."""
    return {
        kind: " ".join(
            " ".join(
                page.extract_text()
                for page in PdfReader(
                    io.BytesIO(paper(content=draft_content(campaign=campaign), kind=kind, sha256=""))
                ).pages
            ).split()
        )
        for kind in (DocumentKind.AGENT, DocumentKind.CANDIDATE)
    }


_RESULT = {"result_on": date(2026, 5, 8), "agent_address": "4 Lamplighter Row, Barchester, ZZ1 1AA"}


@pytest.mark.parametrize(
    ("election", "officer", "agent_by", "candidate_by"),
    [
        ("parl", "the (acting) returning officer", "12 June 2026", "23 June 2026"),
        ("parl-by-election", "the (acting) returning officer", "12 June 2026", "23 June 2026"),
        ("local", "the returning officer", "12 June 2026", "23 June 2026"),
        ("mayor-local", "the returning officer", "12 June 2026", "23 June 2026"),
        ("gla-constituency", "the constituency returning officer", "12 June 2026", "23 June 2026"),
        ("gla-list", "the Greater London returning officer", "17 July 2026", "28 July 2026"),
        ("mayor-london", "the Greater London returning officer", "17 July 2026", "28 July 2026"),
        ("mayor-combined", "the combined authority returning officer", "17 July 2026", "28 July 2026"),
        ("pcc", "the police area returning officer", "17 July 2026", "28 July 2026"),
    ],
)
def test_declarations_of_every_election(
    election: str, officer: str, agent_by: str, candidate_by: str
) -> None:
    """Rules 2.6: who declares what, to whom, by when; seven working days later the candidate, fourteen days when abroad."""
    found = declarations(make_campaign(election_type=election, seat_kind="county", **_RESULT))
    agent, candidate = found[DocumentKind.AGENT], found[DocumentKind.CANDIDATE]
    for words in (
        "by the election agent",
        "I am the election agent of Septimus Harding",
        "complete and correct return as required by law",
        "personal expenses of £0.00",
        "relevant gifts of £0.00",
        "it is a nil return",
        "in dispute",
        f"It goes to {officer}, together with the return: by {agent_by}",
    ):
        assert words in agent, words
    for words in (
        "I am the candidate named above",
        "gave my agent a written statement",
        "knowingly making this declaration falsely is an offence",
        "within seven working days after the return was delivered",
        "within fourteen days after coming back to the United Kingdom",
        f": by {candidate_by}",
    ):
        assert words in candidate, words


def test_declarations_of_a_parish_candidate_who_is_their_own_agent() -> None:
    """Both go with the return within 28 days of the poll; gifts are no part of it."""
    found = declarations(
        make_campaign(election_type="parish", **{**_RESULT, "agent_name": "Septimus Harding"})
    )
    assert "candidate named above and my own election agent" in found[DocumentKind.AGENT]
    assert "relevant gifts" not in found[DocumentKind.AGENT]
    assert "together with the return: by 4 June 2026" in found[DocumentKind.AGENT]
    assert "together with the return: by 4 June 2026" in found[DocumentKind.CANDIDATE]


@pytest.mark.parametrize(
    ("kind", "role", "expenses"),
    [
        ("party", "treasurer, who is responsible for the campaign spending", "campaign expenditure"),
        ("non-party", "responsible person", "controlled expenditure"),
    ],
)
def test_a_party_or_campaigner_declares_by_one_person_to_the_commission(
    cast: Cast, now: datetime, kind: str, role: str, expenses: str
) -> None:
    """No candidate declares; nothing asks for that signature; the paper is not made."""
    books = make_campaign(
        kind=kind, name="Barset Together", election_type="parl", area=cast.east, seats_contested=1,
        **{**_RESULT, "poll_on": date(2026, 3, 5), "regulated_from": date(2025, 3, 6), "regulated_until": date(2026, 3, 6)},
    )  # fmt: skip
    text = declarations(books)[DocumentKind.AGENT]
    for words in (
        f"Declaration as to {expenses}",
        f"by the {role}",
        f"I am the {role} of Barset Together",
        "It goes to the Electoral Commission, together with the return",
    ):
        assert words in text, words
    assert "personal expenses" not in text
    made = finish_return(campaign=books, by=cast.agent, now=now)
    assert DocumentKind.CANDIDATE not in {one.kind for one in made.documents.all()}
    assert "candidate-signature" not in {one.key for one in missing_of(campaign=books, on=now.date())}
    take_return_step(of=made, kind="agent-signed", name="A", on=now.date(), by=cast.agent, now=now)
    with pytest.raises(StepNotPossible, match="no candidate who declares"):
        take_return_step(of=made, kind="candidate-signed", name="A", on=now.date(), by=cast.agent, now=now)


def test_the_spreadsheet_s_sums_are_its_lines(cast: Cast, filled: Campaign, now: datetime) -> None:
    """Formulas over the lines, which a spreadsheet works out; here they are worked out by hand."""
    made = finish_return(campaign=filled, by=cast.agent, now=now)
    paper = made.documents.get(kind=DocumentKind.SPREADSHEET)
    book = load_workbook(io.BytesIO(bytes(paper.content)))
    rows = list(book["Items"].iter_rows(min_row=2, values_only=True))
    lines, total = rows[:-1], rows[-1]
    assert total[8] == "=SUM(I2:I5)"
    assert round(sum(float(str(row[8])) for row in lines), 2) == 1077.90
    for row in lines:
        assert round(sum(float(str(cell)) for cell in row[9:13]), 2) == row[8]


def test_receipts_are_numbered_and_bundled(filled: Campaign) -> None:
    """By the line's number, with a list."""
    content = draft_content(campaign=filled)
    bundle = zipfile.ZipFile(io.BytesIO(receipt_bundle(content=content)))
    line = next(line for line in content["lines"] if line["what"].startswith("Leaflet"))
    name = f"{line['number']}-1 Barset Press.pdf"
    assert sorted(bundle.namelist()) == sorted([name, "receipts.csv"])
    assert bundle.read(name) == b"%PDF-1.7 press"
    assert name in bundle.read("receipts.csv").decode()
    assert receipt_bundle(content=content) == receipt_bundle(content=content)


@pytest.mark.parametrize("election", [key for key in FORMS if key not in {"party", "non-party"}])
def test_a_nil_return_for_each_kind_of_election(cast: Cast, now: datetime, election: str) -> None:
    """It is still required, and says so."""
    books = make_books(
        by=cast.agent, now=now, area=cast.east, **{**BY_ELECTION, "election_type": election, "seat_kind": "county"}
    )  # fmt: skip
    made = finish_return(campaign=books, by=cast.agent, now=now)
    content = json.loads(made.content)
    assert content["is_nil"]
    assert content["head"]["title"] == FORMS[election].title
    pdf = PdfReader(io.BytesIO(bytes(made.documents.get(kind=DocumentKind.RETURN).content)))
    assert "Nil return" in pdf.pages[0].extract_text()


@pytest.mark.parametrize("kind", ["party", "non-party"])
def test_parties_and_campaigners_have_papers_too(cast: Cast, now: datetime, kind: str) -> None:
    """They go to the Commission."""
    books = make_books(
        by=cast.agent, now=now, area=cast.east,
        **{**BY_ELECTION, "kind": kind, "election_type": "parl", "seats_contested": 3},
    )  # fmt: skip
    made = finish_return(campaign=books, by=cast.agent, now=now)
    assert json.loads(made.content)["head"]["officer"] == "the Electoral Commission"
    assert [str(due.task) for due in deadlines_of(campaign=books)] == (
        ["party-return"] if kind == "party" else []
    )


def test_what_is_missing_is_listed_until_nothing_is(cast: Cast, books: Campaign, now: datetime) -> None:
    """From the invoice to the candidate's signature."""

    def keys() -> set[str]:
        return {one.key for one in missing_of(campaign=books, on=date(2026, 3, 30))}

    assert keys() == {"finish", "agent-signature", "delivery", "candidate-signature"}
    plan = {"supplier_address": "", "committed_on": None, "first_use_on": None, "last_use_on": None}
    item = spend(books, by=cast.tess, now=now, **plan)
    assert {"planned", "address"} < keys()
    item = record_expense(
        facts=facts(**IN_FEBRUARY), sharing=Sharing(campaigns=[books]), by=cast.tess, now=now,
        has_seen_warning=True, replaces=item, correction_reason="It was ordered.",
    )  # fmt: skip
    assert {"invoice", "receipt", "unpaid"} < keys()
    settle_claim(expense=item, kind="invoiced", on=date(2026, 2, 9), amount_pence=40_000, by=cast.tess, now=now)  # fmt: skip
    settle_claim(expense=item, kind="paid", on=date(2026, 2, 9), amount_pence=40_000, by=cast.tess, now=now)
    add_evidence(expense=item, name="a.pdf", content=b"%PDF-", by=cast.tess, now=now)
    made = finish_return(campaign=books, by=cast.agent, now=now)
    today = now.date()
    for kind in (ReturnStepKind.AGENT_SIGNED, ReturnStepKind.DELIVERED, ReturnStepKind.CANDIDATE_SIGNED):
        assert keys()
        take_return_step(of=made, kind=kind, name="Agnes Lampwright", on=today, by=cast.agent, now=now)
    assert keys() == set()


def test_who_may_sign_and_when(cast: Cast, books: Campaign, now: datetime) -> None:
    """The agent alone, the newest version, no day ahead, nothing delivered unsigned."""
    made = finish_return(campaign=books, by=cast.tess, now=now)
    step = {"of": made, "name": "Agnes Lampwright", "on": now.date(), "now": now}
    with pytest.raises(NotAllowed):
        take_return_step(kind="agent-signed", by=cast.tess, **step)  # type: ignore[arg-type]
    with pytest.raises(StepNotPossible, match="sign that first"):
        take_return_step(kind="delivered", by=cast.tess, **step)  # type: ignore[arg-type]
    with pytest.raises(StepNotPossible, match="lies ahead"):
        take_return_step(
            kind="agent-signed",
            by=cast.agent,
            **{**step, "on": now.date() + timedelta(days=1)},  # type: ignore[arg-type]
        )
    take_return_step(kind="agent-signed", by=cast.agent, **step)  # type: ignore[arg-type]
    with pytest.raises(StepNotPossible, match="already"), transaction.atomic():
        take_return_step(kind="agent-signed", by=cast.agent, **step)  # type: ignore[arg-type]
    finish_return(campaign=books, by=cast.tess, now=now, correction_reason="A slip")
    with pytest.raises(StepNotPossible, match="newer version"):
        take_return_step(kind="candidate-signed", by=cast.agent, **step)  # type: ignore[arg-type]


def test_it_cannot_be_finished_before_the_poll_nor_by_others(cast: Cast, now: datetime) -> None:
    """Nor without the agent's address."""
    books = make_books(by=cast.agent, now=now, area=cast.east)
    with pytest.raises(CannotFinish, match="poll is not over"):
        finish_return(campaign=books, by=cast.agent, now=now)
    over = make_books(by=cast.agent, now=now, area=cast.east, **{**BY_ELECTION, "agent_address": ""})
    with pytest.raises(CannotFinish, match="name and address"):
        finish_return(campaign=over, by=cast.agent, now=now)
    with pytest.raises(NotAllowed):
        finish_return(campaign=over, by=west_agent(cast), now=now)


def test_the_public_version_holds_no_private_address(cast: Cast, filled: Campaign, now: datetime) -> None:
    """Nor the name of a private supplier; the newest version is the one shown."""
    first = finish_return(campaign=filled, by=cast.agent, now=now)
    finish_return(campaign=filled, by=cast.agent, now=now, correction_reason="A slip")
    assert not public_return(return_id=first.pk).is_newest
    (shown,) = public_returns()
    assert (shown.version, shown.is_newest, shown.area_code) == (2, True, cast.east.code)
    text = json.dumps(shown.content)
    for private in ("Private Lane", "Tom Towers", "Quiet Close", "invoice.pdf"):
        assert private not in text
    assert "Barset Press" in text


def test_accepted_gifts_above_the_floor_are_in_the_return(cast: Cast, books: Campaign, now: datetime) -> None:
    """Not those of £50 or less, nor those given back; what nobody decided is missing; a person's address is private."""
    donor = Donor.objects.create(
        campaign=books, kind="individual", given_name="Mary", family_name="Thorne", address="3 Doctor's Row",
        postcode="ZZ1 4DD", made_at=now,
    )  # fmt: skip

    def give(pence: int, act: str | None) -> None:
        gift = Gift.objects.create(
            campaign=books, donor=donor, amount_pence=pence, received_on=date(2026, 2, 3), route="bank",
            evidence="statement", made_at=now,
        )  # fmt: skip
        if act:
            GiftDecision.objects.create(
                gift=gift, act=act, reason="Checked.", done_on=date(2026, 2, 10), at=now
            )

    give(50_000, "accepted")
    give(5_000, "accepted")
    give(60_000, "returned_donor")
    give(70_000, None)
    content = draft_content(campaign=books)
    assert [one["amount_pence"] for one in content["donations"]] == [50_000]
    assert content["donations"][0]["accepted_on"] == "2026-02-10"
    assert content["totals"]["donations_pence"] == 50_000
    assert "gifts" in {one.key for one in missing_of(campaign=books, on=date(2026, 3, 30))}
    made = finish_return(campaign=books, by=cast.agent, now=now)
    shown = json.dumps(public_return(return_id=made.pk).content)
    assert "Mary Thorne" in shown
    assert "Doctor's Row" not in shown


def test_a_lent_hall_is_missing_until_it_is_entered_as_a_gift(
    cast: Cast, books: Campaign, now: datetime
) -> None:
    """Notional spending above the floor is a donation as well."""
    spend(
        books, by=cast.tess, now=now, kind="notional", category="meetings", what="Hall", amount_pence=0,
        value_pence=12_000, **IN_FEBRUARY,
    )  # fmt: skip
    keys = {one.key for one in missing_of(campaign=books, on=date(2026, 3, 30))}
    assert "notional-gift" in keys
    Gift.objects.create(
        campaign=books, amount_pence=12_000, received_on=date(2026, 2, 5), route="in_kind", evidence="letter",
        what="Hall", made_at=now,
    )  # fmt: skip
    keys = {one.key for one in missing_of(campaign=books, on=date(2026, 3, 30))}
    assert "notional-gift" not in keys
    assert "gifts" in keys


def test_a_late_payment_is_told(cast: Cast, books: Campaign, now: datetime) -> None:
    """Result on 27 February: invoices are paid by 27 March."""
    item = spend(books, by=cast.tess, now=now, **IN_FEBRUARY)
    assert not is_paid_late(expense=item, on=date(2026, 3, 27))
    assert is_paid_late(expense=item, on=date(2026, 3, 28))


def test_a_long_and_a_short_campaign_have_a_limit_each(cast: Cast, now: datetime) -> None:
    """An item used in both is split by days; the return states both periods, and they add up."""
    books = make_books(
        by=cast.agent, now=now, area=cast.east, election_type="parl", seat_kind="county", electorate=70_000,
        long_from=date(2029, 2, 10), regulated_from=date(2029, 4, 1), regulated_until=date(2029, 5, 4),
        poll_on=date(2029, 5, 3), parliament_month=57,
    )  # fmt: skip
    spend(
        books, by=cast.tess, now=now, amount_pence=83_000, committed_on=date(2029, 2, 1),
        first_use_on=date(2029, 2, 10), last_use_on=date(2029, 5, 3), time_note="Even.",
    )  # fmt: skip
    long, short = headroom_of(campaign=books)
    assert (long.period, long.limit_pence) == ("long", (4_022_000 + 12 * 70_000) * 70 // 100)
    assert (short.period, short.limit_pence) == ("regulated", 1_139_000 + 12 * 70_000)
    assert (long.committed_pence, short.committed_pence) == (50_000, 33_000)
    content = draft_content(campaign=books)
    assert content["totals"]["by_period"] == {"long": 50_000, "regulated": 33_000}
    assert content["totals"]["stated_pence"] == 83_000


@pytest.mark.parametrize(
    ("kind", "election_type", "pence"),
    [("candidate", "local", 2_000), ("candidate", "parish", 1_000), ("non-party", "parl", 20_001)],
)
def test_from_which_payment_on_a_receipt_goes_with_the_return(
    db: None, kind: str, election_type: str, pence: int
) -> None:
    """£20 for candidates, £10 in parishes (older guidance), more than £200 for non-party campaigners."""
    assert receipt_from(campaign=make_campaign(kind=kind, election_type=election_type)) == pence
