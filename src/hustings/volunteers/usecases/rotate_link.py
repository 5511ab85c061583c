"""Put a new invite link in place of one that leaked or is old, in one step, and tell everybody entitled."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.platform import audit
from hustings.volunteers.models import Group, Volunteer
from hustings.volunteers.rules.group_link import read_group_link
from hustings.volunteers.usecases.write_to_volunteers import write_to_volunteers


class SameLink(Refusal):
    """The new link is the old one."""


def rotate_link(*, group: Group, link: str, reason: str, by: User | None, now: datetime) -> int:
    """Store the new link, close every release of the old one, and write to all who are in the group; returns how many.

    The message holds no link: they fetch it from their own page. Raises `NotAGroupLink` or `SameLink`.
    """
    fresh = read_group_link(kind=group.kind, entered=link)
    with transaction.atomic():
        held = Group.objects.select_for_update().get(pk=group.pk)
        if held.link == fresh:
            raise SameLink(
                "same_link",
                gettext_noop(
                    "This is the link that is in use. Reset the link on the service first, then enter the new one."
                ),
            )
        held.link, held.link_version, held.link_changed_at = fresh, held.link_version + 1, now
        held.save(update_fields=["link", "link_version", "link_changed_at"])
        audit.record(
            now=now,
            actor=by,
            verb="rotated the link of",
            subject_type="volunteers.Group",
            subject_id=held.pk,
            area_code=held.area_id or "",
            reason=reason,
            version=held.link_version,
        )
        members = Volunteer.objects.filter(
            left_at=None, memberships__group=held, memberships__left_at=None
        ).select_related("person")
        written = write_to_volunteers(
            template="group_link_changed",
            volunteers=members.order_by("pk"),
            fields_of=lambda _one: {"group_name": held.name},
            path="/volunteer/",
            now=now,
        )
    group.refresh_from_db()
    return len(written)
