"""Writing very many rows at once, on either database, several times quicker than through the models.

`write_rows` takes them as they are: defaults, `save()` and signals are the caller's business, dates and moments are written in
ISO 8601 and JSON as text. `insert_new` takes values as the model's fields have them, and leaves out what is there already.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Field, ForeignKey, JSONField, Max, Model, UUIDField

_ROWS_A_BATCH = 10_000


def reserve_ids(*, model: type[Model], count: int) -> Sequence[int]:
    """Give primary keys that nobody else will be given; call inside a transaction and write the rows in it."""
    if not count:
        return ()
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), model._meta.pk.column, count],
            )
            return [row[0] for row in cursor.fetchall()]
    # A transaction on SQLite holds the only write lock, so that the highest key cannot change meanwhile.
    highest = model._default_manager.aggregate(highest=Max("pk"))["highest"] or 0
    return range(highest + 1, highest + count + 1)


def write_rows(*, model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows given by database column, inside the caller's transaction."""
    if connection.vendor == "postgresql":
        table = connection.ops.quote_name(model._meta.db_table)
        names = ", ".join(connection.ops.quote_name(name) for name in columns)
        # A statement a row would cost it a minute for 75,000; COPY takes them in one stream.
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as stream:
            for row in rows:
                stream.write_row(row)
        return
    statement = _insert(model, columns)
    waiting = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(waiting, _ROWS_A_BATCH)):
            cursor.executemany(statement, batch)


def insert_new(*, model: type[Model], rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert rows given by attribute name, but for those that meet one with the same unique value; returns how many went in.

    Every row names the same attributes, and all that are unique; the others are at their defaults. It does what
    `bulk_create(ignore_conflicts=True)` does, with a statement and defaults that are made once for a process instead of once
    for a batch. Raises `IntegrityError` where a row breaks another constraint than uniqueness, `ValueError` where rows name
    different attributes, or where a unique one would be at its default.
    """
    if not rows:
        return 0
    names = tuple(rows[0])
    if any(len(row) != len(names) for row in rows):
        raise ValueError(f"Rows of {model.__name__} name different attributes.")
    statement, prepare, defaults = _insertion(model, names)
    filled = [
        [
            *(make(row[name]) if make else row[name] for name, make in zip(names, prepare, strict=True)),
            *defaults,
        ]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, filled)
        return int(cursor.rowcount)


_Prepare = Callable[[Any], Any]

#: Fields whose values a database's driver does not take as they are, or not as Django reads them.
_NOT_AS_IS = (DateTimeField, JSONField, UUIDField)


@lru_cache(maxsize=32)
def _insertion(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[_Prepare | None], list[Any]]:
    """The statement, how each named value is made ready (none: it is as it is), and the values of all other columns."""
    fields = {field.attname: field for field in model._meta.concrete_fields if not field.primary_key}
    blank, rest = model(), [field for name, field in fields.items() if name not in names]
    if unnamed := [field.attname for field in rest if field.unique and field.has_default()]:
        # One default would serve for every row, and all but the first would stay out without a word.
        raise ValueError(f"Each row of {model.__name__} must name its own {', '.join(unnamed)}.")
    columns = [str(field.column) for field in (*(fields[name] for name in names), *rest)]
    statement = f"{_insert(model, columns)} ON CONFLICT DO NOTHING"
    prepare = [None if _is_as_is(fields[name]) else _prepared_by(fields[name]) for name in names]
    return statement, prepare, [_prepared_by(field)(getattr(blank, field.attname)) for field in rest]


def _insert(model: type[Model], columns: Sequence[str]) -> str:
    quote = connection.ops.quote_name
    names, marks = ", ".join(quote(name) for name in columns), ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 -- our own names alone


def _is_as_is(field: "Field[Any, Any]") -> bool:
    while isinstance(field, ForeignKey):
        field = field.target_field
    return not isinstance(field, _NOT_AS_IS)


def _prepared_by(field: "Field[Any, Any]") -> _Prepare:
    return lambda value: field.get_db_prep_save(value, connection)
