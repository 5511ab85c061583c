"""The opening lines of a call to vote: every figure from the tables, the reader's own station, nobody put first."""

from datetime import UTC, date, datetime, time

import pytest

from hustings.outreach.mailings.rules.poll_day import PollDay, close_of_poll, plain, poll_day_lead
from hustings.outreach.mailings.rules.writing import write_message

MAY = PollDay(
    title="Barset council election",
    on=date(2026, 5, 7),
    opens=time(7),
    closes=time(22),
    needs_photo_id=True,
    documents=["Passport", "Driving licence", "Blue Badge", "Older person's bus pass", "PASS card"],
    candidates=["Zoe Arabin", "Mark Robarts", "Ann Thorne*"],
    where="Ullathorne",
)


def _lead(**changes: object) -> str:
    from dataclasses import replace

    return poll_day_lead(facts=replace(MAY, **changes), day="Thursday 7 May 2026")  # type: ignore[arg-type]


def test_it_names_the_poll_the_hours_and_who_stands() -> None:
    lead = _lead()
    assert "## Barset council election: Thursday 7 May 2026" in lead
    assert "open from 7am to 10pm" in lead
    assert "**Standing in Ullathorne:** Zoe Arabin, Mark Robarts, Ann Thorne\\*" in lead
    assert "Passport; Driving licence; Blue Badge; Older person's bus pass." in lead
    assert "PASS" not in lead


def test_no_identification_where_none_is_asked() -> None:
    lead = _lead(needs_photo_id=False, documents=())
    assert "You do not need to show identification" in lead
    assert "photo ID" not in lead


def test_nobody_standing_is_not_said() -> None:
    assert "Standing" not in _lead(candidates=())


def test_stations_close_by_british_time() -> None:
    assert close_of_poll(on=MAY.on, closes=MAY.closes) == datetime(2026, 5, 7, 21, 0, tzinfo=UTC)
    assert close_of_poll(on=date(2026, 12, 10), closes=time(22)) == datetime(2026, 12, 10, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["{{ given_name }}", "{% if x %}", "[a](b)", "**bold**"])
def test_names_mean_nothing_to_the_language(text: str) -> None:
    written = write_message(subject="Vote", words=f"{plain(text)} stands.", sender="Barset")
    assert written.fields == frozenset()
    assert "<strong>" not in written.html
    assert 'href="b"' not in written.html


def test_the_lines_become_a_whole_message() -> None:
    written = write_message(
        subject="Vote today", words=_lead() + "\n\nDear {{ given_name }}", sender="Barset"
    )
    assert {"station_name", "station_address", "given_name"} <= written.fields
    assert "your poll card says" in written.text
