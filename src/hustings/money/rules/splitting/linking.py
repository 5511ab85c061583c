"""Which gifts come from one source: joined by what they share, never by a household alone.

Two gifts are joined by a stated method, and the method is kept:

    token     the same payment token, and names that may be one person's
    email     the same mailbox, and names that may be one person's
    address   the same house, and names that may be one person's
    company   the same company number, or a company and a person who controls it, or two companies that one person controls

A token or mailbox under names that cannot be one person's joins nobody; it is reported as shared (`Sharing`), together with
whether those people live at one address. Work grows with the number of gifts: blocks by token, mailbox, house and company
number, each compared within itself by distinct name, and union-find over what agrees.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from hustings.money.rules.names import PersonName, may_be_one_person, person_name
from hustings.money.rules.splitting.gifts import GiftFacts
from hustings.register.rules.matching.folding import folded, house_of, postcode_key

Method = Literal["token", "email", "address", "company"]

#: In a block with more distinct names than this (a hall of residence), only equal names are joined.
MOST_NAMES_COMPARED = 80


@dataclass(frozen=True, slots=True)
class Link:
    """Two gifts joined, and by what."""

    one: int
    other: int
    method: Method


@dataclass(frozen=True, slots=True)
class Source:
    """Gifts joined to one source: their ids in the ledger's order, and the methods that joined them."""

    gift_ids: tuple[int, ...]
    methods: frozenset[Method]


@dataclass(frozen=True, slots=True)
class Sharing:
    """One token or mailbox under names that cannot be one person's.

    `names` are the distinct payers; `is_household` says that all of them gave one address.
    """

    method: Method
    gift_ids: tuple[int, ...]
    names: tuple[str, ...]
    is_household: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking found: every source (single gifts too), every sharing, every link."""

    sources: tuple[Source, ...]
    sharings: tuple[Sharing, ...]
    links: tuple[Link, ...]


@dataclass
class Union:
    """Union-find with path halving."""

    parent: dict[int, int] = field(default_factory=dict)

    def root(self, item: int) -> int:
        """The item that stands for the whole group of this one."""
        parent = self.parent
        while (above := parent.setdefault(item, item)) != item:
            parent[item] = item = parent[above]
        return item

    def join(self, one: int, other: int) -> None:
        """Make one group of two; the smaller item stands for it."""
        first, second = sorted((self.root(one), self.root(other)))
        self.parent[second] = first


def link_gifts(*, gifts: Sequence[GiftFacts]) -> Linked:
    """Join gifts to sources, and report tokens and mailboxes that several payers share."""
    union, links, sharings = Union(), list[Link](), list[Sharing]()
    for method, block in _blocks(gifts):
        groups = _groups_of_one_name(block)
        for group in groups:
            first = group[0]
            for gift in group[1:]:
                if union.root(first.gift_id) != union.root(gift.gift_id):
                    union.join(first.gift_id, gift.gift_id)
                    links.append(Link(first.gift_id, gift.gift_id, method))
        if len(groups) > 1 and method in {"token", "email"}:
            sharings.append(_sharing(method, block, groups))
    for one, other in _controlled(gifts):
        if union.root(one) != union.root(other):
            union.join(one, other)
            links.append(Link(one, other, "company"))
    return Linked(sources=_sources(gifts, union, links), sharings=tuple(sharings), links=tuple(links))


def mailbox(*, email: str) -> str:
    """Give the mailbox an address delivers to: small letters, without what stands after a plus sign."""
    local, at, domain = email.strip().lower().partition("@")
    return f"{local.partition('+')[0]}@{domain}" if at else ""


def place_key(*, gift: GiftFacts) -> str:
    """Give the house of a payer: postcode with house number or name; empty where either is missing."""
    return _place_key(gift.postcode, gift.address)


@lru_cache(maxsize=262_144)
def _place_key(postcode: str, address: str) -> str:
    code, house = postcode_key(postcode=postcode), house_of(address=address)
    return f"{code} {house}" if code and house else ""


def _blocks(gifts: Iterable[GiftFacts]) -> Iterator[tuple[Method, list[GiftFacts]]]:
    found: dict[tuple[Method, str], list[GiftFacts]] = defaultdict(list)
    for gift in gifts:
        if gift.token:
            found["token", gift.token].append(gift)
        if gift.email:
            found["email", mailbox(email=gift.email)].append(gift)
        if place := place_key(gift=gift):
            found["address", place].append(gift)
        if gift.company_number:
            found["company", gift.company_number.strip().upper().lstrip("0")].append(gift)
    for (method, _), block in found.items():
        if len(block) > 1:
            yield method, block


def _groups_of_one_name(block: Sequence[GiftFacts]) -> list[list[GiftFacts]]:
    """Parts of a block whose names may be one payer's: each name is compared with each other once."""
    by_name: dict[PersonName, list[GiftFacts]] = defaultdict(list)
    for gift in block:
        by_name[_name(gift)].append(gift)
    names = list(by_name)
    if len(names) == 1:
        return [by_name[names[0]]]
    union = Union()
    if len(names) <= MOST_NAMES_COMPARED:
        for place, one in enumerate(names):
            for other_place in range(place + 1, len(names)):
                if may_be_one_person(one=one, other=names[other_place]):
                    union.join(place, other_place)
    groups: dict[int, list[GiftFacts]] = defaultdict(list)
    for place, name in enumerate(names):
        groups[union.root(place)].extend(by_name[name])
    return list(groups.values())


def _name(gift: GiftFacts) -> PersonName:
    # A company's own number joins its gifts whatever its name is spelt like.
    if gift.organisation:
        number = gift.company_number.strip().upper().lstrip("0")
        return PersonName(forenames=(), surname=f"company {number or folded(text=gift.organisation)}")
    return person_name(given=gift.given_name, family=gift.family_name)


def _sharing(method: Method, block: Sequence[GiftFacts], groups: Sequence[Sequence[GiftFacts]]) -> Sharing:
    places = {place_key(gift=gift) for gift in block}
    return Sharing(
        method=method,
        gift_ids=tuple(gift.gift_id for gift in block),
        names=tuple(group[0].name for group in groups),
        is_household=len(places) == 1 and "" not in places,
    )


def _controlled(gifts: Iterable[GiftFacts]) -> Iterator[tuple[int, int]]:
    """A company's gifts and those of its controllers, who are known by name and postcode."""
    by_person: dict[tuple[str, str], list[tuple[PersonName, int]]] = defaultdict(list)
    controlled: list[tuple[str, PersonName, int]] = []
    for gift in gifts:
        for controller in gift.controllers:
            text, _, postcode = controller.partition("|")
            controlled.append((postcode_key(postcode=postcode), person_name(full=text), gift.gift_id))
        if not gift.organisation and gift.postcode:
            name = _name(gift)
            by_person[postcode_key(postcode=gift.postcode), name.surname].append((name, gift.gift_id))
    first_of: dict[tuple[str, PersonName], int] = {}
    for postcode, name, gift_id in controlled:
        if not postcode:
            continue
        earlier = first_of.setdefault((postcode, name), gift_id)
        if earlier != gift_id:
            yield earlier, gift_id
        for other, person_gift in by_person.get((postcode, name.surname), ()):
            if may_be_one_person(one=name, other=other):
                yield person_gift, gift_id


def _sources(gifts: Sequence[GiftFacts], union: Union, links: Iterable[Link]) -> tuple[Source, ...]:
    members: dict[int, list[int]] = defaultdict(list)
    methods: dict[int, set[Method]] = defaultdict(set)
    for gift in gifts:
        members[union.root(gift.gift_id)].append(gift.gift_id)
    for link in links:
        methods[union.root(link.one)].add(link.method)
    return tuple(
        Source(gift_ids=tuple(ids), methods=frozenset(methods[root])) for root, ids in members.items()
    )
