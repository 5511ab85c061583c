"""A year of gifts that split detection was never tuned on: written before the method, by other assumptions than `_gifts_tuned`.

Amounts are drawn from a log-normal and then rounded the way people round; names come from syllables, so that no list of
forenames helps; splitters mix ways of hiding. Fictional throughout.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta

from bench._gifts_planted import PlantedYear, Planter

_START = date(2025, 1, 1)
_ONSETS = (
    "b",
    "br",
    "c",
    "d",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "w",
)
_VOWELS = ("a", "e", "i", "o", "u", "ea", "ee", "ai", "y")
_CODAS = ("", "n", "l", "m", "r", "s", "th", "ck", "ll", "nd", "rt")


def unseen_year(*, gifts: int, splitters: int, seed: int) -> PlantedYear:
    """Make a year with about so many gifts, and so many splitters of each kind."""
    random_ = random.Random(seed)
    plant = Planter()
    schemes: tuple[tuple[str, Callable[[random.Random, Planter, str], None]], ...] = (
        ("one card, borrowed names", _borrowed_names),
        ("chain of email and card", _chain),
        ("own name, random parts", _random_parts),
        ("misspelt on purpose", _misspelt),
        ("director and two companies", _director),
        ("strangers in step", _strangers),
        ("spouse and children", _family),
    )
    for kind, scheme in schemes:
        for number in range(splitters):
            scheme(random_, plant, f"{kind} {number}")
    while len(plant.gifts) < gifts:
        _honest(random_, plant)
    return plant.year()


def _word(random_: random.Random, syllables: int) -> str:
    return "".join(
        random_.choice(_ONSETS) + random_.choice(_VOWELS) + random_.choice(_CODAS) for _ in range(syllables)
    ).capitalize()


def _person(random_: random.Random) -> dict[str, str]:
    given, family = _word(random_, 2), _word(random_, random_.choice((1, 2, 2)))
    postcode = f"ZZ{random_.randint(1, 60)} {random_.randint(1, 9)}{random_.choice('ABDEFGHJLN')}{random_.choice('PQRSTUWXYZ')}"
    has_email = random_.random() < 0.8
    return {
        "given_name": given,
        "family_name": family,
        "address": f"{random_.randint(1, 140)} {_word(random_, 2)} {random_.choice(('Road', 'Lane', 'Way', 'Close'))}",
        "postcode": postcode,
        "email": f"{given}.{family}{random_.randint(1, 999)}@mail.example".lower() if has_email else "",
    }


def _token(random_: random.Random) -> str:
    return f"{random_.getrandbits(64):016x}"


def _day(random_: random.Random) -> date:
    # More in spring and before Christmas.
    month = random_.choices(range(1, 13), weights=(6, 6, 8, 12, 12, 8, 6, 5, 7, 9, 10, 11))[0]
    return date(2025, month, random_.randint(1, 28))


def _amount(random_: random.Random) -> int:
    pounds = random_.lognormvariate(3.3, 1.1)
    if pounds < 20:
        step = 1
    elif pounds < 100:
        step = random_.choice((5, 5, 10))
    else:
        step = random_.choice((10, 50, 50, 100))
    return max(100, round(pounds / step) * step * 100)


def _honest(random_: random.Random, plant: Planter) -> None:
    who, token = _person(random_), _token(random_)
    roll = random_.random()
    if roll < 0.60:
        plant.honest(amount_pence=_amount(random_), received_on=_day(random_), token=token, **who)
    elif roll < 0.80:
        first, amount = _day(random_), random_.choice((300, 500, 1000, 1500, 2000, 2500, 3000, 5000))
        for number in range(random_.randint(4, 12)):
            when = first + timedelta(days=30 * number)
            if when.year == 2025:
                plant.honest(amount_pence=amount, received_on=when, token=token, is_standing=True, **who)
    elif roll < 0.92:
        for _ in range(random_.randint(2, 5)):
            given = {**who, "email": who["email"] if random_.random() < 0.8 else ""}
            plant.honest(amount_pence=_amount(random_), received_on=_day(random_), token=token, **given)
    elif roll < 0.97:
        # A couple with one account and one email.
        partner = {
            **_person(random_),
            "address": who["address"],
            "postcode": who["postcode"],
            "email": who["email"],
        }
        if random_.random() < 0.7:
            partner["family_name"] = who["family_name"]
        for giver in (who, partner):
            plant.honest(amount_pence=_amount(random_), received_on=_day(random_), token=token, **giver)
    elif roll < 0.985:
        # A branch officer pays in a collection: many names, one card, small sums.
        when = _day(random_)
        for _ in range(random_.randint(4, 9)):
            plant.honest(
                amount_pence=random_.choice((500, 1000, 1000, 2000)),
                received_on=when,
                token=token,
                **_person(random_),
            )
    else:
        # Two grown people of one name at one address: parent and child.
        for _ in range(2):
            plant.honest(
                amount_pence=_amount(random_),
                received_on=_day(random_),
                token=_token(random_),
                **{**who, "email": ""},
            )


def _shares(random_: random.Random, total: int, parts: int, most: int) -> list[int]:
    """A total in random shares, none above `most`."""
    while True:
        cuts = sorted(random_.random() for _ in range(parts - 1))
        shares = [
            round(total * (upper - lower)) // 500 * 500
            for lower, upper in zip([0.0, *cuts], [*cuts, 1.0], strict=True)
        ]
        if all(1000 <= share <= most for share in shares):
            return shares


def _borrowed_names(random_: random.Random, plant: Planter, source: str) -> None:
    token, first = _token(random_), _day(random_)
    for amount in _shares(random_, random_.randint(90_000, 180_000), 5, 50_000):
        who = _person(random_)
        when = first + timedelta(days=random_.randint(0, 40))
        plant.split(source, amount_pence=amount, received_on=when, token=token, **who)


def _chain(random_: random.Random, plant: Planter, source: str) -> None:
    # One and two share an email, two and three a card, three and four an email.
    tokens, emails = (
        [_token(random_) for _ in range(3)],
        [f"{_word(random_, 2).lower()}@post.example" for _ in range(2)],
    )
    first = _day(random_)
    for amount, token, email in zip(
        _shares(random_, random_.randint(100_000, 160_000), 4, 50_000),
        (tokens[0], tokens[1], tokens[1], tokens[2]),
        (emails[0], emails[0], emails[1], emails[1]),
        strict=True,
    ):
        when = first + timedelta(days=random_.randint(0, 20))
        plant.split(
            source, amount_pence=amount, received_on=when, token=token, **{**_person(random_), "email": email}
        )


def _random_parts(random_: random.Random, plant: Planter, source: str) -> None:
    who, token, first = _person(random_), _token(random_), _day(random_)
    for amount in _shares(random_, random_.randint(80_000, 150_000), random_.randint(3, 5), 50_000):
        when = first + timedelta(days=random_.randint(0, 90))
        plant.split(source, amount_pence=amount, received_on=when, token=token, **who)


def _misspelt(random_: random.Random, plant: Planter, source: str) -> None:
    who, first = _person(random_), _day(random_)
    for amount in _shares(random_, random_.randint(90_000, 150_000), 4, 50_000):
        given, family = who["given_name"], who["family_name"]
        trick = random_.randint(0, 4)
        if trick == 0:
            place = random_.randrange(1, len(family))
            family = family[:place] + random_.choice("aeinrst") + family[place:]
        elif trick == 1:
            given, family = family, given
        elif trick == 2:
            given = given[0]
        elif trick == 3:
            place = random_.randrange(1, len(given))
            given = given[:place] + given[place + 1 :]
        plant.split(
            source,
            amount_pence=amount,
            received_on=first + timedelta(days=random_.randint(0, 30)),
            token=_token(random_),
            **{
                **who,
                "given_name": given,
                "family_name": family,
                "email": "",
                "address": who["address"].upper(),
            },
        )


def _director(random_: random.Random, plant: Planter, source: str) -> None:
    who, first = _person(random_), _day(random_)
    controller = f"{who['family_name'].upper()}, {who['given_name']}|{who['postcode']}"
    parts = _shares(random_, random_.randint(90_000, 140_000), 3, 50_000)
    plant.split(source, amount_pence=parts[0], received_on=first, token=_token(random_), **who)
    for amount in parts[1:]:
        plant.split(
            source,
            amount_pence=amount,
            received_on=first + timedelta(days=random_.randint(0, 45)),
            token=_token(random_),
            organisation=f"{_word(random_, 2)} {random_.choice(('Holdings', 'Trading', 'Works'))} Ltd",
            company_number=f"{random_.randint(1_000_000, 9_999_999):08d}",
            postcode=_person(random_)["postcode"],
            controllers=(controller,),
        )


def _strangers(random_: random.Random, plant: Planter, source: str) -> None:
    first, amount = _day(random_), random_.choice((48_000, 49_000, 49_500, 50_000, 45_000))
    for _ in range(random_.randint(4, 7)):
        plant.split(
            source,
            amount_pence=amount - random_.choice((0, 0, 500, 1000)),
            received_on=first + timedelta(days=random_.randint(0, 4)),
            token=_token(random_),
            **_person(random_),
        )


def _family(random_: random.Random, plant: Planter, source: str) -> None:
    # One card; the names are of people who live at the address.
    head, token, first = _person(random_), _token(random_), _day(random_)
    for number, amount in enumerate(_shares(random_, random_.randint(110_000, 160_000), 4, 50_000)):
        who = head if number == 0 else {**head, "given_name": _word(random_, 2), "email": ""}
        plant.split(
            source,
            amount_pence=amount,
            received_on=first + timedelta(days=random_.randint(0, 10)),
            token=token,
            **who,
        )
