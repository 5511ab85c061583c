"""Names and addresses reduced to what two careless writers of the same thing would both have written.

Each function here has a twin in SQL (`batch.MACROS`); a test holds the two together, character by character.
"""

import re
import unicodedata

#: Letters that Unicode does not take apart into a letter and a mark.
UNDECOMPOSED = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ŧ": "t",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
}
#: Left out, so that O'Brien is OBrien and St. John is St John.
JOINING = "'’‘`´."
_OTHER = re.compile(r"[^a-z]+")
_MAC = re.compile(r"^mac([a-z]{3})")
_HOUSE_NUMBER = re.compile(r"\b[0-9]+[a-z]?\b", re.ASCII)
_SEGMENT_END = re.compile(r"[,\n]")
_DROPPED = str.maketrans("", "", JOINING)
_PLAIN = str.maketrans(UNDECOMPOSED)


def folded(*, text: str) -> str:
    """Reduce a name to small letters a to z with single spaces: "Ní Dhónaill-O'Neil" gives "ni dhonaill
    oneil".
    """
    plain = text.lower().translate(_PLAIN).translate(_DROPPED)
    if not plain.isascii():
        plain = "".join(
            letter
            for letter in unicodedata.normalize("NFD", plain)
            if not unicodedata.category(letter).startswith("M")
        )
    return _OTHER.sub(" ", plain).strip()


def surname_key(*, surname: str) -> str:
    """Give the one spelling under which a surname is filed: no spaces, and Mac written Mc."""
    # Once for each part and once for the whole, for those who write Mac Donald.
    return _without_mac("".join(surname_parts(surname=surname)))


def surname_parts(*, surname: str) -> tuple[str, ...]:
    """Give the keys of the parts of a double surname; one part where it is single."""
    return tuple(_without_mac(part) for part in folded(text=surname).split(" ") if part)


def forenames(*, forename: str) -> tuple[str, ...]:
    """Give the folded forenames in order: the first is the one a person is called by, most often."""
    return tuple(part for part in folded(text=forename).split(" ") if part)


def house_of(*, address: str) -> str:
    """Give the numbers of the house and flat, "3 12" for Flat 3, 12 Mill Street; else the house's folded
    name.

    Numbers are looked for in the first two parts of the address, so that a postcode or a district further
    on is not taken for a house.
    """
    segments = _SEGMENT_END.split(address.lower())
    numbers = _HOUSE_NUMBER.findall(",".join(segments[:2]))
    return " ".join(numbers) if numbers else folded(text=segments[0])


def postcode_key(*, postcode: str) -> str:
    """Give a postcode in capitals without spaces, whatever it is."""
    return "".join(letter for letter in postcode if letter.isascii() and letter.isalnum()).upper()


def _without_mac(name: str) -> str:
    return _MAC.sub(r"mc\1", name)
