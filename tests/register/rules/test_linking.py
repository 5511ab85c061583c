"""Electors last from one version of the register to the next."""

from hypothesis import given
from hypothesis import strategies as st

from hustings.register.rules.linking import Known, LinkRule, link_entries


def _known(
    number: int = 1,
    surname: str = "smith",
    forenames: str = "ann mary",
    *,
    postcode: str = "ZZ11AA",
    house: str = "12",
    supplier_id: str = "",
    is_anonymous: bool = False,
) -> Known:
    return Known(
        supplier_id=supplier_id,
        number=("AA", number, 0),
        surname=surname,
        forenames=tuple(forenames.split()),
        postcode=postcode,
        house=house,
        is_anonymous=is_anonymous,
    )


def _rule(before: Known, after: Known) -> LinkRule | None:
    link = link_entries(before=[before], after=[after]).get(0)
    return link[1] if link else None


def test_the_councils_identifier_goes_first() -> None:
    assert _rule(_known(supplier_id="7"), _known(9, "jones", "ann", supplier_id="7")) is LinkRule.COUNCIL_ID


def test_one_number_and_one_person() -> None:
    assert _rule(_known(), _known()) is LinkRule.NUMBER
    assert _rule(_known(), _known(surname="jones")) is LinkRule.NUMBER
    assert _rule(_known(forenames="william"), _known(forenames="bill")) is LinkRule.NUMBER


def test_a_number_passed_to_somebody_else_is_not_a_link() -> None:
    assert _rule(_known(), _known(surname="jones", forenames="bob")) is None
    assert _rule(_known(), _known(surname="jones", postcode="ZZ12BB")) is None
    assert _rule(_known(forenames="ann"), _known(forenames="bob")) is None
    assert _rule(_known(supplier_id="7"), _known(surname="jones", supplier_id="8")) is None


def test_new_identifiers_from_a_new_system_do_not_cut_the_thread() -> None:
    assert _rule(_known(supplier_id="7"), _known(supplier_id="8")) is LinkRule.NUMBER


def test_a_renumbered_register_links_by_name_and_address() -> None:
    assert _rule(_known(1), _known(99)) is LinkRule.NAME_AND_ADDRESS
    father, son = _known(1, forenames="john"), _known(2, forenames="john")
    assert (
        link_entries(before=[father, son], after=[_known(50, forenames="john"), _known(51, forenames="john")])
        == {}
    )


def test_a_move_within_the_area_links_by_a_full_name_that_is_unique() -> None:
    moved = _known(99, postcode="ZZ29ZZ", house="4")
    assert _rule(_known(), moved) is LinkRule.NAME
    assert _rule(_known(forenames="ann"), _known(99, forenames="ann", postcode="ZZ29ZZ")) is None
    namesake = _known(2, postcode="ZZ15QQ")
    assert link_entries(before=[_known(), namesake], after=[moved, namesake]) == {1: (1, LinkRule.NUMBER)}


def test_anonymous_entries_link_by_number_alone() -> None:
    anonymous = _known(surname="", forenames="", postcode="", house="", is_anonymous=True)
    assert _rule(anonymous, anonymous) is LinkRule.NUMBER
    assert _rule(anonymous, _known()) is None


def test_overseas_electors_link_within_their_district() -> None:
    assert (
        _rule(_known(1, postcode="", house=""), _known(7, postcode="", house="")) is LinkRule.NAME_AND_ADDRESS
    )


_ENTRIES = st.lists(
    st.builds(
        Known,
        supplier_id=st.sampled_from(["", "", "7", "8"]),
        number=st.tuples(st.just("AA"), st.integers(1, 5), st.just(0)),
        surname=st.sampled_from(["smith", "jones", ""]),
        forenames=st.sampled_from([("ann",), ("ann", "mary"), ("bob",), ()]),
        postcode=st.sampled_from(["ZZ11AA", "ZZ12BB", ""]),
        house=st.sampled_from(["1", "2", ""]),
        is_anonymous=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda entry: entry.number,
)


@given(before=_ENTRIES, after=_ENTRIES)
def test_no_elector_is_given_away_twice(before: list[Known], after: list[Known]) -> None:
    links = link_entries(before=before, after=after)
    assert len({earlier for earlier, _ in links.values()}) == len(links)
    assert all(
        0 <= place < len(after) and 0 <= earlier < len(before) for place, (earlier, _) in links.items()
    )


@given(entries=_ENTRIES)
def test_the_same_file_again_links_every_named_entry_to_itself(entries: list[Known]) -> None:
    links = link_entries(before=entries, after=entries)
    for place, entry in enumerate(entries):
        if entry.is_anonymous or (entry.surname and entry.forenames):
            assert place in links
        if place in links and not entry.supplier_id:
            assert links[place][0] == place
