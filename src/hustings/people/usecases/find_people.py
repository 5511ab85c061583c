"""Find whom rows mean: everybody they could mean is read in a few queries, and each row is held against them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from hustings.basics.email_address import EmailAddress
from hustings.basics.phone import PhoneNumber
from hustings.people.models import ContactPoint, ContactPointKind, Person
from hustings.people.rules.keys import first_word, letters_of
from hustings.people.usecases.check_row import CheckedRow

T = TypeVar("T", int, str)

_BATCH = 900
_FIELDS = ("given_name", "family_name", "address_line", "postcode", "language")


@dataclass(slots=True, eq=False)
class Card:
    """One person in memory, on file or new, with what the rows add."""

    person: Person
    is_new: bool = False
    points: dict[tuple[str, str], ContactPoint] = field(default_factory=dict)
    added: list[EmailAddress | PhoneNumber] = field(default_factory=list)
    is_changed: bool = False
    is_moved: bool = False
    is_newest_preferred: bool = False

    def has(self, kind: str) -> bool:
        """Whether the person has any address of this kind."""
        return any(known == kind for known, _ in self.points) or any(
            kind_of(new) == kind for new in self.added
        )

    def take(self, row: CheckedRow, *, fills_gaps_only: bool) -> None:
        """Write the row on the card: into the gaps only, or over what is there."""
        person = self.person
        self.is_newest_preferred = not fills_gaps_only
        for name in _FIELDS:
            value, held = getattr(row, name), getattr(person, name)
            if value and value != held and (not held or not fills_gaps_only):
                setattr(person, name, value)
                self.is_changed = True
                self.is_moved |= name == "postcode"
        if row.adult_on is not None and row.adult_on != person.adult_on:
            person.adult_on, self.is_changed = row.adult_on, True
        addresses: list[EmailAddress | PhoneNumber] = [row.email] if row.email else []
        for address in [*addresses, *row.phones]:
            if not self._knows(address):
                self.added.append(address)
                self.is_changed = True

    def _knows(self, address: EmailAddress | PhoneNumber) -> bool:
        return (kind_of(address), canonical_of(address)) in self.points or any(
            canonical_of(new) == canonical_of(address) for new in self.added
        )


class Shelf:
    """The cards of everybody whom the rows could mean, by email, by phone and by name and postcode, `others` left out."""

    def __init__(self, rows: Sequence[CheckedRow], *, others: Collection[int] = ()) -> None:
        self._others = frozenset(others)
        self._by_id: dict[int, Card] = {}
        self._by_email: dict[str, Card] = {}
        self._by_phone: dict[str, list[Card]] = {}
        self._by_name: dict[tuple[str, str, str], list[Card]] = {}
        self._load_by_points({row.email.canonical for row in rows if row.email})
        self._load_by_points({phone.e164 for row in rows for phone in row.phones})
        self._load_by_names(rows)
        for card in self._by_id.values():
            self._file(card)

    def card_for(self, row: CheckedRow) -> Card:
        """The card of the person the row means, or a new one."""
        return self._found(row) or Card(Person(language=""), is_new=True)

    def put_back(self, card: Card, row: CheckedRow) -> None:
        """File the card under what the row says as well, so that later rows find it."""
        if row.email:
            self._by_email.setdefault(row.email.canonical, card)
        for phone in row.phones:
            if card not in (known := self._by_phone.setdefault(phone.e164, [])):
                known.append(card)
        if row.postcode and card not in (known := self._by_name.setdefault(_name_key(row), [])):
            known.append(card)

    def _found(self, row: CheckedRow) -> Card | None:
        if row.email and (card := self._by_email.get(row.email.canonical)):
            return card
        for phone in row.phones:
            for card in self._by_phone.get(phone.e164, ()):
                if _names(row) == _names(card.person) and _emails_allow(row, card):
                    return card
        is_named = all(_names(row)) and row.postcode
        for card in self._by_name.get(_name_key(row), ()) if is_named else ():
            if _houses_allow(row, card) and _emails_allow(row, card):
                return card
        return None

    def _file(self, card: Card) -> None:
        for kind, canonical in card.points:
            if kind == ContactPointKind.EMAIL:
                self._by_email.setdefault(canonical, card)
            else:
                self._by_phone.setdefault(canonical, []).append(card)
        if card.person.postcode:
            self._by_name.setdefault(_name_key(card.person), []).append(card)

    def _load_by_points(self, canonicals: set[str]) -> None:
        ids: set[int] = set()
        for some in _batches(canonicals):
            ids |= set(ContactPoint.objects.filter(canonical__in=some).values_list("person_id", flat=True))
        self._load(ids)

    def _load_by_names(self, rows: Sequence[CheckedRow]) -> None:
        """Rows whose email is on file need no more looking for; the rest are sought by their postcode."""
        emails = {canonical for card in self._by_id.values() for _, canonical in card.points}
        sought = {
            _name_key(row)
            for row in rows
            if row.postcode and all(_names(row)) and not (row.email and row.email.canonical in emails)
        }
        ids: set[int] = set()
        for some in _batches({postcode for _, _, postcode in sought}):
            neighbours = Person.objects.filter(postcode__in=some, merged_into=None, erased_at=None)
            for person_id, given_name, family_name, postcode in neighbours.values_list(
                "pk", "given_name", "family_name", "postcode"
            ):
                if (*_letters(given_name, family_name), postcode) in sought:
                    ids.add(person_id)
        self._load(ids)

    def _load(self, ids: set[int]) -> None:
        for some in _batches(ids - self._by_id.keys() - self._others):
            for person in Person.objects.filter(pk__in=some, merged_into=None, erased_at=None).order_by("pk"):
                self._by_id[person.pk] = Card(person)
            for point in ContactPoint.objects.filter(person__in=some).order_by("pk"):
                if point.person_id in self._by_id:
                    self._by_id[point.person_id].points[point.kind, point.canonical] = point


def kind_of(address: EmailAddress | PhoneNumber) -> ContactPointKind:
    """The kind of contact point an address makes."""
    return ContactPointKind.EMAIL if isinstance(address, EmailAddress) else ContactPointKind.PHONE


def canonical_of(address: EmailAddress | PhoneNumber) -> str:
    """The form of an address by which it is compared."""
    return address.canonical if isinstance(address, EmailAddress) else address.e164


def _emails_allow(row: CheckedRow, card: Card) -> bool:
    """Two different email addresses may be two people: a parent and a child of the same name."""
    return row.email is None or not card.has(ContactPointKind.EMAIL)


def _houses_allow(row: CheckedRow, card: Card) -> bool:
    one, other = _letters_and_digits(row.address_line), _letters_and_digits(card.person.address_line)
    return not one or not other or one == other


def _letters_and_digits(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _names(named: CheckedRow | Person) -> tuple[str, str]:
    return _letters(named.given_name, named.family_name)


def _letters(given_name: str, family_name: str) -> tuple[str, str]:
    return letters_of(first_word(given_name)), letters_of(family_name)


def _name_key(named: CheckedRow | Person) -> tuple[str, str, str]:
    return (*_names(named), named.postcode)


def _batches(values: Iterable[T]) -> Iterator[list[T]]:
    everything = sorted(values)
    return (everything[start : start + _BATCH] for start in range(0, len(everything), _BATCH))
