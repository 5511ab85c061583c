"""A volunteer joins a group: they get a seat in its family, or wait for one."""

from datetime import datetime

from django.db import transaction

from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.volunteers.models import Group, GroupState, Membership, Volunteer
from hustings.volunteers.queries.completions import has_completed
from hustings.volunteers.queries.conduct import has_accepted
from hustings.volunteers.queries.groups import places_of
from hustings.volunteers.rules.group_places import seat_for
from hustings.volunteers.usecases.write_to_volunteers import write_to_volunteer


class NotEntitled(Refusal):
    """The volunteer may not join this group yet; says what is missing."""


def check_entitled(*, volunteer: Volunteer, group: Group, now: datetime) -> None:
    """Raise `NotEntitled` where something is missing: the conduct rules, the group's course, or being an adult."""
    if not volunteer.is_active:
        raise NotEntitled("left", gettext_noop("Offer to help again first; then you can join."))
    if not has_accepted(volunteer=volunteer):
        raise NotEntitled("conduct", gettext_noop("Accept the conduct rules first; then you can join."))
    course = group.required_course
    if course is not None and not has_completed(
        volunteer=volunteer, course_slug=course.slug, on=uk_date(now)
    ):
        raise NotEntitled(
            "course",
            gettext_noop(
                "This group asks you to finish the course “{title}” first. It takes about {minutes} minutes."
            ),
            title=course.title,
            minutes=course.minutes,
        )
    if group.is_adults_only and not volunteer.is_adult:
        raise NotEntitled(
            "adults",
            gettext_noop(
                "This group is for adults. Confirm on “My limits and times” that you are 18 or older."
            ),
        )


def join_group(*, volunteer: Volunteer, group: Group, now: datetime) -> Membership:
    """Give the volunteer a seat in the group's family, or a place on its waiting list (`group` is none then).

    Who is in one of the family's groups already stays there: nobody is put in two. Raises `NotEntitled`.
    """
    check_entitled(volunteer=volunteer, group=group, now=now)
    with transaction.atomic():
        family = Group.objects.select_for_update().get(pk=group.family_id or group.pk)
        standing = Membership.objects.filter(volunteer=volunteer, family=family, left_at=None).first()
        if standing is not None:
            return standing
        if not Group.objects.filter(family=family, state=GroupState.OPEN).exists():
            raise NotEntitled("closed", gettext_noop("This group takes nobody at the moment."))
        membership = Membership(volunteer=volunteer, family=family, asked_at=now)
        _seat(membership, family, now)
        membership.save()
    return membership


def leave_group(*, membership: Membership, now: datetime) -> None:
    """Give the seat back; whoever waits longest gets it."""
    with transaction.atomic():
        held = Membership.objects.select_for_update().get(pk=membership.pk)
        if held.left_at is None:
            held.left_at = now
            held.save(update_fields=["left_at"])
            seat_the_waiting(family=held.family, now=now)


def seat_the_waiting(*, family: Group, now: datetime) -> int:
    """Give free seats to those who wait, first come first served, and write to them; returns how many got one."""
    seated = 0
    waiting = Membership.objects.select_for_update(of=("self",)).filter(
        family=family, group=None, left_at=None, volunteer__left_at=None
    )
    if not waiting.exists() or not Group.objects.filter(family=family, state=GroupState.OPEN).exists():
        return 0
    for membership in waiting.select_related("volunteer__person").order_by("asked_at", "pk"):
        _seat(membership, family, now)
        if membership.group is None:
            break
        membership.save(update_fields=["group", "joined_at"])
        write_to_volunteer(
            template="group_seat",
            volunteer=membership.volunteer,
            fields_of=lambda _one, name=membership.group.name: {"group_name": name},  # type: ignore[misc]  # a default has no type in a lambda
            path="/volunteer/",
            now=now,
        )
        seated += 1
    return seated


def _seat(membership: Membership, family: Group, now: datetime) -> None:
    seat = seat_for(places=places_of(family=family))
    if seat.group_id is None:
        return
    membership.group = Group.objects.get(pk=seat.group_id)
    membership.joined_at = now
    if seat.opens_spare:
        membership.group.state, membership.group.opened_at = GroupState.OPEN, now
        membership.group.save(update_fields=["state", "opened_at"])
