"""A council's file becomes a version of the register, and the next one keeps the electors."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hustings.platform.importing.importer import ImportRefused
from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun, ImportState
from hustings.register.importers.full_register import FullRegister
from hustings.register.models import Elector, Entitlement, RegisterEntry, RegisterVersion
from hustings.register.usecases.record_entitlement import record_entitlement
from tests.cast import Cast
from tests.register.conftest import HEADER, ROWS, Import

pytestmark = pytest.mark.django_db


def _rejects(run: ImportRun, home: Path) -> list[dict[str, str]]:
    with (home / run.rejects_path).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def _electors() -> dict[str, int]:
    return {str(entry): entry.elector_id for entry in RegisterEntry.objects.filter(version__is_current=True)}


def test_every_kind_of_entry_is_kept(load: Import, barset: Cast) -> None:
    run = load()
    assert (run.read, run.accepted, run.rejected, run.unchanged) == (7, 7, 0, 0)
    entries = {str(entry): entry for entry in RegisterEntry.objects.all()}
    assert set(entries) == {"AA-1", "AA-2", "AA-3", "AA-3/1", "AA-4", "AA-5", "BA-1"}
    alice = entries["AA-1"]
    assert (alice.surname, alice.forename, alice.postcode) == ("Archer", "Alice Mary", "ZZ1 1AA")
    assert (alice.surname_key, alice.forename_key != "", alice.house) == ("archer", True, "1")
    assert alice.ward == barset.east
    assert entries["BA-1"].ward == barset.west
    assert entries["AA-3"].attains_on == date(2026, 8, 9)
    assert entries["AA-3/1"].house == "2 6"
    version = RegisterVersion.objects.get()
    assert (version.area, version.as_of, version.is_current) == (barset.district, date(2026, 3, 30), True)


def test_anonymous_and_overseas_electors_lie_where_their_polling_district_lies(
    load: Import, barset: Cast
) -> None:
    load()
    anonymous = RegisterEntry.objects.get(markers="N")
    assert (anonymous.surname, anonymous.address, anonymous.ward) == ("", "", barset.east)
    overseas = RegisterEntry.objects.get(markers="F")
    assert (overseas.surname, overseas.address, overseas.ward) == ("Ferrers", "", barset.east)


def test_the_report_says_what_the_file_holds(load: Import) -> None:
    run = load([*ROWS, ("BA", "2", "0", "U", "", "Quiet", "Una", "ZZ22", "9 Castle Road")])
    assert run.details["anonymous"] == 1
    assert run.details["without_address"] == 1
    assert run.details["reaching_voting_age"] == 1
    assert run.details["odd_postcodes"] == 1
    assert run.details["markers"] == {"B": 1, "F": 1, "N": 1, "U": 1, "Z": 1}
    assert run.details["unknown_markers"] == {"U": 1}
    assert RegisterEntry.objects.get(markers="U").extra == {"postcode as supplied": "ZZ22"}


def test_lines_that_cannot_be_used_are_reported_with_their_reason(load: Import, tmp_path: Path) -> None:
    run = load(
        [*ROWS, ("AA", "1", "0", "", "", "Copy", "Carl", "ZZ1 1AA", "1 Mill Street"), ("AA", "x"), ("", "9")]
    )
    assert (run.read, run.accepted, run.rejected) == (10, 7, 3)
    rejects = _rejects(run, tmp_path)
    assert [row["line"] for row in rejects] == ["9", "10", "11"]
    assert "AA-1 stands already in line 2" in rejects[0]["reason"]
    assert "“x” is not a whole number" in rejects[1]["reason"]
    assert "no prefix" in rejects[2]["reason"]
    assert "Carl" in rejects[0]["row"]


def test_columns_that_are_not_known_stay_with_the_entry(load: Import) -> None:
    run = load([(*ROWS[0], "", "", "", "", "100012", "7654")], header=(*HEADER, "UPRN", "Elector ID"))
    assert run.accepted == 1
    entry = RegisterEntry.objects.get()
    assert entry.extra == {"UPRN": "100012"}
    assert entry.elector.supplier_id == "7654"


def test_thirteen_columns_with_one_name(load: Import) -> None:
    header = (*HEADER[:5], "Elector Name", *HEADER[7:])
    run = load([("AA", "1", "0", "", "", "Archer, Alice Mary", "ZZ1 1AA", "1 Mill Street")], header=header)
    entry = RegisterEntry.objects.get()
    assert (entry.surname, entry.forename) == ("Archer", "Alice Mary")
    assert run.details["name_order"] == "surname, forenames"


def test_the_same_file_again_is_unchanged(load: Import) -> None:
    load()
    before = _electors()
    run = load()
    assert (run.accepted, run.unchanged, run.read) == (0, 7, 7)
    assert _electors() == before
    assert Elector.objects.count() == 7
    assert [version.is_current for version in RegisterVersion.objects.order_by("pk")] == [False, True]


def test_the_next_version_keeps_the_electors(load: Import) -> None:
    load()
    before = _electors()
    married = ("AA", "3", "0", "", "", "Zander", "Dorothy", "ZZ1 1AB", "4 Mill Street", "Eelbrook")
    moved_with_two_forenames = (
        "BA",
        "1",
        "1",
        "",
        "",
        "Archer",
        "Alice Mary",
        "ZZ2 2BB",
        "9 Castle Road",
        "Courcy",
    )
    newcomer = ("AA", "1", "0", "", "", "Winter", "Walter", "ZZ1 1AA", "1 Mill Street", "Eelbrook")
    run = load([newcomer, ROWS[1], married, *ROWS[3:], moved_with_two_forenames])
    after = _electors()
    assert after["AA-3"] == before["AA-3"]
    assert after["BA-1/1"] == before["AA-1"]
    assert after["AA-1"] not in before.values()
    assert after["AA-4"] == before["AA-4"]
    assert (run.accepted, run.unchanged) == (3, 5)
    assert run.details["linked"] == 7
    assert run.details["new_electors"] == 1


def test_a_dry_run_stores_nothing(load: Import) -> None:
    run = load(is_dry_run=True)
    assert (run.state, run.accepted) == (ImportState.DRY_RUN, 7)
    assert not RegisterVersion.objects.exists()
    assert not Elector.objects.exists()


def test_no_file_is_accepted_without_an_entitlement(load: Import, entitlement: Entitlement) -> None:
    Entitlement.objects.all().delete()
    with pytest.raises(ImportRefused, match="Record one first"):
        load()
    assert ImportRun.objects.latest("pk").state == ImportState.FAILED


def test_no_file_is_accepted_after_the_entitlement_ended(load: Import, entitlement: Entitlement) -> None:
    later = datetime(2027, 1, 1, 9, tzinfo=UTC)
    with pytest.raises(ImportRefused, match="No entitlement to hold the register is in force"):
        load(at=later)
    with pytest.raises(ImportRefused, match="not in force today"):
        load(at=later, entitlement=entitlement.pk)


def test_of_two_entitlements_one_must_be_named(
    load: Import, entitlement: Entitlement, barset: Cast, now: datetime
) -> None:
    other = record_entitlement(
        kind="councillor",
        holder="Councillor Bold",
        office="councillor for Barset East",
        area=barset.east,
        valid_from=date(2026, 1, 1),
        valid_until=date(2027, 1, 1),
        evidence="Letter",
        now=now,
    )
    with pytest.raises(ImportRefused, match="entitlement=NUMBER"):
        load()
    run = load(ROWS[:6], entitlement=other.pk)
    assert run.accepted == 6
    assert RegisterVersion.objects.get().area == barset.east


def test_entries_outside_the_entitlement_are_refused_and_not_kept(
    load: Import, entitlement: Entitlement, barset: Cast, tmp_path: Path
) -> None:
    entitlement.area = barset.east
    entitlement.save()
    run = load()
    assert (run.accepted, run.rejected) == (6, 1)
    (reject,) = _rejects(run, tmp_path)
    assert "outside Barset East" in reject["reason"]
    assert "Courcy" not in reject["row"]
    assert not RegisterEntry.objects.filter(surname="Courcy").exists()


def test_the_register_of_another_area_is_refused_whole(load: Import) -> None:
    with pytest.raises(ImportRefused, match="register of another area"):
        load([("XA", "1", "0", "", "", "Far", "Fred", "ZZ9 9ZZ", "1 Far Lane")])
    assert not RegisterEntry.objects.exists()


def test_a_file_that_lacks_polling_districts_in_use_is_refused(load: Import) -> None:
    load()
    with pytest.raises(ImportRefused, match="polling districts BA"):
        load(ROWS[:6])
    assert RegisterEntry.objects.filter(version__is_current=True).count() == 7


def test_wards_imported_one_by_one_stand_side_by_side(load: Import) -> None:
    load(ROWS[:6])
    load(ROWS[6:])
    assert RegisterVersion.objects.filter(is_current=True).count() == 2
    load()
    assert RegisterVersion.objects.filter(is_current=True).count() == 1
    assert Elector.objects.count() == 7


def test_other_files_are_not_recognised(tmp_path: Path) -> None:
    for header in ("pcds,doterm,lat,long,osward", "First name,Surname,Email,Postcode", "Name,Party,Votes"):
        path = tmp_path / "other.csv"
        path.write_text(f"{header}\n")
        assert not FullRegister().recognises(source=SourceFile(path))


def test_an_as_of_day_is_checked(load: Import) -> None:
    load(as_of="2026-03-02")
    assert RegisterVersion.objects.get().as_of == date(2026, 3, 2)
    with pytest.raises(ImportRefused, match="YYYY-MM-DD"):
        load(as_of="2 March")
