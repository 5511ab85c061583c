"""The database itself refuses to change what the books keep."""

from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from hustings.money.models import Expense, LimitRecord, Return
from hustings.money.usecases.finish_return import finish_return
from tests.cast import Cast
from tests.money.campaigns import BY_ELECTION, IN_FEBRUARY, make_books, spend

pytestmark = pytest.mark.django_db

KEPT = (
    "limitrecord", "expense", "expenseshare", "claimevent", "evidence", "spendingoverride", "return", "returndocument",
    "returnstep",
)  # fmt: skip


def test_every_kept_table_has_its_triggers() -> None:
    """A later migration that makes a table anew would drop them on SQLite."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger")
        found = {row[0] for row in cursor.fetchall()}
    assert {f"money_{table}_{name}" for table in KEPT for name in ("keep_rows", "keep_all")} <= found


def test_a_statement_past_our_code_is_refused(cast: Cast, now: datetime) -> None:
    """Neither a figure nor a row can go; a login that is deleted may."""
    books = make_books(by=cast.agent, now=now, area=cast.east, **BY_ELECTION)
    spend(books, by=cast.tess, now=now, **IN_FEBRUARY)
    finish_return(campaign=books, by=cast.agent, now=now)
    for statement in (
        "UPDATE money_expense SET amount_pence = 1",
        "DELETE FROM money_expenseshare",
        "UPDATE money_return SET sha256 = ''",
        "UPDATE money_limitrecord SET limit_pence = 1",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE money_expense SET made_by_id = NULL")
    assert (Expense.objects.get().amount_pence, Return.objects.get().version) == (40_000, 1)
    assert LimitRecord.objects.filter(campaign=books).count() == 1
