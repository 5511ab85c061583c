"""The courier of text messages: claims, asks the gate, writes, hands over one by one, records.

The same promises as for mail hold (docs/algorithms/delivery.md): a state for each recipient, a journal line before the first
byte leaves and when the answer comes, so that a kill leaves at most the one message in flight in doubt, and nobody is told
twice unless a person decides it.
"""

from django.conf import settings
from django.utils.translation import gettext as _

from hustings.basics.clock import Clock
from hustings.people.models import Channel
from hustings.postroom.delivery.courier import Tally
from hustings.postroom.delivery.gate import stopped_by_clearance
from hustings.postroom.delivery.journal import Journal
from hustings.postroom.delivery.service_templates import ServiceTemplateUnknown
from hustings.postroom.delivery.text_provider import ProviderUnreachable, TextProvider, TextsNotSetUp
from hustings.postroom.delivery.text_templates import written_text
from hustings.postroom.rules.compiled_message import FieldMissing
from hustings.postroom.rules.smtp_replies import Fate, Stage
from hustings.postroom.rules.text_protocol import body_of
from hustings.postroom.smtp.letters import Outcome
from hustings.postroom.usecases.claim_messages import ClaimedMessage, claim_messages, give_back, withdraw
from hustings.postroom.usecases.record_outcomes import record_outcomes
from hustings.postroom.usecases.settle_journals import journal_folder, settle_journals

_CLAIM = 50


def deliver_texts(*, clock: Clock) -> Tally:
    """Send every text message that waits; returns what became of them. A provider in trouble leaves them waiting."""
    settle_journals(now=clock.now())
    tally = Tally()
    try:
        provider = TextProvider(address=settings.HUSTINGS_TEXT_PROVIDER, token=settings.HUSTINGS_TEXT_TOKEN)
    except TextsNotSetUp as fault:
        tally.problem = str(fault)
        return tally
    journal = Journal(folder=journal_folder())
    is_recorded = False
    try:
        with provider:
            while not tally.problem and _one_round(provider, journal, tally, clock):
                pass
        is_recorded = True
    finally:
        journal.finish() if is_recorded else journal.leave()
    return tally


def _one_round(provider: TextProvider, journal: Journal, tally: Tally, clock: Clock) -> bool:
    """Claim some and send them; returns whether there were any."""
    now = clock.now()
    claimed = claim_messages(
        token=journal.token, dispatch_id=None, limit=_CLAIM, now=now, channel=Channel.SMS
    )
    if not claimed:
        return False
    reasons = stopped_by_clearance(messages=claimed, dispatch=None, now=now)
    bodies: dict[int, bytes] = {}
    for message in claimed:
        if message.id not in reasons:
            try:
                bodies[message.id] = _body(message)
            except (FieldMissing, ServiceTemplateUnknown) as fault:
                reasons[message.id] = _("It could not be written: %(why)s") % {"why": fault}
    tally.withdrawn += withdraw(reasons=reasons, now=now)
    for place, (key, body) in enumerate(bodies.items()):
        try:
            outcome = provider.send(key=key, body=body, begin=journal.begin)
        except ProviderUnreachable as trouble:
            tally.problem = str(trouble)
            give_back(token=journal.token, ids=list(bodies)[place:])
            return False
        journal.settle(outcome)
        tally.fates.update(record_outcomes(token=journal.token, outcomes=[outcome], now=clock.now()))
        if _is_about_us(outcome):
            tally.problem = _("The provider of text messages takes none now: %(code)s %(words)s") % {
                "code": outcome.code,
                "words": outcome.text,
            }
            give_back(token=journal.token, ids=list(bodies)[place + 1 :])
            return False
    return True


def _body(message: ClaimedMessage) -> bytes:
    text = written_text(name=message.template, language=message.language, fields=message.fields)
    return body_of(
        to=message.address, sender=settings.HUSTINGS_TEXT_FROM, text=text, reference=message.public_id
    )


def _is_about_us(outcome: Outcome) -> bool:
    return outcome.fate is Fate.DEFERRED and outcome.stage is Stage.CONNECT
