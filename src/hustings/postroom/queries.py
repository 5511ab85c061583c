"""What other apps and our own pages ask of the postroom."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hustings.accounts.access import Scope
from hustings.people.models import Channel
from hustings.platform.attention import Attention, Urgency
from hustings.postroom.access import dispatches_for, unknowns_for
from hustings.postroom.models import (
    WAITING_STATES,
    Dispatch,
    DispatchState,
    DomainHold,
    Message,
    MessageState,
    SendingDomainCheck,
)
from hustings.postroom.rules.quiet_hours import is_quiet
from hustings.postroom.rules.text_parts import cost_in_pence

#: How long a check of a sending domain is good for.
_CHECK_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchCounts:
    """How many messages of a dispatch stand where; `total` is their sum. Bounces and complaints are among the accepted."""

    total: int
    queued: int
    claimed: int
    deferred: int
    accepted: int
    refused: int
    unknown: int
    withdrawn: int
    bounced: int
    complained: int

    @property
    def ended(self) -> int:
        """Messages that have met their end."""
        return self.accepted + self.refused + self.unknown + self.withdrawn

    @property
    def attempted(self) -> int:
        """Messages that are contacts: everything the server was asked to take, and answered or not."""
        return self.accepted + self.refused + self.unknown


def dispatch_counts(*, dispatch: Dispatch) -> DispatchCounts:
    """Where the messages of one dispatch stand now, in two index reads."""
    return counts_by_dispatch(dispatch_ids=[dispatch.pk])[dispatch.pk]


def counts_by_dispatch(*, dispatch_ids: list[int]) -> dict[int, DispatchCounts]:
    """Where the messages of several dispatches stand now."""
    found: dict[int, dict[str, int]] = {pk: {state.value: 0 for state in MessageState} for pk in dispatch_ids}
    by_state = Message.objects.filter(dispatch__in=dispatch_ids).order_by().values_list("dispatch", "state")
    for pk, state, count in by_state.annotate(count=Count("id")):
        found[pk][state] = count
    reports = Message.objects.filter(dispatch__in=dispatch_ids).order_by().values_list("dispatch")
    came_back = {
        pk: (bounced, complained)
        for pk, bounced, complained in reports.annotate(
            bounced=Count("bounced_at"), complained=Count("complained_at")
        )
    }
    counts = {}
    for pk, states in found.items():
        bounced, complained = came_back.get(pk, (0, 0))
        counts[pk] = DispatchCounts(
            total=sum(states.values()), bounced=bounced, complained=complained, **states
        )
    return counts


def has_messages_due(*, dispatch_id: int, now: datetime) -> bool:
    """Whether a dispatch that is being sent has messages that could go now."""
    due = Message.objects.filter(Q(not_before=None) | Q(not_before__lte=now), dispatch=dispatch_id)
    waiting = due.filter(state__in=WAITING_STATES, dispatch__state=DispatchState.SENDING)
    if is_quiet(at=now):
        waiting = waiting.exclude(channel=Channel.SMS)  # texts to many wait until the morning
    held = DomainHold.objects.filter(held_until__gt=now).values("domain")
    return waiting.exclude(domain__in=held).exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFigures:
    """Text messages since a moment: how many stand where, the parts that were handed over, and their cost in pence."""

    states: dict[str, int]
    delivered: int
    parts: int
    cost_pence: int


def may_send_texts() -> bool:
    """Whether a provider of text messages is set up."""
    return bool(settings.HUSTINGS_TEXT_PROVIDER)


def text_cost_pence(*, parts: int) -> int:
    """What so many parts cost, at the price in the settings, in whole pence."""
    return cost_in_pence(parts=parts, pence_a_part=settings.HUSTINGS_TEXT_PENCE)


def text_figures(*, since: datetime) -> TextFigures:
    """Text messages queued since a moment."""
    texts = Message.objects.filter(channel=Channel.SMS, queued_at__gte=since).order_by()
    states = dict(texts.values_list("state").annotate(count=Count("id")))
    taken = texts.filter(state__in=[MessageState.ACCEPTED, MessageState.UNKNOWN])
    parts = taken.aggregate(parts=Sum("parts"))["parts"] or 0
    return TextFigures(
        states={state.value: states.get(state.value, 0) for state in MessageState},
        delivered=texts.exclude(delivered_at=None).count(),
        parts=parts,
        cost_pence=text_cost_pence(parts=parts),
    )


def sending_domain_warnings(*, from_address: str, now: datetime) -> list[str]:
    """What speaks against sending in bulk from this address's domain: codes `domain_not_checked`, `domain_check_old` or
    `domain_not_ready`; none if it was checked lately and found ready."""
    domain = from_address.rpartition("@")[2].lower()
    check = SendingDomainCheck.objects.filter(domain=domain).first()
    if check is None:
        return ["domain_not_checked"]
    if check.at < now - timedelta(days=_CHECK_DAYS):
        return ["domain_check_old"]
    return [] if check.is_ready else ["domain_not_ready"]


def attention(*, scope: Scope, now: datetime) -> list[Attention]:
    """What an organiser should look at: sendings that were interrupted, and messages of unknown fate."""
    found = []
    interrupted = (
        dispatches_for(scope=scope)
        .exclude(problem="")
        .exclude(state__in=[DispatchState.STOPPED, DispatchState.FINISHED])
    )
    for dispatch in interrupted[:5]:
        found.append(
            Attention(
                text=_("“%(label)s” was interrupted: %(why)s")
                % {"label": dispatch.label, "why": dispatch.problem},
                url=reverse("postroom_desk:dispatch", args=[dispatch.pk]),
                action=_("Look at the sending"),
                urgency=Urgency.TODAY,
            )
        )
    unknown = unknowns_for(scope=scope).count()
    if unknown:
        text = ngettext(
            "For %(count)s message it is not known whether it arrived.",
            "For %(count)s messages it is not known whether they arrived.",
            unknown,
        )
        found.append(
            Attention(
                text=text % {"count": unknown},
                url=reverse("postroom_desk:unknowns"),
                action=_("Decide"),
                urgency=Urgency.SOON,
                count=unknown,
            )
        )
    return found
