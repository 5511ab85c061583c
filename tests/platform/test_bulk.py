"""Very many rows at once, the same on either database."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from hustings.platform.bulk import insert_new, reserve_ids, write_rows
from hustings.platform.models import ImportRun, ScheduleRun
from hustings.postroom.models import Message

pytestmark = pytest.mark.django_db
COLUMNS = ("id", "name", "last_at")
AT = "2026-03-30T09:00:00+00:00"


def test_rows_go_in_under_reserved_keys() -> None:
    with transaction.atomic():
        keys = reserve_ids(model=ScheduleRun, count=25_000)
        write_rows(model=ScheduleRun, columns=COLUMNS, rows=((key, f"task {key}", AT) for key in keys))
    assert len(set(keys)) == ScheduleRun.objects.count() == 25_000
    one = ScheduleRun.objects.get(pk=keys[7])
    assert (one.name, one.last_at.isoformat()) == (f"task {keys[7]}", AT)


def test_later_keys_never_meet_reserved_ones() -> None:
    with transaction.atomic():
        keys = reserve_ids(model=ScheduleRun, count=3)
        write_rows(model=ScheduleRun, columns=COLUMNS, rows=[(key, f"task {key}", AT) for key in keys])
    by_model = ScheduleRun.objects.create(name="by model", last_at=AT)
    again = reserve_ids(model=ScheduleRun, count=2)
    assert len({*keys, by_model.pk, *again}) == 6


def test_nothing_is_reserved_for_nothing() -> None:
    assert list(reserve_ids(model=ImportRun, count=0)) == []


def test_new_rows_go_in_and_known_ones_stay_out() -> None:
    at = datetime.fromisoformat(AT)
    assert insert_new(model=ScheduleRun, rows=[{"name": "known", "last_at": at}]) == 1
    later = at + timedelta(hours=1)
    rows = [{"name": name, "last_at": later} for name in ("known", "new", "newer")]
    assert insert_new(model=ScheduleRun, rows=rows) == 2
    assert dict(ScheduleRun.objects.values_list("name", "last_at")) == {
        "known": at,
        "new": later,
        "newer": later,
    }
    assert insert_new(model=ScheduleRun, rows=[]) == 0


def test_a_row_that_breaks_another_constraint_is_refused() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_new(model=ScheduleRun, rows=[{"name": None, "last_at": datetime.fromisoformat(AT)}])
    assert not ScheduleRun.objects.exists()


def test_what_is_unique_is_given_by_each_row() -> None:
    """Its default, made once, would keep all rows but the first out without a word."""
    with pytest.raises(ValueError, match="public_id"):
        insert_new(model=Message, rows=[{"address": "ewan@barset.example"}])


def test_rows_that_name_different_attributes_are_refused() -> None:
    at = datetime.fromisoformat(AT)
    with pytest.raises(ValueError, match="different attributes"):
        insert_new(model=ScheduleRun, rows=[{"name": "one"}, {"name": "two", "last_at": at}])
