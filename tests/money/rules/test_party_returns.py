"""When the return of a party or a non-party campaigner is due, and who owes one."""

from datetime import date

import pytest

from hustings.money.rules.party_returns import owes_party_return, party_return_due


@pytest.mark.parametrize(
    ("poll_on", "spent_pence", "due_on"),
    [
        (date(2024, 7, 4), 25_000_000, date(2024, 10, 4)),
        (date(2024, 7, 4), 25_000_001, date(2025, 1, 4)),
        (date(2019, 12, 12), 0, date(2020, 3, 12)),
        (date(2029, 11, 30), 0, date(2030, 2, 28)),
    ],
)
def test_three_months_or_six_with_an_audit(poll_on: date, spent_pence: int, due_on: date) -> None:
    """Above £250,000 the return is audited; a short month ends earlier."""
    found = party_return_due(who="party", poll_on=poll_on, spent_pence=spent_pence)
    assert (found.due_on, found.counts_from) == (due_on, "poll")
    assert found.warning  # general knowledge, and said so


@pytest.mark.parametrize(
    ("nation", "spent_pence", "owes"),
    [
        ("england", 2_000_000, False), ("england", 2_000_001, True), ("wales", 1_000_000, False),
        ("wales", 1_000_001, True), ("scotland", 1_000_001, True), ("northern-ireland", 1_000_001, True),
    ],
)  # fmt: skip
def test_who_owes_one(nation: str, spent_pence: int, owes: bool) -> None:
    """A party always; a non-party campaigner above the threshold of its nation."""
    facts = {"nation": nation, "poll_on": date(2024, 7, 4), "spent_pence": spent_pence}
    assert owes_party_return(who="non-party", **facts) is owes  # type: ignore[arg-type]
    assert owes_party_return(who="party", **facts)  # type: ignore[arg-type]
