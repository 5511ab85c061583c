"""Imprints as people write them, read back into names and addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.clearance.rules.facts import Medium
from hustings.clearance.rules.recognising import recognise
from hustings.clearance.rules.wording import Language, imprint_text
from tests.clearance.rules.cases import ALICE, BOB, GROUP, PARTY, PRINTED, PRINTER

HOUSE = "12 High Street, Barset ZZ1 1AA"


@pytest.mark.parametrize(
    ("text", "promoters", "principals", "printer"),
    [
        (f"Promoted by Alice Archer, {HOUSE}", ["Alice Archer"], [], None),
        (f"PUBLISHED AND PROMOTED BY ALICE ARCHER, {HOUSE}", ["ALICE ARCHER"], [], None),
        (f"Printed and promoted by Alice Archer, {HOUSE}", ["Alice Archer"], [], "Alice Archer"),
        (f"Promoted by Alice Archer of {HOUSE}. {PRINTED}", ["Alice Archer"], [], "Penny Press Ltd"),
        (f"Promoted by: Bob Baker for and on behalf of Alice Archer, both at {HOUSE}", ["Bob Baker"], ["Alice Archer"], None),
        (f"Promoted by Bob Baker and Alice Archer, both of {HOUSE}", ["Bob Baker", "Alice Archer"], [], None),
        (f"Vote!\n\nPromoted by\nAlice Archer,\n{HOUSE}\n\nUnsubscribe", ["Alice Archer"], [], None),
        ("Promoted by A. Smith, Barset\nVote now", ["A. Smith"], [], None),
        ("Cyhoeddwyd gan Alice Archer, 12 High Street, Barset ZZ1 1AA", ["Alice Archer"], [], None),
        ("Hello there", [], [], None),
        ("Promoted by ", [], [], None),
    ],
)  # fmt: skip
def test_shapes(text: str, promoters: list[str], principals: list[str], printer: str | None) -> None:
    found = recognise(text)
    assert [one.name for one in found.promoters] == promoters
    assert [one.name for one in found.principals] == principals
    assert (found.printer.name if found.printer else None) == printer


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize(
    ("promoters", "principals"),
    [((ALICE,), ()), ((BOB,), (ALICE,)), ((ALICE,), (PARTY,)), ((GROUP,), (PARTY,)), ((ALICE, PARTY), ())],
)
def test_what_we_offer_is_read_back(language: Language, promoters: tuple, principals: tuple) -> None:  # type: ignore[type-arg]
    text = imprint_text(
        promoters=promoters, principals=principals, printer=PRINTER, medium=Medium.PRINT, language=language
    )
    found = recognise(f"Save our park.\n\n{text}\n\nThank you.")
    assert [one.name for one in found.promoters] == [one.name for one in promoters]
    assert [one.name for one in found.principals] == [one.name for one in principals]
    assert found.printer is not None
    assert found.printer.name == PRINTER.name


@given(st.text(max_size=300))
def test_nothing_breaks_it(text: str) -> None:
    recognise(text)
    recognise(f"Promoted by {text} on behalf of {text}")
