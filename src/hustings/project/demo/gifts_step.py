"""Two hundred gifts come in from a spreadsheet: one from somebody who may not give, and one in parts under two spellings.

The demo knows the truth, so that what the checks and the flags find is held against it.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from hustings.basics.clock import clock
from hustings.money.models import (
    Campaign,
    CampaignKind,
    CheckOutcome,
    ElectionType,
    Gift,
    GiftAct,
    SplitFlag,
)
from hustings.money.queries.donor_register import register_answer
from hustings.money.queries.ledger import is_donation_in_law, standing_gifts, two_ledgers
from hustings.money.rules.permissibility import Evidence
from hustings.money.usecases.check_donor import check_donor
from hustings.money.usecases.decide_gift import decide_gift
from hustings.money.usecases.find_split_gifts import find_split_gifts
from hustings.money.usecases.open_books import open_books
from hustings.places.models import Area
from hustings.platform.importing.importer import Options
from hustings.platform.importing.run_import import run_import
from hustings.project.demo.borough.electors import Elector
from hustings.project.demo.build import SEED, DemoHome
from hustings.project.demo.story import Story

GIFTS, LARGE = 200, 12
_COLUMNS = (
    *("received_on", "amount", "evidence", "route", "kind", "given_name", "family_name", "organisation"),
    *("address", "postcode", "payment", "standing"),
)
_SMALL_POUNDS = (5, 10, 10, 20, 25, 30, 50, 100)
_LARGE_POUNDS = (550, 600, 750, 1000, 1500)
_PART_POUNDS = (450, 480, 495)


@dataclass(frozen=True, kw_only=True)
class _Planted:
    """What is true of the gifts: how the foreign one and the parts of one are found again."""

    foreign: str
    parts: frozenset[str]


def keep_the_gifts(*, demo: DemoHome, folder: Path, story: Story) -> None:
    """Open the party's books, bring the gifts in, check who gave more than £500, return one, and find the one in parts."""
    tess, now = demo.users["Tess"], clock().now()
    today = clock().today_in_uk()
    campaign = open_books(
        campaign=Campaign(
            kind=CampaignKind.PARTY,
            name="Lantern Party Barset",
            election_type=ElectionType.LOCAL,
            area=Area.objects.get(kind="district", name="Barset"),
            area_name="Barset",
            poll_on=today + timedelta(days=120),
            regulated_from=today + timedelta(days=80),
            regulated_until=today + timedelta(days=121),
            agent_name="Agnes Lampwright",
        ),
        by=tess,
        now=now,
    )
    path = folder / "borough" / "gifts.csv"
    planted = write_gifts(path=path, electors=demo.borough.electors, today=today)
    run = run_import(
        path=path,
        now=now,
        slug="gift-sheet",
        options=Options(values={"campaign": campaign.pk}),
        started_by=tess,
    )
    story.tell(
        "Two hundred gifts come in from the treasurer's spreadsheet", read=run.read, accepted=run.accepted
    )
    story.equal("every row stands in the books", run.accepted, GIFTS)
    _check_the_large(demo, campaign, planted, story)
    _find_the_parts(demo, campaign, planted, story)


def write_gifts(*, path: Path, electors: tuple[Elector, ...], today: date) -> _Planted:
    """Write the spreadsheet: small gifts, a dozen above £500, one of a company abroad, and three parts of one gift."""
    random = Random(SEED + 7)  # noqa: S311 -- a demo is to be the same every time
    homes = [one for one in electors if one.dwelling is not None and not one.is_anonymous and one.surname]
    # Over different front doors, so that nobody's household stands twice among the givers.
    givers = random.sample(homes[::7], GIFTS - len(_PART_POUNDS))
    splitter = givers.pop()
    rows = []
    for number, giver in enumerate(givers[: GIFTS - 1 - len(_PART_POUNDS)], start=1):
        pounds = random.choice(_LARGE_POUNDS) if number <= LARGE else random.choice(_SMALL_POUNDS)
        rows.append(
            _row(
                giver,
                pounds=pounds,
                day=today - timedelta(days=random.randint(2, 24)),
                line=f"statement line {number}",
                payment=f"tok-{number:04d}",
                standing="yes" if pounds <= 10 else "no",
            )
        )
    foreign = "statement line 900"
    rows.append(
        {
            "received_on": (today - timedelta(days=9)).isoformat(),
            "amount": "2500",
            "evidence": foreign,
            "route": "bank",
            "kind": "other",
            "organisation": "Omnium Handelsgesellschaft mbH",
            "address": "Hafenstraße 1, Nirgendwo",
            "payment": "tok-9000",
        }
    )
    parts = []
    forms = (splitter.forename, splitter.forename[0], splitter.forename)
    for number, (pounds, form) in enumerate(zip(_PART_POUNDS, forms, strict=True)):
        line = f"statement line {910 + number}"
        parts.append(line)
        rows.append(
            {
                **_row(
                    splitter,
                    pounds=pounds,
                    day=today - timedelta(days=14 - 3 * number),
                    line=line,
                    payment=f"tok-91{number:02d}",
                    standing="no",
                ),
                "given_name": form,
            }
        )
    rows.sort(key=lambda row: (row["received_on"], row["evidence"]))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=_COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return _Planted(foreign=foreign, parts=frozenset(parts))


def _row(giver: Elector, *, pounds: int, day: date, line: str, payment: str, standing: str) -> dict[str, str]:
    assert giver.dwelling is not None
    return {
        "received_on": day.isoformat(),
        "amount": f"{pounds}.00",
        "evidence": line,
        "route": "card",
        "kind": "individual",
        "given_name": giver.forename,
        "family_name": giver.surname,
        "address": ", ".join(giver.dwelling.lines),
        "postcode": giver.dwelling.postcode,
        "payment": payment,
        "standing": standing,
    }


def _check_the_large(demo: DemoHome, campaign: Campaign, planted: _Planted, story: Story) -> None:
    tess, now, today = demo.users["Tess"], clock().now(), clock().today_in_uk()
    outcomes: dict[str, int] = {}
    for gift in standing_gifts().filter(campaign=campaign).select_related("donor", "campaign").order_by("pk"):
        if not is_donation_in_law(gift=gift):
            continue
        if gift.evidence == planted.foreign:
            check = check_donor(gift=gift, answers=dict[str, Evidence](), by=tess, now=now)
        else:
            assert gift.donor is not None
            answer = register_answer(campaign=campaign, donor=gift.donor, on=today)
            check = check_donor(gift=gift, answers={}, register_answer=answer, by=tess, now=now)
        outcomes[check.outcome] = outcomes.get(check.outcome, 0) + 1
        if check.outcome == CheckOutcome.PERMISSIBLE:
            decide_gift(
                gift=gift, act=GiftAct.ACCEPTED, reason="On the register.", done_on=today, by=tess, now=now
            )
    foreign = Gift.objects.get(campaign=campaign, evidence=planted.foreign)
    decision = decide_gift(
        gift=foreign,
        act=GiftAct.RETURNED_DONOR,
        reason="A company abroad is not among those who may give.",
        done_on=today,
        by=tess,
        now=now,
        reference="Bank transfer of today",
    )
    story.tell("Whoever gave more than £500 is checked", **outcomes)
    story.equal("one donor may not give", outcomes.get("impermissible", 0), 1)
    story.claim(
        "nearly every other one is found on the register, under the party's own entitlement",
        holds=outcomes.get("permissible", 0) >= LARGE - 1,
    )
    story.claim("the gift goes back within the thirty days", holds=not decision.is_late)


def _find_the_parts(demo: DemoHome, campaign: Campaign, planted: _Planted, story: Story) -> None:
    flags = find_split_gifts(campaign=campaign, by=demo.users["Tess"], now=clock().now())
    questions = [flag for flag in flags if flag.grade == "question"]
    found = {frozenset(_evidence(flag)) for flag in questions}
    ledgers = two_ledgers(campaign=campaign, year=clock().today_in_uk().year)
    story.tell(
        "The ledger is looked through for gifts in parts",
        questions=len(questions),
        notices=len(flags) - len(questions),
        sources=len(ledgers),
    )
    story.claim("every question is about the three gifts of one person", holds=found == {planted.parts})
    story.claim(
        "the risk ledger adds up more than the legal one",
        holds=sum(one.risk_pence for one in ledgers) > sum(one.legal_pence for one in ledgers),
    )


def _evidence(flag: SplitFlag) -> list[str]:
    return list(flag.gifts.values_list("evidence", flat=True))
