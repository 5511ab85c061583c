"""Two rows that may be one person, side by side: what is the same, what differs, and what joining them would keep."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hustings.people.models import ContactPoint, Person
from hustings.people.queries.duplicates import LikelyPair
from hustings.people.usecases.merge_people import fields_filled
from hustings.platform.pages.parts import Badge, Fact
from hustings.platform.words import day

#: The ways to reach each of some people, by their ids.
Points = Mapping[int, Sequence[ContactPoint]]


@dataclass(frozen=True, kw_only=True)
class PairLine:
    """One matter on which two rows are compared; the badge says where they are the same or differ."""

    label: str
    one: str
    other: str
    badge: Badge | None = None

    @property
    def differs(self) -> bool:
        """Whether both rows have it and do not agree."""
        return self.badge is not None and self.badge.tone == "warn"


@dataclass(frozen=True, kw_only=True)
class ComparedPair:
    """A likely pair in the list: each row in a few words, what they share, and where they differ."""

    pair: LikelyPair
    one_reached: str
    other_reached: str
    differ: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One way of joining the two, and what the person would then be."""

    act: str
    title: str
    facts: list[Fact]


def points_of(*, people: Iterable[Person]) -> Points:
    """The ways to reach these people, each in the order in which they came in."""
    found: dict[int, list[ContactPoint]] = {person.pk: [] for person in people}
    for point in ContactPoint.objects.filter(person__in=list(found)).order_by("pk"):
        found[point.person_id].append(point)
    return found


def compared_pairs(*, pairs: Sequence[LikelyPair]) -> list[ComparedPair]:
    """The pairs as the list shows them, from one read of all their addresses."""
    points = points_of(people=[person for pair in pairs for person in (pair.one, pair.other)])
    return [
        ComparedPair(
            pair=pair,
            one_reached=_reached(points[pair.one.pk]),
            other_reached=_reached(points[pair.other.pk]),
            differ=tuple(
                line.label for line in lines_of(one=pair.one, other=pair.other, points=points) if line.differs
            ),
        )
        for pair in pairs
    ]


def lines_of(*, one: Person, other: Person, points: Points) -> list[PairLine]:
    """What is to be compared, one line a matter; where a row comes from and since when is no sign of either."""
    ways = [{point.canonical for point in points[person.pk]} for person in (one, other)]
    return [
        _compared(_("Name"), str(one), str(other)),
        _compared(_("Address"), one.address_line, other.address_line),
        _compared(_("Postcode"), one.postcode, other.postcode),
        PairLine(
            label=_("Reached by"),
            one=_reached(points[one.pk]),
            other=_reached(points[other.pk]),
            badge=_verdict(is_same=bool(ways[0] & ways[1])) if all(ways) else None,
        ),
        PairLine(label=_("From"), one=one.source, other=other.source),
        PairLine(label=_("Held since"), one=day(one.created_at), other=day(other.created_at)),
    ]


def facts_joined(*, kept: Person, merged: Person, points: Points) -> list[Fact]:
    """What the kept row would say after joining, with a note wherever the other row fills it or says otherwise."""
    joined = copy(kept)
    for name in fields_filled(kept=kept, merged=merged):
        setattr(joined, name, getattr(merged, name))
    known = {point.canonical for point in points[kept.pk]}
    added = [point for point in points[merged.pk] if point.canonical not in known]
    return [
        _fact(_("Name"), str(joined), str(kept), str(merged)),
        _fact(_("Address"), joined.address_line, kept.address_line, merged.address_line),
        _fact(_("Postcode"), joined.postcode, kept.postcode, merged.postcode),
        Fact(
            label=_("Reached by"),
            value=_reached([*points[kept.pk], *added]),
            note=_("added from the other row: %(ways)s") % {"ways": _reached(added)} if added else "",
        ),
    ]


def _fact(label: str, value: str, kept: str, merged: str) -> Fact:
    if value and value != kept:
        note = _("from the other row")
    elif merged and not _is_same(kept, merged):
        note = _("no longer shown: %(other)s") % {"other": merged}
    else:
        note = ""
    return Fact(label=label, value=value, note=note)


def _reached(points: Iterable[ContactPoint]) -> str:
    return ", ".join(point.value for point in points)


def _compared(label: str, one: str, other: str) -> PairLine:
    is_same = _is_same(one, other)
    return PairLine(
        label=label, one=one, other=other, badge=_verdict(is_same=is_same) if one and other else None
    )


def _is_same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _verdict(*, is_same: bool) -> Badge:
    return Badge(text=_("the same"), tone="good") if is_same else Badge(text=_("differ"), tone="warn")
