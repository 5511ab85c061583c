"""The demo's step of the record holds all its claims against a real server."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from hustings.project.demo.record_step import fill_and_verify_the_record
from hustings.project.demo.story import Story
from tests.cast import Cast
from tests.clearance.materials import make_promoter


@pytest.mark.django_db(transaction=True)
def test_every_claim_holds(cast: Cast, live_server: Any, now: datetime) -> None:
    story = Story(console=Console(quiet=True))
    demo: Any = SimpleNamespace(users={"Agnes": cast.agent}, promoter=make_promoter())
    fill_and_verify_the_record(demo=demo, base=live_server.url, story=story)
    wrong = [claim for step in story.steps for claim in step.claims if not claim["holds"]]
    assert not wrong
    assert len([claim for step in story.steps for claim in step.claims]) == 6
