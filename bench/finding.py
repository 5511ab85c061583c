"""“Was this sent by you?” among a hundred thousand materials, beside holding the text against every one of them.

The first thousand materials are recorded as the application records them, which is measured; the rest is laid down in bulk, with
the same words and marks, on all processors, and the index of marks is made afterwards: ten million marks one after another into
an index that does not fit into memory took longer than everything else.

Materials as one office writes them: a greeting all share, sentences that many share, words of their own. Altered copies
(forwarded, scanned with one letter in thirty wrong, half of it, in capitals) have to be found, texts by others not. Comparing
with all is measured on a thousand of them and multiplied.
"""

import hashlib
import multiprocessing
import os
import random
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

COUNT = int(os.environ.get("FINDING_MATERIALS", "100_000"))
ASKED = 300
BATCH = 500
PLAIN = "text/plain; charset=utf-8"
RECORDED = 1_000
AT_ONCE = 5_000
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

    _record(min(RECORDED, COUNT))
    _lay_down(RECORDED, COUNT)
    print(f"   {Entry.objects.count():,} materials, {Mark.objects.count() / COUNT:.0f} marks each")
    _ask()
    _compare_with_all()


def _record(count: int) -> None:
    """Record materials as the application does; entry and material bear the same number."""
    from hustings.openness.models import EntryKind, Seal
    from hustings.openness.usecases import Draft, NewEntry, record_entries

    started = time.process_time()
    for first in range(0, count, BATCH):
        record_entries(
            [
                NewEntry(
                    kind=EntryKind.MATERIAL,
                    source=f"bench {number}",
                    title=f"Letter {number}",
                    documents=[
                        Draft.of_facts(name="facts", seal=Seal.OPEN, facts={"title": f"Letter {number}"}),
                        Draft(
                            name="copy", seal=Seal.OPEN, content=text_of(number).encode(), media_type=PLAIN
                        ),
                    ],
                )
                for number in range(first, min(first + BATCH, count))
            ],
            now=AT,
        )
    spent = time.process_time() - started
    print(f"   recorded with words and marks: {count / spent:,.0f}/s")


def _lay_down(first: int, until: int) -> None:
    """Write the rest in bulk: rows as recording leaves them, but for the leaves, which finding does not read."""
    from django.db import connection, transaction

    from hustings.openness.models import Entry, Mark
    from hustings.platform.bulk import write_rows

    started = time.perf_counter()
    index = Mark._meta.indexes[0]
    with connection.schema_editor() as editor:
        editor.remove_index(Mark, index)
    with multiprocessing.Pool() as pool:
        for start in range(first, until, AT_ONCE):
            rows = pool.map(_written, range(start, min(start + AT_ONCE, until)), chunksize=BATCH)
            with transaction.atomic():
                write_rows(
                    model=Entry,
                    columns=("number", "kind", "leaf", "leaf_hash", "recorded_at", "source", "title",
                             "search_words", "channel", "purpose"),
                    rows=(_entry_row(number, words) for number, words, _facts, _marks in rows),
                )  # fmt: skip
                _lay_documents(rows)
                write_rows(
                    model=Mark,
                    columns=("mark", "entry_id"),
                    rows=((mark, number) for number, _words, _facts, marks in rows for mark in marks),
                )
    laid = time.perf_counter()
    with connection.schema_editor() as editor:
        editor.add_index(Mark, index)
    made = time.perf_counter()
    print(
        f"   {max(until - first, 0):,} more laid down in {laid - started:.0f} s, index of marks in {made - laid:.0f} s"
    )


Laid = tuple[int, str, str, list[int]]


def _written(number: int) -> Laid:
    """A material's number, words, facts and marks; made in a process of its own, without a database."""
    from hustings.openness.rules.material_words import words_of_material
    from hustings.openness.rules.tracing import marks_of_material

    text, facts = text_of(number), f'{{"title":"Letter {number}"}}'
    words = words_of_material(facts=facts.encode(), copy=(PLAIN, text.encode())).words
    return number, text, facts, list(marks_of_material(words))


def _entry_row(number: int, words: str) -> tuple[object, ...]:
    sha = hashlib.sha256(str(number).encode()).hexdigest()
    title = f"Letter {number}"
    return (number, "material", b"", sha, AT.isoformat(), f"bench {number}", title, words, "", "")


def _lay_documents(rows: list[Laid]) -> None:
    from hustings.openness.models import Document
    from hustings.platform.bulk import write_rows

    def documents() -> Iterator[tuple[object, ...]]:
        for number, words, facts, _marks in rows:
            for name, kind, content in (("facts", "application/json", facts), ("copy", PLAIN, words)):
                yield number, name, "open", kind, content.encode(), "00", "0" * 64, ""

    write_rows(
        model=Document,
        columns=(
            "entry_id",
            "name",
            "seal",
            "media_type",
            "content",
            "salt",
            "commitment",
            "withheld_reason",
        ),
        rows=documents(),
    )


def _ask() -> None:
    from hustings.openness.queries.finding import matches_of

    spent: list[float] = []
    found = wrong = 0
    for number in random.Random(3).sample(range(COUNT), ASKED):
        text = altered(number)
        started = time.process_time()
        matches = matches_of(text=text, on=ON)
        spent.append(time.process_time() - started)
        found += any(one.view.entry.number == number for one in matches)
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
