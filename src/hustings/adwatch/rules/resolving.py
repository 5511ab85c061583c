"""Which entity stands behind a page and its disclaimer, by stated method, with the evidence for it.

In this order: the payer that the disclaimer names; the page, where the disclaimer is a person's name (an agent or an employee
who put their own name in); where there is no disclaimer, whoever pays for other ads of the same page; else the page itself.
Names meet when they are the same once case, accents, punctuation and legal form are levelled, and, on one page, when
they are nearly the same. Nothing else is merged by itself: what looks alike on different pages is only proposed to people.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz

from hustings.adwatch.rules.naming import is_person_like, name_key, payer

#: Words that no person's name holds.
_BODY = re.compile(
    r"\b(party|labour|conservatives?|liberal|lib dems?|democrats?|greens?|unionists?|association|trust|council|"
    r"foundation|society|group|campaign|alliance|uk|ltd|limited|plc|llp|cic|union|network|federation|institute|"
    r"university|college|school|club|company|charity|media|news|energy|services?|international|england|scotland|"
    r"wales|britain|ireland|london|church|centre|action|aid|relief|fund|authority|government|board|the|and|for|of|"
    r"facebook|ads?)\b",
    re.IGNORECASE,
)
#: How like two names on one page must be (0–100) to be one payer's.
NEARLY_SAME = 88


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An advertiser as the archive names it."""

    platform: str
    page_id: str
    page: str
    disclaimer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """The key and name of the entity, how it was found, and the evidence in words."""

    key: str
    name: str
    method: str
    evidence: str


@cache
def _given_names() -> frozenset[str]:
    words = (Path(__file__).parent / "tables" / "given_names.txt").read_text(encoding="utf-8").split()
    return frozenset(word.casefold() for word in words)


def names_a_person(text: str) -> bool:
    """Whether a disclaimer is a person's name rather than an organisation's."""
    return not _BODY.search(text) and is_person_like(text, given_names=_given_names())


def resolve(*, advertisers: Sequence[Named], known: Mapping[tuple[str, str], str]) -> list[Resolved]:
    """The entity of each advertiser, in order.

    `known` maps (platform, page id) to the key of the entity that pays for ads of that page, from earlier snapshots.
    """
    first = [_by_name(one) for one in advertisers]
    payers: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for one, found in zip(advertisers, first, strict=True):
        if found is not None and payer(one.disclaimer):
            payers[one.platform, one.page_id][found.key] = found.name
    merged = {page: _merge(keys) for page, keys in payers.items()}
    settled = []
    for one, found in zip(advertisers, first, strict=True):
        page = (one.platform, one.page_id)
        if found is not None:
            kept = merged.get(page, {}).get(found.key, found.key)
            is_merged = kept != found.key
            settled.append(
                Resolved(
                    key=kept,
                    name=payers[page][kept],
                    method="same page, nearly the same name",
                    evidence=f"“{one.disclaimer}” and “{payers[page][kept]}” pay for ads of the page “{one.page}”.",
                )
                if is_merged
                else found
            )
            continue
        here = set(merged.get(page, {}).values())
        if len(here) == 1 or (not here and page in known):
            key = next(iter(here)) if here else known[page]
            name = payers[page].get(key, "") if here else ""
            settled.append(
                Resolved(
                    key=key,
                    name=name,
                    method="same page as ads with a disclaimer",
                    evidence=f"No disclaimer; other ads of the page “{one.page}” name one payer.",
                )
            )
        else:
            settled.append(
                Resolved(
                    key=name_key(one.page),
                    name=one.page,
                    method="page name",
                    evidence=f"No disclaimer; the page is called “{one.page}”.",
                )
            )
    return settled


def _by_name(one: Named) -> Resolved | None:
    paid_by = payer(one.disclaimer)
    if not paid_by:
        return None
    if names_a_person(paid_by) and name_key(paid_by) != name_key(one.page):
        return Resolved(
            key=name_key(one.page),
            name=one.page,
            method="page name, the disclaimer names a person",
            evidence=f"The disclaimer “{paid_by}” is a person's name; the page is called “{one.page}”.",
        )
    return Resolved(
        key=name_key(paid_by),
        name=paid_by,
        method="payer in the disclaimer",
        evidence=f"The disclaimer reads “{paid_by}”.",
    )


def _merge(names: Mapping[str, str]) -> dict[str, str]:
    """For one page: every key, and the shortest of those that are nearly the same."""
    ordered = sorted(names, key=lambda key: (len(key), key))
    kept: dict[str, str] = {}
    for key in ordered:
        kept[key] = next((other for other in ordered if other in kept.values() and _nearly(other, key)), key)
    return kept


def _nearly(one: str, other: str) -> bool:
    return len(one) >= 6 and (
        fuzz.ratio(one, other) >= NEARLY_SAME
        or (fuzz.token_set_ratio(one, other) == 100 and len(one.split()) >= 2)
    )
