"""Groups as the public sees them, and how full they are. Nothing here hands out a link."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from hustings.places.queries import centre_points
from hustings.volunteers.models import Group, GroupState, Membership, Volunteer
from hustings.volunteers.rules.group_places import GroupPlace, State, is_nearly_full

_STATES = {GroupState.OPEN: State.OPEN, GroupState.SPARE: State.SPARE}


def places_of(*, family: Group) -> list[GroupPlace]:
    """The groups of a family with how many are in each."""
    rows = Group.objects.filter(family=family).annotate(
        held=Count("memberships", filter=Q(memberships__left_at=None))
    )
    return [
        GroupPlace(
            group_id=group.pk,
            number=group.number,
            state=_STATES.get(GroupState(group.state), State.OTHER),
            capacity=group.capacity,
            members=group.held,
        )
        for group in rows.order_by("number")
    ]


def public_groups() -> QuerySet[Group]:
    """The first group of every family that has an open one, without its link."""
    families = Group.objects.filter(state=GroupState.OPEN).values("family")
    return Group.objects.filter(pk__in=families).select_related("area", "required_course").defer("link")


@dataclass(frozen=True, kw_only=True)
class GroupOnMap:
    """A family of groups for lists and maps: by area, never with a link."""

    slug: str
    name: str
    kind: str
    area_code: str
    area_name: str
    latitude: float | None
    longitude: float | None


def groups_on_map() -> list[GroupOnMap]:
    """Every public family of groups with the centre of its area, for the campaign map."""
    groups = list(public_groups().order_by("name", "pk"))
    points = centre_points(codes=[group.area_id for group in groups if group.area_id])
    return [
        GroupOnMap(
            slug=group.slug,
            name=group.name,
            kind=group.get_kind_display(),
            area_code=group.area_id or "",
            area_name=group.area.name if group.area else "",
            latitude=points.get(group.area_id or "", (None, None))[0],
            longitude=points.get(group.area_id or "", (None, None))[1],
        )
        for group in groups
    ]


def membership_in(*, volunteer: Volunteer, family: Group) -> Membership | None:
    """The volunteer's standing place in a family of groups."""
    return (
        Membership.objects.select_related("group", "family")
        .filter(volunteer=volunteer, family=family, left_at=None)
        .first()
    )


def memberships_of(*, volunteer: Volunteer) -> QuerySet[Membership]:
    """The volunteer's standing places, by the family's name."""
    rows = Membership.objects.filter(volunteer=volunteer, left_at=None)
    return rows.select_related("group", "family").order_by("family__name", "pk")


def families_nearly_full(*, groups: QuerySet[Group]) -> list[Group]:
    """Those first groups among the groups whose families need a spare one."""
    firsts = groups.filter(number=1, state__in=(GroupState.OPEN, GroupState.CLOSED))
    return [first for first in firsts if is_nearly_full(places=places_of(family=first))]
