"""Read an HTML page as people see it: the shown words with their size and contrast, and the hidden ones apart."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from hustings.clearance.rules.facts import Run
from hustings.clearance.rules.styles import (
    Colour,
    Rule,
    Style,
    colour_of,
    contrast_of,
    hides,
    parse_sheet,
    parse_style,
    size_of,
)

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_UNSHOWN = frozenset({"script", "style", "head", "title", "template", "noscript"})
_INLINE = frozenset(
    {"b", "i", "em", "strong", "span", "a", "u", "small", "abbr", "sup", "sub", "font", "mark", "code"}
)
_BLOCK_ENDS = frozenset({"p", "div", "tr", "li", "h1", "h2", "h3", "h4", "footer", "section", "address"})
_SMALLER = {"small": 5 / 6, "sup": 5 / 6, "sub": 5 / 6}
_BASE = 16.0  # px
_UNSEEN_CONTRAST = 1.2  # words in the colour of the ground they stand on


@dataclass
class Page:
    """What was read of a page."""

    shown: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class _Open:
    """An element that is open, with what it hands down. A colour is None where it could not be read."""

    tag: str
    is_hidden: bool
    size: float
    ink: Colour | None
    ground: Colour | None


def read_page(html: str) -> Page:
    """Read a page; whatever cannot be judged counts as shown."""
    sheets = _Sheets()
    sheets.feed(html)
    reader = _Reader(parse_sheet("\n".join(sheets.found)))
    reader.feed(html)
    reader.close()
    return reader.page


class _Sheets(HTMLParser):
    """Collects the style sheets that stand in the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_inside = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._is_inside = False

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.found.append(data)


class _Reader(HTMLParser):
    """Collects shown and hidden words; an element is hidden if it or anything round it is."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._rules = rules
        self._open: list[_Open] = []

    @property
    def _inner(self) -> _Open:
        if self._open:
            return self._open[-1]
        return _Open(tag="", is_hidden=False, size=_BASE, ink=(0, 0, 0), ground=(255, 255, 255))

    def _style(self, tag: str, given: dict[str, str]) -> Style:
        classes = frozenset(given.get("class", "").split())
        style: dict[str, str] = {}
        for rule in self._rules:
            if rule.speaks_of(tag=tag, classes=classes, identifier=given.get("id", "")):
                style |= rule.style
        if tag == "font" and "color" in given:
            style["color"] = given["color"]
        if "bgcolor" in given:
            style["background-color"] = given["bgcolor"]
        return style | parse_style(given.get("style", ""))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        outer, style = self._inner, self._style(tag, given)
        size = outer.size * _SMALLER.get(tag, 1.0)
        if "font-size" in style:
            size = size_of(text=style["font-size"], parent=outer.size)
        is_hidden = (
            outer.is_hidden
            or tag in _UNSHOWN
            or "hidden" in given
            or (tag == "input" and given.get("type", "").lower() == "hidden")
            or hides(style)
            or size <= 1
        )
        if tag in _VOID:
            if tag == "meta" and given.get("content"):
                self.page.hidden.append(given["content"] + "\n")
            elif tag == "img" and given.get("alt"):
                # Alternative text is read out or shown where the picture is not; it does not put an imprint in the picture.
                self.page.hidden.append(given["alt"] + "\n")
        else:
            self._open.append(
                _Open(
                    tag=tag,
                    is_hidden=is_hidden,
                    size=size,
                    ink=_ink(style, outer.ink),
                    ground=_ground(style, outer.ground),
                )
            )
        if not is_hidden and tag not in _INLINE:
            self.page.shown.append("\n")

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index].tag == tag:
                del self._open[index:]
                break
        self.page.shown.append(" " if tag in {"td", "th"} else "\n" if tag in _BLOCK_ENDS else "")

    def handle_data(self, data: str) -> None:
        inner = self._inner
        contrast = (
            contrast_of(first=inner.ink, second=inner.ground)
            if inner.ink is not None and inner.ground is not None
            else None
        )
        if inner.is_hidden or (contrast is not None and contrast < _UNSEEN_CONTRAST):
            self.page.hidden.append(data)
            return
        self.page.shown.append(data)
        if data.strip():
            self.page.runs.append(Run(text=data, contrast=contrast, px=round(inner.size, 1)))

    def handle_comment(self, data: str) -> None:
        self.page.hidden.append(data + "\n")


def _ink(style: Style, outer: Colour | None) -> Colour | None:
    if "color" not in style or style["color"] in {"inherit", "currentcolor"}:
        return outer
    if style["color"] == "transparent":
        return (255, 255, 255)
    return colour_of(style["color"])


def _ground(style: Style, outer: Colour | None) -> Colour | None:
    for name in ("background-color", "background"):
        value = style.get(name, "")
        if value and value not in {"transparent", "none", "inherit"}:
            return colour_of(value.split()[0]) if not value.startswith("rgb") else colour_of(value)
    return outer
