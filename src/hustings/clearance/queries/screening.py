"""How the telephone numbers of some people stand with the preference services: which list, how old, and who is not looked up."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from hustings.accounts.access import Scope
from hustings.basics.clock import uk_date
from hustings.clearance.rules.gate import screened_since
from hustings.people.access import people_for
from hustings.people.models import ContactPoint, ContactPointKind, Person, PreferenceList, PreferenceService
from hustings.people.queries.preference_services import telephone_standing
from hustings.platform.attention import Attention, Urgency


@dataclass(frozen=True, kw_only=True)
class ServiceStanding:
    """The newest file of one service; `age_days` from the day the file is of. None where none ever came in."""

    service: PreferenceService
    newest: PreferenceList | None
    age_days: int | None
    is_in_time: bool


@dataclass(frozen=True, kw_only=True)
class Screening:
    """What a call list needs to know. `days` is how old a look-up may be; `since` the first day that is recent enough."""

    services: tuple[ServiceStanding, ...]
    days: int | None
    since: date | None
    with_number: int
    listed: int
    unscreened: int


def screening_of(*, people: QuerySet[Person], on: date) -> Screening:
    """How these people stand on a day."""
    since = screened_since(on=on)
    ids = list(_numbers(people).values_list("person", flat=True).distinct())
    listed, unscreened = (
        telephone_standing(person_ids=ids, since=since, on=on)
        if since
        else (frozenset[int](), frozenset[int]())
    )
    return Screening(
        services=tuple(_standing(service, since=since, on=on) for service in PreferenceService),
        days=(on - since).days if since else None,
        since=since,
        with_number=len(ids),
        listed=len(listed),
        unscreened=len(unscreened),
    )


def numbers_to_screen(*, people: QuerySet[Person], on: date) -> list[str]:
    """The numbers that were not looked up in time, each once, as the services take them: digits, and nothing about anybody."""
    since = screened_since(on=on)
    if since is None:
        return []
    ids = list(_numbers(people).values_list("person", flat=True).distinct())
    _listed, unscreened = telephone_standing(person_ids=ids, since=since, on=on)
    rows = _numbers(people).filter(person__in=unscreened) if len(unscreened) < 900 else _numbers(people)
    return sorted(
        {value for person, value in rows.values_list("person", "canonical") if person in unscreened}
    )


def attention(*, scope: Scope, now: datetime) -> list[Attention]:
    """Numbers that have to be looked up again, where they were looked up before: somebody telephones here."""
    on = uk_date(now)
    newest = PreferenceList.objects.filter(service=PreferenceService.TPS).first()
    since = screened_since(on=on)
    if newest is None or since is None or newest.as_of >= since:
        return []
    count = screening_of(people=people_for(scope=scope), on=on).unscreened
    if not count:
        return []
    return [
        Attention(
            text=ngettext(
                "One person's number was not looked up at the Telephone Preference Service in time.",
                "The numbers of %(count)d people were not looked up at the Telephone Preference Service in time.",
                count,
            )
            % {"count": count},
            url=reverse("clearance_desk:screening"),
            action=gettext("Screen before you ring"),
            urgency=Urgency.SOON,
            count=count,
        )
    ]


def _numbers(people: QuerySet[Person]) -> QuerySet[ContactPoint]:
    points = ContactPoint.objects.filter(kind=ContactPointKind.PHONE, unusable_at=None).exclude(canonical="")
    return points.filter(person__in=people)


def _standing(service: PreferenceService, *, since: date | None, on: date) -> ServiceStanding:
    newest = PreferenceList.objects.filter(service=service, as_of__lte=on).first()
    return ServiceStanding(
        service=service,
        newest=newest,
        age_days=(on - newest.as_of).days if newest else None,
        is_in_time=newest is not None and (since is None or newest.as_of >= since),
    )
