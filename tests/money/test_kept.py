"""The database itself refuses to change what the books keep."""

import hashlib
from datetime import datetime
from importlib import import_module
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from hustings.money.models import Evidence, Expense, GiftEvidence, LimitRecord, Return, ReturnDocument
from hustings.money.usecases.add_evidence import add_evidence, add_gift_evidence
from hustings.money.usecases.finish_return import finish_return
from hustings.platform.encryption import CannotDecrypt, encrypt_anew
from tests.cast import Cast
from tests.money.campaigns import BY_ELECTION, IN_FEBRUARY, make_books, spend
from tests.money.gifts import make_gift

pytestmark = pytest.mark.django_db

SECRET = b"%PDF-1.7 a cheque of Ada Marsh"
KEPT = (
    "limitrecord", "expense", "expenseshare", "claimevent", "evidence", "spendingoverride", "return", "returndocument",
    "returnstep", "giftevidence",
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


def test_files_are_unreadable_at_rest_and_follow_the_keys(cast: Cast, now: datetime, settings: Any) -> None:
    """Receipts, what shows a gift, papers of a return: written anew with a new key, though kept; the fingerprint stays."""
    old, new = Fernet.generate_key(), Fernet.generate_key()
    settings.HUSTINGS_FIELD_KEYS = (old,)
    books = make_books(by=cast.agent, now=now, area=cast.east, **BY_ELECTION)
    item = spend(books, by=cast.tess, now=now, **IN_FEBRUARY)
    add_evidence(expense=item, name="a.pdf", content=SECRET, by=cast.tess, now=now)
    add_gift_evidence(
        gift=make_gift(campaign=books, by=cast.tess), name="b.pdf", content=SECRET, by=cast.tess, now=now
    )
    finish_return(campaign=books, by=cast.agent, now=now)
    settings.HUSTINGS_FIELD_KEYS = (new, old)
    encrypt_anew()
    settings.HUSTINGS_FIELD_KEYS = (new,)
    papers = {paper.kind: bytes(paper.content) for paper in ReturnDocument.objects.all()}
    assert papers["return"].startswith(b"%PDF")
    assert papers["spreadsheet"].startswith(b"PK")
    for paper in ReturnDocument.objects.all():
        assert hashlib.sha256(paper.content).hexdigest() == paper.sha256
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM money_returndocument")
        lying = [bytes(row[0]) for row in cursor.fetchall()]
        assert len(lying) == len(papers) > 3
        assert not [one for one in lying if one.startswith((b"%PDF", b"PK"))]
        for statement in (
            "UPDATE money_returndocument SET sha256 = ''",
            "UPDATE money_returndocument SET kind = 'other'",
            "DELETE FROM money_returndocument",
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(statement)
    for model in (Evidence, GiftEvidence):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT content FROM {table}")
            assert SECRET not in bytes(cursor.fetchone()[0])
            assert bytes(model.objects.get().content) == SECRET
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(f"UPDATE {table} SET sha256 = ''")
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(f"DELETE FROM {table}")
    settings.HUSTINGS_FIELD_KEYS = (old,)
    with pytest.raises(CannotDecrypt):
        Evidence.objects.get()
    with pytest.raises(CannotDecrypt):
        list(ReturnDocument.objects.all())


def test_papers_from_before_are_encrypted_by_the_upgrade(cast: Cast, now: datetime) -> None:
    """They lay as they were; afterwards they lie encrypted and read the same."""
    books = make_books(by=cast.agent, now=now, area=cast.east, **BY_ELECTION)
    finish_return(campaign=books, by=cast.agent, now=now)
    before = {paper.pk: bytes(paper.content) for paper in ReturnDocument.objects.all()}
    old_apps = MigrationLoader(connection).project_state(("money", "0006_gifts_of_items")).apps
    as_they_lay = old_apps.get_model("money", "ReturnDocument").objects
    for pk, content in before.items():
        as_they_lay.filter(pk=pk).update(content=content)
    with pytest.raises(CannotDecrypt):
        list(ReturnDocument.objects.all())
    import_module("hustings.money.migrations.0007_papers_of_returns").encrypt_papers(old_apps, None)
    assert {paper.pk: bytes(paper.content) for paper in ReturnDocument.objects.all()} == before
    assert not set(before.values()) & {bytes(row.content) for row in as_they_lay.all()}
