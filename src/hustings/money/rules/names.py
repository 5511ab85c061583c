"""When two written names may be one payer's: titles go, spellings and short forms meet."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from hustings.register.rules.matching.folding import folded, forenames, surname_key
from hustings.register.rules.matching.nicknames import are_forms_of_one_name

# fmt: off
_TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "baron", "baroness",
    "viscount", "earl", "cllr", "councillor", "rev", "revd", "reverend", "rt", "hon", "right", "honourable", "the",
    "mp", "msp", "mlae", "am", "mla", "cbe", "obe", "mbe", "kbe", "dbe", "qc", "kc", "jp", "esq", "junior", "jnr",
    "senior", "snr",
})
# fmt: on
_WORD = re.compile(r"[^\s,]+")
#: Shorter words than this are not taken for one another misspelt.
_LEAST_LETTERS_FOR_A_SLIP = 5


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name, folded: forenames in order, and the surname's key."""

    forenames: tuple[str, ...]
    surname: str


@lru_cache(maxsize=262_144)
def person_name(*, given: str = "", family: str = "", full: str = "") -> PersonName:
    """Fold a name. `full` is one text, forenames first or "SURNAME, Forenames"; titles and letters after it are left out."""
    if full:
        before, comma, after = full.partition(",")
        if comma and not _is_titles(after):
            family, given = _without_titles(before), _without_titles(after)
        else:
            words = _without_titles(before).split()
            given, family = " ".join(words[:-1]), words[-1] if words else ""
    else:
        given = _without_titles(given)
    return PersonName(forenames=forenames(forename=given), surname=surname_key(surname=family))


@lru_cache(maxsize=262_144)
def may_be_one_person(*, one: PersonName, other: PersonName) -> bool:
    """Say whether two names may be one person's: the surnames the same or one slip apart, and the forenames the same, a short
    form, an initial or one slip apart, and no second forename against it; or the two in each other's place.
    """
    if one == other:
        return True
    if not one.surname or not other.surname:
        return False
    if _same_word(one.surname, other.surname):
        return _forenames_agree(one.forenames, other.forenames)
    return (
        len(one.forenames) == 1
        and len(other.forenames) == 1
        and one.forenames[0] == other.surname
        and other.forenames[0] == one.surname
    )


def _forenames_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if not one or not other:
        return False
    first, second = one[0], other[0]
    if len(one) > 1 and len(other) > 1 and one[1][0] != other[1][0]:
        return False
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]
    return _same_word(first, second) or are_forms_of_one_name(one=first, other=second)


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < _LEAST_LETTERS_FOR_A_SLIP:
        return False
    return DamerauLevenshtein.distance(one, other, score_cutoff=1) <= 1


def _is_titles(text: str) -> bool:
    words = _WORD.findall(text.lower().replace(".", ""))
    return all(word in _TITLES for word in words)


def _without_titles(text: str) -> str:
    words = _WORD.findall(text.replace(".", " "))
    kept = [word for word in words if word.lower() not in _TITLES]
    return " ".join(kept or words)


_ASIDE = re.compile(r"\([^)]*\)|\[[^]]*\]")
_LEGAL_FORMS = frozenset(
    {"ltd", "limited", "plc", "llp", "lp", "co", "company", "inc", "uk", "the", "of", "and", "for", "union"}
)


@lru_cache(maxsize=262_144)
def organisation_key(*, name: str) -> str:
    """Give the one spelling under which an organisation is filed: without its legal form, small words, remarks in brackets and
    an abbreviation of itself at the end ("Communication Workers Union CWU").
    """
    words = folded_words(text=_ASIDE.sub(" ", name.replace("&", " and ")))
    if len(words) > 2 and _is_abbreviation(words[-1], words[:-1]):
        words = words[:-1]
    kept = [word for word in words if word not in _LEGAL_FORMS]
    return " ".join(kept or words)


def folded_words(*, text: str) -> list[str]:
    """Give the words of a text in small letters and digits."""
    return re.findall(r"[a-z0-9]+", " ".join(_folded_keeping_digits(text).split()))


def _folded_keeping_digits(text: str) -> str:
    return " ".join(
        word if word.isdigit() else folded(text=word) for word in re.findall(r"[0-9]+|[^0-9]+", text)
    )


def _is_abbreviation(word: str, words: list[str]) -> bool:
    return len(word) > 2 and word == "".join(
        one[0] for one in words if one not in {"and", "of", "the", "for"}
    )
