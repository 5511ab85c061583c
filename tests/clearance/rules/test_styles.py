"""Style sheets: what hides words, how large they are, and how far they stand out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.clearance.rules.rendering import read_page
from hustings.clearance.rules.styles import (
    colour_of,
    contrast_of,
    hides,
    parse_sheet,
    parse_style,
    size_of,
)


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#fff", (255, 255, 255)),
        ("#0B5C4A", (11, 92, 74)),
        ("#ff000080", (255, 0, 0)),
        ("rgb(1, 2, 3)", (1, 2, 3)),
        ("rgba(1 2 3 / 50%)", (1, 2, 3)),
        ("navy", (0, 0, 128)),
        ("var(--x)", None),
        ("linear-gradient(red, blue)", None),
    ],
)
def test_colours(text: str, colour: tuple[int, int, int] | None) -> None:
    assert colour_of(text) == colour


def test_contrasts_of_wcag() -> None:
    """Worked figures: black on white is 21, #767676 on white is the lightest grey that passes 4.5."""
    assert contrast_of(first=(0, 0, 0), second=(255, 255, 255)) == 21
    assert contrast_of(first=(0x76, 0x76, 0x76), second=(255, 255, 255)) >= 4.5
    assert contrast_of(first=(0x77, 0x77, 0x77), second=(255, 255, 255)) < 4.5
    assert contrast_of(first=(9, 9, 9), second=(9, 9, 9)) == 1


@pytest.mark.parametrize(
    ("text", "px"),
    [("12px", 12), ("9pt", 12), ("0.5em", 10), ("150%", 30), ("1rem", 16), ("small", 13), ("calc(1px)", 20)],
)
def test_sizes(text: str, px: float) -> None:
    assert size_of(text=text, parent=20) == pytest.approx(px)


@pytest.mark.parametrize(
    "style",
    [
        *(
            "display:none",
            "visibility: hidden",
            "opacity:0",
            "opacity: 0.0",
            "max-height:0px",
            "mso-hide: all",
        ),
        *("left:-9999px", "text-indent: -10000px", "clip: rect(0, 0, 0, 0)", "clip-path: inset(50%)"),
        *(
            "height:0; overflow:hidden",
            "width:1px; overflow:clip",
            "transform: scale(0)",
            "DISPLAY: NONE !important",
        ),
    ],
)
def test_what_hides(style: str) -> None:
    assert hides(parse_style(style))


@pytest.mark.parametrize(
    "style", ["", "opacity:.9", "left:-9px", "height:0", "overflow:hidden; height:90px", "clip:auto"]
)
def test_what_does_not(style: str) -> None:
    assert not hides(parse_style(style))


def test_the_heavier_rule_wins_and_the_attribute_over_it() -> None:
    page = read_page(
        "<style>#a{color:#111} .b{color:#222;font-size:20px} p{color:#333} div p.b{font-size:22px}</style>"
        "<p class='b'>one</p><p id='a' class='b'>two</p><p class='b' style='font-size:9px'>three</p>"
    )
    assert [(run.text, run.px) for run in page.runs] == [("one", 22.0), ("two", 22.0), ("three", 9.0)]
    assert page.runs[1].contrast == contrast_of(first=(0x11, 0x11, 0x11), second=(255, 255, 255))


def test_a_colour_that_cannot_be_read_is_not_judged() -> None:
    page = read_page("<p style='color:var(--ink)'>seen</p>")
    assert page.runs[0].contrast is None
    assert "seen" in "".join(page.shown)


@given(st.text(max_size=200))
def test_no_style_sheet_breaks_it(text: str) -> None:
    parse_sheet(text)
    parse_style(text)
    read_page(f"<style>{text}</style><p style='{text}'>{text}</p>")
