"""What of Wagtail's admin is open, to whom, and with which limits; everything else answers 404.

Wagtail mounts far more than a campaign's desk may show: reports, users, groups and histories that nobody scoped. The lists
below name what is open, so that a route a later Wagtail adds is closed until somebody has looked at it. A closed name stays
reversible, because Wagtail's own templates name it, but its address does not answer.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import URLPattern, URLResolver
from wagtail.admin import urls as wagtail_admin
from wagtail.permissions import page_permission_policy

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.website.usecases.let_edit import let_edit

View = Callable[..., HttpResponseBase]

#: Open to everybody: the icons, and Wagtail's own words for its scripts. Neither holds anything of ours.
OPEN = frozenset({"wagtailadmin_sprite", "wagtailadmin_javascript_catalog"})

#: Open to whoever may see the desk: one's own settings, and leaving.
DESK = frozenset({"wagtailadmin_account", "wagtailadmin_logout", "wagtailadmin_dismissibles"})

#: Wagtail's own ways in lead to ours.
WAYS_IN = frozenset(
    {
        "wagtailadmin_login",
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_done",
        "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_complete",
    }
)

_PAGES = (
    *(
        "add",
        "preview_on_add",
        "choose_parent",
        "edit",
        "preview_on_edit",
        "view_draft",
        "add_subpage",
        "delete",
    ),
    *(
        "unpublish",
        "search",
        "search_results",
        "move",
        "move_confirm",
        "set_page_position",
        "copy",
        "lock",
        "unlock",
    ),
    *("revisions_index", "revisions_view", "revisions_revert", "revisions_unschedule", "revisions_compare"),
    *("history", "history_results"),
)
_FILES = (
    "index",
    "index_results",
    "add",
    "edit",
    "delete",
    "add_multiple",
    "edit_multiple",
    "delete_multiple",
)

#: Open to editors of the site, within the pages and collections of their places.
SITE = frozenset(
    {
        *(
            "wagtailadmin_explore_root",
            "wagtailadmin_explore",
            "wagtailadmin_explore_results",
            "wagtail_bulk_action",
        ),
        *("wagtailadmin_choose_page", "wagtailadmin_choose_page_child", "wagtailadmin_choose_page_search"),
        *("wagtailadmin_choose_page_external_link", "wagtailadmin_choose_page_email_link"),
        *("wagtailadmin_choose_page_phone_link", "wagtailadmin_choose_page_anchor_link"),
        *("wagtailadmin_choose_page_chosen_multiple", "wagtailadmin_block_preview"),
        *("wagtailadmin_editing_sessions:ping", "wagtailadmin_editing_sessions:release"),
        *(f"wagtailadmin_pages:{name}" for name in _PAGES),
        *(f"wagtailimages:{name}" for name in (*_FILES, "preview")),
        *(f"wagtaildocs:{name}" for name in _FILES),
        *("simple_translation:submit_page_translation",),
        *("wagtailimages:create_multiple_from_uploaded_image", "wagtailimages:delete_upload_multiple"),
        *("wagtaildocs:create_multiple_from_uploaded_document", "wagtaildocs:delete_upload_multiple"),
        *(
            f"wagtailimages_chooser:{name}"
            for name in ("choose", "choose_results", "chosen", "create", "select_format")
        ),
        *(f"wagtaildocs_chooser:{name}" for name in ("choose", "choose_results", "chosen", "create")),
    }
)

#: Kinds of things that Wagtail's bulk actions and editing sessions may touch.
_KINDS = frozenset({("wagtailcore", "page"), ("wagtailimages", "image"), ("wagtaildocs", "document")})
_PAGE_ARGUMENTS = frozenset({"page_id", "parent_page_id", "page_to_move_id", "destination_id"})


def closed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """What is not offered is not there."""
    raise Http404


def way_in(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """To the one login, and from there back to where somebody wanted to go."""
    wanted = request.GET.get("next", "")
    address = resolve_url(settings.LOGIN_URL)
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return redirect(f"{address}?next={wanted}" if is_ours else address)


def for_desk(view: View) -> View:
    """Open a view to whoever may see the desk."""
    return cast(View, needs(Right.SEE_DESK)(view))


def for_editors(view: View) -> View:
    """Open a view to editors of the site, with Wagtail's groups set to exactly the places they may edit.

    A page outside the part of the tree that they may look at is not there for them.
    """

    @wraps(view)
    def edited(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        let_edit(user=request.user, scope=request.scope)
        kind = (kwargs.get("app_label"), kwargs.get("model_name"))
        if kind[0] is not None and kind not in _KINDS and kind[0] != "website":
            raise Http404
        numbers = {int(kwargs[name]) for name in _PAGE_ARGUMENTS & set(kwargs) if kwargs[name] is not None}
        if args:  # comparing revisions names its page by position
            numbers.add(int(args[0]))
        seen = page_permission_policy.explorable_instances(request.user) if numbers else None
        if seen is not None and seen.filter(pk__in=numbers).count() < len(numbers):
            raise Http404
        return view(request, *args, **kwargs)

    return cast(View, needs(Right.EDIT_SITE)(edited))


def scoped(
    patterns: Iterable[URLPattern | URLResolver], *, space: str = ""
) -> list[URLPattern | URLResolver]:
    """The same addresses and names, each view open as the lists say or closed."""
    found: list[URLPattern | URLResolver] = []
    for item in patterns:
        if isinstance(item, URLResolver):
            inner = f"{space}{item.namespace}:" if item.namespace else space
            resolver = URLResolver(
                item.pattern,
                scoped(item.url_patterns, space=inner),
                item.default_kwargs,
                item.app_name,
                item.namespace,
            )
            found.append(resolver)
        else:
            found.append(
                URLPattern(item.pattern, _view(item, f"{space}{item.name}"), item.default_args, item.name)
            )
    return found


def _view(item: URLPattern, name: str) -> View:
    if name in OPEN:
        return cast(View, item.callback)
    if name in WAYS_IN:
        return way_in
    if name in DESK:
        return for_desk(item.callback)
    if name in SITE:
        return for_editors(item.callback)
    return closed


urlpatterns = scoped(wagtail_admin.urlpatterns)
