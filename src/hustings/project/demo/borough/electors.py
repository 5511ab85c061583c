"""The fictional electors: households, markers, young electors and register numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from hustings.project.demo.borough.land import Dwelling, Land, PollingDistrict
from hustings.project.demo.borough.names import (
    FEMALE,
    MALE,
    Community,
    NameBook,
    draw_forename,
    name_book,
    surname_for,
)

# Of a hundred household heads born abroad in these traditions, how many vote as citizens of the European
# Union.
_EU_COMMUNITIES = {"polish": 0.78, "eastern_european": 0.70}
_OPTED_OUT = 0.56
_WITH_MIDDLE_NAME = 0.62
_LATE_ADDITION = 0.008
_NUMBER_LEFT_OUT = 0.006
_HOUSEHOLD_SIZES = (1, 2, 3, 4, 5, 6)
_HOUSEHOLD_SHARES = (33, 42, 14, 8, 2, 1)
# Few of those who are sixteen or seventeen are on the register: about one entry in a hundred.
_AGES_AT_HOME = (16, 17, *(18, 19, 20, 21, 22, 23) * 3, *(24, 25, 26, 27, 29, 31) * 2)
SHARED_HOUSE_SHARE = 0.032
CARE_HOMES = 14


@dataclass(slots=True)
class Elector:
    """One entry of the register and, beyond what the file says, who the person is.

    `key` is ours alone and never written to the register file; `elector_id` is the council's number. `born`,
    `former_surname` and `sex` are known to the generator only.
    """

    key: int
    forename: str
    middle_names: str
    surname: str
    former_surname: str
    sex: str
    born: int
    markers: str
    attains_on: date | None
    district: PollingDistrict
    dwelling: Dwelling | None
    household: int
    elector_id: str = ""
    number: int = 0
    suffix: int = 0

    def other_at_the_door(self, *, forename: str, surname: str, sex: str, born: int) -> Elector:
        """Somebody else in the same household who is not on the register."""
        return Elector(
            key=0,
            forename=forename,
            middle_names="",
            surname=surname,
            former_surname="",
            sex=sex,
            born=born,
            markers="",
            attains_on=None,
            district=self.district,
            dwelling=self.dwelling,
            household=self.household,
        )

    @property
    def is_anonymous(self) -> bool:
        return "N" in self.markers

    @property
    def is_overseas(self) -> bool:
        return "F" in self.markers

    @property
    def full_number(self) -> str:
        """The number as printed: prefix, number, and the suffix unless it is nought."""
        return f"{self.district.code}-{self.number}" + (f"/{self.suffix}" if self.suffix else "")


@dataclass(slots=True)
class _Member:
    forename: str
    surname: str
    sex: str
    born: int
    community: Community
    former_surname: str = ""
    middle_names: str = field(default="")


def enrol(
    *,
    rng: Random,
    land: Land,
    electors: int,
    anonymous: int,
    overseas: int,
    published_on: date,
) -> tuple[Elector, ...]:
    """Fill every front door and number the register; exactly `electors` entries come back, in register
    order.
    """
    census = _Census(rng=rng, published_on=published_on)
    households = census.fill(doors=len(land.dwellings), people=electors - anonymous - overseas)
    by_district: dict[str, list[Elector]] = {district.code: [] for district in land.districts}
    for index, (dwelling, members) in enumerate(zip(land.dwellings, households, strict=True)):
        for member in members:
            by_district[dwelling.district.code].append(
                census.elector(member=member, dwelling=dwelling, household=index)
            )
    for _ in range(overseas):
        district = rng.choice(land.districts)
        by_district[district.code].append(census.overseas_elector(district=district))
    for _ in range(anonymous):
        district = rng.choice(land.districts)
        by_district[district.code].append(census.anonymous_elector(district=district))
    rows = [row for district in land.districts for row in by_district[district.code]]
    _number(rng=rng, rows=rows)
    return tuple(rows)


def draw_newcomer(*, rng: Random, key: int, dwelling: Dwelling, published_on: date) -> Elector:
    """Draw one grown-up who moves in alone; number and council's identifier are left to the caller."""
    census = _Census(rng=rng, published_on=published_on)
    newcomer = census.newcomer(dwelling=dwelling)
    newcomer.key = key
    return newcomer


class _Census:
    def __init__(self, *, rng: Random, published_on: date) -> None:
        self._rng = rng
        self._on = published_on
        self._book: NameBook = name_book()
        self._next_key = 1

    def fill(self, *, doors: int, people: int) -> list[list[_Member]]:
        """Compose a household for each door so that together they are exactly this many people."""
        rng = self._rng
        care_homes = set(rng.sample(range(doors), k=min(CARE_HOMES, doors // 500)))
        sizes = rng.choices(_HOUSEHOLD_SIZES, weights=_HOUSEHOLD_SHARES, k=doors)
        kinds = ["family"] * doors
        for door in range(doors):
            if door in care_homes:
                kinds[door], sizes[door] = "care", rng.randint(14, 26)
            elif rng.random() < SHARED_HOUSE_SHARE:
                kinds[door], sizes[door] = "shared", rng.choice((3, 3, 4, 4, 5, 5, 6, 7))
        difference = people - sum(sizes)
        while difference:
            door = rng.randrange(doors)
            if kinds[door] != "family":
                continue
            if difference > 0 and sizes[door] < 6:
                sizes[door] += 1
                difference -= 1
            elif difference < 0 and sizes[door] > 1:
                sizes[door] -= 1
                difference += 1
        compose = {"family": self._family, "shared": self._shared_house, "care": self._care_home}
        return [compose[kind](size=size) for kind, size in zip(kinds, sizes, strict=True)]

    def elector(self, *, member: _Member, dwelling: Dwelling, household: int) -> Elector:
        markers, attains_on = self._markers(member=member)
        return self._entry(
            member=member,
            markers=markers,
            attains_on=attains_on,
            district=dwelling.district,
            dwelling=dwelling,
            household=household,
        )

    def newcomer(self, *, dwelling: Dwelling) -> Elector:
        (member,) = self._family(size=1)
        return self.elector(member=member, dwelling=dwelling, household=-1)

    def overseas_elector(self, *, district: PollingDistrict) -> Elector:
        (member,) = self._family(size=1)
        return self._entry(
            member=member, markers="F", attains_on=None, district=district, dwelling=None, household=-1
        )

    def anonymous_elector(self, *, district: PollingDistrict) -> Elector:
        (member,) = self._family(size=1)
        row = self._entry(
            member=member, markers="N", attains_on=None, district=district, dwelling=None, household=-1
        )
        row.forename = row.middle_names = row.surname = row.former_surname = ""
        return row

    def _entry(
        self,
        *,
        member: _Member,
        markers: str,
        attains_on: date | None,
        district: PollingDistrict,
        dwelling: Dwelling | None,
        household: int,
    ) -> Elector:
        key = self._next_key
        self._next_key += 1
        return Elector(
            key=key,
            forename=member.forename,
            middle_names=member.middle_names,
            surname=member.surname,
            former_surname=member.former_surname,
            sex=member.sex,
            born=member.born,
            markers=markers,
            attains_on=attains_on,
            district=district,
            dwelling=dwelling,
            household=household,
        )

    def _markers(self, *, member: _Member) -> tuple[str, date | None]:
        rng = self._rng
        letters = ""
        if rng.random() < _EU_COMMUNITIES.get(member.community.name, 0.0):
            letters = "G" if rng.random() < 0.18 else "B"
        elif rng.random() < 0.00008 and member.born < 1975:
            letters = "L"
        attains_on = None
        if self._on.year - member.born <= 17:
            # Sixteen and seventeen year olds stand on the register with the day on which they may first vote.
            attains_on = self._on + timedelta(days=rng.randint(1, 700))
        elif self._on.year - member.born == 18 and rng.random() < 0.15:
            attains_on = self._on - timedelta(days=rng.randint(1, 200))
        if rng.random() < _OPTED_OUT:
            letters += "Z"
        return letters, attains_on

    # Households

    def _member(
        self, *, community: Community, surname: str, sex: str, born: int, forename: str = ""
    ) -> _Member:
        rng = self._rng
        forename = forename or draw_forename(rng=rng, community=community, sex=sex, born=born)
        middle = ""
        if rng.random() < _WITH_MIDDLE_NAME:
            middle = draw_forename(
                rng=rng, community=community, sex=sex, born=born - rng.choice((0, 0, 20, 30))
            )
            if middle == forename:
                middle = ""
        if community.name == "sikh" and surname not in {"Singh", "Kaur"} and rng.random() < 0.6:
            middle = "Kaur" if sex == FEMALE else "Singh"
        return _Member(
            forename=forename,
            surname=surname_for(surname=surname, sex=sex, community=community),
            sex=sex,
            born=born,
            community=community,
            middle_names=middle,
        )

    def _sex(self) -> str:
        return FEMALE if self._rng.random() < 0.51 else MALE

    def _family(self, *, size: int) -> list[_Member]:
        rng, year = self._rng, self._on.year
        community = self._book.draw_community(rng=rng)
        surname = self._book.draw_surname(rng=rng, community=community)
        # Those who live alone or as a couple are older than those with grown children at home.
        age = rng.randint(46, 64) if size > 2 else int(rng.triangular(22, 92, 55))
        head = self._member(community=community, surname=surname, sex=self._sex(), born=year - age)
        members = [head]
        if size == 1:
            return members
        if size > 2 or rng.random() < 0.86:
            members.append(self._partner(head=head, family=surname))
        while len(members) < size:
            members.append(self._child_or_parent(head=head, family=surname))
        return members

    def _partner(self, *, head: _Member, family: str) -> _Member:
        rng = self._rng
        opposite = MALE if head.sex == FEMALE else FEMALE
        sex = opposite if rng.random() < 0.94 else head.sex
        community = head.community if rng.random() < 0.9 else self._book.draw_community(rng=rng)
        own = self._book.draw_surname(rng=rng, community=community)
        partner = self._member(community=community, surname=own, sex=sex, born=head.born + rng.randint(-6, 6))
        own = partner.surname
        chance = rng.random()
        if chance < 0.76:
            partner.surname = surname_for(surname=family, sex=sex, community=head.community)
            partner.former_surname = own
        elif chance < 0.80 and "-" not in own:
            partner.surname = f"{own}-{family}"
            partner.former_surname = own
        return partner

    def _child_or_parent(self, *, head: _Member, family: str) -> _Member:
        rng, year = self._rng, self._on.year
        community = head.community
        if rng.random() < 0.08:
            return self._member(
                community=community,
                surname=family,
                sex=FEMALE if rng.random() < 0.7 else MALE,
                born=max(year - 97, head.born - rng.randint(22, 32)),
            )
        sex = self._sex()
        age = rng.choice(_AGES_AT_HOME)
        # A son now and then bears his father's name: the commonest trap for anyone who matches on names.
        forename = head.forename if sex == head.sex and rng.random() < 0.05 else ""
        surname = family if rng.random() < 0.93 else self._book.draw_surname(rng=rng, community=community)
        return self._member(community=community, surname=surname, sex=sex, born=year - age, forename=forename)

    def _strangers(self, *, size: int, ages: tuple[int, int]) -> Iterator[_Member]:
        rng, year = self._rng, self._on.year
        for _ in range(size):
            community = self._book.draw_community(rng=rng)
            yield self._member(
                community=community,
                surname=self._book.draw_surname(rng=rng, community=community),
                sex=self._sex(),
                born=year - rng.randint(*ages),
            )

    def _shared_house(self, *, size: int) -> list[_Member]:
        return list(self._strangers(size=size, ages=(19, 34)))

    def _care_home(self, *, size: int) -> list[_Member]:
        return list(self._strangers(size=size, ages=(78, 99)))


def _number(*, rng: Random, rows: list[Elector]) -> None:
    """Number each polling district from one in street order.

    Late additions take the number before them with a suffix, and a number is left out where somebody left.
    """
    council_numbers = rng.sample(range(1_000_000, 10_000_000), k=len(rows))
    district, number, suffix = "", 0, 0
    for row, council_number in zip(rows, council_numbers, strict=True):
        if row.district.code != district:
            district, number, suffix = row.district.code, 0, 0
        if number and rng.random() < _LATE_ADDITION:
            suffix += 1
        else:
            number += 2 if rng.random() < _NUMBER_LEFT_OUT else 1
            suffix = 0
        row.number, row.suffix, row.elector_id = number, suffix, str(council_number)
