"""The postcode file: what was merged is found, in any spelling, one by one and in bulk."""

import mmap
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.basics.postcode import PostcodeError, is_postcode_shape, pack_postcode, parse_postcode
from hustings.places.postcode_file import BadPostcodeFile, PostcodeFile, PostcodeStatus
from hustings.places.postcode_file.layout import (
    CODE_POINT,
    DERIVED_SEAT,
    DIRECTORY,
    LIVE,
    OFFICIAL,
    TERMINATED,
)
from hustings.places.postcode_file.packing import pack_many
from hustings.places.postcode_file.writing import (
    Coded,
    Contribution,
    Table,
    area_numbers,
    empty_file,
    empty_table,
    merge,
    write,
)

SOURCE = {"importer": "test", "file": "t.csv", "sha256": "1", "rows": 1, "imported_at": "2026-03-30T09:00:00"}


def contribution(
    rows: dict[str, dict[str, str | float | int]], *, source: int = DIRECTORY, **options: bool
) -> Contribution:
    """A contribution from postcode → column → value."""
    ordered = sorted((pack_postcode(parse_postcode(text)), row) for text, row in rows.items())
    keys = np.array([key for key, _ in ordered], dtype=np.int64)
    named = sorted({name for row in rows.values() for name in row})
    coded, numbers = {}, {}
    for name in named:
        values = [row.get(name) for _, row in ordered]
        if name in {"lat", "lon"}:
            numbers[name] = np.array(
                [-(2**31) if v is None else round(float(v) * 1e6) for v in values], dtype=np.int32
            )
        elif name in {"status", "basis"}:
            numbers[name] = np.array([v or 0 for v in values], dtype=np.uint8)
        else:
            codes = ["", *sorted({str(value) for value in values if value})]
            places = np.array([codes.index(str(value or "")) for value in values], dtype=np.uint32)
            coded[name] = Coded(places=places, codes=np.array(codes, dtype="S12"))
    return Contribution(keys=keys, source=source, coded=coded, numbers=numbers, **options)


BARSET = {
    "ZZ1 1AA": {"lat": 51.5, "lon": -0.12, "ward": "E05999001", "district": "E07999001", "status": LIVE},
    "ZZ1 1AB": {
        "lat": 51.6,
        "lon": -0.13,
        "ward": "E05999002",
        "district": "E07999001",
        "status": TERMINATED,
    },
    "ZZ10 1AB": {"ward": "E05999002", "status": LIVE},
}


def table(*contributions: Contribution) -> Table:
    merged = empty_table()
    for number, new in enumerate(contributions):
        merged = merge(base=merged, new=new, source={**SOURCE, "sha256": str(number)}).table
    return merged


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "places" / "postcodes.bin"


@pytest.fixture
def barset(path: Path) -> PostcodeFile:
    write(table=table(contribution(BARSET)), path=path)
    return PostcodeFile.open(path)


def test_a_live_postcode_is_found_in_any_spelling(barset: PostcodeFile) -> None:
    for spelling in ("ZZ1 1AA", "zz11aa", " Zz1  1aA ", "ZZ1\u00a01AA", "ZZI IAA"):
        located = barset.locate(spelling)
        assert located.postcode == "ZZ1 1AA"
        assert located.status is PostcodeStatus.LIVE
        assert (located.lat, located.lon) == (51.5, -0.12)
        assert (located.ward, located.district, located.constituency) == ("E05999001", "E07999001", None)


def test_live_terminated_unknown_and_invalid_are_told_apart(barset: PostcodeFile) -> None:
    assert barset.locate("ZZ1 1AB").status is PostcodeStatus.TERMINATED
    assert barset.locate("ZZ1 1AB").ward == "E05999002"
    assert barset.locate("ZZ1 1AD").status is PostcodeStatus.UNKNOWN
    assert barset.locate("ZZ1 1AD").postcode == "ZZ1 1AD"
    assert barset.locate(" nonsense ").status is PostcodeStatus.INVALID
    assert barset.locate(" nonsense ").postcode == "nonsense"
    assert barset.locate("").status is PostcodeStatus.INVALID


def test_a_row_without_a_point_has_none(barset: PostcodeFile) -> None:
    located = barset.locate("ZZ10 1AB")
    assert (located.lat, located.lon, located.ward) == (None, None, "E05999002")


def test_northern_ireland_has_an_answer_of_its_own_until_its_postcodes_are_loaded(
    barset: PostcodeFile, path: Path
) -> None:
    assert barset.locate("BT1 5GS").status is PostcodeStatus.NORTHERN_IRELAND
    assert barset.locate_many(["BT1 5GS", "bt15gs"]).status_names() == ["northern_ireland"] * 2
    write(table=table(contribution(BARSET), contribution({"BT1 5ZZ": {"ward": "N08000101"}})), path=path)
    loaded = PostcodeFile.open(path)
    assert loaded.locate("BT1 5ZZ").status is PostcodeStatus.LIVE
    assert loaded.locate("BT1 5GS").status is PostcodeStatus.UNKNOWN


def test_bulk_answers_as_one_by_one_does(barset: PostcodeFile) -> None:
    asked = [
        "ZZ1 1AB",
        "zz11aa",
        "ZZI IAA",
        "",
        "nonsense",
        "ZZ1 1AD",
        "BT1 5GS",
        "ZZ1\u00a01AA",
        "ZZ1 1AA\nX",
        "ZZ1\n1AA",
    ]
    many = barset.locate_many(asked)
    singles = [barset.locate(text) for text in asked]
    assert many.status_names() == [single.status.value for single in singles]
    assert many.codes("ward").astype(str).tolist() == [single.ward or "" for single in singles]
    lat = many.degrees("lat").tolist()
    assert [None if value != value else value for value in lat] == [single.lat for single in singles]  # noqa: PLR0124
    assert [many[place].postcode for place in range(len(many))] == [single.postcode for single in singles]
    assert many.count(PostcodeStatus.LIVE) == 4


def test_bulk_takes_arrays_and_nothing(barset: PostcodeFile) -> None:
    assert barset.locate_many(np.array(["ZZ1 1AA", "ZZ9 9ZZ"])).status_names() == ["live", "unknown"]
    assert len(barset.locate_many([])) == 0
    assert barset.locate_many([""]).status_names() == ["invalid"]


texts = st.one_of(
    st.text(max_size=10),
    st.from_regex(r"\A[A-Za-z]{1,2}[0-9]{1,2} ?[0-9][A-Za-z]{2}\Z"),
    st.sampled_from([*BARSET, "zzi iaa", "BFPO 57", "GIR 0AA"]),
)


@given(asked=st.lists(texts, max_size=12))
def test_bulk_and_single_agree_on_any_text(asked: list[str]) -> None:
    file = file_in_memory()
    assert file.locate_many(asked).status_names() == [file.locate(text).status.value for text in asked]


@given(asked=st.lists(texts, min_size=1, max_size=12))
def test_the_grammar_for_lists_is_the_grammar_for_one(asked: list[str]) -> None:
    packed = pack_many(asked)
    shapes = packed.shapes(np.arange(len(asked)))
    for text, key, is_shaped in zip(asked, packed.keys.tolist(), shapes.tolist(), strict=True):
        if is_shaped:
            assert key == pack_postcode(parse_postcode(text))
        elif text.isascii() and is_postcode_shape("".join(text.split()).upper()):
            raise AssertionError(f"{text!r} is a postcode and was not packed as one")


_MEMORY: list[PostcodeFile] = []


def file_in_memory() -> PostcodeFile:
    """One file for all the examples of a property."""
    if not _MEMORY:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "p.bin"
            write(table=table(contribution(BARSET)), path=path)
            _MEMORY.append(PostcodeFile(path.read_bytes(), name="memory"))
    return _MEMORY[0]


rows = st.dictionaries(
    st.from_regex(r"\A(?:ZZ|AB|M)[1-9] [0-9][ABDE]{2}\Z"),
    st.fixed_dictionaries(
        {"status": st.sampled_from([LIVE, TERMINATED])},
        optional={
            "ward": st.sampled_from(["E05999001", "E05999002", "S13002842"]),
            "lat": st.floats(50, 60),
            "lon": st.just(-1.0),
        },
    ),
    max_size=30,
)


@given(first=rows, second=rows)
def test_a_merge_keeps_what_is_not_said_again_and_counts_what_it_did(
    first: dict[str, dict[str, str | float | int]], second: dict[str, dict[str, str | float | int]]
) -> None:
    base = table(contribution(first))
    merged = merge(base=base, new=contribution(second), source=SOURCE)
    assert (np.diff(merged.table.keys) > 0).all()
    assert merged.added == len(second.keys() - first.keys())
    assert merged.added + merged.changed + merged.unchanged == len(second)
    assert merged.ended == 0
    expected = {text: {**first.get(text, {}), **second.get(text, {})} for text in first | second}
    wards = merged.table.codes["ward"][merged.table.numbers["ward"]].astype(str)
    places = {int(key): place for place, key in enumerate(merged.table.keys)}
    for text, row in expected.items():
        place = places[pack_postcode(parse_postcode(text))]
        assert wards[place] == row.get("ward", "")
        assert merged.table.numbers["status"][place] == row["status"]
    again = merge(base=merged.table, new=contribution(second), source=SOURCE)
    assert (again.added, again.changed, again.unchanged) == (0, 0, len(second))


def test_a_source_that_lists_all_live_postcodes_ends_those_it_drops_in_its_areas() -> None:
    both = {"ZZ1 1AA": {"status": LIVE}, "AB1 1AA": {"status": LIVE}, "ZZ1 1AB": {"status": LIVE}}
    base = table(contribution(both, source=CODE_POINT, lists_all_live=True))
    new = contribution({"ZZ1 1AA": {"status": LIVE}}, source=CODE_POINT, lists_all_live=True)
    merged = merge(base=base, new=new, source=SOURCE)
    assert merged.ended == 1
    file_statuses = dict(
        zip(merged.table.keys.tolist(), merged.table.numbers["status"].tolist(), strict=True)
    )
    assert file_statuses[pack_postcode(parse_postcode("ZZ1 1AB"))] == TERMINATED
    assert file_statuses[pack_postcode(parse_postcode("AB1 1AA"))] == LIVE


def test_a_reckoned_seat_never_replaces_an_official_one() -> None:
    official = contribution({"ZZ1 1AA": {"constituency": "E14999001", "basis": OFFICIAL}})
    reckoned = contribution(
        {
            "ZZ1 1AA": {"constituency": "E14999002", "basis": 3},
            "ZZ1 1AB": {"constituency": "E14999002", "basis": 3},
        },
        source=DERIVED_SEAT,
        yields_to_official_seat=True,
    )
    merged = table(official, reckoned)
    seats = merged.codes["constituency"][merged.numbers["constituency"]].astype(str).tolist()
    assert seats == ["E14999001", "E14999002"]
    assert merged.numbers["basis"].tolist() == [OFFICIAL, 3]
    back = table(reckoned, official)
    assert back.codes["constituency"][back.numbers["constituency"]].astype(str).tolist()[0] == "E14999001"


def test_the_same_source_is_listed_once(barset: PostcodeFile, path: Path) -> None:
    from hustings.places.postcode_file.writing import table_of

    merged = merge(base=table_of(barset), new=contribution(BARSET), source={**SOURCE, "sha256": "0"})
    write(table=merged.table, path=path)
    assert [source["sha256"] for source in PostcodeFile.open(path).sources] == ["0"]
    assert PostcodeFile.open(path).areas == ["ZZ"]


def test_whoever_has_the_old_file_open_keeps_it_whole(barset: PostcodeFile, path: Path) -> None:
    write(table=table(contribution({"ZZ5 5AA": {"status": LIVE}})), path=path)
    assert barset.locate("ZZ1 1AA").status is PostcodeStatus.LIVE
    assert PostcodeFile.open(path).locate("ZZ1 1AA").status is PostcodeStatus.UNKNOWN
    assert [item.name for item in path.parent.iterdir()] == [path.name]


def test_a_file_that_is_broken_or_of_another_version_is_refused(barset: PostcodeFile, path: Path) -> None:
    whole = path.read_bytes()
    for broken, told in (
        (b"", "empty"),
        (b"something else entirely, and long enough", "not a postcode file"),
        (whole[:-64], "bytes instead of"),
        (whole[:6] + b"\x63\0" + whole[8:], "version 99"),
        (whole[:16] + b"}" + whole[17:], "broken head"),
    ):
        path.write_bytes(broken)
        with pytest.raises(BadPostcodeFile, match=told):
            PostcodeFile.open(path)


def test_an_empty_file_knows_no_postcode() -> None:
    file = empty_file()
    assert file.locate("ZZ1 1AA").status is PostcodeStatus.UNKNOWN
    assert file.locate_many(["ZZ1 1AA", "x"]).status_names() == ["unknown", "invalid"]
    assert file.locate_many(["ZZ1 1AA"]).codes("ward").tolist() == [b""]
    assert np.isnan(file.locate_many(["ZZ1 1AA"]).degrees("lat")).all()
    assert file.middles() == {}


def test_the_middle_of_a_seat_is_that_of_its_live_postcodes() -> None:
    seat = {"constituency": "E14999001", "status": LIVE}
    rows = {
        "ZZ1 1AA": {**seat, "lat": 51.0, "lon": -1.0},
        "ZZ1 1AB": {**seat, "lat": 53.0, "lon": -2.0},
        "ZZ1 1AD": {**seat, "lat": 59.0, "lon": -2.0, "status": TERMINATED},
        "ZZ1 1AE": dict(seat),
    }
    merged = table(contribution(rows))
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        write(table=merged, path=Path(folder) / "p.bin")
        middles = PostcodeFile.open(Path(folder) / "p.bin").middles()
    assert middles == {"E14999001": (52.0, -1.5)}


def test_areas_of_one_letter_and_of_two_are_told_apart() -> None:
    keys = np.array([pack_postcode(parse_postcode(text)) for text in ("M1 1AA", "M9 9ZZ", "ME1 1AA")])
    first, second, third = area_numbers(keys).tolist()
    assert first == second != third


def test_the_pages_are_mapped_and_shared_and_numpy_is_not_needed_for_one(
    barset: PostcodeFile, path: Path
) -> None:
    assert isinstance(barset._buffer, mmap.mmap)
    program = (
        "import sys; from pathlib import Path; from hustings.places.postcode_file import PostcodeFile; "
        "assert PostcodeFile.open(Path(sys.argv[1])).locate('zz11aa').ward == 'E05999001'; "
        "assert 'numpy' not in sys.modules"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", program, str(path)], check=True, env=env)


def test_nothing_but_postcodes_can_be_packed() -> None:
    with pytest.raises(PostcodeError):
        parse_postcode("ZZ")
    assert pack_many(["AAAAAAAAA"]).keys.tolist() == [-1]
