"""Reads about contacts: who was reached where and when, who never was, and what people intend."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from hustings.accounts.access import EVERYTHING, Scope
from hustings.accounts.models import Organisation
from hustings.accounts.rules.opinions import basis_for_opinion
from hustings.contacts.models import Contact, Intention
from hustings.contacts.rules.reach import REACHED
from hustings.people.models import Channel, Consent, ContactPoint, ContactPointKind, Person, Purpose

#: How long ago a contact may lie before a place counts as neglected.
RECENT = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class WardReach:
    """One ward's people and how far they were reached; `code` is empty for people whose ward is not known.

    `reachable` may be written to or rung for campaigns: consent is in force and the address is usable. `contacted` were reached
    since the day asked about, `never` not once. `electors_met` were spoken to at the door and are known from the register alone.
    """

    code: str
    name: str
    people: int
    reachable: int
    contacted: int
    never: int
    electors_met: int = 0

    @property
    def contact_rate(self) -> float:
        """Share of the people contacted, between 0 and 1."""
        return self.contacted / self.people if self.people else 0.0

    @property
    def neglected(self) -> int:
        """How many people were not contacted since the day asked about."""
        return self.people - self.contacted


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentionCount:
    """How many people's latest answer this is; `party` is empty where no party was named."""

    choice: str
    party: str
    people: int


def people_held(*, scope: Scope = EVERYTHING) -> QuerySet[Person]:
    """People we hold, without those erased, merged into another or gone, narrowed to a scope."""
    held = Person.objects.filter(merged_into=None, erased_at=None, gone_at=None)
    return scope.filter(held, "ward", "constituency")


def contact_rate_by_ward(*, since: datetime, scope: Scope = EVERYTHING) -> list[WardReach]:
    """Every ward with people in it, the worst contact rate first; people without a ward come last.

    Before those stand wards in which nobody is on file, but electors were met at the door.
    """
    met = electors_met_by_ward(since=since, scope=scope)
    held = people_held(scope=scope)
    reachable = dict(
        held.filter(_reachable())
        .values_list("ward")
        .annotate(number=Count("pk"))
        .values_list("ward", "number")
    )
    rows = (
        held.values("ward", name=F("ward__name"))
        .annotate(
            people=Count("pk"),
            contacted=Count("pk", filter=Q(last_contacted_at__gte=since)),
            never=Count("pk", filter=Q(last_contacted_at=None)),
        )
        .order_by()
    )
    found = [
        WardReach(
            code=row["ward"] or "",
            name=row["name"] or "",
            people=row["people"],
            reachable=reachable.get(row["ward"], 0),
            contacted=row["contacted"],
            never=row["never"],
            electors_met=met.pop(row["ward"] or "", ("", 0))[1],
        )
        for row in rows
    ]
    found += [
        WardReach(code=code, name=name, people=0, reachable=0, contacted=0, never=0, electors_met=number)
        for code, (name, number) in met.items()
    ]
    return sorted(
        found,
        key=lambda ward: (not ward.code, not ward.people, ward.contact_rate, -ward.people, ward.name),
    )


def electors_met_by_ward(*, since: datetime, scope: Scope = EVERYTHING) -> dict[str, tuple[str, int]]:
    """Electors known from the register alone who were reached since a moment, by ward of their entry: name, number."""
    reached = Contact.objects.filter(
        elector__isnull=False,
        at__gte=since,
        outcome__in=sorted(REACHED),
        elector__entries__version__is_current=True,
    )
    rows = (
        scope.filter(reached, "elector__entries__ward", "elector__entries__constituency")
        .order_by()
        .values_list("elector__entries__ward", "elector__entries__ward__name")
        .annotate(number=Count("elector", distinct=True))
    )
    return {code or "": (name or "", number) for code, name, number in rows}


def people_not_contacted_since(*, since: datetime, scope: Scope = EVERYTHING) -> QuerySet[Person]:
    """People who were not reached since a moment, those never reached first, then the longest ago."""
    neglected = people_held(scope=scope).filter(Q(last_contacted_at=None) | Q(last_contacted_at__lt=since))
    return neglected.order_by(F("last_contacted_at").asc(nulls_first=True), "pk")


def contacts_of(*, person_id: int) -> QuerySet[Contact]:
    """One person's contacts, the newest first."""
    return Contact.objects.filter(person_id=person_id).order_by("-at", "-pk")


def latest_intention(*, person_id: int) -> Intention | None:
    """What the person last said about their vote."""
    return Intention.objects.select_related("party").filter(person_id=person_id, is_latest=True).first()


def may_keep_opinion(*, person: Person | None, on: date) -> bool:
    """Whether the law lets us note an opinion of this person (`None` for an elector we know only from the register)."""
    organisation = Organisation.objects.first()
    given = (
        None
        if person is None
        else Consent.objects.filter(person=person, channel="", purpose=Purpose.OPINION)
        .values_list("is_given", flat=True)
        .first()
    )
    return basis_for_opinion(
        is_registered_party=organisation is not None and organisation.is_registered_party,
        has_consented=given is True,
        has_objected=given is False,
        on=on,
    ).is_allowed


def intentions_by_party(*, scope: Scope = EVERYTHING, election_id: str = "") -> list[IntentionCount]:
    """How many people gave each answer last, the commonest first; about one election where it is named."""
    latest = Intention.objects.filter(is_latest=True, person__in=people_held(scope=scope).values("pk"))
    if election_id:
        latest = latest.filter(election=election_id)
    rows = (
        latest.values("choice", name=F("party__name"))
        .annotate(people=Count("pk"))
        .order_by("-people", "name")
    )
    return [
        IntentionCount(choice=row["choice"], party=row["name"] or "", people=row["people"]) for row in rows
    ]


def contacts_by_day(*, since: datetime, scope: Scope = EVERYTHING) -> Iterator[tuple[str, str, int]]:
    """Day (ISO), channel and number of contacts with people in the scope, oldest day first."""
    from django.db.models.functions import TruncDate

    made = scope.filter(Contact.objects.filter(at__gte=since), "person__ward", "person__constituency")
    rows = made.annotate(day=TruncDate("at")).values_list("day", "channel").annotate(number=Count("pk"))
    for day, channel, number in rows.order_by("day", "channel"):
        yield day.isoformat(), channel, number


def _reachable() -> Q:
    """Consent to campaigns in force by email, text message or telephone, and a usable address for it."""
    ways = Q(pk__in=[])
    for channel, kind in (
        (Channel.EMAIL, Q(kind=ContactPointKind.EMAIL)),
        (Channel.SMS, Q(kind=ContactPointKind.PHONE, is_mobile=True)),
        (Channel.CALL, Q(kind=ContactPointKind.PHONE)),
    ):
        agreed = Consent.objects.filter(
            person=OuterRef("pk"), channel=channel, purpose=Purpose.CAMPAIGN, is_given=True
        )
        usable = ContactPoint.objects.filter(kind, person=OuterRef("pk"), unusable_at=None)
        ways |= Q(Exists(agreed)) & Q(Exists(usable))
    return ways
