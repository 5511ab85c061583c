"""What the desk's home tells: figures of the last four weeks, and what needs attention."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hustings.accounts.access import Right, Scope, in_force, scope_of
from hustings.accounts.models import Appointment, User
from hustings.actions.models import Petition, PetitionState, Signature, SignatureState
from hustings.basics.clock import UK, uk_date
from hustings.contacts.models import Contact
from hustings.elections.models import Election
from hustings.platform import wiring
from hustings.platform.attention import Attention, Urgency
from hustings.platform.pages.parts import Tile

WEEKS = 4


@dataclass(frozen=True, kw_only=True)
class DayCount:
    """How many on one day."""

    on: date
    count: int


def attention_for(*, user: User, on: date, now: datetime) -> list[Attention]:
    """Everything that waits for this user, most urgent first; each source hears only the places of its right."""
    found: list[Attention] = []
    for source in wiring.attention():
        scope = scope_of(user=user, right=source.right, on=on)
        if not scope.is_empty:
            found += source.answer(user=user, scope=scope, now=now)
    return sorted(found, key=lambda item: (item.urgency, item.due_on or date.max, -item.count))


def ending_appointments(*, scope: Scope, now: datetime) -> list[Attention]:
    """Appointments that end within two weeks."""
    today = uk_date(now)
    ending = scope.filter(
        Appointment.objects.filter(in_force(on=today), valid_until__lte=today + timedelta(days=14)), "area"
    )
    count = ending.count()
    if not count:
        return []
    return [
        Attention(
            text=ngettext(
                "%(count)d appointment ends within two weeks.",
                "%(count)d appointments end within two weeks.",
                count,
            )
            % {"count": count},
            url=reverse("accounts_desk:logins"),
            action=_("See the logins"),
            urgency=Urgency.SOON,
            count=count,
        )
    ]


def draft_petitions(*, scope: Scope, now: datetime) -> list[Attention]:
    """Petitions that were begun and not opened, and open ones that close within a week."""
    petitions = scope.filter(Petition.objects.all(), "area")
    found = []
    drafts = list(petitions.filter(state=PetitionState.DRAFT).order_by("-made_at")[:6])
    if len(drafts) == 1:
        found.append(
            Attention(
                text=_("The petition “%(title)s” is still a draft.") % {"title": drafts[0].title},
                url=reverse("actions_desk:petition", args=[drafts[0].pk]),
                action=_("Finish and open it"),
                urgency=Urgency.WHENEVER,
                count=1,
            )
        )
    elif drafts:
        found.append(
            Attention(
                text=_("%(count)d petitions are still drafts.") % {"count": len(drafts)},
                url=reverse("actions_desk:petitions") + "?state=draft",
                action=_("See the drafts"),
                urgency=Urgency.WHENEVER,
                count=len(drafts),
            )
        )
    week = now + timedelta(days=7)
    for petition in petitions.filter(state=PetitionState.OPEN, closes_at__gt=now, closes_at__lte=week)[:3]:
        found.append(
            Attention(
                text=_("The petition “%(title)s” closes soon.") % {"title": petition.title},
                url=reverse("actions_desk:petition", args=[petition.pk]),
                action=_("Plan the hand-over"),
                urgency=Urgency.SOON,
                due_on=uk_date(petition.closes_at) if petition.closes_at else None,
            )
        )
    return found


def next_election(*, today: date) -> Election | None:
    """The next day of poll that is known."""
    return Election.objects.filter(poll_on__gte=today, is_notional=False).order_by("poll_on", "pk").first()


def signatures_by_day(*, scope: Scope, now: datetime) -> list[DayCount]:
    """Confirmed signatures under the petitions of those places, a count for each of the last four weeks' days."""
    signatures = scope.filter(
        Signature.objects.filter(state=SignatureState.CONFIRMED), "petition__area", "ward"
    )
    return _by_day(signatures, "confirmed_at", now)


def tiles_for(*, user: User, on: date, now: datetime) -> list[Tile]:
    """Four figures at most, each only to those who hold its right, for the places in which they hold it."""
    since = now - timedelta(days=7)
    tiles = []
    petitions = scope_of(user=user, right=Right.EDIT_PETITIONS, on=on)
    if not petitions.is_empty:
        mine = petitions.filter(Petition.objects.filter(state=PetitionState.OPEN), "area")
        newly = petitions.filter(
            Signature.objects.filter(state=SignatureState.CONFIRMED, confirmed_at__gte=since),
            "petition__area",
            "ward",
        ).count()
        tiles.append(
            Tile(
                label=_("open petitions"),
                value=mine.count(),
                note=ngettext("%(n)s signature this week", "%(n)s signatures this week", newly)
                % {"n": f"{newly:,}"},
                url=reverse("actions_desk:petitions"),
                tone="good",
            )
        )
    contacts = scope_of(user=user, right=Right.SEE_CONTACTS, on=on)
    if not contacts.is_empty:
        made = contacts.filter(Contact.objects.filter(at__gte=since), "person__ward", "person__constituency")
        tiles.append(
            Tile(
                label=_("contacts this week"),
                value=made.count(),
                note=_("last one %(when)s") % {"when": _when(made, now)}
                if made.exists()
                else _("nobody was contacted"),
                url=reverse("contacts_desk:neglect"),
                tone="info",
            )
        )
    return tiles


def _when(contacts: QuerySet[Contact], now: datetime) -> str:
    from hustings.platform.words import ago

    latest = contacts.aggregate(latest=Max("at"))["latest"]
    return ago(latest, now=now)


def _by_day(rows: QuerySet[Any], column: str, now: datetime) -> list[DayCount]:
    first = uk_date(now) - timedelta(days=7 * WEEKS - 1)
    midnight = datetime.combine(first, datetime.min.time(), tzinfo=UK)
    counted: Mapping[date, int] = dict(
        rows.filter(**{f"{column}__gte": midnight})
        .annotate(day=TruncDate(column, tzinfo=UK))
        .order_by()
        .values_list("day")
        .annotate(count=Count("pk"))
    )
    return [
        DayCount(on=day, count=counted.get(day, 0))
        for day in (first + timedelta(days=offset) for offset in range(7 * WEEKS))
    ]
