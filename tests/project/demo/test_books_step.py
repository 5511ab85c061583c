"""The demo's books hold every claim they make."""

from datetime import datetime
from types import SimpleNamespace
from typing import cast as as_type

import pytest
from rich.console import Console

from hustings.money.models import Campaign, Return
from hustings.project.demo.books_step import keep_the_books
from hustings.project.demo.build import DemoHome
from hustings.project.demo.story import Story
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_every_claim_about_the_books_holds(cast: Cast, now: datetime) -> None:
    """One return, and four candidates' books."""
    story = Story(console=Console(quiet=True))
    keep_the_books(demo=as_type(DemoHome, SimpleNamespace(users={"Agnes": cast.agent})), now=now, story=story)
    failed = [claim for step in story.steps for claim in step.claims if not claim["holds"]]
    assert failed == []
    assert sum(len(step.claims) for step in story.steps) >= 10
    assert (Campaign.objects.count(), Return.objects.count()) == (4, 1)
