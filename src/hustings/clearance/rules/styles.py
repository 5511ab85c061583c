"""The little of CSS that decides whether words are seen: from style sheets in the page and from style attributes.

Selectors are read as tag, .class, #id and their combinations without descent; the last part of a longer selector counts, so that
`footer .small` speaks of every `.small`. Rules inside @media and the like are passed over. That is enough for mail and for small
pages; whoever hides words by other means hides them from the law too, so what is doubtful counts as seen.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

Style = Mapping[str, str]

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
_AT_BLOCK = re.compile(r"@[a-z-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE)
_PART = re.compile(r"^(?P<tag>[a-z][a-z0-9]*|\*)?(?P<rest>(?:[.#][\w-]+)*)$", re.IGNORECASE)
_COLOUR_NAMES = {
    "black": (0, 0, 0), "white": (255, 255, 255), "red": (255, 0, 0), "green": (0, 128, 0), "blue": (0, 0, 255),
    "grey": (128, 128, 128), "gray": (128, 128, 128), "silver": (192, 192, 192), "yellow": (255, 255, 0), "navy": (0, 0, 128),
    "lightgrey": (211, 211, 211), "lightgray": (211, 211, 211), "darkgrey": (169, 169, 169), "darkgray": (169, 169, 169),
    "whitesmoke": (245, 245, 245), "maroon": (128, 0, 0), "purple": (128, 0, 128), "orange": (255, 165, 0),
}  # fmt: skip
_SIZE_NAMES = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0,
}  # fmt: skip
_PX_OF = {"px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "rem": 16.0}
_LENGTH = re.compile(r"^(-?[0-9]*\.?[0-9]+)([a-z%]*)$")

Colour = tuple[int, int, int]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of a style sheet: what it speaks of, how weighty it is, and what it says."""

    tag: str
    classes: frozenset[str]
    identifier: str
    style: Style

    @property
    def weight(self) -> tuple[int, int, int]:
        """Specificity."""
        return (int(bool(self.identifier)), len(self.classes), int(bool(self.tag)))

    def speaks_of(self, *, tag: str, classes: frozenset[str], identifier: str) -> bool:
        """Whether it holds for such an element."""
        return (
            self.tag in {"", "*", tag}
            and self.classes <= classes
            and (not self.identifier or self.identifier == identifier)
        )


def parse_sheet(text: str) -> tuple[Rule, ...]:
    """The rules of a style sheet, lightest first."""
    plain = _AT_BLOCK.sub("", _COMMENT.sub("", text))
    found: list[Rule] = []
    for selectors, body in _RULE.findall(plain):
        style = parse_style(body)
        for selector in selectors.split(","):
            last = (re.split(r"[\s>+~]+", selector.strip()) or [""])[-1]
            if (part := _PART.match(last.split(":", 1)[0])) and last and ":" not in last:
                names = re.findall(r"([.#])([\w-]+)", part["rest"] or "")
                found.append(
                    Rule(
                        tag=(part["tag"] or "").lower(),
                        classes=frozenset(name for sign, name in names if sign == "."),
                        identifier=next((name for sign, name in names if sign == "#"), ""),
                        style=style,
                    )
                )
    return tuple(sorted(found, key=lambda rule: rule.weight))


def parse_style(text: str) -> dict[str, str]:
    """The declarations of a style attribute.

    >>> parse_style("color: RED; font-size:9px !important")
    {'color': 'red', 'font-size': '9px'}
    """
    found: dict[str, str] = {}
    for declaration in _COMMENT.sub("", text).split(";"):
        name, separator, value = declaration.partition(":")
        if separator:
            found[name.strip().lower()] = value.lower().replace("!important", "").strip()
    return found


def colour_of(text: str) -> Colour | None:
    """A colour as red, green, blue; None for one that cannot be read (a variable, a gradient)."""
    value = text.strip().lower()
    if value in _COLOUR_NAMES:
        return _COLOUR_NAMES[value]
    if found := re.match(r"^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$", value):
        digits = found[1]
        if len(digits) in {3, 4}:
            digits = "".join(sign * 2 for sign in digits)
        return (int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))
    if found := re.match(r"^rgba?\(\s*([0-9]+)[\s,]+([0-9]+)[\s,]+([0-9]+)", value):
        return (min(255, int(found[1])), min(255, int(found[2])), min(255, int(found[3])))
    return None


def contrast_of(*, first: Colour, second: Colour) -> float:
    """The contrast of two colours as WCAG 2 counts it, from 1 to 21.

    >>> contrast_of(first=(0, 0, 0), second=(255, 255, 255))
    21.0
    """
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def _luminance(colour: Colour) -> float:
    parts = [one / 255 for one in colour]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def size_of(*, text: str, parent: float) -> float:
    """A font size in pixels, from whatever unit; the parent's where it cannot be read."""
    value = text.strip()
    if value in _SIZE_NAMES:
        return _SIZE_NAMES[value]
    if value in {"smaller", "larger"}:
        return parent / 1.2 if value == "smaller" else parent * 1.2
    found = _LENGTH.match(value)
    if found is None:
        return parent
    number, unit = float(found[1]), found[2]
    if unit in {"em", "%"}:
        return parent * number / (100 if unit == "%" else 1)
    return number * _PX_OF.get(unit, 1.0)


def hides(style: Style) -> bool:
    """Whether an element of this style is not seen, with everything in it."""
    opacity = style.get("opacity", "1")
    if style.get("display") == "none" or style.get("visibility") in {"hidden", "collapse"}:
        return True
    if _is_nought(opacity) or _is_nought(style.get("max-height", "1")) or style.get("mso-hide") == "all":
        return True
    if style.get("overflow", "").startswith(("hidden", "clip")) and any(
        _is_tiny(style.get(name, "")) for name in ("height", "width")
    ):
        return True
    if any(_is_far(style.get(name, "")) for name in ("left", "right", "top", "text-indent", "margin-left")):
        return True
    clip = style.get("clip", "").replace(" ", "")
    if clip.startswith(("rect(0", "rect(1px")) or re.search(
        r"inset\((50|100)%\)", style.get("clip-path", "")
    ):
        return True
    return bool(re.search(r"scale\(0(\.0+)?\)", style.get("transform", "")))


def _is_nought(value: str) -> bool:
    found = _LENGTH.match(value.strip())
    return found is not None and float(found[1]) == 0


def _is_tiny(value: str) -> bool:
    found = _LENGTH.match(value.strip())
    return found is not None and float(found[1]) <= 1 and found[2] in {"", "px", "pt"}


def _is_far(value: str) -> bool:
    found = _LENGTH.match(value.strip())
    return found is not None and float(found[1]) <= -500
