"""Release a group's invite link to one volunteer, and show it."""

from datetime import datetime, timedelta

from django.db import transaction

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.volunteers.models import Group, GroupState, LinkRelease, Membership, ReleasePurpose
from hustings.volunteers.rules.release_pace import MOST_RELEASES, RELEASE_WINDOW, may_release
from hustings.volunteers.usecases.join_group import check_entitled


class NoSeatYet(Refusal):
    """The volunteer waits for a seat, or has left."""


class TooManyReleases(Refusal):
    """The volunteer got the link several times lately."""


class ReleaseClosed(Refusal):
    """A release has run out, or the link has changed since."""


def release_link(*, membership: Membership, now: datetime) -> LinkRelease:
    """Log that the link is released to the volunteer and for what; the link itself is shown by `open_release` alone.

    What entitled them when they joined must still hold. Raises `NoSeatYet`, `NotEntitled` or `TooManyReleases`.
    """
    with transaction.atomic():
        held = (
            Membership.objects.select_for_update(of=("self",))
            .select_related("volunteer", "group__required_course")
            .get(pk=membership.pk)
        )
        group = held.group
        if group is None or held.left_at is not None or group.state == GroupState.CLOSED or not group.link:
            raise NoSeatYet(
                "no_seat",
                gettext_noop("There is no place in this group for you yet. We write to you when there is."),
            )
        check_entitled(volunteer=held.volunteer, group=group, now=now)
        earlier = LinkRelease.objects.filter(membership=held)
        if not may_release(earlier=earlier.filter(released_at__gt=now - RELEASE_WINDOW).count()):
            raise TooManyReleases(
                "too_many",
                gettext_noop("You got this link {most} times within a day. Ask whoever organises the group."),
                most=MOST_RELEASES,
            )
        release: LinkRelease = LinkRelease.objects.create(
            membership=held,
            group=group,
            link_version=group.link_version,
            purpose=_purpose(held, group),
            released_at=now,
            expires_at=now + timedelta(hours=group.link_hours),
        )
    return release


def open_release(*, release: LinkRelease, now: datetime) -> str:
    """The invite link, for the volunteer's own page; its first opening is kept. Raises `ReleaseClosed`."""
    membership = Membership.objects.select_related("volunteer", "group").get(pk=release.membership_id)
    group = Group.objects.get(pk=release.group_id)
    is_theirs = membership.left_at is None and membership.group_id == group.pk
    is_current = group.link_version == release.link_version and group.state != GroupState.CLOSED
    if not (is_theirs and is_current and release.released_at <= now < release.expires_at):
        raise ReleaseClosed(
            "closed", gettext_noop("This link has run out or was changed. Ask for it again on your page.")
        )
    if release.opened_at is None:
        release.opened_at = now
        release.save(update_fields=["opened_at"])
    return group.link


def _purpose(membership: Membership, group: Group) -> ReleasePurpose:
    earlier = LinkRelease.objects.filter(membership=membership, group=group).order_by("-pk").first()
    if earlier is None:
        return ReleasePurpose.JOIN
    return ReleasePurpose.ROTATED if earlier.link_version != group.link_version else ReleasePurpose.RETURN
