"""The demo's look at other people's ads: two reports of a fictional library, a day apart, and two people who code blind."""

from datetime import datetime, timedelta
from pathlib import Path

from hustings.adwatch.models import ArchiveFault, Entity, Severity, Snapshot
from hustings.adwatch.queries.coding import state_of_round
from hustings.adwatch.queries.report import ad_report
from hustings.adwatch.usecases.adjudicate import adjudicate
from hustings.adwatch.usecases.code_entity import code_entity
from hustings.adwatch.usecases.start_round import start_round
from hustings.platform.importing.run_import import run_import
from hustings.project.demo.build import DemoHome
from hustings.project.demo.story import Story

_HEADING = "\ufeffPage ID,Page name,Disclaimer,Amount spent (GBP),Number of ads in Library"
_NONE = "These ads ran without a disclaimer"
#: Page, disclaimer, pounds (none for “≤100”), ads, and what each of the two coders says.
_ADVERTISERS = (
    ("Save Barset’s Buses", "Save Barset’s Buses", 14_250, 61, "campaigner", "campaigner"),
    ("Barset Hospice", "Barset Hospice", 6_120, 18, "charity", "charity"),
    ("Lantern Party Barset", "Lantern Party Barset", 4_480, 44, "party", "party"),
    ("Tallow Energy", "Tallow Energy Ltd", 3_910, 27, "company", "company"),
    ("The Barchester Gazette", "The Barchester Gazette", 1_205, 9, "media", "media"),
    ("Barset District Council", "Barset District Council", 870, 6, "government", "government"),
    ("Candlewick Centre", "Candlewick Centre", 640, 5, "charity", "other"),
    ("Wick for Barset East", "Septimus Wick", None, 3, "candidate", "candidate"),
    ("Tallow Energy", _NONE, None, 2, "company", "company"),
    ("Waxen Words", _NONE, None, 1, "other", "other"),
)


def watch_other_peoples_ads(*, demo: DemoHome, folder: Path, now: datetime, story: Story) -> None:
    """Bring in a report to date and the next day's, from which ads are missing; code the advertisers by two; claim the sums."""
    place = folder / "adverts"
    place.mkdir(parents=True, exist_ok=True)
    yesterday = now - timedelta(days=1)
    before = _write(place, yesterday, _ADVERTISERS)
    # Overnight the archive has lost most of the campaigner's ads, as a real archive did before a real poll.
    after = _write(
        place, now, (("Save Barset’s Buses", "Save Barset’s Buses", 181, 4, "", ""), *_ADVERTISERS[1:])
    )
    run = run_import(path=before, now=yesterday)
    story.tell(
        "A report of other people’s ads comes in", read=run.read, accepted=run.accepted, rejected=run.rejected
    )
    report = ad_report()
    pounds = [row[2] for row in _ADVERTISERS]
    low = sum(amount or 0 for amount in pounds) * 100
    story.equal("the least that was spent is the sum of the report", report.spend.low, low)
    story.equal("“≤100” stays an interval", report.spend.high or 0, low + 10_000 * pounds.count(None))
    run_import(path=after, now=now)
    newer = Snapshot.objects.order_by("-pk")[0]
    alarms = ArchiveFault.objects.filter(snapshot=newer, kind="fell", severity=Severity.SERIOUS)
    story.tell("The next day’s report comes in", faults=newer.faults.count(), alarms=alarms.count())
    story.claim(
        "a total that collapsed overnight is an alarm",
        holds=alarms.filter(subject="Save Barset’s Buses").exists(),
    )
    _code(demo, now, story)


def _write(
    place: Path, moment: datetime, rows: tuple[tuple[str, str, int | None, int, str, str], ...]
) -> Path:
    path = place / f"FacebookAdLibraryReport_{moment:%Y-%m-%d}_GB_SpendingToDate.csv"
    pages = sorted({row[0] for row in _ADVERTISERS})
    lines = [
        f'{9000 + pages.index(page)},"{page}","{disclaimer}",{"≤100" if amount is None else amount},{ads}'
        for page, disclaimer, amount, ads, _, _ in rows
    ]
    path.write_text("\n".join([_HEADING, *lines]) + "\n", encoding="utf-8")
    return path


def _code(demo: DemoHome, now: datetime, story: Story) -> None:
    agnes, dora, ada = demo.users["Agnes"], demo.users["Dora"], demo.users["Ada"]
    entities = list(Entity.objects.order_by("name"))
    made = start_round(
        title="Who advertises in Barset?",
        first_coder=agnes,
        second_coder=dora,
        entities=entities,
        how_drawn="everybody in the report",
        shows_suggestions=False,
        by=agnes,
        now=now,
    )
    codes: dict[str, tuple[str, str]] = {}
    for page, disclaimer, _, _, first, second in _ADVERTISERS:
        for name in (page, disclaimer):
            codes.setdefault(name, (first, second))
    for entity in entities:
        first, second = codes[entity.name]
        code_entity(round=made, entity=entity, code=first, note="", coder=agnes, now=now)
        code_entity(round=made, entity=entity, code=second, note="", coder=dora, now=now)
    state = state_of_round(round=made)
    story.tell(
        "Two people code the advertisers without seeing each other’s codes",
        advertisers=len(entities),
        agreeing=state.agreement.agreeing,
        alpha=round(state.agreement.alpha or 0, 2),
    )
    story.equal("one is disputed", len(state.disputed), 1)
    for item in state.disputed:
        adjudicate(
            round=made,
            entity=item.item.entity,
            code="charity",
            reason="Its page shows a charity number.",
            by=ada,
            now=now,
        )
    story.equal("every advertiser has a code that holds", state_of_round(round=made).done, len(entities))
