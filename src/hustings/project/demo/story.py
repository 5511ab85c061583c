"""The demo's account of itself: each step with its figures, each claim checked, all of it kept as JSON."""

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console


@dataclass
class Step:
    """One thing that was done, with its figures and what was checked about it."""

    title: str
    figures: dict[str, Any]
    seconds: float
    claims: list[dict[str, Any]] = field(default_factory=list)


class Story:
    """Collects steps and claims, printing each as it comes."""

    def __init__(self, *, console: Console) -> None:
        self.steps: list[Step] = []
        self._console = console
        self._began = self._last = time.perf_counter()

    @property
    def is_true(self) -> bool:
        """Whether every claim so far held."""
        return all(claim["holds"] for step in self.steps for claim in step.claims)

    def tell(self, title: str, **figures: Any) -> None:
        """Note a finished step; its time is what passed since the step before."""
        now = time.perf_counter()
        step = Step(title=title, figures=figures, seconds=round(now - self._last, 2))
        self._last = now
        self.steps.append(step)
        shown = ", ".join(f"{name.replace('_', ' ')} {_plain(value)}" for name, value in figures.items())
        self._console.print(
            f"[bold]{title}[/bold] ({step.seconds:.1f} s)" + (f"\n    {shown}" if shown else "")
        )

    def claim(self, words: str, *, holds: bool, **figures: Any) -> None:
        """Check something about the step just told."""
        self.steps[-1].claims.append({"claim": words, "holds": bool(holds), **figures})
        shown = ", ".join(f"{name.replace('_', ' ')} {_plain(value)}" for name, value in figures.items())
        mark = "[green]✓[/green]" if holds else "[red]✗ NOT SO:[/red]"
        self._console.print(f"    {mark} {words}" + (f" ({shown})" if shown else ""))

    def equal(self, words: str, left: int, right: int) -> None:
        """Check that two counts are the same, and show both."""
        self.claim(words, holds=left == right, left=left, right=right)

    def write(self, *, path: Path) -> None:
        """Keep the whole account as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        account = {
            "is_true": self.is_true,
            "seconds": round(time.perf_counter() - self._began, 1),
            "steps": [step.__dict__ for step in self.steps],
        }
        path.write_text(json.dumps(account, ensure_ascii=False, indent=2, default=str), encoding="utf-8")


def _plain(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
