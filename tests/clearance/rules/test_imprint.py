"""The imprint checklist on hand-made material, before and after each date, in each nation, with each trap."""

import pytest

from hustings.clearance.rules.facts import Artefact
from hustings.clearance.rules.findings import Level, worst
from hustings.clearance.rules.imprint import CHECKS, check_imprint
from hustings.clearance.usecases.check_file import FileCheck, check_file
from tests.clearance.rules.cases import ALICE_SAYS, EMAIL, FIRST_DAY, LEAFLET, PRINTED, PRINTER, Case, cases


def check(case: Case) -> FileCheck:
    return check_file(
        content=case.content,
        name=case.file_name,
        facts=case.facts,
        on=case.on,
        beside=case.beside,
        read_picture=lambda content: case.words_in_picture,
    )


def test_the_table_is_long_and_names_nothing_twice() -> None:
    names = [case.name for case in cases()]
    assert len(names) >= 160
    assert len(names) == len(set(names))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_hand_made_cases(case: Case) -> None:
    found = check(case)
    by_level = {level: {one.code for one in found.findings if one.level is level} for level in Level}
    assert by_level[Level.BLOCK] == case.blocks
    assert case.warns <= by_level[Level.WARN]
    assert case.warns or not by_level[Level.WARN]
    assert case.infos <= by_level[Level.INFO]
    assert found.has_passed is (not case.blocks)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_every_check_has_a_line_in_order_and_every_line_reads_as_a_sentence(case: Case) -> None:
    found = check(case)
    numbers = [one.id for one in found.findings]
    assert set(numbers) == set(CHECKS)
    assert numbers == sorted(numbers, key=CHECKS.index)
    for one in found.findings:
        assert one.message[0].isupper()
        assert one.message.endswith((".", "!"))
        assert "{" not in one.message
    assert found.offered["en"].startswith(("Promoted by ", "Printed by "))
    assert found.offered["cy"].startswith(("Hyrwyddwyd gan ", "Argraffwyd gan "))


def test_a_finding_names_the_entry_and_status_that_made_it() -> None:
    findings = check_imprint(facts=EMAIL, artefact=Artefact(text="Hello"), on=FIRST_DAY)
    missing = next(found for found in findings if found.code == "promoter-not-named")
    assert missing.entry_id == "imprint_regimes/digital-organic/2023-11-01"
    assert missing.status == "sourced"
    assert missing.rule == "Elections Act 2022 ss.41, 44-46"
    assert missing.as_dict()["message"] == "The promoter Alice Archer is not named in it."


def test_the_worst_level_is_told() -> None:
    assert worst([]) is Level.OK
    assert worst(check_imprint(facts=EMAIL, artefact=Artefact(text=ALICE_SAYS), on=FIRST_DAY)) is Level.INFO
    assert worst(check_imprint(facts=EMAIL, artefact=Artefact(text=""), on=FIRST_DAY)) is Level.BLOCK


def test_the_printer_is_not_taken_for_the_promoter() -> None:
    findings = check_imprint(facts=LEAFLET, artefact=Artefact(text=PRINTED), on=FIRST_DAY)
    blocked = {found.code for found in findings if found.level is Level.BLOCK}
    assert blocked == {"not-in-material", "promoter-not-named", "promoter-postcode-missing"}
    assert PRINTER.name in PRINTED
