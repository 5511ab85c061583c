"""What the demo claims about other people's ads holds."""

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from rich.console import Console

from hustings.project.demo.adverts_step import watch_other_peoples_ads
from hustings.project.demo.story import Story
from tests.cast import Cast


def test_every_claim_holds(cast: Cast, tmp_path: Path, now: datetime) -> None:
    """Sums, the alarm of the morning, one dispute, and a code for everybody."""
    story = Story(console=Console(quiet=True))
    demo: Any = SimpleNamespace(users={"Agnes": cast.agent, "Dora": cast.dora, "Ada": cast.admin})
    watch_other_peoples_ads(demo=demo, folder=tmp_path, now=now, story=story)
    claims = [claim for step in story.steps for claim in step.claims]
    assert len(claims) == 5
    assert [claim["claim"] for claim in claims if not claim["holds"]] == []
