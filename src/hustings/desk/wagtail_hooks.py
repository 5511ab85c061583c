"""What the desk adds to Wagtail's admin: its menu, its colours."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from hustings.accounts.pages.menu import FOLDERS, MenuEntry, MenuGroup
from hustings.platform import wiring


class EntryItem(MenuItem):  # type: ignore[misc]  # Wagtail is untyped
    """A wired entry as Wagtail draws it."""

    def __init__(self, entry: MenuEntry) -> None:
        super().__init__(
            entry.label,
            entry.url,
            name=entry.url_name.replace(":", "-"),
            icon_name=entry.icon,
            order=entry.order,
        )
        self.entry = entry

    def is_shown(self, request: HttpRequest) -> bool:
        """Only to those who hold the right."""
        return self.entry.is_shown(request)


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def only_our_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """Replace Wagtail's own entries by the wired ones: a list that nobody scoped is not offered."""
    items[:] = [item for item in _items() if item.is_shown(request)]


def _items() -> list[MenuItem]:
    by_group: dict[MenuGroup, list[EntryItem]] = {}
    for entry in wiring.desk_menu():
        by_group.setdefault(entry.group, []).append(EntryItem(entry))
    items: list[MenuItem] = list(by_group.pop(MenuGroup.TOP, []))
    for group, entries in by_group.items():
        label, icon, order = FOLDERS[group]
        items.append(
            SubmenuMenuItem(label, Menu(items=entries), name=f"folder-{group}", icon_name=icon, order=order)
        )
    return items


@hooks.register("construct_search")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def no_search_of_wagtails(request: HttpRequest, areas: list[object]) -> None:
    """Its search knows pages and pictures only; on a desk people would look for people there."""
    areas.clear()


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def desk_stylesheet() -> SafeString:
    """The desk's own pieces and colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("hustings/desk.css"))


@hooks.register("insert_global_admin_js")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def forget_copies_on_leaving() -> SafeString:
    """Whoever signs out on the desk leaves no copies of a volunteer's pages in the browser either."""
    return format_html('<script src="{}" defer></script>', static("hustings/own_copies.js"))


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def no_panels(request: HttpRequest, panels: list[object]) -> None:
    """Wagtail's own home is not used; the desk has its own."""
    panels.clear()


@hooks.register("construct_help_menu")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def no_help_elsewhere(request: HttpRequest, items: list[MenuItem]) -> None:
    """No links out of the desk."""
    items.clear()
