"""Many new tables in one step: a step for migrations, on SQLite and PostgreSQL.

Between two steps Django draws anew every model that hangs together with the one just made, and nearly all of ours do: making
two hundred tables one by one took most of the time of a first start. Here the models are drawn once for all tables of a step.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateModels(Operation):
    """Make the tables of several models, each with its indexes and constraints, in the order given.

    `creating` holds Django's own steps; a model may refer to those before it and to itself.
    """

    reversible = True
    reduces_to_sql = True
    serialization_expand_args = ["creating"]

    def __init__(self, creating: Sequence[CreateModel]) -> None:
        self.creating = list(creating)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """How the step is written in a migration."""
        return type(self).__name__, [], {"creating": self.creating}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the models; what was drawn before is put aside, so that it is drawn once more and not once for each."""
        if "apps" in vars(state):
            del state.apps
        for one in self.creating:
            one.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the tables."""
        for one in self.creating:
            one.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take the tables away, the last first."""
        for one in reversed(self.creating):
            one.database_backwards(app_label, schema_editor, from_state, to_state)

    def references_model(self, name: str, app_label: str) -> bool:
        """Whether any of the models is, or refers to, the one named."""
        return any(one.references_model(name, app_label) for one in self.creating)

    def describe(self) -> str:
        """In words, for the list that Django prints."""
        return f"Create models {', '.join(one.name for one in self.creating)}"

    @property
    def migration_name_fragment(self) -> str:
        """What a migration of this step alone is called."""
        return "_".join(one.name.lower() for one in self.creating[:3])
