"""The register of companies: taken in once, advertisers found by name, namesakes and foreign companies told apart."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hustings.adwatch.models import Entity, RegisterFile, RegisterLink
from hustings.adwatch.store.files import home_path
from hustings.platform.importing.run_import import LayoutNotRecognised
from hustings.platform.models import ImportRun
from tests.adwatch.conftest import REPORT_2023

BringIn = Callable[..., ImportRun]
HEAD = "CompanyName, CompanyNumber,CompanyCategory,CompanyStatus,CountryOfOrigin,IncorporationDate"
ADS = [
    "1,Wick Boilers,Wick Boilers Ltd,900,3",
    "2,Tallow,Tallow & Co,400,2",
    "3,Barset Lanterns,The Lantern Party,50,1",
]
COMPANIES = [
    "WICK BOILERS LIMITED,00000001,Private Limited Company,Active,United Kingdom,01/02/2003",
    '"TALLOW AND CO LTD",00000002,Private Limited Company,Dissolved,France,2010-05-06',
    ",00000003,Private Limited Company,Active,United Kingdom,01/02/2003",
    "NOBODY PLC,,Public Limited Company,Active,United Kingdom,01/02/2003",
    "ELSEWHERE LTD,00000004,Private Limited Company,Active,United Kingdom,nonsense",
]


def test_advertisers_are_found_in_it_by_name(write: Any, bring_in: BringIn, own_home: Path) -> None:
    """Legal form, case and “&” do not matter; whether the entry shows a link to the country is kept; two rows are set aside."""
    bring_in(write("FacebookAdLibraryReport_2026-03-29_GB_last_30_days.csv", REPORT_2023, ADS))
    run = bring_in(write("BasicCompanyData.csv", HEAD, COMPANIES))
    assert (run.importer, run.read, run.accepted, run.rejected) == ("companies", 5, 3, 2)
    assert run.details["links"] == 2
    links = {link.entity.name: link for link in RegisterLink.objects.select_related("entity", "file")}
    wick, tallow = links["Wick Boilers Ltd"], links["Tallow & Co"]
    assert (wick.register, wick.number, wick.status, wick.shows_uk) == (
        "companies",
        "00000001",
        "Active",
        True,
    )
    assert (wick.registered_on, wick.method) == (date(2003, 2, 1), "same name")
    assert (tallow.number, tallow.shows_uk, tallow.registered_on) == ("00000002", False, date(2010, 5, 6))
    assert "BasicCompanyData.csv" in wick.evidence
    rejects = (own_home / run.rejects_path).read_text()
    assert rejects.count("no name or no number") == 2
    assert Entity.objects.get(name="Wick Boilers Ltd").suggested == "company"
    file = RegisterFile.objects.get()
    assert (file.entries, file.newest_entry_on) == (3, date(2010, 5, 6))
    assert home_path(file.original).exists()


def test_an_advertiser_that_comes_later_is_found_too(write: Any, bring_in: BringIn) -> None:
    """The register stays, and every import of ads looks its new advertisers up."""
    bring_in(write("BasicCompanyData.csv", HEAD, COMPANIES))
    assert not RegisterLink.objects.exists()
    bring_in(write("FacebookAdLibraryReport_2026-03-29_GB_last_30_days.csv", REPORT_2023, ADS))
    assert set(RegisterLink.objects.values_list("number", flat=True)) == {"00000001", "00000002"}


def test_the_same_register_again_changes_nothing(write: Any, bring_in: BringIn) -> None:
    """Every row is unchanged, and no link stands twice."""
    bring_in(write("FacebookAdLibraryReport_2026-03-29_GB_last_30_days.csv", REPORT_2023, ADS))
    path = write("BasicCompanyData.csv", HEAD, COMPANIES)
    bring_in(path)
    again = bring_in(path)
    assert (again.accepted, again.unchanged, again.rejected) == (0, 3, 2)
    assert (RegisterFile.objects.count(), RegisterLink.objects.count()) == (1, 2)


def test_a_name_that_many_companies_bear_links_to_none(write: Any, bring_in: BringIn) -> None:
    """Nine namesakes: none of them is the one."""
    bring_in(write("FacebookAdLibraryReport_2026-03-29_GB_last_30_days.csv", REPORT_2023, ADS))
    many = [f"WICK BOILERS LTD,{number:08},Private,Active,United Kingdom,01/02/2003" for number in range(9)]
    assert bring_in(write("BasicCompanyData.csv", HEAD, many)).details["links"] == 0


def test_another_file_is_not_taken_for_it(write: Any, bring_in: BringIn) -> None:
    """A list of names alone is no register."""
    with pytest.raises(LayoutNotRecognised):
        bring_in(write("names.csv", "CompanyName,Town", ["WICK BOILERS LTD,Barset"]))
