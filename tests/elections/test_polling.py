"""Hours of polling and voter identification by the dated tables."""

from datetime import date, time

import pytest

from hustings.basics.tables import NoRuleInForce
from hustings.elections.rules.polling import polling_hours, table, voter_id_rule

MAY_2026 = date(2026, 5, 7)


def test_polling_stations_are_open_from_seven_to_ten() -> None:
    hours = polling_hours(on=MAY_2026)
    assert (hours.opens, hours.closes) == (time(7), time(22))
    assert hours.entry.is_confirmed


@pytest.mark.parametrize(
    ("on", "nation", "kind", "is_required"),
    [
        (date(2023, 5, 3), "england", "local", False),
        (date(2023, 5, 4), "england", "local", True),
        (MAY_2026, "england", "local", True),
        (MAY_2026, "wales", "local", False),
        (MAY_2026, "wales", "senedd", False),
        (MAY_2026, "scotland", "sp", False),
        (MAY_2026, "scotland", "parl", True),
        (date(2019, 12, 12), "england", "parl", False),
        (date(2024, 7, 4), "wales", "parl", True),
        (date(2024, 5, 2), "wales", "pcc", True),
        (MAY_2026, "northern_ireland", "parl", True),
    ],
)
def test_who_must_show_who_they_are(on: date, nation: str, kind: str, is_required: bool) -> None:
    assert voter_id_rule(on=on, nation=nation, election_kind=kind).is_required is is_required


def test_the_documents_are_named_where_one_is_needed() -> None:
    rule = voter_id_rule(on=date(2024, 7, 4), nation="england", election_kind="parl")
    assert len(rule.documents) == 16
    assert "A Blue Badge" in rule.documents
    assert not any("Veteran" in document for document in rule.documents)
    assert rule.entry.is_confirmed
    assert rule.warning == ""
    assert voter_id_rule(on=date(2024, 7, 4), nation="scotland", election_kind="sp").documents == ()


def test_a_document_that_was_not_checked_warns_and_leaves_the_rule_standing() -> None:
    rule = voter_id_rule(on=MAY_2026, nation="england", election_kind="local")
    assert "A Veteran Card" in rule.documents
    assert rule.entry.is_confirmed
    assert "Check it" in rule.warning


def test_a_poll_that_a_nation_does_not_hold_has_no_rule() -> None:
    with pytest.raises(NoRuleInForce):
        voter_id_rule(on=MAY_2026, nation="scotland", election_kind="pcc")


@pytest.mark.parametrize("name", ["polling_hours", "timetable", "voter_id", "voter_id_documents"])
def test_every_table_loads_and_every_entry_has_a_source(name: str) -> None:
    loaded = table(name)
    assert loaded.entries
    assert all(entry.source and entry.checked_on for entry in loaded.entries)
