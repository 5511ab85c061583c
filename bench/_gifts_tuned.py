"""The year of gifts on which split detection was tuned: honest givers of many habits, and eight kinds of splitter. Fictional."""

import random
from collections.abc import Callable
from datetime import date, timedelta

from bench._gifts_planted import PlantedYear, Planter

_GIVEN = (  # noqa: SIM905
    "Alice Amina Andrew Anna Arthur Bill Brenda Charlotte Chris Daniel David Dot Edward Elizabeth Emma "
    "Ewan Fatima Fiona George Gwen Hannah Harry Imran Isaac Jack Jane Joan John Kate Kathleen Leo Lucy "
    "Margaret Mary Michael Mohammed Nadia Oliver Patricia Paul Peter Priya Rachel Robert Rose Sam Sarah "
    "Stephen Susan Thomas Victoria William Yusuf Zoe"
).split()
_SHORT = {
    "William": "Bill",
    "Elizabeth": "Liz",
    "Robert": "Bob",
    "Margaret": "Maggie",
    "Michael": "Mike",
    "Thomas": "Tom",
    "Stephen": "Steve",
    "Patricia": "Pat",
    "Daniel": "Dan",
    "Edward": "Ted",
    "Andrew": "Andy",
    "David": "Dave",
}
_FAMILY = (  # noqa: SIM905
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Wright Walker White Edwards Thompson "
    "Green Hall Wood Harris Lewis Martin Jackson Clarke Khan Ali Evans Hughes Cooper Marsh Okafor Nowak "
    "Singh Begum Baker Morris Ward Price Ashworth Barrow Calder Dunmore Eastham Fairley Garstang Holroyd "
    "Ingham Jowett Kershaw Lumb Midgley Naylor Ogden Pickles Ramsden Sutcliffe Thackray Uttley Varley "
    "Whitworth Yardley"
).split()
_STREETS = "High Mill Church Station Park Victoria Queen King Albert School Chapel Bridge Canal Moor".split()  # noqa: SIM905
#: Sums people give, in pounds, and how often.
_POUNDS = (
    3,
    5,
    10,
    15,
    20,
    25,
    30,
    40,
    50,
    60,
    75,
    100,
    120,
    150,
    200,
    250,
    300,
    400,
    450,
    500,
    750,
    1000,
    2500,
)
_OFTEN = (5, 14, 22, 6, 16, 10, 4, 2, 14, 1, 2, 12, 1, 2, 4, 4, 1, 0.5, 0.2, 2.5, 0.4, 0.8, 0.1)

Scheme = Callable[[random.Random, Planter, str], None]


def tuned_year(*, gifts: int, splitters: int, seed: int) -> PlantedYear:
    """Make a year with about so many gifts, and so many splitters of each kind."""
    random_ = random.Random(seed)
    plant = Planter()
    for kind, scheme in SCHEMES.items():
        for number in range(splitters):
            scheme(random_, plant, f"{kind} {number}")
    while len(plant.gifts) < gifts:
        _honest(random_, plant)
    return plant.year()


def _person(random_: random.Random) -> dict[str, str]:
    given, family = random_.choice(_GIVEN), random_.choice(_FAMILY)
    postcode = f"ZZ{random_.randint(1, 40)} {random_.randint(1, 9)}{random_.choice('ABDEFGHJL')}{random_.choice('NPQRST')}"
    return {
        "given_name": given,
        "family_name": family,
        "address": f"{random_.randint(1, 90)} {random_.choice(_STREETS)} Street",
        "postcode": postcode,
        "email": f"{given}.{family}.{random_.randint(1, 99_999)}@post.example".lower()
        if random_.random() < 0.7
        else "",
    }


def _token(random_: random.Random) -> str:
    return f"{random_.getrandbits(64):016x}"


def _day(random_: random.Random) -> date:
    return date(2025, 1, 1) + timedelta(days=random_.randrange(365))


def _amount(random_: random.Random) -> int:
    return random_.choices(_POUNDS, weights=_OFTEN)[0] * 100


def _honest(random_: random.Random, plant: Planter) -> None:
    who, token, roll = _person(random_), _token(random_), random_.random()
    if roll < 0.52:
        plant.honest(amount_pence=_amount(random_), received_on=_day(random_), token=token, **who)
    elif roll < 0.70:
        amount = random_.choice((300, 500, 500, 1000, 1000, 2000, 2500, 4500, 5000))
        for month in range(random_.randint(1, 9), 13):
            plant.honest(
                amount_pence=amount,
                received_on=date(2025, month, random_.randint(1, 4)),
                token=token,
                is_standing=True,
                **who,
            )
    elif roll < 0.86:
        # Gives now and then; moved house or changed card in between, sometimes.
        for number in range(random_.randint(2, 4)):
            if number == 2 and random_.random() < 0.2:
                token = _token(random_)
                who = {**who, **{name: _person(random_)[name] for name in ("address", "postcode")}}
            plant.honest(amount_pence=_amount(random_), received_on=_day(random_), token=token, **who)
    elif roll < 0.95:
        # A household: the same address and surname, now and then one card or one email.
        shares_card, shares_email = random_.random() < 0.5, random_.random() < 0.3
        for number in range(random_.randint(2, 3)):
            giver = {**who, "given_name": random_.choice(_GIVEN)} if number else who
            plant.honest(
                amount_pence=_amount(random_),
                received_on=_day(random_),
                token=token if shares_card else _token(random_),
                **{**giver, "email": who["email"] if shares_email else ""},
            )
    elif roll < 0.97:
        # A supper: many tickets at one price on one evening.
        when, price = _day(random_), random_.choice((2500, 4500, 5000, 7500))
        for _ in range(random_.randint(8, 25)):
            plant.honest(amount_pence=price, received_on=when, token=_token(random_), **_person(random_))
    elif roll < 0.985:
        # Somebody pays in what a stall took: many names, one card.
        when = _day(random_)
        for _ in range(random_.randint(3, 8)):
            plant.honest(
                amount_pence=_amount(random_) % 5000 + 200, received_on=when, token=token, **_person(random_)
            )
    else:
        # A hall of residence: one postcode and house, many people.
        for _ in range(random_.randint(5, 12)):
            plant.honest(
                amount_pence=random_.choice((300, 500, 1000)),
                received_on=_day(random_),
                token=_token(random_),
                **{**_person(random_), "address": who["address"], "postcode": who["postcode"]},
            )


def _below(random_: random.Random) -> int:
    return random_.choice((30_000, 35_000, 40_000, 45_000, 48_000, 49_000, 49_500, 49_900, 50_000))


def _straw_names(random_: random.Random, plant: Planter, source: str) -> None:
    """One card, a new name every time."""
    token, first = _token(random_), _day(random_)
    for _ in range(random_.randint(3, 6)):
        plant.split(
            source,
            amount_pence=_below(random_),
            received_on=first + timedelta(days=random_.randint(0, 21)),
            token=token,
            **_person(random_),
        )


def _own_name(random_: random.Random, plant: Planter, source: str) -> None:
    """The same name and card, in parts within a month."""
    who, token, first = _person(random_), _token(random_), _day(random_)
    for _ in range(random_.randint(2, 4)):
        plant.split(
            source,
            amount_pence=_below(random_),
            received_on=first + timedelta(days=random_.randint(0, 25)),
            token=token,
            **who,
        )


def _spellings(random_: random.Random, plant: Planter, source: str) -> None:
    """One person at one address under several spellings, each with its own card."""
    who, first = {**_person(random_), "email": ""}, _day(random_)
    who["given_name"] = random_.choice(sorted(_SHORT))
    given = who["given_name"]
    forms = [given, _SHORT[given], given[0], f"{given} J"]
    for form in random_.sample(forms, 3):
        family = who["family_name"]
        if random_.random() < 0.3:
            place = random_.randrange(1, len(family) - 1)
            family = family[:place] + family[place + 1] + family[place] + family[place + 2 :]
        plant.split(
            source,
            amount_pence=_below(random_),
            received_on=first + timedelta(days=random_.randint(0, 60)),
            token=_token(random_),
            **{**who, "given_name": form, "family_name": family},
        )


def _one_email(random_: random.Random, plant: Planter, source: str) -> None:
    """Several names and cards, one mailbox for the receipts."""
    email, first = (
        _person(random_)["given_name"].lower() + f"{random_.randint(1, 99_999)}@box.example",
        _day(random_),
    )
    for _ in range(random_.randint(3, 5)):
        plant.split(
            source,
            amount_pence=_below(random_),
            received_on=first + timedelta(days=random_.randint(0, 30)),
            token=_token(random_),
            **{**_person(random_), "email": email},
        )


def _own_companies(random_: random.Random, plant: Planter, source: str) -> None:
    """A person, and the companies that the person controls."""
    who, first = _person(random_), _day(random_)
    controller = f"{who['given_name']} {who['family_name']}|{who['postcode']}"
    plant.split(source, amount_pence=_below(random_), received_on=first, token=_token(random_), **who)
    for _ in range(random_.randint(2, 3)):
        plant.split(
            source,
            amount_pence=_below(random_),
            received_on=first + timedelta(days=random_.randint(0, 40)),
            token=_token(random_),
            organisation=f"{random_.choice(_FAMILY)} {random_.choice(('Holdings', 'Estates', 'Services'))} Limited",
            company_number=f"{random_.randint(1_000_000, 15_999_999):08d}",
            postcode=_person(random_)["postcode"],
            controllers=(controller,),
        )


def _in_step(random_: random.Random, plant: Planter, source: str) -> None:
    """Strangers with cards of their own, all just under £500 in the same few days."""
    first, amount = _day(random_), random_.choice((45_000, 48_000, 49_000, 49_500, 49_900))
    for _ in range(random_.randint(5, 9)):
        plant.split(
            source,
            amount_pence=amount,
            received_on=first + timedelta(days=random_.randint(0, 3)),
            token=_token(random_),
            **_person(random_),
        )


def _patient(random_: random.Random, plant: Planter, source: str) -> None:
    """Just under £500 every six weeks or so, all year."""
    who, token = _person(random_), _token(random_)
    when = date(2025, 1, random_.randint(1, 28))
    while when.year == 2025:
        plant.split(
            source,
            amount_pence=random_.choice((45_000, 48_000, 49_000, 49_500, 49_900)),
            received_on=when,
            token=token,
            **who,
        )
        when += timedelta(days=random_.randint(30, 55))


def _below_the_report(random_: random.Random, plant: Planter, source: str) -> None:
    """Above £500 each, together above £11,180 in the year, under two names with one bank account."""
    who, token, first = _person(random_), _token(random_), date(2025, random_.randint(1, 6), 1)
    for number in range(random_.randint(3, 4)):
        giver = who if number % 2 else {**who, "given_name": who["given_name"][0], "email": ""}
        plant.split(
            source,
            amount_pence=random_.choice((400_000, 450_000, 500_000, 1_110_000)),
            received_on=first + timedelta(days=random_.randint(0, 180)),
            token=token,
            **giver,
        )


SCHEMES: dict[str, Scheme] = {
    "one card, many names": _straw_names,
    "own name, parts in a month": _own_name,
    "spellings at one address": _spellings,
    "one email, many cards": _one_email,
    "own companies": _own_companies,
    "strangers in step": _in_step,
    "patient, just under": _patient,
    "below the report": _below_the_report,
}
