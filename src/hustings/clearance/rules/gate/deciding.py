"""The decision itself: every reason to refuse, one after the other."""

from collections.abc import Iterator

from hustings.accounts.rules.opinions import needs_explicit_consent
from hustings.basics.refusals import gettext_noop
from hustings.basics.tables import Entry, NoRuleInForce
from hustings.clearance.rules.gate.dated import age_rules, channel_rules, screening_rules
from hustings.clearance.rules.gate.facts import SPOKEN, Channel, Fact, Purpose
from hustings.clearance.rules.gate.verdicts import Ask, Reason, Remark, Verdict

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
