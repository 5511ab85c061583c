"""Our own ad buys: noted by a use case, a page and a command, and held against the archive."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from typer.testing import CliRunner

from hustings.accounts.models import Role
from hustings.adwatch.commands import app
from hustings.adwatch.models import OwnAd
from hustings.adwatch.queries.own import own_ads_against_archive
from hustings.adwatch.usecases.note_own_ad import AdBuy, CannotNote, note_own_ad
from hustings.clearance.models import Material, Promoter
from hustings.platform.models import AuditEntry, ImportRun
from tests.adwatch.conftest import api_ad, write_pages
from tests.cast import Cast, make_user, signed_in

runner = CliRunner()
pytestmark = pytest.mark.django_db


@pytest.fixture
def lantern(cast: Cast, now: datetime) -> Material:
    """A paid picture of the Lantern Party."""
    promoter = Promoter.objects.create(name="Alice Archer", address="12 High Street", postcode="ZZ1 1AA")
    return Material.objects.create(
        title="Light the library",
        medium="social",
        body="Light it.",
        promoter=promoter,
        is_paid=True,
        made_at=now,
    )


def _buy(material: Material, **further: Any) -> AdBuy:
    return AdBuy(
        **{
            "material": material,
            "platform": "meta",
            "page": "Barset Lanterns",
            "disclaimer": "The Lantern Party",
            "placed_on": date(2026, 3, 2),
            "ended_on": date(2026, 3, 9),
            "spent_pence": 15_000,
            "ad_id": "9001",
            **further,
        }
    )


def test_an_ad_buy_is_kept_corrected_and_audited(lantern: Material, cast: Cast, now: datetime) -> None:
    """The correction stands in its place; the audit says what it was, and no name."""
    made = note_own_ad(buy=_buy(lantern, ad_id=""), by=cast.agent, now=now)
    assert (made.noted_by, made.noted_at, made.spent_pence) == (cast.agent, now, 15_000)
    again = note_own_ad(
        buy=_buy(lantern, spent_pence=17_500, disclaimer="Wick Works"), by=cast.admin, now=now, corrects=made
    )
    assert (again.pk, OwnAd.objects.get().ad_id, again.noted_by) == (made.pk, "9001", cast.agent)
    detail = AuditEntry.objects.get(verb="corrected own ad").detail
    assert detail == {
        "disclaimer": "changed",
        "spent_pence": "15000 became 17500",
        "ad_id": " became 9001",
    }


@pytest.mark.parametrize(
    ("further", "words"),
    [
        ({"platform": "smoke signals"}, "no platform"),
        ({"page": " "}, "Say the page"),
        ({"ended_on": date(2026, 3, 1)}, "before the first"),
        ({"spent_pence": -1}, "less than nothing"),
    ],
)
def test_what_makes_no_sense_is_refused(
    further: dict[str, Any], words: str, lantern: Material, now: datetime
) -> None:
    """With a sentence, and nothing is kept."""
    with pytest.raises(CannotNote, match=words):
        note_own_ad(buy=_buy(lantern, **further), by=None, now=now)
    assert not OwnAd.objects.exists()


def test_an_unpaid_material_and_an_ad_noted_twice_are_refused(lantern: Material, now: datetime) -> None:
    """An ad has one buy."""
    note_own_ad(buy=_buy(lantern), by=None, now=now)
    with pytest.raises(CannotNote, match="noted already"):
        note_own_ad(buy=_buy(lantern, page="Another"), by=None, now=now)
    Material.objects.update(is_paid=False)
    with pytest.raises(CannotNote, match="not marked as paid"):
        note_own_ad(buy=_buy(Material.objects.get(), ad_id="9002"), by=None, now=now)


def test_it_is_held_against_the_archive(
    lantern: Material, now: datetime, bring_in: Callable[..., ImportRun], tmp_path: Path
) -> None:
    """150 pounds lie between 100 and 199; 250 do not, and the disclaimer differs."""
    bring_in(write_pages(tmp_path / "page.json", [api_ad(1), api_ad(2)]))
    right = note_own_ad(buy=_buy(lantern), by=None, now=now)
    wrong = note_own_ad(
        buy=_buy(lantern, ad_id="9002", spent_pence=25_000, disclaimer="Lantern Club"), by=None, now=now
    )
    gone = note_own_ad(buy=_buy(lantern, ad_id="1"), by=None, now=now)
    found = own_ads_against_archive(ads=[right, wrong, gone])
    assert found[0].differences == ()
    assert {one.kind for one in found[1].differences} == {"spend", "disclaimer"}
    assert [one.kind for one in found[2].differences] == ["missing"]


def test_the_desk_notes_and_corrects_and_charlie_cannot(lantern: Material, cast: Cast) -> None:
    """Olive notes one, corrects it, and reads it in the list; Charlie's ward has no part in it."""
    olive, charlie = signed_in(make_user(name="Olive", role=Role.ORGANISER)), signed_in(cast.charlie)
    said = {
        "material": str(lantern.pk),
        "platform": "meta",
        "page": "Barset Lanterns",
        "disclaimer": "The Lantern Party",
        "placed_on": "2026-03-02",
        "ended_on": "2026-03-01",
        "spent": "£150",
        "ad_id": "",
    }
    refused = olive.post("/desk/adwatch/own/note/", said)
    assert refused.status_code == 422
    assert "Swap the two" in refused.content.decode()
    assert charlie.post("/desk/adwatch/own/note/", {**said, "ended_on": ""}).status_code in {403, 404}
    assert not OwnAd.objects.exists()
    assert olive.post("/desk/adwatch/own/note/", {**said, "ended_on": "2026-03-09"}).status_code == 302
    ad = OwnAd.objects.get()
    assert charlie.get(f"/desk/adwatch/own/{ad.pk}/").status_code in {403, 404}
    assert "150" in olive.get(f"/desk/adwatch/own/{ad.pk}/").content.decode()
    changed = {**said, "ended_on": "2026-03-09", "spent": "175.50", "ad_id": "9001"}
    assert olive.post(f"/desk/adwatch/own/{ad.pk}/", changed).status_code == 302
    ad.refresh_from_db()
    assert (ad.spent_pence, ad.ad_id) == (17_550, "9001")
    assert "Light the library" in olive.get("/desk/adwatch/own/").content.decode()
    assert Client().get("/desk/adwatch/own/").status_code == 302


def test_the_command_notes_an_ad_and_says_what_it_refuses(lantern: Material) -> None:
    """JSON alone on standard output; exit code 1 with a sentence."""
    words = ["note-ad", str(lantern.pk), "--platform", "meta", "--page", "Barset Lanterns"]
    words += ["--disclaimer", "The Lantern Party", "--from", "2026-03-02", "--ad-id", "9001"]
    done = runner.invoke(app, [*words, "--spent", "150.50", "--json"])
    assert done.exit_code == 0, done.output
    ad = OwnAd.objects.get()
    assert json.loads(done.stdout) == {"id": ad.pk, "material": lantern.pk, "spent_pence": 15_050}
    again = runner.invoke(app, [*words, "--spent", "150.50"])
    assert (again.exit_code, "noted already" in again.output) == (1, True)
    assert runner.invoke(app, [*words, "--spent", "much", "--corrects", str(ad.pk)]).exit_code == 1
    assert runner.invoke(app, [*words, "--spent", "160", "--corrects", str(ad.pk)]).exit_code == 0
    assert OwnAd.objects.get().spent_pence == 16_000
