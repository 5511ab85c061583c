"""The words that a caller or canvasser reads aloud, each kept as a version."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hustings.accounts.models import Organisation
from hustings.accounts.rules.opinions import needs_explicit_consent
from hustings.basics.clock import uk_date
from hustings.outreach.conversations.rules.agreements import ASKED_IN, ask_for, asks_for
from hustings.people.usecases.offers_of import Offer, offers_of, offers_seen


def offer_words(*, channel: str, now: datetime) -> list[Offer]:
    """What is asked for by phone (`call`) or at the door (`door`), in the language in use; new words are a new version."""
    organisation = Organisation.objects.first()
    if organisation is None:
        return []
    needs_consent = (
        needs_explicit_consent(is_registered_party=organisation.is_registered_party, on=uk_date(now))
        is not None
    )
    words = {
        (ask.channel, ask.purpose): _(ask.words).format(organisation=organisation.name)
        for ask in asks_for(channel=channel, needs_consent_for_opinions=needs_consent)
    }
    return offers_of(asked_in=ASKED_IN, words=words, language=get_language() or "en-gb", now=now)


def signed(*, offers: Iterable[Offer]) -> list[tuple[str, str, Offer]]:
    """Each with the letter and the short name by which it stands on paper and in figures."""
    asks = [(ask_for(channel=offer.channel, purpose=offer.purpose), offer) for offer in offers]
    return [(ask.sign, _(ask.name), offer) for ask, offer in asks]


def words_seen(*, wording_ids: Iterable[int]) -> list[Offer]:
    """The words as they stand on a paper that was printed with these versions."""
    return offers_seen(asked_in=ASKED_IN, wording_ids=wording_ids)
