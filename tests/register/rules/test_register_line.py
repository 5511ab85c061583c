"""Lines of register files as councils write them."""

import csv
from datetime import date

import pytest

from hustings.register.rules.headings import HeadedTwice, NotARegister, columns_of
from hustings.register.rules.register_line import LineRefused, NameOrder, RegisterLine, name_order, read_line
from tests.data_folder import data_path

XPRESS = [
    "Elector Number Prefix",
    "Elector Number",
    "Elector Number Suffix",
    "Elector Markers",
    "Elector DOB",
    "Elector Surname",
    "Elector Forename",
    "PostCode",
    "Address1",
    "Address2",
    "Address3",
    "Address4",
    "Address5",
    "Address6",
    "Elector ID",
    "UPRN",
]


def _line(**cells: str) -> RegisterLine:
    usual = {
        "Elector Number Prefix": "AA",
        "Elector Number": "12",
        "Elector Number Suffix": "0",
        "Elector Surname": "Smith",
        "Elector Forename": "Ann Mary",
        "PostCode": "zz11aa",
        "Address1": "12 Mill Street",
        "Address3": "Eelbrook",
    }
    values = usual | {name.replace("_", " "): value for name, value in cells.items()}
    return read_line(row=[values.get(heading, "") for heading in XPRESS], columns=columns_of(header=XPRESS))


def test_reads_a_usual_line() -> None:
    line = _line(UPRN="100012345678", Elector_ID="7654321")
    assert (line.full_number, line.surname, line.forename) == ("AA-12", "Smith", "Ann Mary")
    assert (line.postcode, line.address) == ("ZZ1 1AA", "12 Mill Street, Eelbrook")
    assert line.supplier_id == "7654321"
    assert line.extra == {"UPRN": "100012345678"}
    assert _line(Elector_Number_Suffix="2").full_number == "AA-12/2"


def test_elector_dob_is_the_day_of_attainment() -> None:
    assert _line(Elector_DOB="09/08/2026").attains_on == date(2026, 8, 9)
    assert _line(Elector_DOB="2026-08-09 00:00:00").attains_on == date(2026, 8, 9)
    assert _line().attains_on is None


def test_an_anonymous_entry_is_kept_as_a_number_whatever_the_file_lets_slip() -> None:
    line = _line(Elector_Markers="N", UPRN="100012345678")
    assert line.is_anonymous
    assert line.full_number == "AA-12"
    assert (line.surname, line.forename, line.postcode, line.address, line.extra) == ("", "", "", "", {})


def test_an_overseas_elector_needs_no_address() -> None:
    line = _line(Elector_Markers="F", PostCode="", Address1="", Address3="")
    assert (line.surname, line.postcode, line.address) == ("Smith", "", "")


def test_a_postcode_that_cannot_be_read_does_not_cost_the_entry() -> None:
    line = _line(PostCode="ZZ1 1A")
    assert line.postcode == ""
    assert line.has_odd_postcode
    assert line.extra["postcode as supplied"] == "ZZ1 1A"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"Elector_Number_Prefix": ""}, "no prefix"),
        ({"Elector_Number": ""}, "no elector number"),
        ({"Elector_Number": "12a"}, "“12a” is not a whole number"),
        ({"Elector_Number_Suffix": ".5"}, "“.5” is not a whole number"),
        ({"Elector_DOB": "31/02/2026"}, "“31/02/2026” is not a day"),
        ({"Elector_DOB": "1985"}, "“1985” is not a day"),
        ({"Elector_Surname": "", "Elector_Forename": ""}, "no name"),
        ({"Elector_Surname": "S" * 81}, "at most 80 fit"),
    ],
)
def test_says_why_a_line_cannot_be_used(cells: dict[str, str], words: str) -> None:
    with pytest.raises(LineRefused, match=words):
        _line(**cells)


@pytest.mark.parametrize(
    ("names", "order", "surname", "forename"),
    [
        (["Smith, Ann Mary", "Jones, Bob"], NameOrder.COMMA, "Smith", "Ann Mary"),
        (["SMITH Ann Mary", "VAN DER BERG Bob"], NameOrder.SURNAME_FIRST, "SMITH", "Ann Mary"),
        (["Ann Mary Smith", "Bob Jones"], NameOrder.SURNAME_LAST, "Smith", "Ann Mary"),
        (["ANN SMITH", "BOB JONES"], NameOrder.SURNAME_LAST, "SMITH", "ANN"),
    ],
)
def test_a_single_name_column_is_read_in_its_order(
    names: list[str], order: NameOrder, surname: str, forename: str
) -> None:
    header = ["Elector Number Prefix", "Elector Number", "Elector Name", "PostCode", "Address1"]
    assert name_order(sample=names) is order
    line = read_line(
        row=["AA", "1", names[0], "ZZ1 1AA", "1 Mill Street"], columns=columns_of(header=header), order=order
    )
    assert (line.surname, line.forename) == (surname, forename)


def test_headings_in_any_dress_are_known() -> None:
    columns = columns_of(
        header=[
            "elector no. prefix",
            "Elector No",
            "ELECTOR SURNAME",
            "Forename",
            "Middle Names",
            "Post Code",
            "address 1",
        ]
    )
    assert set(columns.known) == {"district", "number", "surname", "forename", "middle_names", "postcode"}


def test_says_what_is_missing_or_double() -> None:
    with pytest.raises(NotARegister, match="postcode, elector name"):
        columns_of(header=["Elector Number Prefix", "Elector Number", "Address1"])
    with pytest.raises(NotARegister, match="ElectorChangedMonth"):
        columns_of(header=[*XPRESS, "ElectorChangedMonth"])
    with pytest.raises(HeadedTwice, match="Date of Attainment"):
        columns_of(header=[*XPRESS, "Date of Attainment"])


@pytest.mark.data
@pytest.mark.parametrize(
    "layout", ["xpress_full_14", "xpress_full_13", "campaign_upload_15", "pdcode_rollno"]
)
def test_layouts_seen_in_the_wild_are_mapped(layout: str) -> None:
    with data_path("register_layouts/electoral_register_headings.csv").open(encoding="utf-8") as stream:
        header = [row["heading"] for row in csv.DictReader(stream) if row["layout"] == layout]
    columns = columns_of(header=header)
    assert len(columns.address) == 6
    assert len(columns.known) + 6 + len(columns.other) == len(header)


@pytest.mark.data
@pytest.mark.parametrize("layout", ["xpress_monthly_update_23"])
def test_monthly_changes_are_not_taken_for_a_full_register(layout: str) -> None:
    with data_path("register_layouts/electoral_register_headings.csv").open(encoding="utf-8") as stream:
        header = [row["heading"] for row in csv.DictReader(stream) if row["layout"] == layout]
    with pytest.raises(NotARegister):
        columns_of(header=header)
