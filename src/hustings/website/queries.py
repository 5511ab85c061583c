"""What the public site's frame needs to know: its menu, its foot, its imprint and its colours."""

from dataclasses import dataclass

from hustings.accounts.models import Organisation
from hustings.accounts.rules.colours import Colours, NotAColour, TooPale, readable

#: The colour that the stylesheet already holds.
OWN_COLOUR = "#0b5c4a"


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link of the menu or the foot; `language` is set where it leads into another language."""

    label: str
    url: str
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What lies round every public page."""

    menu: tuple[Link, ...]
    footer: tuple[Link, ...]
    imprint: str
    colours: Colours | None


def frame(*, organisation: Organisation | None) -> Frame:
    """The frame of public pages for this organisation."""
    return Frame(menu=(), footer=(), imprint="", colours=colours_of(organisation=organisation))


def colours_of(*, organisation: Organisation | None) -> Colours | None:
    """The organisation's own shades, or none where it has no colour of its own or one that could not be read."""
    if organisation is None or organisation.colour.lower() == OWN_COLOUR:
        return None
    try:
        return readable(colour=organisation.colour)
    except (NotAColour, TooPale):
        return None
