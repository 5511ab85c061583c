"""The menu as a plain list, for browsers without scripts: `{% desk_entries as entries %}`."""

from typing import Any

from django import template

from hustings.accounts.pages.menu import MenuEntry
from hustings.platform import wiring

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_entries(context: dict[str, Any]) -> list[MenuEntry]:
    """Entries that whoever asks may see."""
    request = context.get("request")
    if request is None:
        return []
    return [entry for entry in wiring.desk_menu() if entry.is_shown(request)]
