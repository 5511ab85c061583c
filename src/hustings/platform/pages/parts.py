"""Small things that desk pages show: facts, a timeline, tiles with figures, callouts and a progress bar.

Each is a frozen dataclass that a view puts into its context, and a template to include:

    {% include "desk/parts/facts.html" with facts=facts %}            a definition list of `Fact`
    {% include "desk/parts/timeline.html" with moments=moments %}     `Moment`s, as given
    {% include "desk/parts/tiles.html" with tiles=tiles %}            `Tile`s: a figure with its label
    {% include "desk/parts/callout.html" with callout=callout %}      one `Callout`
    {% include "desk/parts/actions.html" with actions=actions %}      buttons of `Action`
    {% include "desk/parts/progress.html" with bar=bar %}             a `ProgressBar` that refreshes itself

The page of a `ProgressBar` answers its own `poll_url` with that last template alone (`request.htmx` is true); without
scripts, pass `refresh_seconds=5` to the page and the browser reloads it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Tone = Literal["plain", "good", "warn", "bad", "info"]


@dataclass(frozen=True, kw_only=True)
class Action:
    """A button of a page. A post needs `is_post`; `is_allowed` hides it from whoever may not."""

    label: str
    url: str
    icon: str = ""
    is_primary: bool = False
    is_danger: bool = False
    is_post: bool = False
    is_allowed: bool = True


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One line of a definition list; the value is written as people write it."""

    label: str
    value: object
    url: str = ""
    note: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One point of a timeline."""

    at: datetime
    title: str
    text: str = ""
    by: str = ""
    url: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A figure with its label, and where more is to be found."""

    label: str
    value: object
    note: str = ""
    url: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, kw_only=True)
class Callout:
    """Something to notice, in whole sentences, with what to do next."""

    text: str
    title: str = ""
    tone: Tone = "info"
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Badge:
    """A short word with a colour: a state."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, kw_only=True)
class Empty:
    """What a page says where there is nothing yet, and the next step."""

    title: str
    text: str = ""
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProgressBar:
    """How far long work is: `done` of `total` (none while unknown), the address that answers with the bar alone."""

    label: str
    done: int
    total: int | None
    poll_url: str = ""
    note: str = ""
    is_running: bool = True
    tone: Tone = "info"
    actions: tuple[Action, ...] = field(default=())

    @property
    def share(self) -> int | None:
        """Whole percent done, or none while the total is unknown."""
        if self.total is None:
            return None
        return 100 if self.total == 0 else min(100, self.done * 100 // self.total)
