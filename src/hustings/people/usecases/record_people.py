"""Record many people at once: each row finds the person it means, or makes a new one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from hustings.basics.email_address import EmailAddress
from hustings.basics.phone import PhoneKind, PhoneNumber
from hustings.people.models import ContactPoint, ContactPointKind, Person
from hustings.people.usecases.check_row import CheckedRow, PersonRow, check_row
from hustings.people.usecases.find_people import Card, Shelf, canonical_of, kind_of
from hustings.people.usecases.keep_keys import keep_keys
from hustings.people.usecases.place_postcodes import Placed, place_postcodes

_BATCH = 900
_HELD_SINGLY = 20
_ALL_ADDRESSES = 0x70656F706C65  # any number that nothing else locks
_CHANGEABLE = (
    *("given_name", "family_name", "address_line", "postcode"),
    *("ward", "constituency", "language", "adult_on"),
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a row: whose it is, and whether that made a new person or changed one."""

    person_id: int
    is_new: bool
    is_changed: bool


def record_people(
    *,
    rows: Iterable[PersonRow | CheckedRow],
    now: datetime,
    source: str,
    fills_gaps_only: bool = True,
    others: Collection[int] = (),
) -> list[Recorded]:
    """Find or make the person each row means, and return them in the order of the rows.

    A row means a person who has the same canonical email; or the same phone and name; or the same name at the same house,
    where their emails do not tell them apart. What is close but not the same makes a new person, and the review of
    duplicates shows the pair. Ward and constituency follow the postcode.

    With `fills_gaps_only` what is already on file stays and the row only adds; without it a newer name, address or postcode
    takes the older one's place (for what people tell us themselves). `others` are people whom the rows surely do not mean,
    however like. Nobody's consent or objection is touched. Raises the `Refusal` of the first row that cannot be read.
    """
    checked = [row if isinstance(row, CheckedRow) else check_row(row=row) for row in rows]
    with transaction.atomic():
        _hold_addresses(checked)
        shelf, cards = Shelf(checked, others=others), []
        for row in checked:
            card = shelf.card_for(row)
            card.take(row, fills_gaps_only=fills_gaps_only)
            shelf.put_back(card, row)
            cards.append(card)
        placed = place_postcodes(
            postcodes=(card.person.postcode for card in cards if card.is_new or card.is_moved)
        )
        _write(list(dict.fromkeys(cards)), placed=placed, now=now, source=source)
    return [Recorded(card.person.pk, is_new=card.is_new, is_changed=card.is_changed) for card in cards]


def _hold_addresses(rows: Sequence[CheckedRow]) -> None:
    """Let two transactions that bring the same email wait for each other (SQLite has one writer at a time anyway).

    A few addresses are held one by one; a long list holds them all, for the server's table of locks is small.
    """
    if connection.vendor != "postgresql":
        return
    canonicals = sorted({row.email.canonical for row in rows if row.email})
    with connection.cursor() as cursor:
        if len(canonicals) > _HELD_SINGLY:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ALL_ADDRESSES])
            return
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_ALL_ADDRESSES])
        for canonical in canonicals:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 8))", [canonical])


def _write(cards: Sequence[Card], *, placed: Mapping[str, Placed], now: datetime, source: str) -> None:
    for card in cards:
        person = card.person
        if card.is_new:
            person.source, person.created_at = source, now
            person.language = person.language or "en-gb"
        if (card.is_new or card.is_moved) and person.postcode:
            where = placed.get(person.postcode, Placed())
            person.ward_id, person.constituency_id = where.ward, where.constituency
    Person.objects.bulk_create([card.person for card in cards if card.is_new], batch_size=_BATCH)
    changed = [card.person for card in cards if card.is_changed and not card.is_new]
    if changed:
        Person.objects.bulk_update(changed, _CHANGEABLE, batch_size=100)
    _write_points([card for card in cards if card.added], now=now, source=source)
    keep_keys(person_ids=[card.person.pk for card in cards if card.is_new or card.is_changed])


def _write_points(cards: Sequence[Card], *, now: datetime, source: str) -> None:
    fresh: list[ContactPoint] = []
    for card in cards:
        for kind in ContactPointKind:
            added = [address for address in card.added if kind_of(address) == kind]
            if not added:
                continue
            is_preferred = not any(
                point.is_preferred for (known, _), point in card.points.items() if known == kind
            )
            if not is_preferred and card.is_newest_preferred:
                ContactPoint.objects.filter(person=card.person, kind=kind, is_preferred=True).update(
                    is_preferred=False
                )
                is_preferred = True
            for address in added:
                fresh.append(
                    contact_point(
                        person=card.person, address=address, is_preferred=is_preferred, now=now, source=source
                    )
                )
                is_preferred = False
    ContactPoint.objects.bulk_create(fresh, batch_size=_BATCH)


def contact_point(
    *, person: Person, address: EmailAddress | PhoneNumber, is_preferred: bool, now: datetime, source: str
) -> ContactPoint:
    return ContactPoint(
        person=person,
        kind=kind_of(address),
        value=address.address if isinstance(address, EmailAddress) else address.national,
        canonical=canonical_of(address),
        is_preferred=is_preferred,
        is_mobile=isinstance(address, PhoneNumber) and address.kind == PhoneKind.MOBILE,
        added_at=now,
        source=source,
    )
