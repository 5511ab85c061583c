"""How the desk shows states of the postroom: coloured words, and sentences for codes."""

from django.utils.translation import gettext as _

from hustings.clearance.rules.gate import Reason
from hustings.clearance.rules.reason_words import words_of
from hustings.platform.pages.parts import Badge, Tone
from hustings.postroom.models import Dispatch, DispatchState, Message, MessageState

_DISPATCH_TONES: dict[str, Tone] = {
    DispatchState.READY: "plain",
    DispatchState.SENDING: "info",
    DispatchState.PAUSED: "warn",
    DispatchState.STOPPED: "bad",
    DispatchState.FINISHED: "good",
}
_MESSAGE_TONES: dict[str, Tone] = {
    MessageState.QUEUED: "plain",
    MessageState.CLAIMED: "info",
    MessageState.DEFERRED: "warn",
    MessageState.ACCEPTED: "good",
    MessageState.REFUSED: "bad",
    MessageState.UNKNOWN: "warn",
    MessageState.WITHDRAWN: "plain",
}


def dispatch_badge(dispatch: Dispatch) -> Badge:
    """Where a dispatch stands."""
    return Badge(text=dispatch.get_state_display(), tone=_DISPATCH_TONES[dispatch.state])


def message_badges(message: Message) -> list[Badge]:
    """Where a message stands, and whether it came back."""
    badges = [Badge(text=message.get_state_display(), tone=_MESSAGE_TONES[message.state])]
    if message.bounced_at:
        badges.append(Badge(text=_("bounced"), tone="bad"))
    if message.complained_at:
        badges.append(Badge(text=_("complaint"), tone="bad"))
    return badges


def reason_words(*, reason: str, channel: str) -> str:
    """A message's reason as people read it: clearance's codes in words, other sentences translated, answers as they are."""
    if reason in set(Reason):
        return _(words_of(reason=reason, channel=channel))
    return _(reason) if reason else ""


def warning_words(code: str, domain: str) -> str:
    """What speaks against sending in bulk from a domain, in a sentence that says what to do."""
    sentences = {
        "domain_not_checked": _(
            "Nobody has checked yet whether mailbox providers accept mail from %(domain)s. Check SPF, DKIM and DMARC before "
            "you send to many."
        ),
        "domain_check_old": _(
            "The check of %(domain)s is more than a month old. Check SPF, DKIM and DMARC again."
        ),
        "domain_not_ready": _(
            "%(domain)s is not set up for bulk mail: much of it may be refused or go to spam. Look at the check and follow "
            "its advice."
        ),
    }
    return sentences[code] % {"domain": domain}
