"""Copies are destroyed when the right to them has ended; that they were held stays on record."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hustings.platform.models import AuditEntry
from hustings.register.models import Elector, RegisterEntry, RegisterVersion
from hustings.register.usecases.destroy_copies import AlreadyDestroyed, destroy_copy, destroy_expired_copies
from tests.cast import Cast
from tests.register.conftest import HEADER, ROWS, Import

pytestmark = pytest.mark.django_db


def test_destroys_entries_and_keeps_the_record(load: Import, barset: Cast, now: datetime) -> None:
    load(
        [(*row, *[""] * (14 - len(row)), f"7{index}") for index, row in enumerate(ROWS)],
        header=(*HEADER, "Elector ID"),
    )
    version = RegisterVersion.objects.get()
    assert destroy_copy(version=version, reason="After the poll", now=now, by=barset.dora) == 7
    assert (version.is_current, version.destroyed_at) == (False, now)
    assert not RegisterEntry.objects.exists()
    assert set(Elector.objects.values_list("supplier_id", flat=True)) == {""}
    assert AuditEntry.objects.get(subject_type="register.RegisterVersion").detail == {
        "reason": "After the poll",
        "entries": 7,
    }
    with pytest.raises(AlreadyDestroyed, match="30 March 2026"):
        destroy_copy(version=version, reason="Again", now=now)


def test_an_elector_whom_a_newer_copy_names_keeps_the_identifier(load: Import, now: datetime) -> None:
    header = (*HEADER, "Elector ID")
    rows = [(*row, *[""] * (14 - len(row)), f"7{index}") for index, row in enumerate(ROWS)]
    load(rows, header=header)
    load(rows[1:], header=header)
    old = RegisterVersion.objects.get(is_current=False)
    destroy_copy(version=old, reason="Replaced", now=now)
    assert sorted(Elector.objects.values_list("supplier_id", flat=True)) == [
        "",
        *(f"7{i}" for i in range(1, 7)),
    ]


def test_only_copies_whose_right_ended_weeks_ago_go_by_themselves(load: Import) -> None:
    load()
    end = date(2027, 1, 1)
    for days, expected in ((0, 0), (27, 0), (28, 1), (29, 0)):
        on = end + timedelta(days=days)
        now = datetime(on.year, on.month, on.day, 3, tzinfo=UTC)
        assert destroy_expired_copies(now=now, on=on) == expected
    assert not RegisterEntry.objects.exists()
