"""A petition over two wards: who signs, how they write themselves, and who each of them truly is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

from hustings.project.demo.borough.contact_details import Directory
from hustings.project.demo.borough.electors import Elector
from hustings.project.demo.borough.land import Dwelling, Land
from hustings.project.demo.borough.names import FEMALE, MALE, draw_forename, name_book
from hustings.project.demo.borough.noise import Scribe, Written
from hustings.project.demo.borough.results import PARTIES

LONDON = ZoneInfo("Europe/London")
TITLE = "Keep the footbridge over Canal and Lock open"
ADDRESSED_TO = "Barset District Council"
WARD_NAMES = ("Canal and Lock", "Cathedral Hill")
OPEN_DAYS = 30

SIGNERS = 1_000
# Of the thousand. "Moved" are on the register at the door they left; relatives, newcomers and visitors are
# not on it.
STAYED, MOVED, RELATIVES, NEWCOMERS, VISITORS = 790, 60, 70, 45, 35
CONFIRMED, WITH_INTENTION, SIGNED_TWICE, OBJECTED = 760, 560, 40, 30
WITH_INTENTION_AND_CONFIRMED = 452

ISSUES = ("footbridge", "buses", "dentists", "flooding", "parking", "library", "housing", "canal towpath")
UNDECIDED, WOULD_NOT_VOTE = "undecided", "would not vote"


class Kind(StrEnum):
    """How a signer stands to the register; part of the truth, never shown to the application."""

    STAYED = "stayed"
    MOVED = "moved"
    RELATIVE = "relative"
    NEWCOMER = "newcomer"
    VISITOR = "visitor"


@dataclass(frozen=True, slots=True)
class Signer:
    """One person who signs. `elector_key` is the truth: the elector's key, or None where not on the register.

    `consents` holds the channels ticked: email, phone, sms, post. Moments are aware.
    """

    kind: Kind
    elector_key: int | None
    written: Written
    email: str
    phone: str
    consents: frozenset[str]
    intention: str
    issues: tuple[str, ...]
    signed_at: datetime
    confirmed_at: datetime | None
    signed_again_at: datetime | None
    objected_at: datetime | None


def sign_petition(
    *, rng: Random, land: Land, electors: tuple[Elector, ...], directory: Directory, last_day_on: date
) -> tuple[Signer, ...]:
    """Let a thousand people sign over the thirty days that end on `last_day_on`, in order of signing."""
    people = _people(rng=rng, land=land, electors=electors)
    rng.shuffle(people)
    numbers = range(SIGNERS)
    confirmed = set(rng.sample(numbers, k=CONFIRMED))
    with_intention = set(rng.sample(sorted(confirmed), k=WITH_INTENTION_AND_CONFIRMED))
    unconfirmed = sorted(set(numbers) - confirmed)
    with_intention |= set(rng.sample(unconfirmed, k=WITH_INTENTION - WITH_INTENTION_AND_CONFIRMED))
    twice = set(rng.sample(numbers, k=SIGNED_TWICE))
    objected = set(rng.sample(sorted(confirmed), k=OBJECTED))
    moments = sorted(_moment(rng=rng, last_day_on=last_day_on) for _ in numbers)
    signers = []
    for number, (kind, elector, written, born) in enumerate(people):
        signed_at = moments[number]
        phone = ""
        if rng.random() < 0.80:
            phone = directory.mobile() if rng.random() < 0.75 else directory.landline()
        signers.append(
            Signer(
                kind=kind,
                elector_key=elector.key if elector else None,
                written=written,
                email=directory.email(forename=written.first_name, surname=written.surname, born=born),
                phone=phone,
                consents=_consents(rng=rng, phone=phone, objects=number in objected),
                intention=_intention(rng=rng) if number in with_intention else "",
                issues=tuple(sorted(rng.sample(ISSUES, k=rng.choice((0, 0, 1, 1, 2, 3))))),
                signed_at=signed_at,
                confirmed_at=signed_at + timedelta(minutes=rng.randint(1, 900))
                if number in confirmed
                else None,
                signed_again_at=signed_at + timedelta(hours=rng.randint(2, 96)) if number in twice else None,
                objected_at=signed_at + timedelta(days=rng.randint(2, 6)) if number in objected else None,
            )
        )
    return tuple(signers)


def _people(
    *, rng: Random, land: Land, electors: tuple[Elector, ...]
) -> list[tuple[Kind, Elector | None, Written, int]]:
    scribe = Scribe(rng=rng, land=land)
    with_door = [row for row in electors if row.dwelling]
    here = [row for row in with_door if row.district.ward.name in WARD_NAMES]
    elsewhere = [row for row in with_door if row.district.ward.name not in WARD_NAMES]
    doors = [door for door in land.dwellings if door.district.ward.name in WARD_NAMES]
    signing = rng.sample(here, k=STAYED + RELATIVES)
    people: list[tuple[Kind, Elector | None, Written, int]] = [
        (Kind.STAYED, elector, scribe.write(elector=elector, care=rng.random()), elector.born)
        for elector in signing[:STAYED]
    ]
    for elector in rng.sample(elsewhere, k=MOVED):
        written = scribe.write(elector=elector, care=rng.random(), moved_to=_place(door=rng.choice(doors)))
        people.append((Kind.MOVED, elector, written, elector.born))
    far = [row for row in land.postcodes if row.ward is land.neighbour]
    names_at: dict[int, set[str]] = {}
    for elector in with_door:
        names_at.setdefault(elector.household, set()).add(elector.forename)
    for elector in signing[STAYED:]:
        relative = _relative(rng=rng, elector=elector, taken=names_at[elector.household])
        people.append((Kind.RELATIVE, None, scribe.write(elector=relative, care=rng.random()), relative.born))
    for kind, count in ((Kind.NEWCOMER, NEWCOMERS), (Kind.VISITOR, VISITORS)):
        for _ in range(count):
            place = (
                _place(door=rng.choice(doors))
                if kind is Kind.NEWCOMER
                else (rng.choice(far).postcode, f"{rng.randint(1, 90)} Far Lane")
            )
            stranger = _stranger(rng=rng, like=rng.choice(here))
            written = scribe.write(elector=stranger, care=rng.random(), moved_to=place)
            people.append((kind, None, written, stranger.born))
    return people


def _relative(*, rng: Random, elector: Elector, taken: set[str]) -> Elector:
    """Invent somebody of the same name at the same door who is not on the register."""
    book = name_book()
    while True:
        community = book.communities[0] if rng.random() < 0.85 else book.draw_community(rng=rng)
        sex = rng.choice((FEMALE, MALE))
        born = max(1935, min(elector.born + rng.choice((-28, -2, 1, 25, 29)), 2008))
        forename = draw_forename(rng=rng, community=community, sex=sex, born=born)
        if forename not in taken:
            return elector.other_at_the_door(forename=forename, surname=elector.surname, sex=sex, born=born)


def _stranger(*, rng: Random, like: Elector) -> Elector:
    book = name_book()
    community = book.draw_community(rng=rng)
    sex, born = rng.choice((FEMALE, MALE)), rng.randint(1950, 2005)
    return like.other_at_the_door(
        forename=draw_forename(rng=rng, community=community, sex=sex, born=born),
        surname=book.draw_surname(rng=rng, community=community),
        sex=sex,
        born=born,
    )


def _place(*, door: Dwelling) -> tuple[str, str]:
    return door.postcode, ", ".join(door.lines[:-2])


def _moment(*, rng: Random, last_day_on: date) -> datetime:
    # Most sign in the first days and again before the end, in waking hours and chiefly in the evening.
    share = rng.betavariate(0.7, 0.9)
    day = (
        last_day_on
        - timedelta(days=OPEN_DAYS - 1)
        + timedelta(days=min(OPEN_DAYS - 1, int(share * OPEN_DAYS)))
    )
    hour = int(rng.triangular(7, 23, 20))
    return datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)), tzinfo=LONDON)


def _consents(*, rng: Random, phone: str, objects: bool) -> frozenset[str]:
    ticked = {
        "email": objects or rng.random() < 0.84,
        "post": rng.random() < 0.30,
        "phone": bool(phone) and rng.random() < 0.62,
        "sms": phone.startswith("07") and rng.random() < 0.66,
    }
    return frozenset(channel for channel, is_ticked in ticked.items() if is_ticked)


def _intention(*, rng: Random) -> str:
    names = [party.name for party in PARTIES]
    return rng.choices([*names, UNDECIDED, WOULD_NOT_VOTE], weights=[26, 22, 15, 9, 6, 17, 5])[0]
