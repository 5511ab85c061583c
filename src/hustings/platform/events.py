"""Events: facts that an app announces for whoever is wired to react.

An event is a frozen dataclass named in the past tense that holds ids, text and dates only. `announce` enqueues one job
per reaction in the transaction that is open, so a reaction runs if and only if the fact was stored.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction

from hustings.platform import wiring


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of every event; `at` is the aware moment of the fact."""

    at: datetime


class AnnouncedOutsideTransaction(Exception):
    """An event was announced with no transaction open, so its reactions could outlive a fact that was rolled back."""


def announce(event: Event) -> None:
    """Enqueue every reaction to the event inside the open transaction.

    Each reaction gets the event's fields as keyword arguments, dates and moments as ISO 8601 text. Raises
    `AnnouncedOutsideTransaction` where no transaction is open.
    """
    if not transaction.get_connection().in_atomic_block:
        raise AnnouncedOutsideTransaction(
            f"{type(event).__name__} must be announced inside the transaction that stores the fact."
        )
    for task in wiring.reactions().get(type(event), ()):
        task.enqueue(**_as_arguments(event))


def _as_arguments(event: Event) -> dict[str, Any]:
    values = {field.name: getattr(event, field.name) for field in fields(event)}
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in values.items()
    }
