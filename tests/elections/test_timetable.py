"""Deadlines before a poll, against the published timetables and against the library."""

from datetime import date, datetime

import pytest
from uk_election_timetables.calendars import Country
from uk_election_timetables.election_ids import from_election_id

from hustings.basics.clock import UK
from hustings.elections.rules.timetable import (
    Deadline,
    DeadlineEvent,
    NationNeeded,
    bank_holidays,
    deadlines_of,
    last_day_moved,
)

# Working days before poll by council timetables and the Commission's (rules 6.5), day by day.
PUBLISHED = {
    "local.barset.2021-05-06": "03-29 04-08 04-09 04-19 04-20 04-27 - 04-28 04-29",
    "local.barset.2024-05-02": "03-26 04-05 04-08 04-16 04-17 04-24 04-24 04-25 04-26",
    "parl.2024-07-04": "06-04 06-07 - 06-18 06-19 06-26 06-26 06-27 06-28",
    "local.barset.2025-05-01": "03-25 04-02 04-03 04-11 04-14 04-23 04-23 04-24 04-25",
    "local.barset.2026-05-07": "03-30 04-09 04-10 04-20 04-21 04-28 04-28 04-29 04-30",
}
EVENTS = [
    DeadlineEvent.NOTICE_OF_ELECTION,
    DeadlineEvent.NOMINATIONS_CLOSE,
    DeadlineEvent.PERSONS_NOMINATED,
    DeadlineEvent.REGISTRATION,
    DeadlineEvent.POSTAL_VOTE,
    DeadlineEvent.PROXY_VOTE,
    DeadlineEvent.VOTER_AUTHORITY_CERTIFICATE,
    DeadlineEvent.AGENTS_APPOINTED,
    DeadlineEvent.LOST_POSTAL_PACKS,
]


def by_event(election_id: str, nation: str = "england") -> dict[DeadlineEvent, Deadline]:
    return {deadline.event: deadline for deadline in deadlines_of(election_id=election_id, nation=nation)}


@pytest.mark.parametrize("election_id", PUBLISHED)
def test_every_published_day_is_met(election_id: str) -> None:
    found = by_event(election_id)
    for event, day in zip(EVENTS, PUBLISHED[election_id].split(), strict=True):
        if day != "-":
            assert found[event].on.strftime("%m-%d") == day, event
            if event is not DeadlineEvent.NOTICE_OF_ELECTION or not election_id.startswith("parl"):
                assert found[event].is_confirmed, event
                assert found[event].warning == ""


@pytest.mark.parametrize("election_id", PUBLISHED)
def test_the_library_gives_the_same_days_where_it_speaks(election_id: str) -> None:
    found = by_event(election_id)
    library = {row["event"]: row["date"] for row in from_election_id(election_id, Country.ENGLAND).timetable}
    assert found[DeadlineEvent.REGISTRATION].on == library["REGISTRATION_DEADLINE"]
    assert found[DeadlineEvent.POSTAL_VOTE].on == library["POSTAL_VOTE_APPLICATION_DEADLINE"]
    assert found[DeadlineEvent.NOMINATIONS_CLOSE].on == library["CLOSE_OF_NOMINATIONS"]
    assert found[DeadlineEvent.NOTICE_OF_ELECTION].on == library["NOTICE_OF_ELECTION_DEADLINE"]


def test_where_the_library_differs_from_the_table_certificates_did_not_exist_yet() -> None:
    """The library gives a day for the Voter Authority Certificate in 2021; there was none before May 2023."""
    library = from_election_id("local.barset.2021-05-06", Country.ENGLAND)
    assert library.vac_application_deadline == date(2021, 4, 27)
    assert DeadlineEvent.VOTER_AUTHORITY_CERTIFICATE not in by_event("local.barset.2021-05-06")
    assert DeadlineEvent.VOTER_AUTHORITY_CERTIFICATE not in by_event("local.barset.2026-05-07", "wales")


def test_where_the_library_differs_from_the_table_in_december_2019_the_earlier_day_is_shown() -> None:
    """St Andrew's Day (2 December, Scotland) moved nominations and postal votes in England too, not registration."""
    library = from_election_id("parl.2019-12-12", Country.ENGLAND)
    assert library.close_of_nominations == date(2019, 11, 15)
    assert library.postal_vote_application_deadline == date(2019, 11, 27)
    found = by_event("parl.2019-12-12")
    assert found[DeadlineEvent.NOMINATIONS_CLOSE].on == date(2019, 11, 14)
    assert found[DeadlineEvent.POSTAL_VOTE].on == date(2019, 11, 26)
    assert found[DeadlineEvent.REGISTRATION].on == date(2019, 11, 26)
    assert found[DeadlineEvent.REGISTRATION].is_confirmed
    for event in (DeadlineEvent.NOMINATIONS_CLOSE, DeadlineEvent.POSTAL_VOTE):
        assert not found[event].is_confirmed
        assert "the earlier is shown" in found[event].warning


def test_the_hours_of_the_day_are_in_united_kingdom_time() -> None:
    found = by_event("local.barset.2026-05-07")
    assert found[DeadlineEvent.POSTAL_VOTE].at == datetime(2026, 4, 21, 17, tzinfo=UK)
    assert found[DeadlineEvent.REGISTRATION].at == datetime(2026, 4, 20, 23, 59, tzinfo=UK)
    assert found[DeadlineEvent.POLL_OPENS].at == datetime(2026, 5, 7, 7, tzinfo=UK)
    assert found[DeadlineEvent.EMERGENCY_PROXY].at == datetime(2026, 5, 7, 17, tzinfo=UK)
    assert found[DeadlineEvent.POLL_CLOSES].at == datetime(2026, 5, 7, 22, tzinfo=UK)
    moments = [
        deadline.at for deadline in deadlines_of(election_id="local.barset.2026-05-07", nation="england")
    ]
    assert moments == sorted(moments)
    assert all(deadline.label for deadline in found.values())


def test_scotland_and_northern_ireland_rest_on_the_library_alone() -> None:
    found = by_event("local.barset.2022-05-05", "scotland")
    nominations = found[DeadlineEvent.NOMINATIONS_CLOSE]
    assert nominations.on == date(2022, 3, 30)
    assert not nominations.is_confirmed
    assert "library" in nominations.warning
    assert DeadlineEvent.PROXY_VOTE not in found
    assert by_event("nia.2022-05-05", "")[DeadlineEvent.POSTAL_VOTE].on == date(2022, 4, 12)


def test_a_council_election_without_a_nation_is_not_guessed() -> None:
    with pytest.raises(NationNeeded, match="england, wales, scotland"):
        deadlines_of(election_id="local.barset.2026-05-07")
    assert by_event("sp.2026-05-07", "")[DeadlineEvent.POLL_CLOSES]
    assert by_event("parl.2024-07-04", "")[DeadlineEvent.REGISTRATION].on == date(2024, 6, 18)


def test_bank_holidays_differ_by_nation() -> None:
    assert date(2019, 12, 2) in bank_holidays(nation="scotland")
    assert date(2019, 12, 2) not in bank_holidays(nation="england")
    assert date(2024, 3, 29) in bank_holidays(nation="wales")


def test_a_last_day_on_a_weekend_moves_to_the_next_working_day() -> None:
    """Result on 6 July 2024: invoices by 29 July, since 27 July is a Saturday (rules 2.6)."""
    assert last_day_moved(on=date(2024, 7, 27), nation="england") == date(2024, 7, 29)
    assert last_day_moved(on=date(2024, 7, 26), nation="england") == date(2024, 7, 26)
    assert last_day_moved(on=date(2026, 12, 24), nation="england") == date(2026, 12, 29)
