"""What a hit of an objection says of each part of a name and address, so that somebody can judge it.

Of an objection only unreadable keys are kept, but which key was hit tells what agrees: a hit on the initial with family name,
house and postcode says that the objection had those three, and of the given name only its first letter.
"""

from collections.abc import Iterable
from enum import StrEnum

from hustings.people.rules.keys import Agreement


class Part(StrEnum):
    """A part of a name and address."""

    GIVEN_NAME = "given name"
    FAMILY_NAME = "family name"
    HOUSE = "house"
    POSTCODE = "postcode"


class Level(StrEnum):
    """How a part agrees."""

    SAME = "same"
    ALIKE = "alike"  # another spelling, or a short form
    THEIR_INITIAL = "their initial"
    OUR_INITIAL = "our initial"
    NOT_THEIRS = "not theirs"  # the objection does not have it
    NOT_OURS = "not ours"
    NOT_COMPARED = "not compared"  # one of the two lacks it: the key leaves it out


_EXCEPT: dict[Agreement, dict[Part, Level]] = {
    Agreement.FULL: {},
    Agreement.LETTERS: {Part.GIVEN_NAME: Level.ALIKE, Part.FAMILY_NAME: Level.ALIKE},
    Agreement.NO_HOUSE: {Part.HOUSE: Level.NOT_COMPARED},
    Agreement.THEIR_INITIAL: {Part.GIVEN_NAME: Level.THEIR_INITIAL},
    Agreement.OUR_INITIAL: {Part.GIVEN_NAME: Level.OUR_INITIAL},
    Agreement.THEY_GAVE_NO_NAME: {Part.GIVEN_NAME: Level.NOT_THEIRS},
    Agreement.WE_HAVE_NO_NAME: {Part.GIVEN_NAME: Level.NOT_OURS},
}
_BEST_FIRST = tuple(Level)


def parts_agreeing(*, agreements: Iterable[Agreement]) -> dict[Part, Level]:
    """How each part agrees, at best, over all the keys that were hit; nothing where none was."""
    found = [
        {part: _EXCEPT[agreement].get(part, Level.SAME) for part in Part} for agreement in set(agreements)
    ]
    if not found:
        return {}
    return {part: min((levels[part] for levels in found), key=_BEST_FIRST.index) for part in Part}
