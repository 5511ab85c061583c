"""Imprints that are offered: their shapes, and that each passes the check it was made for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.clearance.rules.facts import Artefact, Medium, Responsible
from hustings.clearance.rules.findings import Level
from hustings.clearance.rules.imprint import check_imprint
from hustings.clearance.rules.wording import NobodyToName, imprint_text
from tests.clearance.rules.cases import ALICE, BOB, EMAIL, LEAFLET, PARTY, POLL_2026, PRINTER, but


def test_one_promoter() -> None:
    assert (
        imprint_text(promoters=[ALICE], medium=Medium.EMAIL)
        == "Promoted by Alice Archer, 12 High Street, Barset ZZ1 1AA"
    )


def test_a_principal_at_the_same_address() -> None:
    assert imprint_text(promoters=[BOB], principals=[ALICE], medium=Medium.EMAIL) == (
        "Promoted by Bob Baker on behalf of Alice Archer, both of 12 High Street, Barset ZZ1 1AA"
    )


def test_a_principal_at_another_address() -> None:
    assert imprint_text(promoters=[ALICE], principals=[PARTY], medium=Medium.EMAIL) == (
        "Promoted by Alice Archer, 12 High Street, Barset ZZ1 1AA on behalf of Barset Forward, "
        "The Old Forge, 3 Mill Lane, Barset, ZZ1 2BB"
    )


def test_three_people_at_one_address() -> None:
    carol = Responsible(name="Carol Cook", address=ALICE.address)
    assert imprint_text(promoters=[BOB], principals=[ALICE, carol], medium=Medium.EMAIL) == (
        "Promoted by Bob Baker on behalf of Alice Archer and Carol Cook, all of 12 High Street, Barset ZZ1 "
        "1AA"
    )


def test_print_begins_with_the_printer_and_other_media_leave_it_out() -> None:
    assert imprint_text(promoters=[ALICE], printer=PRINTER, medium=Medium.PRINT) == (
        "Printed by Penny Press Ltd, Unit 4, Dock Road, Barset ZZ3 4AD. "
        "Promoted by Alice Archer, 12 High Street, Barset ZZ1 1AA"
    )
    assert "Penny" not in imprint_text(promoters=[ALICE], printer=PRINTER, medium=Medium.NEWSPAPER)


def test_welsh() -> None:
    assert imprint_text(promoters=[BOB], principals=[ALICE], medium=Medium.EMAIL, language="cy") == (
        "Hyrwyddwyd gan Bob Baker ar ran Alice Archer, y ddau o 12 High Street, Barset ZZ1 1AA"
    )


def test_welsh_and_changes_before_a_vowel() -> None:
    assert "Bob Baker ac Alice Archer" in imprint_text(
        promoters=[BOB, ALICE], medium=Medium.WEB, language="cy"
    )
    assert "Alice Archer a Bob Baker" in imprint_text(
        promoters=[ALICE, BOB], medium=Medium.WEB, language="cy"
    )


def test_both_languages_stand_in_two_lines_welsh_first() -> None:
    first, second = imprint_text(promoters=[ALICE], medium=Medium.PRINT, language="cy+en").split("\n")
    assert first.startswith("Hyrwyddwyd gan Alice Archer")
    assert second.startswith("Promoted by Alice Archer")


def test_someone_who_is_promoter_and_principal_is_named_once() -> None:
    written = imprint_text(promoters=[ALICE], principals=[ALICE], medium=Medium.EMAIL)
    assert written.count("Alice Archer") == 1


def test_an_address_in_lines_is_written_in_one() -> None:
    alice = Responsible(name="Alice Archer", address="12 High Street\nBarset\nZZ1 1AA\n")
    assert imprint_text(promoters=[alice], medium=Medium.EMAIL).endswith("12 High Street, Barset, ZZ1 1AA")


def test_nobody_to_name_is_refused() -> None:
    with pytest.raises(NobodyToName):
        imprint_text(promoters=[], medium=Medium.EMAIL)


_WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwyâéŵ'-", min_size=2, max_size=9).map(str.title)
_NAMES = st.lists(_WORDS, min_size=2, max_size=3).map(" ".join).filter(lambda name: len(name.split()) > 1)
_POSTCODES = st.builds(
    lambda area, inward: f"ZZ{area} {inward}",
    st.integers(min_value=1, max_value=99),
    st.sampled_from(["1AA", "2BB", "9ZZ", "3XY"]),
)
_PEOPLE = st.builds(
    lambda name, house, street, postcode: Responsible(
        name=name, address=f"{house} {street} Road, Barset, {postcode}", is_verified=True
    ),
    # Every word has a letter: "Aa --" is read as "Aa", which may be in the street's name.
    _NAMES.filter(lambda name: all(part.strip("'-") for part in name.split())),
    st.integers(min_value=1, max_value=999),
    _WORDS,
    _POSTCODES,
)


@given(
    promoters=st.lists(_PEOPLE, min_size=1, max_size=3),
    principals=st.lists(_PEOPLE, max_size=2),
    printer=_PEOPLE,
    medium=st.sampled_from([Medium.EMAIL, Medium.PRINT, Medium.WEB]),
    language=st.sampled_from(["en", "cy", "cy+en"]),
)
def test_an_imprint_that_was_offered_passes_the_check(
    promoters: list[Responsible],
    principals: list[Responsible],
    printer: Responsible,
    medium: Medium,
    language: str,
) -> None:
    written = imprint_text(
        promoters=promoters,
        principals=principals,
        printer=printer,
        medium=medium,
        language=language,  # type: ignore[arg-type]
    )
    facts = but(
        LEAFLET if medium is Medium.PRINT else EMAIL,
        medium=medium,
        promoters=tuple(promoters),
        principals=tuple(principals),
        printer=printer,
    )
    findings = check_imprint(facts=facts, artefact=Artefact(text=written), on=POLL_2026)
    assert not [found.code for found in findings if found.level is Level.BLOCK]


@given(who=_PEOPLE, cut=st.sampled_from(["name", "postcode"]))
def test_an_imprint_without_one_of_its_parts_never_passes(who: Responsible, cut: str) -> None:
    written = imprint_text(promoters=[who], medium=Medium.EMAIL)
    part = who.name if cut == "name" else who.address.rsplit(", ", 1)[1]
    facts = but(EMAIL, promoters=(who,))
    findings = check_imprint(facts=facts, artefact=Artefact(text=written.replace(part, "")), on=POLL_2026)
    assert any(found.level is Level.BLOCK for found in findings)
