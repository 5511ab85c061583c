"""A list of supporters becomes people, and receipts where it shows a consent."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from openpyxl import Workbook

from hustings.people.importers.supporters import Supporters
from hustings.people.importers.suppressions import Suppressions
from hustings.people.models import Consent, ConsentEvent, ConsentWording, Person, Suppression, Tag
from hustings.people.queries import suppressed_person_ids
from hustings.people.usecases import erase_person, object_to_contact, record_person
from hustings.platform.importing.importer import Importer, ImportRefused, Options
from hustings.platform.importing.run_import import run_import
from hustings.platform.models import ImportRun, ImportState

pytestmark = pytest.mark.django_db

IMPORTERS: list[Importer] = [Supporters(), Suppressions()]
WORDS = "Email me about local campaigns."
HEADING = [
    *("First name", "Surname", "Email", "Mobile", "Phone", "Address", "Postcode", "Email OK", "Text OK"),
    *("Phone OK", "Post OK", "Consent date", "Consent wording", "Consent source", "Unsubscribed on", "Tags"),
]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> None:
    settings.HUSTINGS_HOME = tmp_path


def row(**said: str) -> list[str]:
    whole = {
        "First name": "Ann",
        "Surname": "Archer",
        "Email": "ann@barset.example",
        "Postcode": "ZZ1 1AA",
        "Email OK": "Yes",
        "Text OK": "No",
        "Phone OK": "",
        "Post OK": "x",
        "Consent date": "7/5/2024",
        "Consent wording": WORDS,
        "Consent source": "Street stall",
    } | {name.replace("_", " "): value for name, value in said.items()}
    return [whole.get(name, "") for name in HEADING]


def load(
    rows: list[list[str]], tmp_path: Path, now: datetime, *, name: str = "list.csv", **options: Any
) -> ImportRun:
    path = tmp_path / name
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([HEADING, *rows])
    return run_import(path=path, now=now, importers=IMPORTERS, options=Options(**options))


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.read, run.accepted, run.rejected, run.unchanged


def test_people_and_receipts(tmp_path: Path, now: datetime) -> None:
    run = load([row(Mobile="07700 900123", Phone="01632 960123", Tags="poster, donor")], tmp_path, now)
    assert (run.importer, counts(run)) == ("supporters", (1, 1, 0, 0))
    ann = Person.objects.get()
    assert {point.canonical for point in ann.contact_points.all()} == {
        "ann@barset.example",
        "+447700900123",
        "+441632960123",
    }
    assert {(c.channel, c.purpose, c.is_given) for c in ann.consents.all()} == {
        ("email", "campaign", True),
        ("post", "campaign", True),
    }
    event = ConsentEvent.objects.get(channel="email")
    assert event.at == datetime(2024, 5, 6, 23, tzinfo=UTC)  # midnight in British summer time
    assert event.wording is not None
    assert event.wording.text == WORDS
    assert event.evidence == {
        "source": "Street stall",
        "file": "list.csv",
        "sha256": run.file_sha256,
        "line": 2,
    }
    assert {tag.name for tag in ann.tags.all()} == {"poster", "donor"}
    assert run.details["consents_recorded"] == 2


@pytest.mark.parametrize("missing", ["Consent date", "Consent wording", "Consent source"])
def test_without_evidence_a_person_stays_unreachable(missing: str, tmp_path: Path, now: datetime) -> None:
    run = load([row(**{missing.replace(" ", "_"): ""})], tmp_path, now)
    assert counts(run) == (1, 1, 0, 0)
    assert Person.objects.count() == 1
    assert not ConsentEvent.objects.exists()
    assert run.details["rows_without_evidence"] == 1


def test_the_same_file_again_tells_nothing_new(tmp_path: Path, now: datetime) -> None:
    rows = [
        row(Tags="poster"),
        row(First_name="Bea", Email="", Phone="01632 960123", Consent_date="", Unsubscribed_on=""),
        row(First_name="Cat", Email="cat@barset.example", Unsubscribed_on="1/2/2025"),
    ]
    assert counts(load(rows, tmp_path, now)) == (3, 3, 0, 0)
    before = [
        model._default_manager.count() for model in (Person, ConsentEvent, Suppression, Tag, ConsentWording)
    ]
    again = load(rows, tmp_path, now + timedelta(days=3))
    assert counts(again) == (3, 0, 0, 3)
    after = [
        model._default_manager.count() for model in (Person, ConsentEvent, Suppression, Tag, ConsentWording)
    ]
    assert before == after


def test_rows_that_cannot_be_used_are_kept_aside_with_the_reason(tmp_path: Path, now: datetime) -> None:
    rows = [
        row(Email="ann@@barset.example"),
        row(Postcode="ZZ1"),
        row(Consent_date="31/2/2024"),
        row(Email_OK="perhaps"),
        row(First_name="", Surname="", Email=""),
        row(Mobile="12"),
        row(),
    ]
    run = load(rows, tmp_path, now)
    assert counts(run) == (7, 1, 6, 0)
    with (Path(django_settings.HUSTINGS_HOME) / run.rejects_path).open(newline="") as file:
        rejects = list(csv.DictReader(file))
    assert [reject["line"] for reject in rejects] == ["2", "3", "4", "5", "6", "7"]
    assert "ann@@barset.example" in rejects[0]["row"]
    assert Person.objects.count() == 1


def test_who_unsubscribed_stays_so_when_the_list_comes_again(tmp_path: Path, now: datetime) -> None:
    load([row(Unsubscribed_on="8/5/2024")], tmp_path, now)
    ann = Person.objects.get()
    assert not Consent.objects.get(channel="email").is_given
    assert Consent.objects.get(channel="post").is_given
    load([row(Unsubscribed_on="")], tmp_path, now, name="other.csv")
    found = suppressed_person_ids(person_ids=[ann.pk], channel="email", purpose="campaign")
    assert found.definite == {ann.pk}
    assert not Consent.objects.get(channel="email").is_given


def test_who_objected_stays_suppressed_through_erasure_and_import(tmp_path: Path, now: datetime) -> None:
    ann = record_person(given_name="Ann", email="ann@barset.example", source="page", now=now)
    object_to_contact(person=ann, source="page", now=now)
    erase_person(person=ann, now=now)
    run = load([row()], tmp_path, now)
    back = Person.objects.get(erased_at=None)
    for channel in ("email", "post"):
        assert suppressed_person_ids(person_ids=[back.pk], channel=channel, purpose="campaign").definite == {
            back.pk
        }
    assert run.details["email_blocked_by_objection"] == 1


def test_a_dry_run_counts_and_keeps_nothing(tmp_path: Path, now: datetime) -> None:
    run = load([row(), row(Email="x@@")], tmp_path, now, is_dry_run=True)
    assert (run.state, counts(run)) == (ImportState.DRY_RUN, (2, 1, 1, 0))
    assert run.details["consents_recorded"] == 2
    assert not Person.objects.exists()


def test_a_spreadsheet(tmp_path: Path, now: datetime) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Name", "Email", "Channels", "Date of consent", "Statement", "Evidence", "Purpose"])
    sheet.append(
        [
            "Ann Archer",
            "ann@barset.example",
            "email, text",
            datetime(2024, 5, 7),
            WORDS,
            "sheet 12",
            "campaign",
        ]
    )
    sheet.append([None, None, None, None, None, None, None])
    sheet.append(["Bea Archer", "bea@barset.example", "all", datetime(2024, 5, 7), WORDS, "sheet 12", None])
    book.save(tmp_path / "list.xlsx")
    run = run_import(path=tmp_path / "list.xlsx", now=now, importers=IMPORTERS)
    assert counts(run) == (2, 1, 1, 0)
    assert {consent.channel for consent in Consent.objects.all()} == {"email", "sms"}


def test_a_file_without_headings_is_refused(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "list.csv"
    path.write_text("1,2\n3,4\n")
    with pytest.raises(ImportRefused):
        run_import(path=path, now=now, importers=IMPORTERS, slug="supporters")
