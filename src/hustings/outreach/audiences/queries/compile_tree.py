"""A tree of conditions as one SQL statement over people (SQLite and PostgreSQL); docs/algorithms/audiences.md.

Each kind becomes a condition on the person's own row where that is possible, otherwise one EXISTS on an index made for it.
A turned condition is written out rather than wrapped in NOT where the wrapped form would hide a column from its index.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.lookups import Exact, GreaterThan

from hustings.accounts.access import with_areas_inside
from hustings.actions.models import Signature, SignatureState
from hustings.basics.clock import UK
from hustings.contacts.models import Contact, Intention, IssueRaised
from hustings.contacts.rules.reach import REACHED
from hustings.outreach.audiences.rules.tree import Condition, Group, Match, Node
from hustings.people.models import ContactPoint, ContactPointKind, Person
from hustings.people.rules.agreed import agreed_bit
from hustings.places.models import Area, AreaKind
from hustings.postroom.models import Message, MessageState
from hustings.register.models import Match as RegisterMatch
from hustings.register.models import MatchState


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The moment at which an audience is asked for: “in the last 90 days” counts back from it."""

    now: datetime


def people_in(*, tree: Group, area_code: str | None, now: datetime) -> QuerySet[Person]:
    """People who fulfil the tree and live in the area (anywhere, for `None`): a queryset that is one statement.

    People who were erased or whose row was merged into another are never in an audience. Whether a person may be contacted
    is not asked here but by the gate.
    """
    found = Person.objects.filter(merged_into=None, erased_at=None)
    if area_code is not None:
        found = found.filter(_lives_in([area_code]))
    condition = _node(tree, Moment(now=now))
    return found.filter(condition) if condition else found


def start_of(*, values: Mapping[str, object], now: datetime) -> datetime | None:
    """The moment a condition's `since` or `days` stands for; `None` where it has neither. A day begins at UK midnight."""
    if "since" in values:
        return datetime.combine(date.fromisoformat(str(values["since"])), time(), UK)
    if "days" in values:
        return now - timedelta(days=int(str(values["days"])))
    return None


def _node(node: Node, moment: Moment) -> Q:
    if isinstance(node, Condition):
        return _COMPILERS[node.kind](node, moment)
    parts = [part for part in (_node(member, moment) for member in node.members) if part]
    if not parts:
        return Q()
    joined = Q()
    for part in parts:
        joined = joined & part if node.match is Match.ALL else joined | part
    return ~joined if node.match is Match.NONE else joined


def _turned(condition: Condition, found: Q) -> Q:
    return ~found if condition.is_negated else found


def _area(condition: Condition, moment: Moment) -> Q:
    return _turned(condition, _lives_in(_texts(condition.values["areas"])))


def _lives_in(codes: Iterable[str]) -> Q:
    """Wards and constituencies by the person's own columns; any larger area by the wards inside it."""
    kinds = dict(Area.objects.filter(code__in=list(codes)).values_list("code", "kind"))
    seats = sorted(code for code, kind in kinds.items() if kind == AreaKind.CONSTITUENCY)
    wards = {code for code, kind in kinds.items() if kind == AreaKind.WARD}
    larger = frozenset(kinds) - wards - set(seats)
    if larger:
        inside = with_areas_inside(codes=larger)
        wards |= set(Area.objects.filter(code__in=inside, kind=AreaKind.WARD).values_list("code", flat=True))
    found = Q()
    for column, chosen in (("ward", sorted(wards)), ("constituency", seats)):
        if len(chosen) == 1:
            found |= Q(**{column: chosen[0]})
        elif chosen:
            found |= Q(**{f"{column}__in": chosen})
    # No such area any more: nobody lives there.
    return found or Q(pk__in=[])


def _agreed(condition: Condition, moment: Moment) -> Q:
    bit = agreed_bit(channel=str(condition.values["channel"]), purpose=str(condition.values["purpose"]))
    held = F("agreed").bitand(bit)
    return Q(Exact(held, 0)) if condition.is_negated else Q(GreaterThan(held, 0))


def _contacted(condition: Condition, moment: Moment) -> Q:
    since = start_of(values=condition.values, now=moment.now)
    if channel := condition.values.get("channel"):
        made = Contact.objects.filter(person=OuterRef("pk"), channel=channel, outcome__in=sorted(REACHED))
        return _turned(condition, Q(Exists(made.filter(at__gte=since) if since else made)))
    never = Q(last_contacted_at=None)
    if since is None:
        return never if condition.is_negated else Q(last_contacted_at__isnull=False)
    if condition.is_negated:
        return never | Q(last_contacted_at__lt=since)
    return Q(last_contacted_at__gte=since)


def _intention(condition: Condition, moment: Moment) -> Q:
    answers = _texts(condition.values["answers"])
    election = str(condition.values.get("election") or "")
    if not election:
        return _turned(condition, Q(last_said__in=answers))
    parties = [int(answer.removeprefix("party:")) for answer in answers if answer.startswith("party:")]
    others = [answer for answer in answers if not answer.startswith("party:")]
    newer = Intention.objects.filter(person=OuterRef("person"), election=election, at__gt=OuterRef("at"))
    said = Intention.objects.filter(
        Q(party__in=parties) | Q(choice__in=others), person=OuterRef("pk"), election=election
    )
    return _turned(condition, Q(Exists(said.filter(~Exists(newer)))))


def _on_register(condition: Condition, moment: Moment) -> Q:
    standing = RegisterMatch.objects.filter(
        person=OuterRef("pk"), state__in=[MatchState.MATCHED, MatchState.ACCEPTED]
    )
    return _turned(condition, Q(Exists(standing)))


def _tagged(condition: Condition, moment: Moment) -> Q:
    tagged = Person.tags.through._default_manager.filter(
        person_id=OuterRef("pk"), tag_id__in=_numbers(condition.values["tags"])
    )
    return _turned(condition, Q(Exists(tagged)))


def _signed(condition: Condition, moment: Moment) -> Q:
    signed = Signature.objects.filter(
        person=OuterRef("pk"),
        petition__in=_numbers(condition.values["petitions"]),
        state=SignatureState.CONFIRMED,
    )
    return _turned(condition, Q(Exists(signed)))


def _raised(condition: Condition, moment: Moment) -> Q:
    raised = IssueRaised.objects.filter(person=OuterRef("pk"), issue__in=_numbers(condition.values["issues"]))
    return _turned(condition, Q(Exists(raised)))


def _has_address(condition: Condition, moment: Moment) -> Q:
    address = condition.values["address"]
    if address == "post":
        found = ~Q(postcode="") & ~Q(address_line="")
    else:
        points = ContactPoint.objects.filter(
            person=OuterRef("pk"),
            kind=ContactPointKind.EMAIL if address == "email" else ContactPointKind.PHONE,
            unusable_at=None,
        )
        found = Q(Exists(points.filter(is_mobile=True) if address == "mobile" else points))
    return _turned(condition, found)


def _came_in(condition: Condition, moment: Moment) -> Q:
    since = start_of(values=condition.values, now=moment.now)
    found = Q(created_at__gte=since) if since else Q(created_at__isnull=False)
    return _turned(condition, found)


def _sent(condition: Condition, moment: Moment) -> Q:
    sent = Message.objects.filter(
        person=OuterRef("pk"),
        dispatch__mailing__in=_numbers(condition.values["mailings"]),
        state=MessageState.ACCEPTED,
    )
    return _turned(condition, Q(Exists(sent)))


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else []


def _numbers(value: object) -> list[int]:
    return [int(item) for item in _texts(value)]


_COMPILERS: Mapping[str, Callable[[Condition, Moment], Q]] = {
    "lives_in": _area,
    "agreed": _agreed,
    "contacted": _contacted,
    "intention": _intention,
    "on_register": _on_register,
    "tagged": _tagged,
    "signed": _signed,
    "raised": _raised,
    "has_address": _has_address,
    "came_in": _came_in,
    "sent": _sent,
}
