"""The gate's rule: may this person be contacted by this channel, for this purpose, with this copy, at this
moment?

What is known of a person is a handful of yes-or-no facts, so it is one small integer (`Fact`), and the answer
depends on nothing else of the person. An audience of a hundred thousand has at most a few hundred different
integers: the use case decides each once and spreads the verdicts. There is one rule for one person and for
all.

A refusal has one reason, the first of `Reason` in its order; the order is documented and does not change with
the person. Only confirmed law and our own stated limits refuse; what rests on an unconfirmed entry is a
warning.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntFlag, StrEnum
from functools import cache
from pathlib import Path

from hustings.accounts.rules.opinions import needs_explicit_consent
from hustings.basics.refusals import gettext_noop
from hustings.basics.tables import Entry, NoRuleInForce, RuleTable, load_table

_TABLES = Path(__file__).parent / "tables"


class Fact(IntFlag):
    """What is known of a person for one channel and purpose."""

    ERASED = 1 << 0
    MERGED = 1 << 1  # joined to another record, which is the one to write to
    SUPPRESSED = 1 << 2  # asked for no contact at all by this channel
    OBJECTED = 1 << 3  # objected to marketing by this channel or by all
    DOUBTFUL = 1 << 4  # may be someone who objected: nobody has looked yet
    HAS_ADDRESS = 1 << 5
    ADDRESS_VERIFIED = 1 << 6
    ADDRESS_FAILING = 1 << 7  # letters or messages came back for good
    CONSENTED = 1 << 8  # opted in to this channel and purpose
    PREFERENCE_LISTED = 1 << 9  # on the telephone or mailing preference service
    DECEASED = 1 << 10
    GONE_AWAY = 1 << 11
    UNDER_13 = 1 << 12
    UNDER_16 = 1 << 13
    UNDER_18 = 1 << 14
    FROM_REGISTER = 1 << 15  # we may reach them only because the register gives us name and address
    REGISTER_LAPSED = 1 << 16  # our entitlement to that register has ended
    OPINION_CONSENTED = 1 << 17  # explicit consent to use of political opinions
    TOO_OFTEN = 1 << 18  # the organisation's own limit of contacts is reached
    OPINION_OBJECTED = 1 << 19  # took that consent back, or gave notice to stop
    UNSCREENED = 1 << 20  # a number of theirs was not looked up at the preference service in time
    ANONYMOUS = 1 << 21  # an anonymous entry on the register: a number without name and address
    AGE_UNCLEAR = (
        1 << 22
    )  # a register of a nation that votes from 16 gives a day ahead: of the 16th or the 18th birthday


class Channel(StrEnum):
    """How a message reaches a person."""

    EMAIL = "email"
    SMS = "sms"
    CALL = "call"
    AUTOMATED_CALL = "automated-call"
    POST = "post"
    FREEPOST = "freepost"
    DOOR = "door"
    LEAFLET = "leaflet"


class Purpose(StrEnum):
    """What a message is for. `SERVICE` and `ACCOUNT` carry no appeal; the other three are marketing."""

    ACCOUNT = "account"
    SERVICE = "service"
    CAMPAIGN = "campaign"
    FUNDRAISING = "fundraising"
    VOLUNTEERING = "volunteering"

    @property
    def is_marketing(self) -> bool:
        """Whether the law on direct marketing holds."""
        return self in {Purpose.CAMPAIGN, Purpose.FUNDRAISING, Purpose.VOLUNTEERING}


SPOKEN = frozenset(
    {Channel.CALL, Channel.DOOR}
)  # a conversation: a script is good, but not the law's material


class Reason(StrEnum):
    """Why a person is refused; the first that holds, in this order, is the one given."""

    ERASED = "erased"
    MERGED = "merged"
    SUPPRESSED = "suppressed"
    OBJECTED = "objected"
    DOUBTFUL_OBJECTION = "doubtful-objection"
    ANONYMOUS_ENTRY = "anonymous-entry"
    NO_ADDRESS = "no-address"
    ADDRESS_FAILING = "address-failing"
    ADDRESS_UNVERIFIED = "address-unverified"
    NO_CONSENT = "no-consent"
    PREFERENCE_SERVICE = "preference-service"
    NOT_SCREENED = "not-screened"
    DECEASED = "deceased"
    GONE_AWAY = "gone-away"
    UNDER_AGE = "under-age"
    UNDER_16 = "under-16"
    REGISTER_LAPSED = "register-lapsed"
    NO_OPINION_CONSENT = "no-opinion-consent"
    CHANNEL_NOT_FOR_PURPOSE = "channel-not-for-purpose"
    NO_MATERIAL = "no-material"
    MATERIAL_NOT_APPROVED = "material-not-approved"
    IMPRINT_MISSING = "imprint-missing"
    PROMOTER_UNVERIFIED = "promoter-unverified"
    WRONG_CHANNEL = "wrong-channel"
    WRONG_PURPOSE = "wrong-purpose"
    TOO_EARLY = "too-early"
    TOO_LATE = "too-late"
    TOO_OFTEN = "too-often"


@dataclass(frozen=True, kw_only=True)
class CopyFacts:
    """What the gate asks about an approved copy; `valid_until` is the first moment at which it may not go
    out.
    """

    is_approved: bool
    has_imprint: bool
    is_promoter_verified: bool
    channels: frozenset[Channel]
    purpose: Purpose
    valid_from: datetime | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question put to the gate for a whole audience.

    `on` is the date in the United Kingdom at `now`. `is_registered_party` is the organisation's type;
    `uses_opinions` whether people were chosen by what they think (intention, scores, issues);
    `needs_screened` whether it calls only numbers that were looked up at a preference service in time (its own limit too);
    `leaves_out_under_16` whether nobody under 16 gets marketing who did not ask for it (our own rule, not law);
    `needs_verified` whether the organisation writes marketing only to addresses that were confirmed (its own
    limit, not law).
    """

    channel: Channel
    purpose: Purpose
    copy: CopyFacts | None
    now: datetime
    on: date
    is_registered_party: bool
    uses_opinions: bool = False
    needs_verified: bool = False
    needs_screened: bool = False
    leaves_out_under_16: bool = False


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A doubt that does not refuse: what it is about, the rule and the entry."""

    code: str
    rule: str
    entry_id: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The gate's answer: cleared, or refused for one reason with its rule; and the doubts either way."""

    is_cleared: bool
    reason: Reason | None = None
    rule: str = ""
    entry_id: str = ""
    remarks: tuple[Remark, ...] = ()


@cache
def channel_rules() -> RuleTable:
    """What a message by each channel needs, by day of sending."""
    return load_table(_TABLES / "channel_rules.toml")


@cache
def screening_rules() -> RuleTable:
    """How lately a number must have been looked up at a preference service."""
    return load_table(_TABLES / "screening_rules.toml")


def screened_since(*, on: date) -> date | None:
    """The first day on which a look-up is recent enough for a call on that day; `None` where no rule is in force."""
    try:
        return on - timedelta(days=screening_rules().entry(on=on, service="tps").integer("days"))
    except NoRuleInForce:
        return None


@cache
def age_rules() -> RuleTable:
    """The age below which nobody is asked, by purpose."""
    return load_table(_TABLES / "age_rules.toml")


_OWN = "our own rule"


def decide(*, facts: Fact, ask: Ask) -> Verdict:
    """Clear or refuse a person of whom these facts are known."""
    remarks: list[Remark] = []
    for refusal in _refusals(facts, ask, remarks):
        reason, rule, entry = refusal
        return Verdict(
            is_cleared=False,
            reason=reason,
            rule=rule,
            entry_id=entry.id if entry else "",
            remarks=tuple(remarks),
        )
    return Verdict(is_cleared=True, remarks=tuple(remarks))


Refusal = tuple[Reason, str, Entry | None]


def _refusals(facts: Fact, ask: Ask, remarks: list[Remark]) -> Iterator[Refusal]:
    """Every reason to refuse, in the order of `Reason`; doubts are added to `remarks` on the way."""
    if Fact.ERASED in facts:
        yield Reason.ERASED, "UK GDPR Art 17", None
    if Fact.MERGED in facts:
        yield Reason.MERGED, _OWN, None
    if ask.purpose is Purpose.ACCOUNT:
        # A login link or a security notice to someone who has an account: only an address is needed.
        if Fact.HAS_ADDRESS not in facts:
            yield Reason.NO_ADDRESS, _OWN, None
        return
    rule = _channel_rule(ask)
    yield from _objections(facts, rule)
    if Fact.ANONYMOUS in facts:
        yield Reason.ANONYMOUS_ENTRY, "Representation of the People Act 1983 s.9B", None
    if rule is not None:
        yield from _addresses(facts, ask, rule)
        yield from _permission(facts, ask, rule, remarks)
    if Fact.DECEASED in facts:
        yield Reason.DECEASED, _OWN, None
    if Fact.GONE_AWAY in facts and ask.channel in {Channel.POST, Channel.FREEPOST, Channel.DOOR}:
        yield Reason.GONE_AWAY, _OWN, None
    if ask.purpose.is_marketing:
        yield from _age(facts, ask, rule, remarks)
    if Fact.FROM_REGISTER in facts and Fact.REGISTER_LAPSED in facts:
        yield (
            Reason.REGISTER_LAPSED,
            "Representation of the People (England and Wales) Regulations 2001",
            None,
        )
    if ask.uses_opinions:
        yield from _opinions(facts, ask, remarks)
    if rule is None:
        yield Reason.CHANNEL_NOT_FOR_PURPOSE, _OWN, None
    yield from _copy(ask, remarks)
    if Fact.TOO_OFTEN in facts and ask.purpose.is_marketing:
        yield Reason.TOO_OFTEN, _OWN, None


def _channel_rule(ask: Ask) -> Entry | None:
    purpose = "marketing" if ask.purpose.is_marketing else "service"
    try:
        return channel_rules().entry(on=ask.on, channel=str(ask.channel), purpose=purpose)
    except NoRuleInForce:
        return None


def _objections(facts: Fact, rule: Entry | None) -> Iterator[Refusal]:
    if Fact.SUPPRESSED in facts:
        yield Reason.SUPPRESSED, "UK GDPR Art 21(2)-(3)", None
    if rule is not None and not rule.flag("objection"):
        return
    if Fact.OBJECTED in facts:
        yield Reason.OBJECTED, "UK GDPR Art 21(2)-(3)", rule
    if Fact.DOUBTFUL in facts:
        yield Reason.DOUBTFUL_OBJECTION, _OWN, rule


def _addresses(facts: Fact, ask: Ask, rule: Entry) -> Iterator[Refusal]:
    if rule.text("address") == "none":
        return
    if Fact.HAS_ADDRESS not in facts:
        yield Reason.NO_ADDRESS, _OWN, None
    if Fact.ADDRESS_FAILING in facts:
        yield Reason.ADDRESS_FAILING, _OWN, None
    if ask.needs_verified and ask.purpose.is_marketing and Fact.ADDRESS_VERIFIED not in facts:
        yield Reason.ADDRESS_UNVERIFIED, _OWN, None


def _permission(facts: Fact, ask: Ask, rule: Entry, remarks: list[Remark]) -> Iterator[Refusal]:
    if rule.text("consent") == "opt-in" and Fact.CONSENTED not in facts:
        if rule.is_confirmed:
            yield Reason.NO_CONSENT, rule.text("law"), rule
        else:
            remarks.append(
                _remark(
                    "consent", rule, gettext_noop("They did not agree to this channel; it may be needed.")
                )
            )
    if Fact.PREFERENCE_LISTED in facts and Fact.CONSENTED not in facts:
        match rule.text("preference"):
            case "tps" if rule.is_confirmed:
                yield Reason.PREFERENCE_SERVICE, rule.text("law"), rule
            case "tps" | "mps":
                sentence = gettext_noop(
                    "They are on a preference service; it is good practice to leave them out."
                )
                remarks.append(_remark("preference", rule, sentence))
            case _:
                pass
    if Fact.UNSCREENED in facts and Fact.CONSENTED not in facts and rule.text("preference") == "tps":
        yield from _unscreened(ask, remarks)


def _unscreened(ask: Ask, remarks: list[Remark]) -> Iterator[Refusal]:
    try:
        entry = screening_rules().entry(on=ask.on, service="tps")
    except NoRuleInForce:
        return
    if entry.is_confirmed or ask.needs_screened:
        yield Reason.NOT_SCREENED, entry.text("law") if entry.is_confirmed else _OWN, entry
    else:
        sentence = gettext_noop(
            "Their number was not looked up at the Telephone Preference Service in the last 28 days. Screen it before you ring."
        )
        remarks.append(_remark("screening", entry, sentence))


def _age(facts: Fact, ask: Ask, rule: Entry | None, remarks: list[Remark]) -> Iterator[Refusal]:
    if Fact.UNDER_13 in facts and rule is not None and rule.text("consent") == "opt-in":
        yield from _too_young("consent-online", "UK GDPR Art 8(1)", ask, remarks)
    if Fact.UNDER_16 in facts and Fact.FROM_REGISTER in facts:
        yield from _too_young("register-data", "register regulations", ask, remarks)
    if Fact.UNDER_16 in facts and Fact.CONSENTED not in facts and ask.leaves_out_under_16:
        yield Reason.UNDER_16, _OWN, None
    if Fact.AGE_UNCLEAR in facts and Fact.CONSENTED not in facts:
        remarks.append(
            Remark(
                code="age-unclear",
                rule=_OWN,
                entry_id="",
                sentence=gettext_noop(
                    "The register gives a day of attainment ahead. In Scotland and Wales it may be that of the 16th birthday: "
                    "look before you contact them."
                ),
            )
        )
    if Fact.UNDER_18 in facts and ask.purpose is Purpose.FUNDRAISING:
        yield from _too_young("fundraising", _OWN, ask, remarks)


def _too_young(key: str, law: str, ask: Ask, remarks: list[Remark]) -> Iterator[Refusal]:
    try:
        entry = age_rules().entry(on=ask.on, purpose=key)
    except NoRuleInForce:
        return
    if entry.is_confirmed:
        yield Reason.UNDER_AGE, law, entry
    else:
        sentence = gettext_noop("They are very young for this. Think whether they should be asked.")
        remarks.append(_remark("age", entry, sentence))


def _opinions(facts: Fact, ask: Ask, remarks: list[Remark]) -> Iterator[Refusal]:
    if Fact.OPINION_OBJECTED in facts:
        yield Reason.NO_OPINION_CONSENT, "UK GDPR Art 7(3); DPA 2018 Sch 1 para 22(4)", None
    if Fact.OPINION_CONSENTED in facts:
        return
    entry = needs_explicit_consent(is_registered_party=ask.is_registered_party, on=ask.on)
    if entry is None:
        return
    if entry.is_confirmed:
        yield Reason.NO_OPINION_CONSENT, entry.text("basis"), entry
    else:
        sentence = gettext_noop(
            "They were chosen by their political opinions, for which only a registered party needs no "
            "explicit consent."
        )
        remarks.append(_remark("opinions", entry, sentence))


def _copy(ask: Ask, remarks: list[Remark]) -> Iterator[Refusal]:
    copy = ask.copy
    if copy is None:
        if ask.purpose.is_marketing and ask.channel not in SPOKEN:
            yield Reason.NO_MATERIAL, _OWN, None
        return
    if not copy.is_approved:
        yield Reason.MATERIAL_NOT_APPROVED, _OWN, None
    if not copy.has_imprint:
        yield Reason.IMPRINT_MISSING, "Elections Act 2022 s.41; RPA 1983 s.110", None
    if not copy.is_promoter_verified:
        yield Reason.PROMOTER_UNVERIFIED, _OWN, None
    if ask.channel not in copy.channels:
        yield Reason.WRONG_CHANNEL, _OWN, None
    if copy.purpose is not ask.purpose:
        yield Reason.WRONG_PURPOSE, _OWN, None
    if copy.valid_from is not None and ask.now < copy.valid_from:
        yield Reason.TOO_EARLY, _OWN, None
    if copy.valid_until is not None and ask.now >= copy.valid_until:
        yield Reason.TOO_LATE, _OWN, None


def _remark(code: str, entry: Entry, sentence: str) -> Remark:
    law = entry.text("law") if "law" in entry.values else entry.source
    return Remark(code=code, rule=law, entry_id=entry.id, sentence=sentence)
