"""The SQL for many people decides exactly as the rules do for one."""

import unicodedata
from collections.abc import Iterator, Sequence

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from hustings.register.rules.matching.batch import COLUMNS, macros, statements
from hustings.register.rules.matching.comparing import Record, is_swapped, record_of
from hustings.register.rules.matching.deciding import decide
from hustings.register.rules.matching.folding import folded, house_of, postcode_key, surname_key
from hustings.register.rules.matching.nicknames import families, forms
from hustings.register.rules.matching.settings import settings

Written = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        for statement in macros():
            opened.execute(statement)
        nickname = pa.table(
            {
                "name": list(forms()),
                "family": [families()[name] for name in forms()],
                "forms": [sorted(names) for names in forms().values()],
            }
        )
        opened.register("arrow_nickname", nickname)
        opened.execute("CREATE TEMP TABLE nickname AS FROM arrow_nickname")
        opened.execute("CREATE TEMP TABLE rejected (person BIGINT, elector BIGINT)")
        yield opened


def test_every_letter_folds_the_same(connection: duckdb.DuckDBPyConnection) -> None:
    """Characters younger than this Python's Unicode are left out: they fold by whichever version knows
    them.
    """
    letters = [chr(code) for code in (*range(1, 0xD800), *range(0xE000, 0x20000))]
    texts = [f"Mac{letter}bcd 1{letter}" for letter in letters if unicodedata.category(letter) != "Cn"]
    connection.register("arrow_text", pa.table({"text": texts}))
    rows = connection.execute(
        "SELECT text, folded(text), surname_key(text), house_of(text), postcode_key(text) FROM arrow_text"
    ).fetchall()
    different = [
        row
        for row in rows
        if row[1:]
        != (
            folded(text=row[0]),
            surname_key(surname=row[0]),
            house_of(address=row[0]),
            postcode_key(postcode=row[0]),
        )
    ]
    assert len(rows) > 80_000
    assert not different, different[:5]


@examples(deadline=None)
@given(texts=st.lists(st.text(alphabet="abcMC1290 ,\n-'’.éŁßł", max_size=14), max_size=5))
def test_words_fold_the_same(connection: duckdb.DuckDBPyConnection, texts: list[str]) -> None:
    for text in texts:
        found = connection.execute("SELECT folded($1), house_of($1), postcode_key($1)", [text]).fetchall()
        assert found == [(folded(text=text), house_of(address=text), postcode_key(postcode=text))]


_FORENAMES = [
    "Ann",
    "Anne",
    "A",
    "A B",
    "Ann Mary",
    "Mary Ann",
    "William",
    "Bill",
    "Wiliam",
    "Will J",
    "",
    "Ash",
    "Zoë",
]
_SURNAMES = [
    "Ash",
    "Ashe",
    "Ash-Thompson",
    "Thompson",
    "Tompson",
    "O'Neill",
    "ONeil",
    "Ann",
    "",
    "McKay",
    "Mackay",
]
_PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(_FORENAMES),
        st.sampled_from(_SURNAMES),
        st.sampled_from(["ZZ1 1AA", "zz11ab", "ZZ1 2AA", ""]),
        st.sampled_from(["12 Mill St", "Flat 3, 12 Mill St", "14", "Rose Cottage", ""]),
    ),
    min_size=1,
    max_size=12,
)


@examples(deadline=None, max_examples=60)
@given(people=_PEOPLE, electors=_PEOPLE)
def test_decides_as_the_rules_do(
    connection: duckdb.DuckDBPyConnection, people: list[Written], electors: list[Written]
) -> None:
    _load(connection, "person_raw", people)
    _load(connection, "elector_raw", electors)
    for statement in statements(settings=settings()):
        connection.execute(statement)
    by_person: dict[int, list[dict[str, object]]] = {}
    for row in connection.execute("FROM decided").fetchall():
        by_person.setdefault(row[0], []).append(dict(zip(COLUMNS, row, strict=True)))
    records = [_record(written) for written in electors]
    for number, written in enumerate(people):
        person = _record(written)
        decision = decide(
            person=person,
            electors=[(place, records[place]) for place in _candidates(person, records)],
            settings=settings(),
        )
        rows = by_person.get(number, [])
        assert [row["elector"] for row in rows] == [candidate.elector_id for candidate in decision.candidates]
        for row, candidate in zip(rows, decision.candidates, strict=True):
            levels = candidate.comparison
            assert row["verdict"] == decision.verdict.value
            assert (row["place"], row["surname"]) == (levels.place.value, levels.surname.value)
            assert (row["forename"], row["middle"]) == (levels.forename.value, levels.middle.value)
            assert row["is_swapped"] == levels.is_swapped
            assert row["score"] == pytest.approx(candidate.score)
            assert row["probability"] == pytest.approx(candidate.probability)


def _load(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Written]) -> None:
    columns = list(zip(*rows, strict=True))
    names = ("forename", "surname", "postcode", "address")
    data = {
        "id": list(range(len(rows))),
        **{name: list(column) for name, column in zip(names, columns, strict=True)},
    }
    connection.register("arrow_rows", pa.table(data))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS FROM arrow_rows")
    connection.unregister("arrow_rows")


def _record(written: Written) -> Record:
    forename, surname, postcode, address = written
    return record_of(forename=forename, surname=surname, postcode=postcode, address=address)


def _candidates(person: Record, electors: list[Record]) -> list[int]:
    """The blocking rules once more, in words of Python."""
    found = []
    for place, elector in enumerate(electors):
        has_name = person.surname != "" and person.surname == elector.surname
        has_family = person.family != "" and person.family == elector.family
        namesakes = sum(
            1 for other in electors if (other.surname, other.family) == (elector.surname, elector.family)
        )
        if person.postcode and person.postcode == elector.postcode:
            has_initials = (
                bool(person.surname and person.first)
                and person.surname[:1] == elector.surname[:1]
                and person.first[:1] == elector.first[:1]
            )
            if has_name or has_family or has_initials or is_swapped(person=person, elector=elector):
                found.append(place)
                continue
        is_near = person.sector != "" and person.sector == elector.sector
        if has_name and has_family and (is_near or namesakes <= 12):
            found.append(place)
    return found
