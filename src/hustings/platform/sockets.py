"""Sockets: questions that every app with personal data must be able to answer about one person.

Each such app has a `personal_data.py` with one object of this protocol; `project/wiring.py` lists them, and an
architecture test holds the list against the models that point to a person.
"""

from datetime import datetime
from typing import Any, Protocol


class PersonalDataSocket(Protocol):
    """One app's personal data, by person id.

    `models` names the models (`app_label.ModelName`) the socket answers for.
    """

    app_label: str
    models: tuple[str, ...]

    def export(self, *, person_id: int) -> dict[str, list[dict[str, Any]]]:
        """Everything held about the person, by a heading a lay reader understands; values are plain JSON."""
        ...

    def erase(self, *, person_id: int, now: datetime) -> int:
        """Erase what the law lets go, keep what must stay (objections, accounts) without identity; rows changed."""
        ...

    def merge(self, *, kept_id: int, merged_id: int, now: datetime) -> dict[str, list[int]]:
        """Point the merged person's rows at the kept one; returns the moved row ids by model, for undoing."""
        ...

    def unmerge(self, *, kept_id: int, merged_id: int, moved: dict[str, list[int]]) -> None:
        """Point exactly the moved rows back at the person they came from."""
        ...
