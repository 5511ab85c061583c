"""The books of the demo: a by-election that is over and returned, and a ward of a council election where two campaign jointly."""

import io
import json
from datetime import date, datetime, timedelta
from typing import Any

import typst
from openpyxl import load_workbook

from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.elections.rules.timetable import working_days
from hustings.money.models import Campaign, DocumentKind, Expense, Nation, Return, ReturnStepKind, SeatKind
from hustings.money.queries import public_return
from hustings.money.queries.books import headroom_of, items_of, joint_of, newest_limits
from hustings.money.queries.return_facts import missing_of
from hustings.money.rules.regulated import regulated_period
from hustings.money.rules.return_content import fingerprint
from hustings.money.usecases.add_evidence import add_evidence
from hustings.money.usecases.finish_return import finish_return
from hustings.money.usecases.open_books import open_books
from hustings.money.usecases.record_expense import ExpenseFacts, Sharing, record_expense
from hustings.money.usecases.settle_claim import settle_claim
from hustings.money.usecases.take_return_step import take_return_step
from hustings.money.usecases.weigh_expense import WouldBreakLimit
from hustings.places.models import Area
from hustings.project.demo.build import DemoHome
from hustings.project.demo.story import Story

_AGENT = "Agnes Lampwright"
_AGENT_ADDRESS = "4 Lamplighter Row, Barchester Quay, ZZ1 1AA"


def keep_the_books(*, demo: DemoHome, now: datetime, story: Story) -> None:
    """Keep a by-election's books to the delivered return, and those of a council election to the edge of the limit."""
    _by_election(demo.users["Agnes"], now=now, story=story)
    _council_election(demo, now=now, story=story)


def _facts(**changes: Any) -> ExpenseFacts:
    return ExpenseFacts(
        **{
            "category": "unsolicited",
            "supplier_name": "Barset Press",
            "supplier_address": "2 Mill Lane, Barchester Quay, ZZ1 2BB",
            **changes,
        }
    )


def _by_election(agnes: User, *, now: datetime, story: Story) -> None:
    today = uk_date(now)
    poll = _thursday_before(today - timedelta(days=20))
    vacancy = poll - timedelta(days=45)
    period = regulated_period(
        election="parl-by-election", poll_on=poll, declared_on=vacancy, earliest_on=vacancy
    )
    assert period.span.valid_from is not None
    seat = Area.objects.filter(kind="constituency").order_by("name").first()
    campaign = open_books(
        campaign=Campaign(
            name="Josiah Crane",
            election_type="parl-by-election",
            area=seat,
            area_name=seat.name if seat else "Barset East",
            nation=Nation.ENGLAND,
            seat_kind=SeatKind.COUNTY,
            poll_on=poll,
            regulated_from=period.span.valid_from,
            regulated_until=poll + timedelta(days=1),
            electorate=71_841,
            electorate_source="Notice of the registration officer",
            agent=agnes,
            agent_name=_AGENT,
            agent_address=_AGENT_ADDRESS,
            candidate_address="9 Quiet Close, Barchester Quay, ZZ1 3CC",
            result_on=poll + timedelta(days=1),
        ),
        by=agnes,
        now=now,
    )
    start = period.span.valid_from
    items = [
        _facts(
            what="40,000 leaflets about the hospital", amount_pence=480_000, committed_on=start,
            first_use_on=start + timedelta(days=3), last_use_on=poll,
        ),
        _facts(
            what="Website", category="advertising", supplier_name="Quill and Pixel",
            supplier_address="8 Bridge Street, Barchester Quay, ZZ1 3CC", amount_pence=90_000,
            committed_on=start - timedelta(days=60), first_use_on=start - timedelta(days=30), last_use_on=poll,
            time_note="Visits were even from week to week, by the site's own counter.",
        ),
        _facts(
            what="Van for the loudspeaker", category="transport", supplier_name="Tom Towers",
            supplier_address="1 Harbour Steps, Barchester Quay, ZZ1 4DD", is_supplier_private=True, amount_pence=35_000,
            committed_on=start + timedelta(days=5), first_use_on=poll - timedelta(days=7), last_use_on=poll,
        ),
    ]  # fmt: skip
    for facts in items:
        _settled(campaign, facts, agnes, now=now)
    record_expense(
        facts=_facts(
            kind="notional", what="Assembly hall for one evening", category="meetings", amount_pence=0, value_pence=24_000,
            supplier_name="Barchester Quay Rowing Club", committed_on=start + timedelta(days=8),
            first_use_on=start + timedelta(days=10), last_use_on=start + timedelta(days=10),
        ),
        sharing=Sharing(campaigns=[campaign]), by=agnes, now=now, has_seen_warning=True,
    )  # fmt: skip
    record_expense(
        facts=_facts(
            what="Camera at the office door", amount_pence=12_000, category="administration", excluded_for="security",
            committed_on=start, first_use_on=start, last_use_on=poll,
        ),
        sharing=Sharing(campaigns=[campaign]), by=agnes, now=now,
    )  # fmt: skip
    made = finish_return(campaign=campaign, by=agnes, now=now)
    for kind, name in (
        (ReturnStepKind.AGENT_SIGNED, _AGENT),
        (ReturnStepKind.DELIVERED, "Rachel Ray, elections office"),
        (ReturnStepKind.CANDIDATE_SIGNED, "Josiah Crane"),
    ):
        take_return_step(of=made, kind=kind, name=name, on=today, by=agnes, now=now)
    _tell_return(campaign, made, today, story)


def _settled(campaign: Campaign, facts: ExpenseFacts, agnes: User, *, now: datetime) -> Expense:
    """An item with its invoice, its payment and its receipt."""
    item = record_expense(
        facts=facts, sharing=Sharing(campaigns=[campaign]), by=agnes, now=now, has_seen_warning=True
    )
    assert facts.committed_on is not None
    for kind, days in (("invoiced", 5), ("paid", 12)):
        settle_claim(
            expense=item,
            kind=kind,
            on=facts.committed_on + timedelta(days=days),
            amount_pence=facts.amount_pence,
            by=agnes,
            now=now,
        )
    add_evidence(expense=item, name="invoice.pdf", content=_invoice(facts), by=agnes, now=now)
    return item


def _invoice(facts: ExpenseFacts) -> bytes:
    source = b"#set document(date: none)\n= Invoice\n#sys.inputs.of\n\n#sys.inputs.what: #sys.inputs.amount"
    return bytes(
        typst.compile(
            source,
            sys_inputs={
                "of": facts.supplier_name,
                "what": facts.what,
                "amount": f"GBP {facts.amount_pence / 100:.2f}",
            },
        )
    )


def _tell_return(campaign: Campaign, made: Return, today: date, story: Story) -> None:
    content = json.loads(made.content)
    totals = content["totals"]
    story.tell(
        "A by-election's books are kept, and the return is signed and delivered",
        items=len(content["lines"]),
        stated_pence=totals["stated_pence"],
        limit_pence=content["head"]["periods"][0]["limit_pence"],
    )
    story.equal(
        "paid + unpaid + disputed + notional = stated",
        totals["paid_pence"] + totals["unpaid_pence"] + totals["disputed_pence"] + totals["notional_pence"],
        totals["stated_pence"],
    )
    story.equal("the categories add up to it", sum(totals["by_category"].values()), totals["stated_pence"])
    sheet = made.documents.get(kind=DocumentKind.SPREADSHEET)
    rows = load_workbook(io.BytesIO(bytes(sheet.content)))["Items"].iter_rows(min_row=2, values_only=True)
    summed = sum(round(float(str(row[8])) * 100) for row in rows if isinstance(row[0], int))
    story.equal("the spreadsheet's lines add up to it", summed, totals["stated_pence"])
    story.claim(
        "the fingerprint is that of what it says", holds=fingerprint(text=made.content) == made.sha256
    )
    left = {one.key for one in missing_of(campaign=campaign, on=today)}
    story.claim("nothing is missing but the hall among the gifts", holds=left == {"notional-gift"})
    shown = json.dumps(public_return(return_id=made.pk).content)
    private = ("Harbour Steps", "Tom Towers", "Quiet Close")
    story.claim("no private address is in the public version", holds=not any(one in shown for one in private))


def _council_election(demo: DemoHome, *, now: datetime, story: Story) -> None:
    agnes, today = demo.users["Agnes"], uk_date(now)
    poll = _thursday_before(today + timedelta(days=30))
    calendar = working_days(nations=["england"], years=[poll.year - 1, poll.year])
    period = regulated_period(
        election="local", poll_on=poll, declared_on=today - timedelta(days=90), calendar=calendar
    )
    assert period.span.valid_from is not None
    ward = Area.objects.filter(kind="ward").order_by("name").first()
    assert ward is not None
    names = ("Lucy Robarts", "Mark Robarts", "Hiram Proudie")
    lucy, mark, hiram = (
        open_books(
            campaign=Campaign(
                name=name,
                election_type="local",
                area=ward,
                area_name=ward.name,
                nation=Nation.ENGLAND,
                seat_kind=SeatKind.ANY,
                poll_on=poll,
                regulated_from=period.span.valid_from,
                regulated_until=poll + timedelta(days=1),
                electorate=3_750,
                electorate_source="Notice of the registration officer",
                agent=agnes,
                agent_name=_AGENT if number == 0 else f"Agent of {name}",
                agent_address=_AGENT_ADDRESS,
            ),
            by=agnes,
            now=now,
        )
        for number, name in enumerate(names)
    )
    alone = newest_limits(campaign=lucy)["regulated"].limit_pence
    record_expense(
        facts=_facts(
            what="Shared leaflet",
            amount_pence=48_001,
            committed_on=today,
            first_use_on=today,
            last_use_on=poll,
        ),
        sharing=Sharing(campaigns=[lucy, mark], assessment="Each has one side of it, in equal type."),
        by=agnes,
        now=now,
        has_seen_warning=True,
    )
    record_expense(
        facts=_facts(what="Second leaflet", amount_pence=30_000, first_use_on=poll - timedelta(days=5), last_use_on=poll),
        sharing=Sharing(campaigns=[lucy]), by=agnes, now=now, has_seen_warning=True,
    )  # fmt: skip
    is_refused = False
    try:
        record_expense(
            facts=_facts(what="Posters", amount_pence=100_000, committed_on=today),
            sharing=Sharing(campaigns=[lucy]), by=agnes, now=now, has_seen_warning=True,
        )  # fmt: skip
    except WouldBreakLimit:
        is_refused = True
    (room,) = headroom_of(campaign=lucy)
    shares = [items_of(campaign=one)[0].share.share_pence for one in (lucy, mark)]
    story.tell(
        "Three stand for the council; two of them share a leaflet",
        alone_pence=alone,
        joint_pence=room.limit_pence,
        spent_pence=room.committed_pence,
        planned_pence=room.planned_pence,
    )
    story.equal("the shares add up to the leaflet", sum(shares), 48_001)
    story.claim(
        "the shared leaflet makes two of the three joint candidates",
        holds=(joint_of(campaign=lucy).number, joint_of(campaign=hiram).number) == (2, 1),
    )
    story.equal("the limit of each is cut by a quarter", (room.limit_pence or 0) * 4, alone * 3)
    story.claim("what would break the limit is refused before it is ordered", holds=is_refused)
    spent = sum(item.counts_pence for item in items_of(campaign=lucy))
    story.equal("the items add up to what is spent", spent, room.committed_pence)


def _thursday_before(day: date) -> date:
    return day - timedelta(days=(day.weekday() - 3) % 7)
