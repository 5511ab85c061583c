"""“Was this sent by you?” among a hundred thousand materials, beside holding the text against every one of them.

Materials as one office writes them: a greeting all share, sentences that many share, words of their own. Altered copies
(forwarded, scanned with one letter in thirty wrong, half of it, in capitals) have to be found, texts by others not. Comparing
with all is measured on a thousand of them and multiplied.
"""

import os
import random
import statistics
import time
from datetime import UTC, date, datetime

COUNT = int(os.environ.get("FINDING_MATERIALS", "100_000"))
ASKED = 300
BATCH = 500
COMPARED = 1_000
AT = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
ON = date(2026, 3, 30)
GREETING = "Dear neighbour, thank you for standing with us. We look after this ward all the year."
_CHANCE = random.Random(11)
_STEMS = [one + other for one in "bdfgklmnprstvz" for other in "aeiou"]
WORDS = ["".join(_CHANCE.choices(_STEMS, k=_CHANCE.choice((2, 2, 3, 4)))) for _ in range(5_000)]
PHRASES = [" ".join(_CHANCE.choices(WORDS, k=_CHANCE.randint(6, 14))) for _ in range(200)]


def text_of(number: int) -> str:
    """The words of one material."""
    chance = random.Random(number)
    own = [" ".join(chance.choices(WORDS, k=chance.randint(8, 15))) for _ in range(chance.randint(2, 16))]
    return f"{GREETING}\n\n{'. '.join(chance.choices(PHRASES, k=2))}. {'. '.join(own)}."


def altered(number: int) -> str:
    """A copy as somebody holds it."""
    text, chance = text_of(number), random.Random(number)
    match number % 4:
        case 0:
            return "---- Forwarded message ----\nFrom: a neighbour\n\n> " + text.replace("\n", "\n> ")
        case 1:
            letters = "abcdefghijklmnopqrstuvwxyz1l0"
            return "".join(
                chance.choice(letters) if sign.isalpha() and chance.random() < 1 / 30 else sign
                for sign in text
            )
        case 2:
            return text[len(GREETING) :][: len(text) // 2]
    return text.upper()


def run() -> None:
    """Record, ask, and print what was found and how long it took."""
    import django

    from hustings.project import environment, keys

    keys.make_keys(folder=environment.keys_folder())
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from hustings.openness.models import Entry, Mark

    numbers = _record()
    print(f"   {Entry.objects.count():,} materials, {Mark.objects.count() / COUNT:.0f} marks each")
    _ask(numbers)
    _compare_with_all()


def _record() -> dict[int, int]:
    from hustings.openness.models import EntryKind, Seal
    from hustings.openness.usecases import Draft, NewEntry, record_entries

    numbers: dict[int, int] = {}
    started = time.process_time()
    for first in range(0, COUNT, BATCH):
        made = record_entries(
            [
                NewEntry(
                    kind=EntryKind.MATERIAL,
                    source=f"bench {number}",
                    title=f"Letter {number}",
                    documents=[
                        Draft.of_facts(name="facts", seal=Seal.OPEN, facts={"title": f"Letter {number}"}),
                        Draft(
                            name="copy",
                            seal=Seal.OPEN,
                            content=text_of(number).encode(),
                            media_type="text/plain; charset=utf-8",
                        ),
                    ],
                )
                for number in range(first, min(first + BATCH, COUNT))
            ],
            now=AT,
        )
        numbers.update((entry.number, first + place) for place, entry in enumerate(made))
    spent = time.process_time() - started
    print(f"   recorded with words and marks: {COUNT / spent:,.0f}/s")
    return numbers


def _ask(numbers: dict[int, int]) -> None:
    from hustings.openness.queries.finding import matches_of

    spent: list[float] = []
    found = wrong = 0
    for number in random.Random(3).sample(range(COUNT), ASKED):
        text = altered(number)
        started = time.process_time()
        matches = matches_of(text=text, on=ON)
        spent.append(time.process_time() - started)
        found += any(numbers[one.view.entry.number] == number for one in matches)
    for number in range(ASKED):
        chance = random.Random(f"others {number}")
        wrong += bool(matches_of(text=" ".join(chance.choices(WORDS, k=120)), on=ON))
    print(
        f"   {found} of {ASKED} altered copies found, {wrong} of {ASKED} texts by others; median "
        f"{1000 * statistics.median(spent):.0f} ms, slowest {1000 * max(spent):.0f} ms"
    )


def _compare_with_all() -> None:
    from hustings.openness.rules.matching import fingerprint, likeness

    asked = fingerprint(altered(0))
    texts = [text_of(number) for number in range(COMPARED)]
    started = time.process_time()
    for text in texts:
        likeness(text=asked, material=fingerprint(text))
    each = (time.process_time() - started) / COMPARED
    print(f"   holding one text against every material would take {each * COUNT:.0f} s")
