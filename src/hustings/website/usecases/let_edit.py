"""Let somebody edit exactly the pages and pictures of their places, through Wagtail's own groups.

Wagtail knows groups with rights on a part of the page tree. There is one group for the whole site and one for each place
that has a page; who is in which follows from appointments, and is put right each time somebody opens a page of the site's
back office. The guard in front of those pages decides whether they may be there at all.
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from hustings.accounts.access import Scope
from hustings.accounts.models import User
from hustings.website.models import HomePage, PlacePage

_PAGE_RIGHTS = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
_CHOOSING = ("choose_image", "choose_document")
_FILE_RIGHTS = tuple(
    f"{act}_{kind}" for act in ("add", "change", "delete", "choose") for kind in ("image", "document")
)
_PREFIX = "Website"
SHARED = "Shared by all places"


@transaction.atomic
def let_edit(*, user: User, scope: Scope) -> None:
    """Put the user into exactly the groups of those places; groups that are not the site's are left alone."""
    wanted: set[int] = set()
    homes = HomePage.objects.all()
    if homes:
        if scope.is_everything:
            wanted.update(group_of_site(home=home).pk for home in homes)
        else:
            for place in PlacePage.objects.filter(area__in=scope.codes):
                wanted.add(group_of_place(place=place).pk)
    held = set(user.groups.filter(name__startswith=_PREFIX).values_list("pk", flat=True))
    if held != wanted:
        user.groups.remove(*(held - wanted))
        user.groups.add(*(wanted - held))


def group_of_site(*, home: HomePage) -> Group:
    """The group of those who edit the whole site, with its rights on this home page and everything below."""
    group, _ = Group.objects.get_or_create(name=_PREFIX)
    if not GroupPagePermission.objects.filter(group=group, page=home).exists():
        _give(group=group, page=home, collection=Collection.get_first_root_node())
    return group


def group_of_place(*, place: PlacePage) -> Group:
    """The group of those who edit one place's pages, with its rights and a collection of its own."""
    group, _ = Group.objects.get_or_create(name=f"{_PREFIX}: {place.area_id}")
    if not GroupPagePermission.objects.filter(group=group, page=place).exists():
        _give(group=group, page=place, collection=_collection(place.area.name))
        _allow(group=group, collection=_collection(SHARED), rights=_CHOOSING)
    return group


def _give(*, group: Group, page: Page, collection: Collection) -> None:
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=_PAGE_RIGHTS
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    group.permissions.add(
        *Permission.objects.filter(
            content_type__app_label="simple_translation", codename="submit_translation"
        )
    )
    _allow(group=group, collection=collection, rights=_FILE_RIGHTS)


def _allow(*, group: Group, collection: Collection, rights: tuple[str, ...]) -> None:
    for permission in Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=rights
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


def _collection(name: str) -> Collection:
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=name).first()
    return found or root.add_child(name=name)
