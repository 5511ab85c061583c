"""People who sign held against a register, beside Splink and beside joining on postcode and surname.

Two truths. The borough's: 75,000 electors, a thousand signers and twelve thousand supporters who write as people do (short
names, slips, moved house, some on no register); its maker and our weights have the same author. And one made elsewhere, that
nothing here was tuned on: FEBRL 4 of the public data folder, 5,000 records against 5,000 spoilt copies, with Australian
postcodes. Splink's model has name, postcode and house comparisons, trained on the data itself as its manual says.
"""

import csv
import gzip
import logging
import os
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

Row = tuple[int, str, str, str, str]


class Task(NamedTuple):
    """Who is looked for among whom, and who is who: the elector of each person, or none."""

    name: str
    people: list[Row]
    electors: list[Row]
    truth: dict[int, int | None]


class Pair(NamedTuple):
    """A person, an elector, and how sure the method is."""

    person: int
    elector: int
    score: float


def borough(*, signers_only: bool) -> Task:
    """The fictional borough's register and those who wrote to us."""
    from hustings.project.demo.borough import make_borough

    made = make_borough(seed=1, on=date(2026, 3, 1))
    electors = [
        (
            one.key,
            f"{one.forename} {one.middle_names}".strip(),
            one.surname,
            one.dwelling.postcode if one.dwelling else "",
            ", ".join(one.dwelling.lines) if one.dwelling else "",
        )
        for one in made.electors
        if one.surname
    ]
    wrote = [(one.written, one.elector_key) for one in made.signers]
    if not signers_only:
        wrote += [(one.written, one.elector_key) for one in made.supporters]
    people, truth = [], {}
    for number, (written, key) in enumerate(wrote, start=1):
        people.append((number, written.first_name, written.surname, written.postcode, written.address))
        truth[number] = key
    return Task("borough, signers" if signers_only else "borough, all", people, electors, truth)


def febrl() -> Task | None:
    """FEBRL 4, or none where the public data folder is absent."""
    folder = Path(os.environ["HUSTINGS_DATA"]) / "record_linkage"
    if not folder.is_dir():
        return None
    sides = []
    for letter in "ab":
        with gzip.open(folder / f"febrl_dataset4{letter}.csv.gz", "rt", encoding="utf-8") as file:
            sides.append([_febrl_row(line) for line in csv.DictReader(file, skipinitialspace=True)])
    return Task("FEBRL 4", sides[1], sides[0], {row[0]: row[0] for row in sides[1]})


def _febrl_row(line: dict[str, str]) -> Row:
    number = int(line["rec_id"].split("-")[1])
    address = f"{line['street_number']} {line['address_1']}".strip()
    return number, line["given_name"], line["surname"], line["postcode"], address


def ours(task: Task) -> list[Pair]:
    """Matching as the register does it."""
    from hustings.platform.duck import analysis
    from hustings.register.rules.matching.settings import settings
    from hustings.register.usecases.match_people import decide_all, load

    with analysis() as connection:
        load(connection=connection, people=task.people, electors=task.electors)
        decide_all(connection=connection, weights=settings())
        rows = connection.execute("SELECT person, elector, probability FROM decided").fetchall()
    return [Pair(*row) for row in rows]


def joined(task: Task) -> list[Pair]:
    """Where exactly one elector of the postcode has the surname; surer where the forename begins alike."""
    held: dict[tuple[str, str], list[Row]] = {}
    for row in task.electors:
        held.setdefault((_plain(row[3]), _plain(row[2])), []).append(row)
    found = []
    for person in task.people:
        for elector in held.get((_plain(person[3]), _plain(person[2])), []) if person[3] else []:
            found.append(
                Pair(person[0], elector[0], 0.9 if _plain(elector[1])[:1] == _plain(person[1])[:1] else 0.5)
            )
    return found


def _plain(text: str) -> str:
    return text.replace(" ", "").casefold()


def splink(task: Task) -> list[Pair]:
    """Splink on DuckDB: trained on the two tables, then asked for every pair it thinks possible."""
    import pyarrow as pa
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI()
    tables = [
        api.register(pa.Table.from_pylist([_splink_row(row) for row in rows]), dataset_display_name=name)
        for name, rows in (("people", task.people), ("electors", task.electors))
    ]
    linker = Linker(
        tables,
        SettingsCreator(
            link_type="link_only",
            comparisons=[
                compare.NameComparison("first_name").configure(term_frequency_adjustments=True),
                compare.NameComparison("surname").configure(term_frequency_adjustments=True),
                compare.LevenshteinAtThresholds("postcode", [1, 2]),
                compare.ExactMatch("house"),
            ],
            blocking_rules_to_generate_predictions=[
                block_on("postcode"),
                block_on("surname", "substr(first_name, 1, 1)"),
                block_on("first_name", "substr(postcode, 1, 3)", "substr(surname, 1, 1)"),
            ],
        ),
        log_level=None,
    )
    sure: list[Any] = [block_on("first_name", "surname", "postcode")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=2_000_000, seed=1)
    for rule in (block_on("surname", "first_name"), block_on("postcode", "house")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, record_sample_proportion=1.0)
    found = linker.inference.predict(threshold_match_probability=0.01).as_record_list()
    return [_splink_pair(row) for row in found]


def _splink_row(row: Row) -> dict[str, Any]:
    number, forename, surname, postcode, address = row
    return {
        "unique_id": number,
        "first_name": _plain(forename.split(" ")[0]) or None,
        "surname": _plain(surname) or None,
        "postcode": _plain(postcode) or None,
        "house": address.split(",")[0].split(" ")[0].casefold() or None,
    }


def _splink_pair(row: dict[str, Any]) -> Pair:
    is_person_left = row["source_dataset_l"] == "people"
    left, right = int(row["unique_id_l"]), int(row["unique_id_r"])
    person, elector = (left, right) if is_person_left else (right, left)
    return Pair(person, elector, float(row["match_probability"]))


class Quality(NamedTuple):
    """The best F1 over all thresholds, and the recall that can be had at a precision of 0.99."""

    f1: float
    recall: float


def quality(*, pairs: Sequence[Pair], truth: dict[int, int | None]) -> Quality:
    """Each person's best pair, from the surest down; a tie between two electors is nobody's."""
    best: dict[int, Pair] = {}
    tied: set[int] = set()
    for pair in pairs:
        held = best.get(pair.person)
        if held is None or pair.score > held.score:
            best[pair.person] = pair
            tied.discard(pair.person)
        elif pair.score == held.score and pair.elector != held.elector:
            tied.add(pair.person)
    ranked = sorted((pair for pair in best.values() if pair.person not in tied), key=lambda pair: -pair.score)
    wanted = sum(key is not None for key in truth.values())
    right, f1, recall = 0, 0.0, 0.0
    for taken, pair in enumerate(ranked, start=1):
        right += truth[pair.person] == pair.elector
        if taken < len(ranked) and ranked[taken].score == pair.score:
            continue
        f1 = max(f1, 2 * right / (taken + wanted))
        if right / taken >= 0.99:
            recall = max(recall, right / wanted)
    return Quality(f1, recall)


def decided(*, pairs: Sequence[Pair], truth: dict[int, int | None]) -> str:
    """Precision and recall of what our weights match without a human."""
    from hustings.register.rules.matching.settings import settings

    matched = [pair for pair in pairs if pair.score >= settings().matched_at]
    right = sum(truth[pair.person] == pair.elector for pair in matched)
    wanted = sum(key is not None for key in truth.values())
    return f"{right / max(1, len(matched)):.4f} of those matched are right, {right / wanted:.4f} of those there are matched"


def run() -> None:
    """Each task by each method; prints seconds, quality and the ratio of the times."""
    import django

    django.setup()
    tasks = [borough(signers_only=True), borough(signers_only=False), febrl()]
    for task in tasks:
        if task is None:
            print("   FEBRL 4 left out: the public data folder is absent")
            continue
        on_it = sum(key is not None for key in task.truth.values())
        print(
            f"   {task.name}: {len(task.people):,} people, {on_it:,} of them among {len(task.electors):,} entries"
        )
        seconds: dict[str, float] = {}
        for name, method in (("ours", ours), ("Splink", splink), ("postcode and surname", joined)):
            started = time.perf_counter()
            pairs = method(task)
            seconds[name] = time.perf_counter() - started
            reached = quality(pairs=pairs, truth=task.truth)
            print(
                f"      {name:<21} {seconds[name]:6.2f} s   best F1 {reached.f1:.3f}   "
                f"recall at precision 0.99 {reached.recall:.3f}"
            )
            if method is ours:
                print(f"      {'':<21} as decided: {decided(pairs=pairs, truth=task.truth)}")
        print(f"      Splink takes {seconds['Splink'] / seconds['ours']:.1f} times as long")
