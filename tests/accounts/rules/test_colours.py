"""An organisation's colour is used only where everybody can read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.accounts.rules.colours import (
    DARK_PAPERS,
    LEAST_CONTRAST,
    LIGHT_PAPERS,
    NotAColour,
    TooPale,
    contrast,
    readable,
)

colours = st.builds("#{:02x}{:02x}{:02x}".format, *[st.integers(0, 255)] * 3)


def test_contrast_of_known_pairs() -> None:
    """The figures of WCAG's own examples: black on white is 21, a colour on itself 1, #777777 on white just fails."""
    assert contrast(first="#000000", second="#ffffff") == pytest.approx(21)
    assert contrast(first="#123456", second="#123456") == pytest.approx(1)
    assert contrast(first="#777777", second="#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast(first="#767676", second="#FFFFFF") == pytest.approx(4.54, abs=0.005)


@given(colours)
def test_whatever_is_used_can_be_read(colour: str) -> None:
    """By day and in dark mode, on paper and on panels; or the colour is refused."""
    try:
        shades = readable(colour=colour)
    except TooPale:
        assert min(contrast(first=colour, second=paper) for paper in LIGHT_PAPERS) < LEAST_CONTRAST
        return
    assert shades.light == colour
    assert all(contrast(first=shades.light, second=paper) >= LEAST_CONTRAST for paper in LIGHT_PAPERS)
    assert all(contrast(first=shades.dark, second=paper) >= LEAST_CONTRAST for paper in DARK_PAPERS)


@pytest.mark.parametrize("text", ["", "red", "#12345", "#1234567", "0b5c4a", "#0b5c4g"])
def test_what_is_not_a_colour_is_refused(text: str) -> None:
    """With a sentence that shows one."""
    with pytest.raises(NotAColour, match="#0b5c4a"):
        readable(colour=text)
