"""The supporter list adds up: exactly ten thousand people may be emailed."""

from collections import Counter
from datetime import datetime
from pathlib import Path

from hustings.basics.email_address import NotAnEmailAddress, parse_email
from hustings.basics.phone import parse_phone
from hustings.platform.importing.source import SourceFile
from hustings.project.demo.borough import Borough
from hustings.project.demo.borough.writers import SUPPORTER_COLUMNS, write_supporters

from .conftest import ON


def _is_sound(address: str) -> bool:
    try:
        parse_email(address, allow_example=True)
    except NotAnEmailAddress:
        return False
    return True


def test_exactly_ten_thousand_may_be_emailed(borough: Borough) -> None:
    rows = borough.supporters
    assert Counter(row.group for row in rows) == {
        "emailable": 10_000,
        "other_channels": 1_200,
        "unsubscribed": 420,
        "faulty_address": 260,
        "repeated": 120,
        "without_evidence": 300,
    }
    with_evidence = [row for row in rows if row.consented_on and row.wording and row.source]
    assert len(with_evidence) == 12_000
    stopped = {row.email.lower() for row in rows if row.unsubscribed_on}
    may_be_emailed = {
        parse_email(row.email, allow_example=True).canonical
        for row in with_evidence
        if "email" in row.consents and _is_sound(row.email) and row.email.lower() not in stopped
    }
    assert len(may_be_emailed) == 10_000


def test_wordings_are_those_of_their_day(borough: Borough) -> None:
    for row in borough.supporters:
        if row.consented_on and row.wording:
            assert row.wording.first_on <= row.consented_on or row.wording.version == "2021-01"
            assert row.consented_on < ON
        if row.unsubscribed_on and row.consented_on:
            assert row.consented_on < row.unsubscribed_on < ON


def test_numbers_and_addresses_reach_nobody(borough: Borough) -> None:
    numbers = [number for row in borough.supporters for number in (row.mobile, row.landline) if number]
    assert all(parse_phone(number).is_fictional for number in numbers)
    assert all(
        ".example" in row.email or "@" not in row.email or row.email.endswith("@")
        for row in borough.supporters
        if row.group == "faulty_address"
    )
    assert all(
        row.email.lower().endswith(".example") for row in borough.supporters if row.group == "emailable"
    )


def test_sixty_of_them_signed_the_petition_too(borough: Borough) -> None:
    signed = {signer.email: signer for signer in borough.signers}
    both = [row for row in borough.supporters if row.group == "emailable" and row.email in signed]
    assert len(both) == 60
    assert all(not signed[row.email].objected_at for row in both)


def test_the_spreadsheet_reads_back(borough: Borough, tmp_path: Path) -> None:
    path = tmp_path / "supporters.xlsx"
    assert write_supporters(path=path, supporters=borough.supporters) == 12_300
    source = SourceFile(path)
    assert source.header == SUPPORTER_COLUMNS
    rows = [row for _, row in source.rows()]
    assert len(rows) == 12_300
    first = borough.supporters[0]
    assert rows[0][0] == first.written.first_name
    dates = {row[SUPPORTER_COLUMNS.index("Consent date")] for row in rows} - {""}
    assert {datetime.fromisoformat(text).date() for text in dates} == {
        row.consented_on for row in borough.supporters if row.consented_on
    }
    again = tmp_path / "again.xlsx"
    write_supporters(path=again, supporters=borough.supporters)
    assert again.read_bytes() == path.read_bytes()
