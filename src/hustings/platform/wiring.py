"""What the shell wires together, as the lower layers see it.

`project/wiring.py` lists importers, reactions, sockets and the schedule. Code below the shell reads the lists here by
name, so that no app imports upwards.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings

if TYPE_CHECKING:
    from django_tasks.base import Task

    from hustings.platform.events import Event
    from hustings.platform.importing.importer import Importer
    from hustings.platform.schedule import ScheduledTask
    from hustings.platform.sockets import PersonalDataSocket


def _wired(name: str) -> Any:
    return getattr(import_module(settings.HUSTINGS_WIRING), name)


def reactions() -> "Mapping[type[Event], Sequence[Task[..., Any]]]":
    """Tasks to enqueue for each kind of event."""
    return cast("Mapping[type[Event], Sequence[Task[..., Any]]]", _wired("REACTIONS"))


def importers() -> "Sequence[Importer]":
    """Every importer, in the order in which layouts are tried."""
    return cast("Sequence[Importer]", _wired("IMPORTERS"))


def personal_data_sockets() -> "Sequence[PersonalDataSocket]":
    """Every app's answer about one person."""
    return cast("Sequence[PersonalDataSocket]", _wired("PERSONAL_DATA"))


def schedule() -> "Sequence[ScheduledTask]":
    """What runs by the clock."""
    return cast("Sequence[ScheduledTask]", _wired("SCHEDULE"))


def desk_menu() -> Sequence[Any]:
    """Entries of the desk's menu (`accounts.pages.menu.MenuEntry`)."""
    return cast("Sequence[Any]", _wired("DESK_MENU"))


def attention() -> Sequence[Any]:
    """Who knows what needs attention (`accounts.pages.attention.AttentionSource`)."""
    return cast("Sequence[Any]", _wired("ATTENTION"))


def privacy_notice_url() -> str:
    """Address of the published privacy notice, to which every form that collects personal data links; empty where none is."""
    return cast("str", _wired("privacy_notice_url")())


def commitments() -> Sequence[Any]:
    """Who knows what time volunteers have promised (`volunteers.queries.commitments_here` is the pattern)."""
    return cast("Sequence[Any]", _wired("COMMITMENTS"))


def volunteer_pages() -> "Sequence[tuple[Any, str]]":
    """Further pages of a volunteer's own: words, and the name of an address without arguments."""
    return cast("Sequence[tuple[Any, str]]", _wired("VOLUNTEER_PAGES"))


def set_up() -> Sequence[Any]:
    """Steps of the first set-up (`accounts.pages.set_up.SetUpStep`), in order."""
    return cast("Sequence[Any]", _wired("SET_UP"))
