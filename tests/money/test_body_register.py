"""Parties, unions and companies are looked for on the registers brought in; a person decides, and what was shown is kept."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from hustings.money.models import DonorCheck, Gift, PublishedBody
from hustings.money.queries.body_register import look_up
from hustings.money.rules.permissibility import Evidence
from hustings.money.usecases.check_donor import check_donor
from hustings.platform.importing.run_import import run_import
from tests.cast import Cast, signed_in
from tests.money.campaigns import make_campaign
from tests.money.gifts import NOW, make_gift

pytestmark = pytest.mark.django_db

HEADINGS = (
    "EC Reference Number,Entity name,Entity type,Registration status,Register,Entity status,Company reg no,"
    "Date of registration / notification"
)
TOGETHER = "PP 901,Barset Together,Political Party,Registered,Great Britain,,,28/03/2008 00:00:00"
GONE = "PP 902,Old Barset Party [De-registered 01/11/24],Political Party,Deregistered,Great Britain,,,16/11/2020 00:00:00"
WEIR = "TP 903,Weir Holdings Limited,Third Party,Registered,,Company,123456,02/07/2014 00:00:00"
UNION = "TP 904,Barset Workers' Union,Third Party,Registered,,Trade Union,,02/07/2014 00:00:00"
LATE = "PP 905,Latecomers,Political Party,Registered,Great Britain,,,15/04/2026 00:00:00"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    """Rejects go to a folder of the test."""
    settings.HUSTINGS_HOME = tmp_path
    return tmp_path


def bring_in(folder: Path, *rows: str, day: int = 1, headings: str = HEADINGS, name: str = "") -> None:
    """Import a register as it stood on a day of April 2026."""
    path = folder / (name or f"register-{day}.csv")
    path.write_text("\n".join([headings, *rows]), encoding="utf-8")
    run_import(path=path, now=datetime(2026, 4, day, 9, 0, tzinfo=UTC))


def gift_of(cast: Cast, *, kind: str, name: str, **donor: str) -> Gift:
    """£1,000 of an organisation, received on 10 April 2026."""
    return make_gift(
        campaign=make_campaign(area=cast.east),
        by=cast.tess,
        pounds=1_000,
        donor={"kind": kind, "organisation": name, **donor},
    )


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("party", "Barset Together", "PP 901 Barset Together, Political Party, Great Britain, Registered, since 28 March 2008"),
        ("party", "The Old Barset Party", "Deregistered, since 16 November 2020, Its registration is “Deregistered”"),
        ("party", "Latecomers", "It was registered only after the gift was received"),
        ("party", "Nobody's Party", "Not found in the Electoral Commission's register as imported on 1 April 2026 (register-1"),
        ("company", "Weir Holdings Ltd", "TP 903 Weir Holdings Limited, Third Party"),
        ("trade_union", "Barset Workers Union", "No file of the Certification Officer's list was brought in"),
    ],
)  # fmt: skip
def test_what_the_registers_say(cast: Cast, home: Path, kind: str, name: str, words: str) -> None:
    """The row, its day and its source; or that it is not there; or that the register is not here."""
    bring_in(home, TOGETHER, GONE, WEIR, UNION, LATE)
    donor = gift_of(cast, kind=kind, name=name).donor
    assert donor is not None
    assert words in look_up(donor=donor, on=date(2026, 4, 10)).sentence


def test_a_campaigner_s_row_does_not_answer_for_the_certification_officer(cast: Cast, home: Path) -> None:
    """It is shown, but the question whether the union is listed is answered by that list alone."""
    bring_in(home, UNION)
    donor = gift_of(cast, kind="trade_union", name="Barset Workers Union").donor
    assert donor is not None
    found = look_up(donor=donor, on=date(2026, 4, 10))
    assert [(one.body.ref, one.answers) for one in found.rows] == [("TP 904", False)]
    assert (found.seen, found.missing) == ({}, ("the Certification Officer's list",))
    union = "Barset Workers' Union,2014-01-02"
    bring_in(home, union, headings="Name of union,Date listed", name="unions.csv", day=2)
    found = look_up(donor=donor, on=date(2026, 4, 10))
    assert [(one.body.register, one.answers) for one in found.rows] == [
        ("Certification Officer", True),
        ("", False),
    ]
    seen = found.seen["listed_union"]
    assert (
        "Certification Officer's list as imported on 2 April 2026 (unions.csv): Barset Workers' Union" in seen
    )


def test_a_row_that_left_the_register_says_so(cast: Cast, home: Path) -> None:
    """The row of the earlier file is still shown, with the day it was last seen; what stays is marked as seen again."""
    bring_in(home, TOGETHER, GONE)
    bring_in(home, GONE, day=3)
    donor = gift_of(cast, kind="party", name="Barset Together").donor
    assert donor is not None
    (row,) = look_up(donor=donor, on=date(2026, 4, 10)).rows
    assert row.careful == ("The newest file no longer has it; it was last seen in that of 1 April 2026.",)
    stayed = PublishedBody.objects.select_related("seen_in", "run").get(ref="PP 902")
    assert stayed.seen_in is not None
    assert (stayed.run.started_at.day, stayed.seen_in.started_at.day) == (1, 3)


def test_the_check_shows_the_rows_and_keeps_them_and_a_person_decides(cast: Cast, home: Path) -> None:
    """Where it was seen stands ready; the answer is nobody's but the treasurer's."""
    gift = gift_of(cast, kind="party", name="Barset Together")
    tess, url = signed_in(cast.tess), f"/desk/money/gifts/{gift.pk}/check/"
    assert (
        "No file of the Electoral Commission&#x27;s register was brought in" in tess.get(url).content.decode()
    )
    bring_in(home, TOGETHER)
    page = tess.get(url).content.decode()
    assert "as imported on 1 April 2026" in page
    assert "checked" not in page.split("registered_party_answer")[1].split("registered_party_seen")[0]
    body = PublishedBody.objects.get()
    assert f"/desk/money/published/registers/{body.pk}/" in page
    check = check_donor(
        gift=gift, answers={"registered_party": Evidence(answer="yes", seen="the row PP 901")}, by=cast.tess, now=NOW
    )  # fmt: skip
    assert check.outcome == "permissible"
    kept = DonorCheck.objects.get().looked_up
    assert [(row["ref"], row["how"], row["status"]) for row in kept["rows"]] == [
        ("PP 901", "name", "Registered")
    ]
    assert kept["files"][0]["imported_on"] == "2026-04-01"
    assert len(kept["files"][0]["sha256"]) == 64
    told = tess.get(f"/desk/money/gifts/{gift.pk}/").content.decode()
    assert "as imported on 1 April 2026" in told
    assert "the row PP 901" in told


def test_a_person_is_not_looked_for_here(cast: Cast, home: Path) -> None:
    """Individuals are on another register, under an entitlement."""
    bring_in(home, TOGETHER)
    gift = make_gift(campaign=make_campaign(), by=cast.tess)
    check_donor(gift=gift, answers={"register": Evidence(answer="unknown")}, by=cast.tess, now=NOW)
    assert DonorCheck.objects.get().looked_up == {}


def test_rows_without_a_name_are_rejected(home: Path) -> None:
    """And a union that has a number keeps it."""
    bring_in(home, "17,Barset Workers,", "18,,", headings="List number,Name of union,Date listed", name="unions.csv")  # fmt: skip
    assert list(PublishedBody.objects.values_list("ref", "name", "register")) == [
        ("17", "Barset Workers", "Certification Officer")
    ]
