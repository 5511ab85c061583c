"""Read the words of a PDF's pages as people meet them, and apart from them the words that nobody sees.

A page is a list of drawing instructions. This follows them as a printer would: colours, opacity, where a line of text begins, and
which rectangles and pictures lie under or over it. Words are hidden that are drawn invisibly (text render modes 3 and 7), in the
colour of what they stand on, with next to no opacity or size, off the page, or under something painted later. Whatever cannot be
judged (patterns, odd colour spaces, shapes that are no rectangles) counts as shown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PageObject
from pypdf.generic import ContentStream, NameObject

from hustings.clearance.rules.styles import Colour, contrast_of

_UNSEEN_CONTRAST = 1.2  # as on web pages
_LEAST_OPACITY, _LEAST_POINTS = 0.05, 1.0
_WHITE: Colour = (255, 255, 255)
_BLACK: Colour = (0, 0, 0)
_SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})
_COMPONENTS = {"/DeviceGray": 1, "/CalGray": 1, "/DeviceRGB": 3, "/CalRGB": 3, "/DeviceCMYK": 4}

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class _Ink:
    """The state of drawing. A colour is None where it cannot be judged; `components` is how many numbers make one."""

    to_page: Matrix = _SAME
    fill: Colour | None = _BLACK
    stroke: Colour | None = _BLACK
    fill_components: int = 1
    stroke_components: int = 1
    opacity: float = 1.0
    is_blended: bool = False  # mixed with what lies under it, so that its own colour says little
    mode: int = 0
    size: float = 0.0
    leading: float = 0.0


@dataclass(frozen=True)
class _Area:
    """Something painted: its place in the order of drawing, its box on the page, and its colour where it is known."""

    turn: int
    left: float
    bottom: float
    right: float
    top: float
    colour: Colour | None

    def holds(self, point: Point) -> bool:
        return self.left <= point[0] <= self.right and self.bottom <= point[1] <= self.top


@dataclass(frozen=True)
class _Line:
    """One instruction that shows text: its place among the instructions, where it begins, and how it is drawn."""

    index: int
    turn: int
    at: Point
    ink: _Ink
    points: float


def shown_and_hidden(*, page: PageObject) -> tuple[str, str]:
    """The words of a page that people see, and those they do not. Instructions of nested forms count as shown."""
    given = page.get("/Contents")
    if given is None:
        return "", ""
    # As bytes: letters of an embedded font are numbers of its own, which no encoding of text keeps.
    operations = list(ContentStream(given.get_object(), page.pdf, "bytes").operations)
    drawing = _Drawing(resources=_resources(page))
    for index, (operands, operator) in enumerate(operations):
        drawing.follow(index, bytes(operator), operands)
    box = page.cropbox
    frame = _Area(0, float(box.left), float(box.bottom), float(box.right), float(box.top), _WHITE)
    unseen = {line.index for line in drawing.lines if not drawing.is_seen(line, frame)}
    if not unseen:
        return page.extract_text(), ""
    lines = {line.index for line in drawing.lines}
    shown = _words(page, [one for place, one in enumerate(operations) if place not in unseen])
    hidden = _words(
        page,
        [
            one
            for place, one in enumerate(operations)
            if (place not in lines or place in unseen) and one[1] != b"Do"
        ],
    )
    return shown, hidden


def _words(page: PageObject, operations: list[Any]) -> str:
    """The words that these instructions of the page give."""
    before = page.get("/Contents")
    kept = ContentStream(None, page.pdf, "bytes")
    kept.operations = operations
    page[NameObject("/Contents")] = kept
    try:
        return page.extract_text()
    finally:
        if before is not None:
            page[NameObject("/Contents")] = before


def _resources(page: PageObject) -> Mapping[str, Any]:
    found = page.get("/Resources")
    return found.get_object() if found is not None else {}


@dataclass
class _Drawing:
    """Follows the instructions of one page."""

    resources: Mapping[str, Any]
    lines: list[_Line] = field(default_factory=list)
    areas: list[_Area] = field(default_factory=list)
    _ink: _Ink = _Ink()
    _kept: list[_Ink] = field(default_factory=list)
    _text: Matrix = _SAME
    _begins: Matrix = _SAME
    _path: list[Point] = field(default_factory=list)
    _turn: int = 0

    def follow(self, index: int, operator: bytes, operands: Sequence[Any]) -> None:
        """Do what one instruction says."""
        self._turn += 1
        act = _ACTS.get(operator)
        if act is not None:
            act(self, operands)
        if operator in {b"'", b'"'}:
            self._next_line([0, -self._ink.leading])
        if operator in _SHOWS:
            whole = _joined(self._text, self._ink.to_page)
            points = self._ink.size * abs(whole[0] * whole[3] - whole[1] * whole[2]) ** 0.5
            self.lines.append(_Line(index, self._turn, (whole[4], whole[5]), self._ink, points))

    def is_seen(self, line: _Line, frame: _Area) -> bool:
        """Whether somebody who looks at the page can see the line."""
        ink, at = line.ink, line.at
        if ink.mode in {3, 7} or ink.opacity < _LEAST_OPACITY or abs(line.points) < _LEAST_POINTS:
            return False
        if at[0] > frame.right or not frame.bottom <= at[1] <= frame.top:
            return False
        # A hair above where it begins, so that a box drawn around it holds the point.
        point = (at[0] + line.points / 4, at[1] + line.points / 4)
        # Of a picture or an odd shape nobody knows whether one sees through it.
        if any(area.turn > line.turn and area.colour and area.holds(point) for area in self.areas):
            return False
        under = [area for area in self.areas if area.turn < line.turn and area.holds(point)]
        ground = under[-1].colour if under else _WHITE
        inks = {0: [ink.fill], 1: [ink.stroke], 2: [ink.fill, ink.stroke]}[ink.mode % 4]
        return any(
            one is None or ground is None or contrast_of(first=one, second=ground) >= _UNSEEN_CONTRAST
            for one in inks
        )

    def _next_line(self, operands: Sequence[Any]) -> None:
        along, up = float(operands[0]), float(operands[1])
        self._begins = self._text = _joined((1, 0, 0, 1, along, up), self._begins)

    def _keep(self, operands: Sequence[Any]) -> None:
        self._kept.append(self._ink)

    def _restore(self, operands: Sequence[Any]) -> None:
        if self._kept:
            self._ink = self._kept.pop()

    def _set(self, **changes: Any) -> None:
        self._ink = replace(self._ink, **changes)

    def _begin_text(self, operands: Sequence[Any]) -> None:
        self._begins = self._text = _SAME

    def _place_text(self, operands: Sequence[Any]) -> None:
        self._begins = self._text = _matrix(operands)

    def _next_line_leading(self, operands: Sequence[Any]) -> None:
        self._set(leading=-float(operands[1]))
        self._next_line(operands)

    def _state(self, operands: Sequence[Any]) -> None:
        states = self.resources.get("/ExtGState")
        found = states.get_object().get(operands[0]) if states is not None else None
        state = found.get_object() if found is not None else {}
        if "/ca" in state:
            self._set(opacity=float(state["/ca"]))
        if "/BM" in state:
            self._set(is_blended=str(state["/BM"]) not in {"/Normal", "/Compatible"})

    def _paint(self, operands: Sequence[Any]) -> None:
        self._cover(self._path, self._ink.fill if _is_box(self._path) else None)
        self._path = []

    def _cover(self, points: Sequence[Point], colour: Colour | None) -> None:
        if not points or self._ink.opacity < _LEAST_OPACITY:
            return
        across, up = [one[0] for one in points], [one[1] for one in points]
        known = colour if self._ink.opacity > 0.9 and not self._ink.is_blended else None
        self.areas.append(_Area(self._turn, min(across), min(up), max(across), max(up), known))

    def _picture(self, operands: Sequence[Any]) -> None:
        """A picture fills the unit square; a form may draw anything, and is not judged."""
        self._cover(self._moved((0, 0), (1, 0), (1, 1), (0, 1)), None)

    def _add(self, operands: Sequence[Any]) -> None:
        numbers = [float(one) for one in operands]
        self._path += self._moved(*zip(numbers[::2], numbers[1::2], strict=False))

    def _box(self, operands: Sequence[Any]) -> None:
        left, bottom, wide, high = (float(one) for one in operands)
        self._path += self._moved(
            (left, bottom), (left + wide, bottom), (left + wide, bottom + high), (left, bottom + high)
        )

    def _moved(self, *points: Point) -> list[Point]:
        a, b, c, d, e, f = self._ink.to_page
        return [(a * x + c * y + e, b * x + d * y + f) for x, y in points]

    def _end_path(self, operands: Sequence[Any]) -> None:
        self._path = []

    def _space(self, name: str, which: str) -> None:
        """A colour space begins with black, or with what cannot be judged."""
        count = _components(name, self.resources)
        self._set(**{f"{which}_components": count, which: _BLACK if count else None})

    def _colour(self, operands: Sequence[Any], which: str) -> None:
        count = getattr(self._ink, f"{which}_components")
        self._set(**{which: _colour_of(operands) if count == len(operands) else None})

    def _plain_colour(self, operands: Sequence[Any], which: str) -> None:
        self._set(**{which: _colour_of(operands), f"{which}_components": len(operands)})


_Act = Callable[[_Drawing, Sequence[Any]], None]
_ACTS: Mapping[bytes, _Act] = {
    b"q": _Drawing._keep,
    b"Q": _Drawing._restore,
    b"cm": lambda on, said: on._set(to_page=_joined(_matrix(said), on._ink.to_page)),
    b"gs": _Drawing._state,
    b"BT": _Drawing._begin_text,
    b"Tm": _Drawing._place_text,
    b"Td": _Drawing._next_line,
    b"TD": _Drawing._next_line_leading,
    b"T*": lambda on, said: on._next_line([0, -on._ink.leading]),
    b"TL": lambda on, said: on._set(leading=float(said[0])),
    b"Tf": lambda on, said: on._set(size=float(said[1])),
    b"Tr": lambda on, said: on._set(mode=int(said[0])),
    b"Do": _Drawing._picture,
    b"re": _Drawing._box,
    b"sh": lambda on, said: None,
    **dict.fromkeys((b"m", b"l", b"c", b"v", b"y"), _Drawing._add),
    **dict.fromkeys((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"), _Drawing._paint),
    **dict.fromkeys((b"n", b"S", b"s"), _Drawing._end_path),
    **dict.fromkeys((b"g", b"rg", b"k"), lambda on, said: on._plain_colour(said, "fill")),
    **dict.fromkeys((b"G", b"RG", b"K"), lambda on, said: on._plain_colour(said, "stroke")),
    **dict.fromkeys((b"sc", b"scn"), lambda on, said: on._colour(said, "fill")),
    **dict.fromkeys((b"SC", b"SCN"), lambda on, said: on._colour(said, "stroke")),
    b"cs": lambda on, said: on._space(str(said[0]), "fill"),
    b"CS": lambda on, said: on._space(str(said[0]), "stroke"),
}


def _matrix(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in operands)
    return a, b, c, d, e, f


def _joined(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _is_box(points: Sequence[Point]) -> bool:
    """Whether these corners are one upright rectangle."""
    across = {round(one[0], 1) for one in points}
    up = {round(one[1], 1) for one in points}
    return 4 <= len(points) <= 5 and len(across) == 2 and len(up) == 2


def _components(name: str, resources: Mapping[str, Any]) -> int:
    """How many numbers make a colour in this space; 0 where they cannot be read as grey, red-green-blue or printing inks."""
    if name in _COMPONENTS:
        return _COMPONENTS[name]
    spaces = resources.get("/ColorSpace")
    held = spaces.get_object().get(name) if spaces is not None else None
    held = held.get_object() if held is not None else None
    if isinstance(held, list) and held:
        kind = str(held[0])
        if kind == "/ICCBased":
            return int(held[1].get_object().get("/N", 0))
        return _COMPONENTS.get(kind, 0)
    return _COMPONENTS.get(str(held), 0)


def _colour_of(operands: Sequence[Any]) -> Colour | None:
    try:
        parts = [min(1.0, max(0.0, float(one))) for one in operands]
    except (TypeError, ValueError):
        return None
    match parts:
        case [grey]:
            level = round(255 * grey)
            return level, level, level
        case [red, green, blue]:
            return round(255 * red), round(255 * green), round(255 * blue)
        case [cyan, magenta, yellow, black]:
            red, green, blue = ((1 - one) * (1 - black) for one in (cyan, magenta, yellow))
            return round(255 * red), round(255 * green), round(255 * blue)
    return None
