"""A resident finds what was sent in their ward and verifies it; the agent makes a leaflet: in a real browser."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from typer.testing import CliRunner

from hustings.basics.clock import clock_set_to
from hustings.clearance.models import ApprovedCopy, Material
from hustings.clearance.usecases import approve_material
from hustings.clearance.usecases.make_printed import make_printed
from hustings.openness.commands import app as ledger
from hustings.openness.queries.log import log_key
from hustings.openness.usecases import (
    add_witness,
    ask_witnesses,
    record_mailing,
    record_material,
    record_withdrawal,
)
from hustings.openness.usecases.record_publication import Publication, record_publication
from tests.browser.screenshots import keep
from tests.browser.test_site_and_desk import barriers, browser, inside
from tests.cast import Cast
from tests.clearance.materials import make_copy, make_election, make_material, make_promoter
from tests.openness.log.cases import Watcher, witness_key
from tests.openness.usecases.test_record import make_mailing

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AFTER_THE_POLL = datetime(2026, 5, 9, 9, 0, tzinfo=UTC)
WORDS = (
    "Dear neighbours,\n\nThe council wants to sell our park behind the old school. Come to the meeting on Thursday at seven, "
    "and say no.\n\n- It is the only green place within a mile.\n- 1,200 of you signed."
)


@dataclass
class Recorded:
    """What the record holds."""

    copy: ApprovedCopy
    material: Material


@pytest.fixture
def recorded(cast: Cast, now: datetime) -> Recorded:
    """A mailing, a leaflet round, an advert with its picture, a withdrawal, and a witness that cosigned."""
    promoter = make_promoter()
    election = make_election()
    copy = make_copy(
        by=cast.alice, area=cast.east.code, election=election, promoter=promoter, title="Save our park", body=WORDS,
        targeting="Everyone in Barset East who signed the park petition", cost_pence=1250,
    )  # fmt: skip
    record_mailing(mailing=make_mailing(cast, copy, now, people={"accepted": 326}), now=now)
    material = copy.material
    leaflet = make_printed(material=material, shape="leaflet", printer=promoter, by=cast.alice, now=now)
    printed = approve_material(material=leaflet, by=cast.alice, now=now)
    rounds = {"started_on": date(2026, 2, 2), "ended_on": date(2026, 2, 9), "cost_pence": 4_500, "token": "r"}
    record_publication(
        copy=printed,
        facts=Publication(kind="round", wards=(cast.east, cast.west), numbers=(1_450, 7), **rounds),
        by=cast.agent,
        now=now,
    )
    card = make_printed(material=material, shape="card", heading="Save our park", by=cast.alice, now=now)
    shown = approve_material(material=card, by=cast.alice, now=now)
    advert = {
        "started_on": date(2026, 3, 20),
        "ended_on": date(2026, 3, 27),
        "cost_pence": 6_000,
        "token": "a",
    }
    record_publication(
        copy=shown,
        facts=Publication(
            kind="advert", total=18_300, platform="Facebook", page="Alice for Barset East", **advert
        ),
        by=cast.agent,
        now=now,
    )
    old = make_copy(by=cast.alice, area=cast.east.code, promoter=promoter, title="The old leaflet")
    record_material(copy=old, now=now)
    old.withdrawn_at, old.withdrawn_reason = now, "The date on it was wrong."
    record_withdrawal(copy=old, now=now)
    watcher = Watcher(log_key())
    with watcher.serving() as url:
        add_witness(key=str(witness_key()), who="The Barset Gazette", url=url, by=None, now=now)
        assert ask_witnesses(now=now) == 1
    return Recorded(copy=copy, material=material)


def test_a_resident_finds_what_was_sent_in_their_ward_and_verifies_it(
    recorded: Recorded, cast: Cast, live_server: Any, browser: Browser, tmp_path: Any
) -> None:
    """On a phone without scripts: the record, the ward, one entry, its check, the question, and the proof from outside."""
    with clock_set_to(AFTER_THE_POLL):
        context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{live_server.url}/record/")
        keep(page, "record-390")
        page.select_option("select[name=ward]", label="Barset East")
        page.click("button:has-text('Show')")
        page.click("a:has-text('Barset East in one page')")
        expect(page.locator("h1")).to_have_text("What was sent in Barset East")
        expect(page.locator("main")).to_contain_text(
            "Promoted by Alice Archer, 12 High Street, Barset, ZZ1 1AA"
        )
        keep(page, "record-ward-390")
        page.click("a:has-text('Save our park, to all signers'), article a >> nth=0")
        keep(page, "record-entry-390")
        page.click("summary:has-text('Check this entry')")
        page.click("a:has-text('How to check')")
        expect(page.locator("main")).to_contain_text("The Barset Gazette cosigned it")
        keep(page, "record-check-390")
        page.goto(f"{live_server.url}/record/sent-by-you/")
        page.fill("textarea[name=words]", "> " + WORDS.replace("\n", "\n> "))
        page.click("button:has-text('Look in the record')")
        expect(page.locator("#answer")).to_have_text("Yes: it is like this in our record")
        keep(page, "record-sent-by-you-390")
        _ask(page, "Vote for somebody else, who will mend the roads and plant trees in every street by May.")
        expect(page.locator("#answer")).to_have_text("Not in this record")
        keep(page, "record-not-in-it-390")
        context.close()
        ran = CliRunner().invoke(
            ledger,
            [
                *("verify", f"{live_server.url}/record/", "--key", str(log_key()), "--documents", "--json"),
                *("--witness", str(witness_key()), "--keep", str(tmp_path / "checkpoint")),
            ],
        )
        report = json.loads(ran.stdout)
        assert (ran.exit_code, report["faults"]) == (0, [])
        assert report["documents"] >= report["entries"] >= 8
        assert report["cosigned_by"] == [witness_key().name]


def _ask(page: Page, words: str) -> None:
    page.fill("textarea[name=words]", words)
    page.click("button:has-text('Look in the record')")


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_of_the_record_has_a_known_barrier(
    recorded: Recorded, cast: Cast, live_server: Any, browser: Browser, width: int
) -> None:
    """What axe knows, at both widths; nothing scrolls sideways; a first visit stays below 14 kB."""
    numbers = {"material": 0, "sending": 1, "leaflet": 2, "round": 3, "card": 4, "advert": 5, "withdrawn": 7}
    pages = {
        "record": "/record/", "record-narrowed": f"/record/?ward={cast.east.code}", "record-check": "/record/check/",
        "record-ward": f"/record/ward/{cast.east.code}/", "record-empty-ward": f"/record/ward/{cast.district.code}/",
        "record-data": "/record/data/", "record-sent-by-you": "/record/sent-by-you/",
        **{f"record-{name}": f"/record/{number}/" for name, number in numbers.items()},
    }  # fmt: skip
    with clock_set_to(AFTER_THE_POLL):
        context = inside(browser, live_server.url, None)
        assert barriers(context, live_server.url, pages, width=width) == {}
        context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_desk_s_pages_of_the_record_and_of_imprints(
    recorded: Recorded, cast: Cast, live_server: Any, browser: Browser, width: int
) -> None:
    pk = recorded.material.pk
    post = make_material(
        promoter=recorded.material.promoter, area=cast.east.code, medium="social", title="A short post"
    )
    pages = {
        "desk-record": "/desk/record/", "desk-record-log": "/desk/record/log/", "desk-record-add": "/desk/record/add/",
        "desk-witness-add": "/desk/record/log/witnesses/add/", "desk-material": f"/desk/clearance/materials/{pk}/",
        "desk-leaflet": f"/desk/clearance/materials/{pk}/leaflet/", "desk-card": f"/desk/clearance/materials/{pk}/card/",
        "desk-link": f"/desk/clearance/materials/{post.pk}/link/", "desk-imprint-check": "/desk/clearance/imprint/",
        "desk-screening": "/desk/clearance/screening/",
    }  # fmt: skip
    context = inside(browser, live_server.url, cast.agent, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server.url}/desk/record/")
    expect(page.locator("h1").first).to_contain_text("Public record")
    assert barriers(context, live_server.url, pages, width=width) == {}
    context.close()


def test_the_agent_checks_an_imprint_and_makes_a_leaflet(
    recorded: Recorded, cast: Cast, live_server: Any, browser: Browser
) -> None:
    context = inside(browser, live_server.url, cast.agent, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{live_server.url}/desk/clearance/imprint/")
    page.fill(
        "textarea[name=words]",
        "<p>Vote!</p><p style='color:#ccc'>Promoted by Alice Archer, 12 High Street</p>",
    )
    page.fill("input[name=publish_on]", "2026-05-01")
    page.click("form button[type=submit]:has-text('Check')")
    expect(page.locator("main")).to_contain_text("This must not be published as it is.")
    expect(page.locator("main")).to_contain_text("Hyrwyddwyd gan Alice Archer")
    keep(page, "desk-imprint-checked-1280")
    page.goto(f"{live_server.url}/desk/clearance/materials/{recorded.material.pk}/leaflet/")
    page.select_option("select[name=printer]", label="Alice Archer")
    page.click("button:has-text('Make it')")
    expect(page.locator("h1")).to_contain_text("Save our park (leaflet)")
    expect(page.locator("main")).to_contain_text("It passed every check")
    keep(page, "desk-leaflet-made-1280")
    context.close()
