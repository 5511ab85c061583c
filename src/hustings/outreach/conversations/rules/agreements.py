"""What somebody can agree to by word of mouth: the words read aloud, what each needs, and what does not go together.

Consent is specific, informed, and given by a clear act (UK GDPR Arts. 4(11) and 7): each thing is asked for on its own, in words
that name who asks, and is noted only where they said yes. For political opinions it has to be explicit (Art. 9(2)(a)); for email
and texts it is needed before the first one (PECR 2003 reg. 22).
"""

from collections.abc import Collection
from dataclasses import dataclass

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.outreach.conversations.rules.answers import Spoken, Wish
from hustings.outreach.conversations.rules.words import ASKED

#: Where the words belong: the first part of the key under which each version is kept.
ASKED_IN = "conversation"


class WrongAgreement(Refusal):
    """What they are said to have agreed to does not fit together, or an address for it is missing; nothing was stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One thing that is asked for: its letter in figures, a short name for paper, and the words that are read aloud."""

    sign: str
    channel: str
    purpose: str
    name: str
    words: str


ASKS: tuple[Ask, ...] = (
    Ask(
        sign="O",
        channel="",
        purpose="opinion",
        name=gettext_noop("opinions kept"),
        words=ASKED["O"],
    ),
    Ask(
        sign="E",
        channel="email",
        purpose="campaign",
        name=gettext_noop("email"),
        words=ASKED["E"],
    ),
    Ask(
        sign="T",
        channel="sms",
        purpose="campaign",
        name=gettext_noop("text messages"),
        words=ASKED["T"],
    ),
    Ask(
        sign="C",
        channel="call",
        purpose="campaign",
        name=gettext_noop("telephone"),
        words=ASKED["C"],
    ),
    Ask(
        sign="P",
        channel="post",
        purpose="campaign",
        name=gettext_noop("post"),
        words=ASKED["P"],
    ),
)

_BY_PAIR = {(ask.channel, ask.purpose): ask for ask in ASKS}

#: The letters of all of them, in order.
SIGNS = "".join(ask.sign for ask in ASKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What somebody said yes to, and where they said they can be reached.

    `offers` are the values of the boxes that were ticked ("email.campaign.12": channel, purpose, version of the words);
    `email` and `mobile` are as they were taken down.
    """

    offers: tuple[str, ...] = ()
    email: str = ""
    mobile: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was agreed to and no address was given."""
        return not (self.offers or self.email.strip() or self.mobile.strip())


#: Nothing was asked, or nothing agreed to.
NOTHING_AGREED = Agreed()


def asks_for(*, channel: str, needs_consent_for_opinions: bool) -> tuple[Ask, ...]:
    """What is asked for by phone (`call`) or at the door (`door`), in order.

    Opinions only where the organisation needs consent to keep them; post only at a door, which is an address.
    """
    return tuple(
        ask
        for ask in ASKS
        if (ask.purpose != "opinion" or needs_consent_for_opinions)
        and (ask.channel != "post" or channel == Spoken.DOOR)
    )


def ask_for(*, channel: str, purpose: str) -> Ask:
    """What stands for this channel and purpose; raises `KeyError` for what is never asked for aloud."""
    return _BY_PAIR[channel, purpose]


def signs_of(*, pairs: Collection[tuple[str, str]]) -> str:
    """The letters of these channels and purposes, in order, as a conversation keeps them for its figures.

    >>> signs_of(pairs=[("sms", "campaign"), ("", "opinion")])
    'OT'
    """
    return "".join(ask.sign for ask in ASKS if (ask.channel, ask.purpose) in pairs)


def check_wish(*, spoken: str, wish: Wish, channels: Collection[str]) -> None:
    """Raise `WrongAgreement` where they asked not to be contacted and are said to have agreed to just that.

    Not to be called on again and news by email go together; no contact at all goes together with nothing.
    """
    if wish is Wish.NOT_AT_ALL and channels:
        raise WrongAgreement(
            "contradiction",
            gettext_noop(
                "They asked for no contact at all, so nothing they may have agreed to counts. Take the ticks away, or the wish."
            ),
        )
    if wish is Wish.NOT_THIS_WAY and spoken in channels:
        raise WrongAgreement(
            "contradiction",
            gettext_noop(
                "They asked not to be called again, and agreed to telephone calls. Only one can be: ask, or take the tick away."
            ),
        )


def check_addresses(
    *, channels: Collection[str], gave: Collection[str], has: Collection[str], is_mobile: bool
) -> None:
    """Raise `WrongAgreement` where an agreed channel has no address, or an address was given for nothing.

    `gave` and `has` name what was taken down now and what is on file: “email”, “mobile”, “phone”, “post”. `is_mobile` says
    whether the number taken down can take texts.
    """
    if "email" in channels and not {"email"} & {*gave, *has}:
        raise WrongAgreement(
            "email",
            gettext_noop("They agreed to emails: write down their address, or take the tick away."),
        )
    if "sms" in channels and "mobile" in gave and not is_mobile and "mobile" not in has:
        raise WrongAgreement(
            "mobile",
            gettext_noop("Texts reach mobile numbers alone. Ask for one, or take that tick away."),
        )
    if "sms" in channels and not {"mobile"} & {*gave, *has}:
        raise WrongAgreement(
            "mobile",
            gettext_noop("They agreed to texts: write down their mobile number, or take the tick away."),
        )
    if "call" in channels and not {"mobile", "phone"} & {*gave, *has}:
        raise WrongAgreement(
            "mobile",
            gettext_noop("They agreed to telephone calls: write down their number, or take the tick away."),
        )
    if "post" in channels and "post" not in has:
        raise WrongAgreement(
            "post",
            gettext_noop("They agreed to post, and no address is on file. Take that tick away."),
        )
    if "email" in gave and "email" not in channels:
        raise WrongAgreement(
            "email",
            gettext_noop("An address is kept only where they agreed to emails. Tick that, or empty it."),
        )
    if "mobile" in gave and not {"sms", "call"} & set(channels):
        raise WrongAgreement(
            "mobile",
            gettext_noop(
                "A number is kept only where they agreed to texts or telephone calls. Tick that, or empty it."
            ),
        )


#: Below so many people a count of those who agreed is not told: a handful could be recognised.
SMALL = 10


def count_told(*, people: int) -> int | None:
    """A count as it is told: the number, or nothing for fewer than `SMALL`, nobody among them.

    >>> count_told(people=12), count_told(people=9), count_told(people=0)
    (12, None, None)
    """
    return people if people >= SMALL else None


def kinds_of(*, signs: str) -> tuple[str, ...]:
    """What letters stand for, in words for programs: “opinion”, or the channel.

    >>> kinds_of(signs="OT")
    ('opinion', 'sms')
    """
    return tuple(ask.channel or ask.purpose for ask in ASKS if ask.sign in signs)
