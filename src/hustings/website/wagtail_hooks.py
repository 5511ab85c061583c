"""Limits that Wagtail's own choosers keep: a page that is not out yet is offered only to those who may see it."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import PageQuerySet
from wagtail.permissions import page_permission_policy


@hooks.register("construct_page_chooser_queryset")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def only_pages_in_sight(pages: PageQuerySet, request: HttpRequest) -> Any:
    """Pages that are out, and those in the part of the tree that the editor may look at."""
    seen = page_permission_policy.explorable_instances(request.user)
    return pages.filter(pk__in=seen.values("pk")) | pages.live()
