"""Finding a material by its marks gives what comparing with every one would give; altered copies are found, others are not."""

import json
import random
from datetime import datetime

import pytest

from hustings.basics.clock import uk_date
from hustings.openness.models import Entry, EntryKind, Mark, Seal
from hustings.openness.queries import finding
from hustings.openness.queries.finding import candidates_of, matches_of
from hustings.openness.rules.matching import fingerprint, likeness
from hustings.openness.rules.material_words import words_of_material
from hustings.openness.rules.tracing import MOST_COMPARED
from hustings.openness.usecases import Draft, NewEntry, record_entries, withhold_document
from hustings.openness.usecases.mark_words import NO_WORDS, mark_missing
from tests.cast import Cast

pytestmark = pytest.mark.django_db

COUNT = 400
IMPRINT = "Promoted by Alice Archer, 12 High Street, Barset, ZZ1 1AA"
GREETING = "Dear neighbour, thank you for standing with us. We look after this ward all the year."
CHANCE = random.Random(11)
STEMS = [a + b for a in "bdklmrst" for b in "aeiou"]
WORDS = ["".join(CHANCE.choices(STEMS, k=CHANCE.choice((2, 2, 3, 4)))) for _ in range(900)]
#: What the area talks about: the same sentences in many materials.
PHRASES = [" ".join(CHANCE.choices(WORDS, k=CHANCE.randint(6, 14))) for _ in range(25)]


def text_of(number: int) -> str:
    """A material like others of the same office: a greeting all share, a phrase many share, words of its own."""
    chance = random.Random(1000 + number)
    own = [" ".join(chance.choices(WORDS, k=chance.randint(8, 15))) for _ in range(chance.randint(2, 9))]
    return f"{GREETING}\n\n{chance.choice(PHRASES)}. " + ". ".join(own) + "."


def drafts(number: int) -> list[Draft]:
    facts = {"title": f"Leaflet {number}", "imprint": IMPRINT, "subject_line": ""}
    copy = f"{text_of(number)}\n\n{IMPRINT}".encode()
    return [
        Draft.of_facts(name="facts", seal=Seal.OPEN, facts=facts),
        Draft(name="copy", seal=Seal.OPEN, content=copy, media_type="text/plain; charset=utf-8"),
    ]


@pytest.fixture
def record(now: datetime) -> list[Entry]:
    return record_entries(
        [
            NewEntry(
                kind=EntryKind.MATERIAL,
                source=f"copy:{number}",
                title=f"Leaflet {number}",
                documents=drafts(number),
            )
            for number in range(COUNT)
        ],
        now=now,
    )


def scanned(text: str, share: float, seed: int) -> str:
    chance = random.Random(seed)
    return "".join(
        chance.choice("abcdefghijklmnopqrstuvwxyz1l0") if sign.isalpha() and chance.random() < share else sign
        for sign in text
    )


def altered(number: int, how: int) -> str:
    text = text_of(number)
    return [
        f"---- Forwarded message ----\nFrom: a neighbour\n\n> {text}".replace("\n", "\n> "),
        scanned(text, 0.03, number),
        text[len(GREETING) :][: len(text) // 2],
        f"{text}\n\n{IMPRINT}".upper(),
        text.replace("a", "", 3),
    ][how % 5]


def test_altered_copies_are_found_first(record: list[Entry], now: datetime) -> None:
    for number in range(0, COUNT, 7):
        found = matches_of(text=altered(number, number), on=uk_date(now))
        assert found[0].view.entry == record[number], number


def test_what_others_wrote_is_not_found(record: list[Entry], now: datetime) -> None:
    for number in range(5_000, 5_030):
        chance = random.Random(number)
        theirs = " ".join(chance.choices(WORDS, k=90))
        assert matches_of(text=theirs, on=uk_date(now)) == []


def test_nothing_is_missed_that_comparing_with_every_material_finds(
    record: list[Entry], now: datetime
) -> None:
    held = {
        number: words_of_material(
            facts=json.dumps({"imprint": IMPRINT}).encode(),
            copy=("text/plain", f"{text_of(number)}\n\n{IMPRINT}".encode()),
        )
        for number in range(COUNT)
    }
    for number in range(0, COUNT, 11):
        text = altered(number, number // 11)
        asked = fingerprint(text)
        all_alike = {
            record[other].number: likeness(text=asked, material=words)
            for other, words in held.items()
            if likeness(text=asked, material=words).verdict != "none"
        }
        best = sorted(all_alike, key=lambda one: (-all_alike[one].weight, -one))[:1]
        found = matches_of(text=text, on=uk_date(now))
        assert [one.view.entry.number for one in found][:1] == best
        assert {one.view.entry.number for one in found} <= set(all_alike)


def test_only_a_few_are_compared(record: list[Entry], now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def counted(**both: object) -> object:
        compared.append(1)
        return likeness(**both)  # type: ignore[arg-type]

    monkeypatch.setattr(finding, "likeness", counted)
    assert matches_of(text=altered(3, 0), on=uk_date(now))
    assert 1 <= len(compared) <= MOST_COMPARED < COUNT


def test_a_withheld_copy_is_not_found_any_more_and_leaves_no_marks(
    record: list[Entry], now: datetime, cast: Cast
) -> None:
    asked = altered(5, 0)
    assert matches_of(text=asked, on=uk_date(now))[0].view.entry == record[5]
    copy = record[5].documents.get(name="copy")
    withhold_document(document=copy, reason="A home address.", by=cast.agent, now=now)
    assert all(one.view.entry != record[5] for one in matches_of(text=asked, on=uk_date(now)))
    assert list(record[5].marks.values_list("mark", flat=True)) == [NO_WORDS]


def test_materials_recorded_before_there_were_marks_are_found_and_marked(
    record: list[Entry], now: datetime
) -> None:
    before = set(Mark.objects.values_list("entry_id", "mark"))
    last = record[-1]
    Mark.objects.all().delete()
    assert matches_of(text=altered(COUNT - 1, 3), on=uk_date(now))[0].view.entry == last
    assert mark_missing() == COUNT
    assert set(Mark.objects.values_list("entry_id", "mark")) == before
    assert mark_missing() == 0


def test_a_material_without_words_is_marked_once(now: datetime) -> None:
    record_entries(
        [
            NewEntry(
                kind=EntryKind.MATERIAL,
                source="copy:picture",
                title="A picture",
                documents=[Draft.of_facts(name="facts", seal=Seal.OPEN, facts={"imprint": IMPRINT})],
            )
        ],
        now=now,
    )
    assert Mark.objects.get().mark == NO_WORDS
    assert mark_missing() == 0
    assert candidates_of(asked=fingerprint(text_of(1))) == []
