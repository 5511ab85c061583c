"""Election identifiers are taken apart and made."""

from datetime import date

import pytest

from hustings.elections.rules.general_elections import day_of_results
from hustings.elections.rules.ids import (
    NotAnElectionId,
    constituency_ballot,
    election_of_ballot,
    notional_id,
    parse_election_id,
)

POLL = date(2024, 7, 4)


def test_a_ballot_is_taken_apart() -> None:
    ballot = parse_election_id(" local.barset.canal-and-lock.by.2023-06-01 ")
    assert (ballot.kind, ballot.organisation, ballot.division) == ("local", "barset", "canal-and-lock")
    assert (ballot.poll_on, ballot.is_by_election, ballot.is_notional) == (date(2023, 6, 1), True, False)
    election = parse_election_id("parl.2024-07-04")
    assert (election.kind, election.organisation, election.division) == ("parl", "", "")


def test_a_notional_result_has_an_identifier_of_its_own() -> None:
    assert notional_id(poll_on=date(2019, 12, 12)) == "parl.2019-12-12.notional"
    assert parse_election_id("parl.2019-12-12.notional").is_notional


@pytest.mark.parametrize(
    ("ballot", "election"),
    [
        ("parl.barset-east.2024-07-04", "parl.2024-07-04"),
        ("local.barset.canal-and-lock.2023-05-04", "local.barset.2023-05-04"),
        ("local.barset.canal-and-lock.by.2023-06-01", "local.barset.2023-06-01"),
        ("local.barset.2023-05-04", "local.barset.2023-05-04"),
    ],
)
def test_a_ballot_belongs_to_an_election(ballot: str, election: str) -> None:
    assert election_of_ballot(ballot) == election


def test_the_ballot_of_a_constituency() -> None:
    assert constituency_ballot(name="Ynys Môn", poll_on=POLL) == "parl.ynys-mon.2024-07-04"
    assert constituency_ballot(name="Barset East & Hoe", poll_on=POLL) == "parl.barset-east-hoe.2024-07-04"


@pytest.mark.parametrize(
    "text",
    ["", "parl", "parl.2024-13-01", "european.2024-07-04", "Parl.2024-07-04", "parl.Ynys Môn.2024-07-04"],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotAnElectionId, match="Write one like"):
        parse_election_id(text)


@pytest.mark.parametrize(
    ("name", "codes", "declared", "day"),
    [
        ("results.csv", ["E14000530"], ["13/12/2019 02:30", "12/12/2019 23:10"], date(2019, 12, 12)),
        ("ge2017_results.csv", ["E14000530"], [], date(2017, 6, 8)),
        ("results.csv", ["E14001063"], [], POLL),
        ("ge2019_results.csv", ["E14001063"], [], POLL),
        ("results-20191212.csv", ["E14000530"], [], None),
        ("results.csv", ["E14000530"], [], None),
        ("ge2024.csv", ["E14000530"], [], None),
        ("ge2019.csv", ["E14000530", "E14001063"], [], None),
    ],
)
def test_which_general_election_a_file_is_about(
    name: str, codes: list[str], declared: list[str], day: date | None
) -> None:
    assert day_of_results(file_name=name, codes=codes, declared=declared) == day
