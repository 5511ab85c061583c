"""Tables that the database itself refuses to change: a step for migrations, on SQLite and PostgreSQL.

`kept.Kept` stops our own code; these triggers stop whatever else reaches the database. SQLite drops the triggers of a table
that a later migration makes anew (every altered column does), so such a migration repeats the step; a test of the app
looks for the triggers.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class KeepTable(Operation):
    """Refuse every change and deletion of a model's rows.

    `may_change` names fields that may be written (a person's rows move when two people are merged), `may_be_emptied` fields
    holding a JSON object or text that may be written only to `{}` or nothing.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(
        self, model_name: str, *, may_change: Sequence[str] = (), may_be_emptied: Sequence[str] = ()
    ) -> None:
        self.model_name = model_name
        self.may_change = tuple(may_change)
        self.may_be_emptied = tuple(may_be_emptied)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """How the step is written in a migration."""
        return (
            type(self).__name__,
            [self.model_name],
            {"may_change": self.may_change, "may_be_emptied": self.may_be_emptied},
        )

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the two triggers, in place of any of the same name."""
        self.database_backwards(app_label, schema_editor, from_state, to_state)
        options = to_state.apps.get_model(app_label, self.model_name)._meta
        table = options.db_table
        is_sqlite = schema_editor.connection.vendor == "sqlite"
        differs = "IS NOT" if is_sqlite else "IS DISTINCT FROM"
        changed = []
        for field in options.local_concrete_fields:
            column = schema_editor.quote_name(field.column)
            if field.name in self.may_change:
                continue
            condition = f"NEW.{column} {differs} OLD.{column}"
            if field.name in self.may_be_emptied:
                text = f"NEW.{column}" if is_sqlite else f"CAST(NEW.{column} AS text)"
                condition = f"({condition} AND {text} NOT IN ('', '{{}}'))"
            changed.append(condition)
        message = f"Rows of {table} are kept as they were written."
        if is_sqlite:
            for name, event, condition in (
                ("keep_rows", "UPDATE", f"WHEN {' OR '.join(changed)}"),
                ("keep_all", "DELETE", ""),
            ):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} {condition} "
                    f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
                    params=None,
                )
            return
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION hustings_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'Rows of % are kept as they were written.', TG_TABLE_NAME "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$",
            params=None,
        )
        for name, event, condition in (
            ("keep_rows", "UPDATE", f"WHEN ({' OR '.join(changed)})"),
            ("keep_all", "DELETE", ""),
        ):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} FOR EACH ROW {condition} "
                "EXECUTE FUNCTION hustings_keep()",
                params=None,
            )

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop the triggers."""
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        on_table = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
        for name in ("keep_rows", "keep_all"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on_table}", params=None)

    def describe(self) -> str:
        """What `migrate` prints."""
        return f"Keep every row of {self.model_name} as it was written"
