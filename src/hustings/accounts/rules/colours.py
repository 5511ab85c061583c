"""Contrast of colours, by WCAG 2.2's own formula, and the shades of an organisation's colour that can be read.

Source: W3C, Web Content Accessibility Guidelines 2.2, "contrast ratio" and "relative luminance" (success criterion 1.4.3:
at least 4.5 to 1 for text).
"""

import re
from dataclasses import dataclass

from hustings.basics.refusals import Refusal, gettext_noop

#: The green of Hustings, where an organisation has no colour of its own.
OWN_COLOUR = "#0b5c4a"

#: WCAG 2.2 success criterion 1.4.3, level AA, for text of ordinary size.
LEAST_CONTRAST = 4.5

#: Paper of the public pages, by day and in dark mode, and the panels laid upon it (see public.css).
LIGHT_PAPERS = ("#ffffff", "#f3f5f4")
DARK_PAPERS = ("#131a1f", "#1d262c")

_HEX = re.compile(r"#(?P<red>[0-9a-f]{2})(?P<green>[0-9a-f]{2})(?P<blue>[0-9a-f]{2})", re.IGNORECASE)


class NotAColour(Refusal):
    """The text is not a colour written as # and six hexadecimal digits."""


class TooPale(Refusal):
    """Text in this colour could not be read on white by everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """An organisation's colour as the pages use it: by day as it is, in dark mode lightened until it can be read."""

    light: str
    dark: str


def contrast(*, first: str, second: str) -> float:
    """The contrast ratio of two colours, from 1 (the same) to 21 (black on white)."""
    bright, dim = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def readable(*, colour: str) -> Colours:
    """The shades to use for a colour.

    Raises `NotAColour`, or `TooPale` where text in it (and white text on it) would have less than 4.5 to 1 by day.
    """
    channels = _channels(colour)
    least = min(contrast(first=colour, second=paper) for paper in LIGHT_PAPERS)
    if least < LEAST_CONTRAST:
        raise TooPale(
            "too_pale",
            gettext_noop(
                "“{colour}” is too pale to be read on white: its contrast is {contrast} to 1, and at least 4.5 to 1 is "
                "needed. Choose a darker shade."
            ),
            colour=colour,
            contrast=f"{least:.1f}",
        )
    dark = colour
    for step in range(1, 101):
        if min(contrast(first=dark, second=paper) for paper in DARK_PAPERS) >= LEAST_CONTRAST + 1:
            break
        dark = "#" + "".join(f"{round(value + (255 - value) * step / 100):02x}" for value in channels)
    return Colours(light=colour.lower(), dark=dark.lower())


def _channels(colour: str) -> tuple[int, int, int]:
    match = _HEX.fullmatch(colour)
    if match is None:
        raise NotAColour(
            "not_a_colour",
            gettext_noop("“{entered}” is not a colour. Write # and six digits, for example #0b5c4a."),
            entered=colour,
        )
    return int(match["red"], 16), int(match["green"], 16), int(match["blue"], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(value / 255) for value in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
