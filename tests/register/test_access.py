"""The register is read under an entitlement that is in force, and within one's places."""

import ast
from datetime import date, datetime
from pathlib import Path

import pytest

import hustings.register
from hustings.accounts.access import EVERYTHING, Right, scope_of
from hustings.register.access import EntitlementExpired, RegisterNotHeld, entries_for, versions_for
from hustings.register.models import Entitlement
from tests.cast import Cast
from tests.register.conftest import Import

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 30)


def test_without_a_copy_reading_says_so(entitlement: Entitlement) -> None:
    with pytest.raises(RegisterNotHeld, match="No electoral register is held"):
        entries_for(scope=EVERYTHING, on=TODAY)


def test_after_the_entitlement_ended_nothing_is_read(load: Import) -> None:
    load()
    assert entries_for(scope=EVERYTHING, on=date(2026, 12, 31)).count() == 7
    with pytest.raises(EntitlementExpired, match="01 January 2027"):
        entries_for(scope=EVERYTHING, on=date(2027, 1, 1))
    with pytest.raises(EntitlementExpired, match="may not be read before"):
        entries_for(scope=EVERYTHING, on=date(2025, 12, 31))


def test_charlie_sees_his_own_patch_and_nothing_of_alices(load: Import, barset: Cast, now: datetime) -> None:
    load()
    of_alice = entries_for(scope=scope_of(user=barset.alice, right=Right.SEE_REGISTER, on=TODAY), on=TODAY)
    of_charlie = entries_for(
        scope=scope_of(user=barset.charlie, right=Right.SEE_REGISTER, on=TODAY), on=TODAY
    )
    assert of_alice.count() == 6
    assert [entry.surname for entry in of_charlie] == ["Courcy"]
    of_bob = entries_for(scope=scope_of(user=barset.bob, right=Right.SEE_REGISTER, on=TODAY), on=TODAY)
    assert not of_bob.exists()
    charlies = versions_for(scope=scope_of(user=barset.charlie, right=Right.SEE_REGISTER, on=TODAY))
    assert not charlies.exists()


def test_entries_are_read_here_and_nowhere_else() -> None:
    """Only the import and the destruction of copies may pass the entitlement by."""
    allowed = {
        "register/access.py",
        "register/queries/matches.py",
        "register/importers/full_register.py",
        "register/usecases/destroy_copies.py",
        "register/usecases/store_version.py",
    }
    source = Path(hustings.register.__file__).parent.parent
    wrong, seen = [], 0
    for path in source.rglob("*.py"):
        if "migrations" in path.parts or path.name == "models.py":
            continue
        names = {
            alias.name
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.ImportFrom) and node.module == "hustings.register.models"
            for alias in node.names
        }
        if "RegisterEntry" in names:
            seen += 1
            if (where := path.relative_to(source).as_posix()) not in allowed:
                wrong.append(where)
    assert seen >= 4
    assert not wrong, wrong
