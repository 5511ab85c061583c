"""Write an imprint: the shapes that are offered where one is missing, in English, Welsh or both.

No law lays down exact words; these are the ones people know (rules 1.5).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hustings.clearance.rules.facts import Medium, Responsible
from hustings.clearance.rules.parts import is_same_address

Language = Literal["en", "cy", "cy+en"]


@dataclass(frozen=True)
class _Words:
    promoted: str
    printed: str
    behalf: str
    both_of: str
    all_of: str
    conjunction: str
    before_vowel: str

    def join(self, names: Sequence[str]) -> str:
        """Put names in a row, the last after "and"."""
        if len(names) == 1:
            return names[0]
        *first, last = names
        # Welsh "a" becomes "ac" before a vowel; w and y count as vowels there.
        is_vowel = last[:1].casefold() in set("aeiouwyâêîôûŵŷ")
        return f"{', '.join(first)} {self.before_vowel if is_vowel else self.conjunction} {last}"


_ENGLISH = _Words("Promoted by", "Printed by", "on behalf of", "both of", "all of", "and", "and")
_WELSH = _Words("Hyrwyddwyd gan", "Argraffwyd gan", "ar ran", "y ddau o", "pob un o", "a", "ac")


class NobodyToName(ValueError):
    """An imprint was asked for without a promoter to name."""


def imprint_text(
    *,
    promoters: Sequence[Responsible],
    principals: Sequence[Responsible] = (),
    printer: Responsible | None = None,
    medium: Medium,
    language: Language = "en",
) -> str:
    """Write the imprint for these people, in one line per language.

    Someone who is named as promoter and as principal is named once. A printer is named on print only: a
    newspaper names its own, and electronic material needs none.

    >>> alice = Responsible(name="Alice Archer", address="1 High Street, Barset ZZ1 1AA")
    >>> imprint_text(promoters=[alice], medium=Medium.EMAIL)
    'Promoted by Alice Archer, 1 High Street, Barset ZZ1 1AA'
    """
    if not promoters:
        raise NobodyToName
    if language == "cy+en":
        return "\n".join(
            imprint_text(
                promoters=promoters, principals=principals, printer=printer, medium=medium, language=one
            )
            for one in ("cy", "en")
        )
    words = _ENGLISH if language == "en" else _WELSH
    named = {_key(person) for person in promoters}
    others = [person for person in principals if _key(person) not in named]
    line = _line(words, list(promoters), others)
    if medium is Medium.PRINT and printer is not None:
        return f"{words.printed} {printer.name}, {_one_line(printer.address)}. {line}"
    return line


def _line(words: _Words, promoters: list[Responsible], principals: list[Responsible]) -> str:
    everyone = [*promoters, *principals]
    if len(everyone) > 1 and all(
        is_same_address(first=everyone[0].address, second=person.address) for person in everyone[1:]
    ):
        line = f"{words.promoted} {words.join([person.name for person in promoters])}"
        if principals:
            line += f" {words.behalf} {words.join([person.name for person in principals])}"
        shared = words.both_of if len(everyone) == 2 else words.all_of
        return f"{line}, {shared} {_one_line(everyone[0].address)}"
    line = f"{words.promoted} {words.join([_with_address(person) for person in promoters])}"
    if principals:
        line += f" {words.behalf} {words.join([_with_address(person) for person in principals])}"
    return line


def _with_address(person: Responsible) -> str:
    return f"{person.name}, {_one_line(person.address)}"


def _one_line(address: str) -> str:
    return ", ".join(line.strip(" ,") for line in address.splitlines() if line.strip(" ,"))


def _key(person: Responsible) -> tuple[str, str]:
    return (" ".join(person.name.casefold().split()), " ".join(person.address.casefold().split()))
