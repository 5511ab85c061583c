"""Names of advertisers brought into one shape, so that spellings of one payer meet."""

import re
import unicodedata
from collections.abc import Set

#: Words at the end of a name that say what kind of body it is, not which.
_LEGAL_FORMS = frozenset({"ltd", "limited", "plc", "llp", "cic", "inc", "incorporated", "cio", "company"})
#: How platforms say that there is no disclaimer.
_NO_DISCLAIMER = frozenset(
    {
        "",
        "these ads ran without a disclaimer",
        "this ad ran without a disclaimer",
        "these ads ran without a disclaimer.",
    }
)
_BRACKETS = re.compile(r"\[[^\]]*\]")
_NOT_WORD = re.compile(r"[^\w\s]")


def name_key(name: str) -> str:
    """A name without case, accents, punctuation, “the” in front and legal form at the end.

    “The Labour Party” and “labour party” meet, “UNICEF UK” and “Unicef UK” too. A nation in the name stays: “Oxfam” and
    “Oxfam Scotland” may be two bodies.
    """
    plain = _BRACKETS.sub(" ", unicodedata.normalize("NFKD", name.casefold()))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = plain.replace("&", " and ").replace("'", "").replace("’", "")
    words = _NOT_WORD.sub(" ", plain).split()
    while len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words = words[:-1]
    return " ".join(words)


def payer(disclaimer: str) -> str:
    """The disclaimer, or nothing where the platform says that there is none."""
    text = disclaimer.strip()
    return "" if text.casefold() in _NO_DISCLAIMER else text


def is_person_like(name: str, *, given_names: Set[str] = frozenset()) -> bool:
    """Whether a name looks like a person's: two to six words of letters, each capitalised, one of them a given name.

    `given_names` stand in lower case; where there are none, the shape alone decides.
    """
    words = name.replace("-", " ").split()
    if not 2 <= len(words) <= 6:
        return False
    if words[0].casefold().strip(".") in {
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "cllr",
        "councillor",
        "sir",
        "dame",
    }:
        return True
    if any(not word.replace("'", "").replace("’", "").replace(".", "").isalpha() for word in words):
        return False
    if not all(word[0].isupper() or word in {"de", "van", "von", "of", "al", "bin"} for word in words):
        return False
    return not given_names or any(word.casefold() in given_names for word in words)
