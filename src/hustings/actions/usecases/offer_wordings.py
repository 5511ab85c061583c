"""The exact words in which a petition's form asks for leave, each kept as a version."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from hustings.accounts.models import Organisation
from hustings.people.models import Channel, Purpose
from hustings.people.usecases.offers_of import Offer, offers_of

__all__ = ["OFFERS", "Offer", "offer_opinion_wording", "offer_wordings"]

#: Everything a petition may ask leave for, in the order of the form.
OFFERS: tuple[tuple[str, str], ...] = tuple(
    (channel, purpose)
    for purpose in (Purpose.CAMPAIGN, Purpose.VOLUNTEERING, Purpose.FUNDRAISING)
    for channel in (Channel.EMAIL, Channel.SMS, Channel.CALL)
)


def offer_wordings(
    *, asks: Sequence[str], organisation: Organisation, language: str, now: datetime
) -> list[Offer]:
    """The boxes for these `channel.purpose` pairs, in the form's order; words that are new are kept as a new version."""
    wanted = [(channel, purpose) for channel, purpose in OFFERS if f"{channel}.{purpose}" in asks]
    with override(language):
        words = {pair: _words(*pair) % {"organisation": organisation.name} for pair in wanted}
    return offers_of(asked_in="petition", words=words, language=language, now=now)


def offer_opinion_wording(*, organisation: Organisation, language: str, now: datetime) -> Offer:
    """The box by which somebody explicitly agrees that their political opinions are kept (UK GDPR Article 9(2)(a))."""
    with override(language):
        text = _(
            "I agree that %(organisation)s keeps what I say here about my vote and the issues that matter to me, "
            "which may show my political opinions. I can take this back at any time."
        ) % {"organisation": organisation.name}
    (offer,) = offers_of(
        asked_in="petition", words={("", str(Purpose.OPINION)): text}, language=language, now=now
    )
    return offer


def _words(channel: str, purpose: str) -> str:
    return {
        ("email", "campaign"): _("%(organisation)s may email me news of this and its other campaigns."),
        ("sms", "campaign"): _("%(organisation)s may text me news of this and its other campaigns."),
        ("call", "campaign"): _("%(organisation)s may telephone me about this and its other campaigns."),
        ("email", "volunteering"): _("%(organisation)s may email me ways to help."),
        ("sms", "volunteering"): _("%(organisation)s may text me ways to help."),
        ("call", "volunteering"): _("%(organisation)s may telephone me about ways to help."),
        ("email", "fundraising"): _("%(organisation)s may email me appeals for money."),
        ("sms", "fundraising"): _("%(organisation)s may text me appeals for money."),
        ("call", "fundraising"): _("%(organisation)s may telephone me with appeals for money."),
    }[channel, purpose]
