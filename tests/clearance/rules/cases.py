"""The hand-made imprint cases of tests/data/imprints/cases.toml, read into facts and files."""

import tomllib
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import typst

from hustings.clearance.rules.facts import (
    Election,
    Exemption,
    Link,
    MaterialFacts,
    Measures,
    Medium,
    Nation,
    Place,
    Publisher,
    Responsible,
    Stage,
    Subject,
)
from hustings.clearance.rules.reading import digest
from hustings.clearance.usecases.check_file import Beside

FILE = Path(__file__).resolve().parents[2] / "data" / "imprints" / "cases.toml"
POLL_2026 = date(2026, 5, 7)
ALICE_SAYS = "Promoted by Alice Archer, 12 High Street, Barset ZZ1 1AA"
PICTURE = b"\x89PNG\r\n\x1a\n not a real picture"
UNKNOWN = "unknown"
_KNOWN = {
    *(
        "name",
        "medium",
        "nation",
        "election",
        "paid",
        "publisher",
        "about",
        "exemption",
        "in_period",
        "promoters",
    ),
    *(
        "behalf",
        "printer",
        "on",
        "stage",
        "checked_sha256",
        "kept_sha256",
        "measures",
        "link",
        "text",
        "html",
        "eml",
    ),
    *("pdf", "picture", "caption", "seen", "blocks", "warns", "infos"),
}


@dataclass(frozen=True)
class Case:
    """One piece of material with what the checklist must say of it."""

    name: str
    content: bytes
    file_name: str
    facts: MaterialFacts
    on: date
    beside: Beside
    words_in_picture: str | None
    blocks: set[str] = field(default_factory=set)
    warns: set[str] = field(default_factory=set)
    infos: set[str] = field(default_factory=set)


@cache
def cases() -> tuple[Case, ...]:
    """Every case of the file."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    people = {key: Responsible(**one, is_verified=True) for key, one in read["people"].items()}
    return tuple(_case(row, people) for row in read["case"])


def people() -> dict[str, Responsible]:
    """Alice and the others of the file."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {key: Responsible(**one, is_verified=True) for key, one in read["people"].items()}


def _case(row: dict[str, Any], people: dict[str, Responsible]) -> Case:
    assert set(row) <= _KNOWN, (row["name"], set(row) - _KNOWN)

    def who(one: str | dict[str, Any]) -> Responsible:
        if isinstance(one, str):
            return people[one]
        return Responsible(name=one["name"], address=one["address"], is_verified=one.get("verified", True))

    content, file_name = _content(row)
    medium = row.get("medium", "email")
    printer = row.get("printer", "printer" if medium in {"print", "newspaper"} else "none")
    promoters = row.get("promoters", ["alice"])
    link = row.get("link")
    shas = {"this": digest(content), "another": "a" * 64}
    facts = MaterialFacts(
        medium=None if medium == UNKNOWN else Medium(medium),
        nation=_or_none(Nation, row.get("nation", "england")),
        election=_or_none(Election, row.get("election", "local")),
        is_paid=None if row.get("paid") == UNKNOWN else row.get("paid", False),
        publisher=_or_none(Publisher, row.get("publisher", "candidate")),
        subject=_or_none(Subject, row.get("about", "candidate")),
        exemption=Exemption(row["exemption"]) if "exemption" in row else None,
        is_in_regulated_period=row.get("in_period"),
        promoters=() if promoters == "read" else tuple(map(who, promoters)),
        principals=tuple(map(who, row.get("behalf", []))),
        printer=None if printer == "none" else who(printer),
        place=Place.LINKED if link else Place.IN_MATERIAL,
        link=Link(
            platform=link["platform"],
            reason=link["reason"],
            clicks=link["clicks"],
            needs_login=link["login"],
            status=link["status"],
            is_watched=link["watched"],
            text=link["text"],
        )
        if link
        else None,
        measures=Measures(**row.get("measures", {})),
        stage=Stage(row.get("stage", "checking")),
        checked_sha256=shas.get(row.get("checked_sha256", ""), ""),
        kept_sha256=shas.get(row.get("kept_sha256", ""), ""),
    )
    return Case(
        name=row["name"],
        content=content,
        file_name=file_name,
        facts=facts,
        on=row.get("on", POLL_2026),
        beside=Beside(caption=row.get("caption", ""), is_seen_by_person=row.get("seen", False)),
        words_in_picture=row.get("picture") or None,
        blocks=set(row.get("blocks", [])),
        warns=set(row.get("warns", [])),
        infos=set(row.get("infos", [])),
    )


def _or_none(choices: Any, given: str) -> Any:
    return None if given == UNKNOWN else choices(given)


def _content(row: dict[str, Any]) -> tuple[bytes, str]:
    if "html" in row:
        return f"<!doctype html>{row['html']}".encode(), "page.html"
    if "eml" in row:
        return row["eml"].lstrip("\n").replace("\n", "\r\n").encode(), "message.eml"
    if "pdf" in row:
        return _pdf(tuple(row["pdf"])), "leaflet.pdf"
    if "picture" in row:
        return PICTURE, "picture.png"
    return row.get("text", ALICE_SAYS).encode(), "words.txt"


@cache
def _pdf(pages: tuple[str, ...]) -> bytes:
    source = '#set page(paper: "a5")\n' + "\n#pagebreak()\n".join(pages)
    made = typst.compile(source.encode())
    assert isinstance(made, bytes)
    return made


ALICE, BOB, PARTY, GROUP, PRINTER = (people()[key] for key in ("alice", "bob", "party", "group", "printer"))
PRINTED = "Printed by Penny Press Ltd, Unit 4, Dock Road, Barset ZZ3 4AD. "
LAST_FREE_DAY, FIRST_DAY = date(2023, 10, 31), date(2023, 11, 1)
EMAIL = MaterialFacts(
    medium=Medium.EMAIL,
    nation=Nation.ENGLAND,
    election=Election.LOCAL,
    is_paid=False,
    publisher=Publisher.CANDIDATE,
    subject=Subject.CANDIDATE,
    promoters=(ALICE,),
)
LEAFLET = replace(EMAIL, medium=Medium.PRINT, printer=PRINTER)


def but(facts: MaterialFacts, **changes: Any) -> MaterialFacts:
    """The same material with some facts different."""
    return replace(facts, **changes)
