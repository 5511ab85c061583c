"""`hustings site`: the promoter, the privacy notice and the pages of places on the command line."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from hustings.website.commands import app
from hustings.website.models import PlacePage, PrivacyPage, SiteFrame
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ADA = ("--by", "ada@barset.example")
CHARLIE = ("--by", "charlie@barset.example")


def _run(*arguments: str, said: str = "", code: int = 0) -> Any:
    result = CliRunner().invoke(app, [*arguments, "--json"], input=said)
    assert result.exit_code == code, result.output
    return json.loads(result.stdout) if code == 0 else result.stderr


def test_the_promoter_is_named_and_the_notice_published(cast: Cast) -> None:
    new = ("name-promoter", "-", "--name", "Ann Agent", "--address", "1 High Street", "--postcode", "ZZ1 1AA")
    assert "may not do this" in _run(*new, *CHARLIE, said="Her letter.", code=1)
    assert "How do you know" in _run(*new, *ADA, code=1)
    assert "Ann Agent" in _run(*new, *ADA, said="Her letter.")["imprint"]
    assert SiteFrame.objects.get().on_behalf_of is not None
    assert _run("name-promoter", "--not-for-us", *ADA)["on_behalf_of"] is None
    assert "may not do this" in _run("publish-notice", *CHARLIE, code=1)
    page = _run("publish-notice", *ADA)["page"]
    assert PrivacyPage.objects.get(pk=page).live


def test_a_place_gets_its_page_as_a_draft_once(cast: Cast) -> None:
    alice = ("--by", "alice@barset.example")
    assert "No place that you look after" in _run("make-place-page", "Barset East", *CHARLIE, code=1)
    made = _run("make-place-page", "Barset East", *alice)
    assert (PlacePage.objects.get(pk=made["page"]).area, made["live"]) == (cast.east, False)
    assert "has a page already" in _run("make-place-page", cast.east.pk, *alice, code=1)
