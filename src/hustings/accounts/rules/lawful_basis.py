"""On which lawful basis this organisation may do what, by what kind of organisation it is.

The difference that matters: only a person or organisation on the register of political parties may hold political opinions
under DPA 2018 Schedule 1 paragraph 22; everybody else needs explicit consent. Sources stand with each basis.
"""

from dataclasses import dataclass
from datetime import date

from hustings.accounts.rules.opinions import needs_explicit_consent
from hustings.basics.refusals import gettext_noop

REGISTERED_PARTY = "registered_party"
CANDIDATE = "candidate"
COUNCIL_GROUP = "council_group"
NON_PARTY = "non_party"
KINDS = (REGISTERED_PARTY, CANDIDATE, COUNCIL_GROUP, NON_PARTY)


class UnknownKind(ValueError):
    """No such kind of organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """One thing that is done with people's data, and why it is lawful.

    `activity` is a short stable word, `what` and `why` whole sentences for translators, `law` the citation.
    """

    activity: str
    what: str
    why: str
    law: str


_CONTACT_BY_CONSENT = Basis(
    activity="electronic_messages",
    what=gettext_noop("We send emails and text messages with news and appeals to people who asked for them."),
    why=gettext_noop(
        "You gave your consent. You can take it back at any time, in every message and on your own page."
    ),
    law="UK GDPR Art. 6(1)(a); PECR 2003 reg. 22",
)
_CONTACT_OTHERWISE = Basis(
    activity="post_phone_door",
    what=gettext_noop(
        "We write to people, telephone them and knock on their doors about local matters and elections."
    ),
    why=gettext_noop(
        "We have a legitimate interest in telling voters what we stand for. You can object at any time, and we stop at once."
    ),
    law="UK GDPR Art. 6(1)(f) and Art. 21(2); PECR 2003 reg. 21",
)
_PETITIONS = Basis(
    activity="petitions",
    what=gettext_noop("We count your signature under a petition and tell you what comes of it."),
    why=gettext_noop(
        "You asked us to. We use your name and address for the petition you signed, and for nothing else unless you chose it."
    ),
    law="UK GDPR Art. 6(1)(f)",
)
_REGISTER = Basis(
    activity="register",
    what=gettext_noop(
        "We hold a copy of the electoral register where the law gives us one, and compare it with people who contact us."
    ),
    why=gettext_noop(
        "The law lets us have it for electoral purposes only. We never publish it and destroy it when that ends."
    ),
    law="UK GDPR Art. 6(1)(f); Representation of the People (England and Wales) Regulations 2001 regs. 100 to 108",
)
_OPINIONS_PARTY = Basis(
    activity="opinions",
    what=gettext_noop("We keep what you tell us about how you may vote and which matters you care about."),
    why=gettext_noop(
        "We are a registered political party, and the law lets parties hold political opinions for their political work. "
        "Write to us if you want us to stop, and we will."
    ),
    law="UK GDPR Art. 9(2)(g); DPA 2018 s. 10 and Sch. 1 para. 22",
)
_OPINIONS_OTHERS = Basis(
    activity="opinions",
    what=gettext_noop(
        "We keep what you tell us about how you may vote, only where you agreed to that in so many words."
    ),
    why=gettext_noop(
        "You gave your explicit consent. You can take it back at any time, and we then erase it."
    ),
    law="UK GDPR Art. 9(2)(a)",
)


def bases(*, kind: str, holds_register: bool = True) -> tuple[Basis, ...]:
    """What an organisation of this kind does and why it is lawful, in the order in which a notice says it.

    `kind` is one of `KINDS`; raises `UnknownKind`.
    """
    if kind not in KINDS:
        raise UnknownKind(f"“{kind}” is not a kind of organisation; known are {', '.join(KINDS)}.")
    opinions = _OPINIONS_PARTY if kind == REGISTERED_PARTY else _OPINIONS_OTHERS
    register = (_REGISTER,) if holds_register and kind != NON_PARTY else ()
    return (_PETITIONS, _CONTACT_BY_CONSENT, _CONTACT_OTHERWISE, opinions, *register)


def needs_explicit_consent_for_opinions(*, kind: str, on: date) -> bool:
    """Whether this kind of organisation keeps voting intentions only with explicit consent: see `rules/opinions.py`."""
    if kind not in KINDS:
        raise UnknownKind(f"“{kind}” is not a kind of organisation; known are {', '.join(KINDS)}.")
    return needs_explicit_consent(is_registered_party=kind == REGISTERED_PARTY, on=on) is not None


def explanation(*, kind: str, on: date) -> str:
    """One paragraph for whoever sets the organisation up: what its kind means for people's political opinions."""
    if needs_explicit_consent_for_opinions(kind=kind, on=on):
        return gettext_noop(
            "Only registered parties may hold political opinions without asking. As you are not one, Hustings keeps how "
            "somebody may vote only where they ticked a box that says so, and its forms ask for that."
        )
    return gettext_noop(
        "As a registered party (or a branch of one) you may hold political opinions for your political work without asking "
        "for consent. You need an appropriate policy document, and you must stop when somebody writes to you that they "
        "object. Emails and text messages need consent all the same."
    )
