"""What somebody who is out alone means by a text message: back, longer, or help.

Only a whole message that is one of these words counts: “not back yet” holds “back”, and nobody may be taken for safe by half
a sentence. Anything else is answered with the words that are understood.
"""

import re
from enum import StrEnum


class TextWord(StrEnum):
    """What a text message asks for."""

    BACK = "back"
    LONGER = "longer"
    HELP = "help"
    UNCLEAR = "unclear"


_WORDS: dict[str, TextWord] = {
    **dict.fromkeys(
        (
            "back", "im back", "i am back", "back now", "back safe", "home", "im home", "i am home", "safe", "ok back",
            "nol", "n ol", "dwin ol", "rwyn ol", "adref", "dwi adref", "diogel",
        ),
        TextWord.BACK,
    ),
    **dict.fromkeys(("more", "longer", "more time", "half an hour more", "30", "rhagor", "mwy"), TextWord.LONGER),
    **dict.fromkeys(("help", "help me", "sos", "cymorth", "help please", "please help"), TextWord.HELP),
}  # fmt: skip

_APOSTROPHES = re.compile(r"['’‘`]")
_REST = re.compile(r"[\W_]+")


def word_of(*, text: str) -> TextWord:
    """What the message says, whatever its letters' case, stops and blanks."""
    plain = _REST.sub(" ", _APOSTROPHES.sub("", text.casefold())).strip()
    return _WORDS.get(plain, TextWord.UNCLEAR)
