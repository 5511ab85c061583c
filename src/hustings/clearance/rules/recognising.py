"""Read an imprint out of running text: whom it names as promoter and printer, and on whose behalf, right or wrong.

No exact wording is laid down, so this knows the shapes that people use, in English and Welsh. What it reads nobody verified.
"""

import re
from dataclasses import dataclass

from hustings.clearance.rules.facts import Responsible

_POSTCODE = r"[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][ABD-HJLNP-UW-Z]{2}"
_DONE = r"(?:printed|published|argraffwyd|cyhoeddwyd)"
_AND = r"(?:,?\s*(?:and|a|ac|&)\s*|,\s*)"
_PROMOTED = rf"(?:{_DONE}{_AND})*(?:promoted|hyrwyddwyd)(?:{_AND}{_DONE})*\s+(?:by|gan)\s*:?\s+"
_PUBLISHED = r"(?:published|cyhoeddwyd)\s+(?:by|gan)\s*:?\s+"
_BEHALF = r"(?:,?\s+(?:for\s+and\s+)?on\s+behalf\s+of\s+|,?\s+ar\s+ran\s+)"
_PRINTED = r"(?:printed|argraffwyd)\s+(?:by|gan)\s*:?\s+"
_SHARED = re.compile(
    r",?\s*\b(?:both|all)\s+(?:of|at)\s+|,?\s*\b(?:y\s+ddau|ill\s+dau|pob\s+un|i\s+gyd)\s+o\s+", re.IGNORECASE
)
_PRINTS_TOO = re.compile(r"printed|argraffwyd", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """Who an imprint names; empty where none was found."""

    promoters: tuple[Responsible, ...] = ()
    principals: tuple[Responsible, ...] = ()
    printer: Responsible | None = None


def recognise(text: str) -> Recognised:
    """Read the first imprint of a text.

    >>> recognise("Promoted by Alice Archer, 12 High Street, Barset ZZ1 1AA").promoters[0].name
    'Alice Archer'
    """
    plain = re.sub(r"[ \t\xa0]+", " ", text)
    found = re.search(_PROMOTED, plain, re.IGNORECASE) or re.search(_PUBLISHED, plain, re.IGNORECASE)
    printed = next(
        (
            one
            for one in re.finditer(_PRINTED, plain, re.IGNORECASE)
            if found is None or one.end() <= found.start() or one.start() >= found.end()
        ),
        None,
    )
    printer = _one(_until(plain[printed.end() :])) if printed else None
    if found is None:
        return Recognised(printer=printer)
    whole = _until(plain[found.end() :])
    if printed and printed.start() > found.end():
        whole = whole.split(plain[printed.start() : printed.end()])[0]
    parts = re.split(_BEHALF, whole, maxsplit=1, flags=re.IGNORECASE)
    shared = _shared_address(whole)
    promoters = _several(_SHARED.split(parts[0])[0] if shared else parts[0], shared)
    principals = (
        _several(_SHARED.split(parts[1])[0] if shared else parts[1], shared) if len(parts) > 1 else ()
    )
    if printer is None and _PRINTS_TOO.search(found.group()) and promoters:
        printer = promoters[0]
    return Recognised(promoters=promoters, principals=principals, printer=printer)


def _until(text: str) -> str:
    """The imprint's own words: to the end of the paragraph, or to a sentence that ends with a postcode."""
    paragraph = re.split(r"\n\s*\n", text, maxsplit=1)[0]
    codes = list(re.finditer(_POSTCODE, paragraph, re.IGNORECASE))
    if not codes:
        return re.split(r"(?<=[a-z]{2})\. ", paragraph)[0].split("\n")[0]
    end = codes[0].end()
    for code in codes[1:]:
        between = paragraph[end : code.start()]
        if "." in between or "\n\n" in between:
            break
        end = code.end()
    return paragraph[:end].replace("\n", " ")


def _shared_address(whole: str) -> str:
    found = _SHARED.split(whole)
    return found[-1].strip(" ,.") if len(found) > 1 else ""


def _several(text: str, shared: str) -> tuple[Responsible, ...]:
    """Everyone named in a row; each ends with a postcode, or all share one address."""
    if shared:
        names = re.split(r",\s*|\s+(?:and|&|a|ac)\s+", text.strip(" ,."))
        return tuple(Responsible(name=name.strip(), address=shared) for name in names if name.strip())
    rows = re.split(r"(?<=[0-9][A-Za-z]{2})\s*,?\s*(?:and|&|ac|a)\s+", text)
    return tuple(one for row in rows if (one := _one(row)) is not None)


def _one(text: str) -> Responsible | None:
    words = " ".join(text.replace("\n", " ").split()).strip(" ,.")
    split = re.split(
        r",\s*|\s+(?:of|at|o)\s+(?=[0-9]|the |po |unit )", words, maxsplit=1, flags=re.IGNORECASE
    )
    name = split[0].strip()
    if not name or len(name) > 120:
        return None
    return Responsible(name=name, address=split[1].strip() if len(split) > 1 else "")
