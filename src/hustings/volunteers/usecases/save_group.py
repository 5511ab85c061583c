"""Make a group, change it, add an overflow group, open and close them."""

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.platform import audit
from hustings.volunteers.models import Group, GroupState
from hustings.volunteers.rules.group_link import read_group_link
from hustings.volunteers.usecases.join_group import seat_the_waiting


class GroupTooSmall(Refusal):
    """A group that holds fewer people than are in it, or hardly anybody."""


class NoLinkYet(Refusal):
    """A group is to be opened whose invite link nobody has entered."""


def save_group(*, group: Group, link: str = "", by: User | None, now: datetime) -> Group:
    """Keep a group; a `link` given is checked and encrypted, and only for a group that has none yet (else `rotate_link`).

    A new group is the first of its family. Raises `GroupTooSmall` or `NotAGroupLink`.
    """
    if group.capacity < 2:
        raise GroupTooSmall("too_small", gettext_noop("A group needs room for at least two people."))
    with transaction.atomic():
        is_new = group.pk is None
        if not is_new:
            held = group.memberships.filter(left_at=None).count()
            if group.capacity < held:
                raise GroupTooSmall(
                    "too_small",
                    gettext_noop("{held} people are in this group. Enter a capacity of at least {held}."),
                    held=held,
                )
        if link and not group.link:
            group.link = read_group_link(kind=group.kind, entered=link)
            group.link_version, group.link_changed_at = group.link_version + 1, now
        if is_new:
            group.slug = group.slug or _free_slug(group.name)
            group.made_at, group.made_by = now, by
            group.save()
            if group.family_id is None:
                group.family = group
                group.save(update_fields=["family"])
        else:
            group.save()
        _note(group, "made" if is_new else "changed", by, now)
        if group.family_id is not None:
            seat_the_waiting(family=group.family or group, now=now)
    return group


def add_overflow(*, group: Group, link: str, by: User | None, now: datetime) -> Group:
    """Add a spare group to a group's family; it opens by itself when the others are full. Raises `NotAGroupLink`."""
    first = group.family or group
    number = max(Group.objects.filter(family=first).values_list("number", flat=True), default=1) + 1
    made = Group(
        family=first,
        number=number,
        name=f"{first.name[:110]} {number}",
        kind=first.kind,
        summary=first.summary,
        area=first.area,
        capacity=first.capacity,
        required_course=first.required_course,
        is_adults_only=first.is_adults_only,
        link_hours=first.link_hours,
        state=GroupState.SPARE,
    )
    if not link.strip():
        raise NoLinkYet(
            "no_link", gettext_noop("Make the group on its service first, and enter its invite link.")
        )
    return save_group(group=made, link=link, by=by, now=now)


def open_group(*, group: Group, by: User | None, now: datetime) -> Group:
    """Let volunteers join. Raises `NoLinkYet`."""
    if not group.link:
        raise NoLinkYet("no_link", gettext_noop("Enter the group's invite link before you open it."))
    with transaction.atomic():
        group.state, group.opened_at = GroupState.OPEN, group.opened_at or now
        group.save(update_fields=["state", "opened_at"])
        _note(group, "opened", by, now)
        seat_the_waiting(family=group.family or group, now=now)
    return group


def close_group(*, group: Group, by: User | None, now: datetime) -> Group:
    """Let nobody join any more; who is in it stays, and releases that were not opened can no longer be."""
    with transaction.atomic():
        group.state = GroupState.CLOSED
        group.save(update_fields=["state"])
        _note(group, "closed", by, now)
    return group


def _free_slug(name: str) -> str:
    stem = slugify(name)[:70] or "group"
    taken = set(Group.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number = 1
    slug = stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _note(group: Group, verb: str, by: User | None, now: datetime) -> None:
    audit.record(
        now=now,
        actor=by,
        verb=verb,
        subject_type="volunteers.Group",
        subject_id=group.pk,
        area_code=group.area_id or "",
    )
