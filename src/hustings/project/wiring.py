"""Who reacts to what, in one file: importers, reactions to events, sockets, the schedule, the desk's menu, commands."""

from collections.abc import Mapping, Sequence
from typing import Any

import typer
from django.http import HttpRequest
from django_tasks.base import Task

from hustings.contacts import personal_data as contacts_data
from hustings.platform.events import Event
from hustings.platform.importing.importer import Importer
from hustings.platform.schedule import ScheduledTask
from hustings.platform.sockets import PersonalDataSocket

#: Every importer, in the order in which layouts are tried.
IMPORTERS: Sequence[Importer] = ()

#: What happens after what: each task gets the event's fields.
REACTIONS: Mapping[type[Event], Sequence[Task[..., Any]]] = {}

#: Every app's answer about one person.
PERSONAL_DATA: Sequence[PersonalDataSocket] = (contacts_data.SOCKET,)

#: What runs by the clock.
SCHEDULE: Sequence[ScheduledTask] = ()

#: Command groups of the apps: name and typer app.
COMMANDS: Mapping[str, typer.Typer] = {}


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What every page knows: the organisation and the site's imprint."""
    from hustings.accounts.models import Organisation

    return {"organisation": Organisation.objects.first()}
