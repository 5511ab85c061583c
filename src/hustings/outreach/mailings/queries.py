"""What became of mailings, in figures that must agree."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from hustings.contacts.models import Contact, Outcome
from hustings.outreach.mailings.models import Mailing
from hustings.postroom.models import Message, MessageState


@dataclass(frozen=True, kw_only=True)
class MailingFigures:
    """A mailing in numbers.

    `audience = cleared + refused`, `cleared = waiting + accepted + refused_by_server + unknown + withdrawn`, and
    `contacts = accepted + refused_by_server + unknown`; `bounced` came back after they were accepted.
    """

    audience: int
    cleared: int
    refused: int
    refused_by_reason: Mapping[str, int]
    waiting: int
    accepted: int
    refused_by_server: int
    unknown: int
    withdrawn: int
    bounced: int
    contacts: int

    @property
    def agree(self) -> bool:
        """Whether every person is accounted for."""
        ended = self.accepted + self.refused_by_server + self.unknown
        return (
            self.audience == self.cleared + self.refused
            and self.refused == sum(self.refused_by_reason.values())
            and self.cleared == self.waiting + ended + self.withdrawn
            and self.contacts == ended
        )


def figures_of(*, mailing: Mailing) -> MailingFigures | None:
    """The figures of a mailing that has begun to go out; `None` before."""
    if mailing.clearance is None or mailing.dispatch_id is None:
        return None
    messages = Message.objects.filter(dispatch=mailing.dispatch_id)
    by_state = dict(messages.values_list("state").annotate(Count("pk")).order_by())
    ended = {MessageState.ACCEPTED, MessageState.REFUSED, MessageState.UNKNOWN, MessageState.WITHDRAWN}
    contacts = Contact.objects.filter(message__dispatch=mailing.dispatch_id).exclude(
        outcome=Outcome.ATTEMPTED
    )
    return MailingFigures(
        audience=mailing.clearance.asked,
        cleared=mailing.clearance.cleared,
        refused=mailing.clearance.refused,
        refused_by_reason=mailing.clearance.counts,
        waiting=sum(number for state, number in by_state.items() if state not in ended),
        accepted=by_state.get(MessageState.ACCEPTED, 0),
        refused_by_server=by_state.get(MessageState.REFUSED, 0),
        unknown=by_state.get(MessageState.UNKNOWN, 0),
        withdrawn=by_state.get(MessageState.WITHDRAWN, 0),
        bounced=messages.filter(Q(state=MessageState.ACCEPTED), bounced_at__isnull=False).count(),
        contacts=contacts.count(),
    )
