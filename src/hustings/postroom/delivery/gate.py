"""The last question before a message leaves, put to clearance for each claimed batch.

Bulk messages were cleared with their audience; clearance says who has objected, withdrawn, been erased, or become
unreachable since, and whether the approved copy still holds. Single messages get their Clearance here, and point to it.
"""

from collections.abc import Sequence
from datetime import datetime

from hustings.clearance.usecases.clear_addresses import SingleMessage, clear_addresses
from hustings.clearance.usecases.recheck import recheck
from hustings.postroom.models import Dispatch, Message
from hustings.postroom.usecases.claim_messages import ClaimedMessage


def stopped_by_clearance(
    *, messages: Sequence[ClaimedMessage], dispatch: Dispatch | None, now: datetime
) -> dict[int, str]:
    """The claimed messages that must not go, each with clearance's reason (`hustings.clearance.rules.gate.Reason`)."""
    if dispatch is None:
        return _singles(messages, now)
    clearance = dispatch.clearance
    people = {message.person_id for message in messages if message.person_id is not None}
    refused = recheck(
        person_ids=people,
        channel=clearance.channel,
        purpose=clearance.purpose,
        now=now,
        copy=clearance.copy,
        uses_opinions=clearance.uses_opinions,
    )
    return {
        message.id: refused[message.person_id]
        for message in messages
        if message.person_id is not None and message.person_id in refused
    }


def _singles(messages: Sequence[ClaimedMessage], now: datetime) -> dict[int, str]:
    stopped: dict[int, str] = {}
    for channel, purpose in sorted({(message.channel, message.purpose) for message in messages}):
        asked = [
            SingleMessage(key=message.id, address=message.address, person_id=message.person_id)
            for message in messages
            if (message.channel, message.purpose) == (channel, purpose)
        ]
        answer = clear_addresses(messages=asked, channel=channel, purpose=purpose, now=now)
        stopped |= answer.refused
        cleared = [message.key for message in asked if message.key not in answer.refused]
        Message.objects.filter(id__in=cleared).update(clearance=answer.clearance)
    return stopped
