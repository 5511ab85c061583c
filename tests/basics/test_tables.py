"""Dated rule tables refuse whatever would later mislead, and answer by key and day."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.basics.tables import (
    BadTable,
    MissingSource,
    NoRuleInForce,
    OverlappingEntries,
    Status,
    UndeclaredGap,
    UnknownStatus,
    WrongValue,
    load_table,
    parse_table,
)

HEAD = """
[table]
key = "limits"
title = "Spending limits"
unit = "pence"
checked_on = 2026-11-23
"""
OLD = """
[[entry]]
key = "local"
value = { fixed = 80600, per_elector = 7.0, payer = "agent", by_post = true, forms = ["a", "b"] }
valid_until = 2024-01-01
source = "SI 2020/1634"
status = "sourced"
"""
NEW = """
[[entry]]
key = "local"
value = { fixed = 96000, per_elector = 8 }
valid_from = 2024-01-01
source = "Electoral Commission"
status = "known"
checked_on = 2026-01-05
note = "In use on 7 May 2026."
"""


def test_the_entry_in_force_is_found_by_day() -> None:
    table = parse_table(HEAD + NEW + OLD, name="limits.toml")
    last_day = date(2023, 12, 31)
    assert table.entry(on=last_day, key="local").integer("fixed") == 80600
    assert table.entry(on=last_day + timedelta(days=1), key="local").integer("fixed") == 96000
    assert [entry.integer("fixed") for entry in table.history(key="local")] == [80600, 96000]
    assert table.keys == (("local",),)


def test_an_entry_carries_its_status_source_and_date_of_checking() -> None:
    table = parse_table(HEAD + NEW + OLD, name="limits.toml")
    old, new = table.history(key="local")
    assert (old.status, old.is_confirmed, old.warning) == (Status.SOURCED, True, "")
    assert old.checked_on == date(2026, 11, 23)
    assert (new.status, new.is_confirmed) == (Status.KNOWN, False)
    assert "Spending limits" in new.warning
    assert new.warned(lambda sentence: "Gwiriwch.") == "Gwiriwch."
    assert new.checked_on == date(2026, 1, 5)
    assert new.source == "Electoral Commission"
    assert (old.id, new.id) == ("limits/local/start", "limits/local/2024-01-01")
    assert table.by_id(new.id) is new


@pytest.mark.parametrize(
    ("status", "confirmed"), [("sourced", True), ("derived", True), ("known", False), ("uncertain", False)]
)
def test_only_what_was_read_or_reckoned_is_confirmed(status: str, confirmed: bool) -> None:
    table = parse_table(HEAD + NEW.replace('"known"', f'"{status}"'), name="limits.toml")
    entry = table.entry(on=date(2025, 1, 1), key="local")
    assert entry.is_confirmed is confirmed
    assert (entry.warning == "") is confirmed


def test_an_entrys_id_does_not_change_when_it_is_closed() -> None:
    closed = NEW.replace("source", "valid_until = 2027-01-01\nsource", 1)
    (was,) = parse_table(HEAD + NEW, name="a").entries
    (now,) = parse_table(HEAD + closed, name="b").entries
    assert was.id == now.id


def test_values_come_in_the_kind_that_is_asked_for() -> None:
    old = parse_table(HEAD + OLD, name="limits.toml").entries[0]
    assert old.decimal("per_elector") == Decimal("7.0")
    assert old.decimal("fixed") == 80600
    assert old.text("payer") == "agent"
    assert old.flag("by_post") is True
    assert old.texts("forms") == ("a", "b")
    for wrong in (
        lambda: old.integer("per_elector"),
        lambda: old.integer("by_post"),
        lambda: old.text("fixed"),
        lambda: old.decimal("payer"),
        lambda: old.flag("payer"),
        lambda: old.texts("payer"),
        lambda: old.value,
        lambda: old.raw("absent"),
    ):
        with pytest.raises(WrongValue, match="limits/local/start"):
            wrong()


def test_a_plain_value_needs_no_name() -> None:
    entry = parse_table(HEAD + NEW.replace("{ fixed = 96000, per_elector = 8 }", "35"), name="x").entries[0]
    assert entry.value == 35
    assert entry.integer() == 35


def test_no_rule_is_named_with_table_key_and_day() -> None:
    table = parse_table(HEAD + NEW, name="limits.toml")
    with pytest.raises(NoRuleInForce, match=r"Spending limits.*local.*2023-12-31"):
        table.entry(on=date(2023, 12, 31), key="local")
    with pytest.raises(NoRuleInForce):
        table.entry(on=date(2025, 1, 1), key="county")
    with pytest.raises(TypeError, match="asked by key"):
        table.entry(on=date(2025, 1, 1), nation="wales")


def test_keys_of_several_columns() -> None:
    table = parse_table(
        HEAD.replace("unit", 'columns = ["election", "nation"]\nunit')
        + NEW.replace('key = "local"', 'key = { nation = "wales", election = "local" }'),
        name="limits.toml",
    )
    assert (
        table.entry(on=date(2025, 1, 1), nation="wales", election="local").id
        == "limits/local/wales/2024-01-01"
    )


def test_overlap_is_refused() -> None:
    with pytest.raises(OverlappingEntries, match=r"limits.toml.*limits/local/start"):
        parse_table(HEAD + NEW + OLD.replace("2024-01-01", "2024-01-02"), name="limits.toml")
    with pytest.raises(OverlappingEntries):
        parse_table(HEAD + NEW + NEW, name="limits.toml")


GAP = """
[[gap]]
key = "local"
valid_from = 2023-12-31
valid_until = 2024-01-01
reason = "The order lapsed for a day."
"""


def test_a_gap_is_refused_unless_it_is_declared() -> None:
    text = HEAD + NEW + OLD.replace("2024-01-01", "2023-12-31")
    with pytest.raises(UndeclaredGap, match="2023-12-31 until 2024-01-01"):
        parse_table(text, name="limits.toml")
    table = parse_table(text + GAP, name="limits.toml")
    with pytest.raises(NoRuleInForce, match="lapsed for a day"):
        table.entry(on=date(2023, 12, 31), key="local")


def test_a_declared_gap_must_not_overlap_an_entry() -> None:
    with pytest.raises(OverlappingEntries, match="declared gap"):
        parse_table(HEAD + NEW + OLD + GAP, name="limits.toml")


@pytest.mark.parametrize("source", ["", 'source = ""', 'source = "  "', "source = 3"])
def test_a_missing_or_blank_source_is_refused(source: str) -> None:
    with pytest.raises(MissingSource, match=r"limits.toml \[\[entry\]\] number 1 \(local\)"):
        parse_table(HEAD + NEW.replace('source = "Electoral Commission"', source), name="limits.toml")


def test_an_unknown_status_is_refused() -> None:
    with pytest.raises(UnknownStatus, match=r"certain.*sourced, known, derived, uncertain"):
        parse_table(HEAD + NEW.replace('"known"', '"certain"'), name="limits.toml")
    with pytest.raises(UnknownStatus):
        parse_table(HEAD + NEW.replace('status = "known"', ""), name="limits.toml")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", r"no \[table\]"),
        (HEAD, r"no \[\[entry\]\]"),
        ("[table", "not TOML"),
        (HEAD + NEW.replace("valid_from", "valid_to"), "not known: valid_to"),
        (HEAD + NEW.replace("2024-01-01", '"2024-01-01"'), "without quotes"),
        (HEAD + NEW.replace("2024-01-01", "2024-01-01T00:00:00Z"), "write a date"),
        (HEAD + NEW.replace("2024-01-01", "2024-01-01\nvalid_until = 2024-01-01"), "holds no day"),
        (HEAD + NEW.replace('key = "local"', ""), "needs a key"),
        (HEAD + NEW.replace('key = "local"', 'key = ""'), "empty part"),
        (HEAD + NEW.replace('key = "local"', 'key = { nation = "wales" }'), "needs a key"),
        (HEAD + NEW.replace("value =", "note2 ="), "not known"),
        (HEAD + NEW.replace("value = { fixed = 96000, per_elector = 8 }", ""), "no value"),
        (HEAD.replace('title = "Spending limits"', "") + NEW, "no title"),
        (HEAD.replace("checked_on = 2026-11-23", "") + OLD, "no checked_on"),
        (HEAD.replace("unit", 'columns = "key"\nunit') + OLD, "list of names"),
        (
            HEAD
            + OLD.replace("source", 'id = "one"\nsource', 1)
            + NEW.replace("source", 'id = "one"\nsource', 1),
            "two entries",
        ),
    ],
)
def test_what_is_not_a_rule_table_is_refused_by_name(text: str, told: str) -> None:
    with pytest.raises(BadTable, match=told):
        parse_table(text, name="limits.toml")


def test_a_table_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "limits.toml"
    path.write_text(HEAD + OLD + NEW, encoding="utf-8")
    assert load_table(path).key == "limits"


@given(
    st.lists(st.dates(date(2000, 1, 1), date(2030, 1, 1)), min_size=1, max_size=8, unique=True), st.dates()
)
def test_a_table_without_gaps_has_exactly_one_rule_for_every_day(changes: list[date], on: date) -> None:
    ends = [None, *sorted(changes), None]
    entries = []
    for number, (start, end) in enumerate(pairwise(ends)):
        lines = ["[[entry]]", 'key = "k"', f"value = {number}", 'source = "s"', 'status = "sourced"']
        lines += [f"valid_from = {start}"] if start else []
        lines += [f"valid_until = {end}"] if end else []
        entries.append("\n".join(lines))
    table = parse_table(HEAD + "\n" + "\n".join(entries), name="t")
    assert table.entry(on=on, key="k").value == sum(change <= on for change in changes)
