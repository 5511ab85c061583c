"""Proposes a code for an advertiser by rules that anybody can read, and says which rule fired on which words."""

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hustings.adwatch.rules.naming import payer
from hustings.adwatch.rules.resolving import names_a_person

_TABLES = Path(__file__).parent / "tables"


class BadRule(Exception):
    """A rule of the table is not laid out as it must be; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: where it looks, for what, and what it proposes. `order` is its place in the table; `is_exact` minds capitals."""

    id: str
    code: str
    place: str
    words: str
    unless: str
    why: str
    order: int
    is_exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A proposed code, the rule that fired, the words on which it did, and why that speaks for the code."""

    code: str
    rule: str
    words: str
    why: str
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """One code of the codebook."""

    code: str
    means: str
    decide: str


@cache
def rules() -> tuple[Rule, ...]:
    """The table of rules, in order; raises `BadRule`."""
    raw = tomllib.loads((_TABLES / "suggestions.toml").read_text(encoding="utf-8"))
    found = []
    for order, one in enumerate(raw["rule"]):
        if one.get("in") not in {"payer", "page", "either", "register", "shape"}:
            raise BadRule(f"The rule {one.get('id')} looks in {one.get('in')!r}.")
        found.append(
            Rule(
                id=one["id"],
                code=one["code"],
                place=one["in"],
                words=one["words"],
                unless=one.get("unless", ""),
                why=one["why"],
                order=order,
                is_exact=one.get("is_exact", False),
            )
        )
    return tuple(found)


@cache
def codebook() -> tuple[Meaning, ...]:
    """Every code with its meaning and how to decide."""
    raw = tomllib.loads((_TABLES / "codebook.toml").read_text(encoding="utf-8"))
    return tuple(Meaning(**one) for one in raw["code"])


@cache
def _pattern(text: str, is_exact: bool) -> re.Pattern[str]:
    return re.compile(text, 0 if is_exact else re.IGNORECASE)


def suggest(*, page: str, disclaimer: str, registers: Collection[str] = ()) -> Suggestion:
    """The proposal for one page and disclaimer; the last rules of the table always fire."""
    paid_by = payer(disclaimer)
    is_agent = bool(paid_by) and names_a_person(paid_by)
    texts = {
        "payer": [paid_by] if paid_by and not is_agent else [],
        "page": [page],
        "either": [page] if is_agent or not paid_by else [paid_by, page],
    }
    shapes = _shapes(page=page, paid_by=paid_by, is_agent=is_agent)
    for rule in rules():
        if rule.place == "register":
            hit = rule.words if rule.words in registers else ""
        elif rule.place == "shape":
            hit = rule.words if set(rule.words.split(", ")) <= shapes else ""
        else:
            hit = _found(rule, texts[rule.place])
        if hit:
            return Suggestion(code=rule.code, rule=rule.id, words=hit, why=rule.why, order=rule.order)
    raise BadRule("The last rule of the table must always fire.")


def _found(rule: Rule, texts: Sequence[str]) -> str:
    for text in texts:
        if rule.unless and _pattern(rule.unless, rule.is_exact).search(text):
            continue
        if match := _pattern(rule.words, rule.is_exact).search(text):
            return match[0].strip()
    return ""


def _shapes(*, page: str, paid_by: str, is_agent: bool) -> set[str]:
    shapes = {"any"}
    if names_a_person(page):
        shapes.add("person-page")
    if not paid_by:
        shapes.add("no-payer")
    elif is_agent:
        shapes.add("person-payer")
    return shapes


def of_entity(*, suggestions: Sequence[tuple[Suggestion, int]]) -> Suggestion:
    """One proposal for an entity from those of its advertisers, each with a weight: the code with most weight, by the
    earliest rule that proposed it.
    """
    weights: Counter[str] = Counter()
    for one, weight in suggestions:
        weights[one.code] += weight
    best = max(weights.values())
    code = min((one for one, _ in suggestions if weights[one.code] == best), key=lambda one: one.order).code
    return min((one for one, _ in suggestions if one.code == code), key=lambda one: one.order)
