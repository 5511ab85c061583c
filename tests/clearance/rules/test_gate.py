"""The gate's rule for one person: each refusal, their order, and what must never happen."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.basics.entries import Status
from hustings.clearance.rules.gate import (
    Ask,
    Channel,
    CopyFacts,
    Fact,
    Purpose,
    Reason,
    channel_rules,
    decide,
    deciding,
    screened_since,
    screening_rules,
)

NOW = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
CLOSE_OF_POLL = datetime(2026, 5, 7, 21, 0, tzinfo=UTC)
COPY = CopyFacts(
    is_approved=True,
    has_imprint=True,
    is_promoter_verified=True,
    channels=frozenset({Channel.EMAIL}),
    purpose=Purpose.CAMPAIGN,
    valid_until=CLOSE_OF_POLL,
)
ASK = Ask(
    channel=Channel.EMAIL,
    purpose=Purpose.CAMPAIGN,
    copy=COPY,
    now=NOW,
    on=date(2026, 3, 30),
    is_registered_party=True,
)
REACHABLE = Fact.HAS_ADDRESS | Fact.ADDRESS_VERIFIED | Fact.CONSENTED


def ask(**changes: object) -> Ask:
    asked = replace(ASK, **changes)  # type: ignore[arg-type]
    if asked.copy is not None and "copy" not in changes:
        asked = replace(
            asked, copy=replace(asked.copy, channels=frozenset({asked.channel}), purpose=asked.purpose)
        )
    return asked


def reason(facts: Fact, asked: Ask = ASK) -> Reason | None:
    verdict = decide(facts=facts, ask=asked)
    assert verdict.is_cleared is (verdict.reason is None)
    assert bool(verdict.rule) is (not verdict.is_cleared)
    return verdict.reason


def test_someone_who_agreed_is_cleared() -> None:
    assert reason(REACHABLE) is None


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (REACHABLE | Fact.ERASED, Reason.ERASED),
        (REACHABLE | Fact.MERGED, Reason.MERGED),
        (REACHABLE | Fact.SUPPRESSED, Reason.SUPPRESSED),
        (REACHABLE | Fact.OBJECTED, Reason.OBJECTED),
        (REACHABLE | Fact.DOUBTFUL, Reason.DOUBTFUL_OBJECTION),
        (Fact(0), Reason.NO_ADDRESS),
        (REACHABLE | Fact.ADDRESS_FAILING, Reason.ADDRESS_FAILING),
        (Fact.HAS_ADDRESS | Fact.CONSENTED, None),
        (Fact.HAS_ADDRESS | Fact.ADDRESS_VERIFIED, Reason.NO_CONSENT),
        (REACHABLE | Fact.DECEASED, Reason.DECEASED),
        (REACHABLE | Fact.UNDER_13 | Fact.UNDER_16 | Fact.UNDER_18, Reason.UNDER_AGE),
        (REACHABLE | Fact.FROM_REGISTER | Fact.REGISTER_LAPSED, Reason.REGISTER_LAPSED),
        (REACHABLE | Fact.TOO_OFTEN, Reason.TOO_OFTEN),
        # Having moved does not make an email address wrong; a lapsed register matters only to those who rest
        # on it.
        (REACHABLE | Fact.GONE_AWAY, None),
        (REACHABLE | Fact.REGISTER_LAPSED, None),
        (REACHABLE | Fact.PREFERENCE_LISTED, None),
        # Dot is 17 and agreed.
        (REACHABLE | Fact.UNDER_18, None),
    ],
)
def test_email_about_the_campaign(facts: Fact, expected: Reason | None) -> None:
    assert reason(facts) is expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"is_approved": False}, Reason.MATERIAL_NOT_APPROVED),
        ({"has_imprint": False}, Reason.IMPRINT_MISSING),
        ({"is_promoter_verified": False}, Reason.PROMOTER_UNVERIFIED),
        ({"channels": frozenset({Channel.SMS})}, Reason.WRONG_CHANNEL),
        ({"purpose": Purpose.FUNDRAISING}, Reason.WRONG_PURPOSE),
        ({"valid_from": NOW + timedelta(seconds=1)}, Reason.TOO_EARLY),
        ({"valid_from": NOW}, None),
        ({"valid_until": NOW}, Reason.TOO_LATE),
        ({"valid_until": NOW + timedelta(seconds=1)}, None),
    ],
)
def test_the_copy(change: dict[str, object], expected: Reason | None) -> None:
    assert reason(REACHABLE, replace(ASK, copy=replace(COPY, **change))) is expected  # type: ignore[arg-type]


def test_nothing_goes_out_after_the_close_of_poll() -> None:
    assert reason(REACHABLE, replace(ASK, now=CLOSE_OF_POLL)) is Reason.TOO_LATE


def test_marketing_in_writing_needs_material_and_a_conversation_does_not() -> None:
    assert reason(REACHABLE, ask(copy=None)) is Reason.NO_MATERIAL
    assert reason(REACHABLE, ask(copy=None, channel=Channel.CALL)) is None
    assert reason(REACHABLE, ask(copy=None, channel=Channel.DOOR)) is None
    assert reason(Fact.HAS_ADDRESS, ask(copy=None, purpose=Purpose.SERVICE)) is None


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS, Channel.CALL, Channel.POST, Channel.DOOR])
def test_fiona_s_objection_to_marketing_stops_marketing_and_not_service(channel: Channel) -> None:
    facts = REACHABLE | Fact.OBJECTED | Fact.DOUBTFUL
    assert reason(facts, ask(channel=channel)) is Reason.OBJECTED
    assert reason(facts, ask(channel=channel, purpose=Purpose.SERVICE)) is None


def test_no_contact_at_all_stops_service_too_and_leaves_a_login_open() -> None:
    facts = REACHABLE | Fact.SUPPRESSED
    assert reason(facts, ask(purpose=Purpose.SERVICE)) is Reason.SUPPRESSED
    assert reason(facts, ask(purpose=Purpose.ACCOUNT, copy=None)) is None


def test_calls_need_no_consent_but_the_preference_service_refuses_unless_they_said_yes() -> None:
    call = ask(channel=Channel.CALL)
    assert reason(Fact.HAS_ADDRESS, call) is None
    assert reason(Fact.HAS_ADDRESS | Fact.PREFERENCE_LISTED, call) is Reason.PREFERENCE_SERVICE
    assert reason(Fact.HAS_ADDRESS | Fact.PREFERENCE_LISTED | Fact.CONSENTED, call) is None


def test_the_mailing_preference_service_only_warns() -> None:
    verdict = decide(facts=Fact.HAS_ADDRESS | Fact.PREFERENCE_LISTED, ask=ask(channel=Channel.POST))
    assert verdict.is_cleared
    assert [remark.code for remark in verdict.remarks] == ["preference"]


def test_recorded_calls_need_consent() -> None:
    assert reason(Fact.HAS_ADDRESS, ask(channel=Channel.AUTOMATED_CALL)) is Reason.NO_CONSENT


def test_post_and_doors_refuse_those_who_moved_away() -> None:
    for channel in (Channel.POST, Channel.FREEPOST, Channel.DOOR):
        assert reason(Fact.HAS_ADDRESS | Fact.GONE_AWAY, ask(channel=channel)) is Reason.GONE_AWAY


def test_the_statutory_freepost_reaches_objectors_and_unaddressed_leaflets_need_no_address() -> None:
    assert reason(Fact.HAS_ADDRESS | Fact.OBJECTED, ask(channel=Channel.FREEPOST)) is None
    assert reason(Fact(0), ask(channel=Channel.LEAFLET)) is None


def test_a_channel_that_has_no_rule_for_a_purpose_refuses() -> None:
    assert (
        reason(REACHABLE, ask(channel=Channel.FREEPOST, purpose=Purpose.SERVICE))
        is Reason.CHANNEL_NOT_FOR_PURPOSE
    )


def test_email_rules_do_not_reach_back_before_the_regulations() -> None:
    assert reason(REACHABLE, replace(ASK, on=date(2003, 12, 10))) is Reason.CHANNEL_NOT_FOR_PURPOSE


@pytest.mark.parametrize(
    ("is_party", "facts", "refused"),
    [
        (True, Fact(0), False),
        (True, Fact.OPINION_OBJECTED, True),
        (False, Fact(0), True),
        (False, Fact.OPINION_CONSENTED, False),
        (False, Fact.OPINION_OBJECTED, True),
    ],
)
def test_choosing_people_by_their_opinions(is_party: bool, facts: Fact, refused: bool) -> None:
    """The same rule as for keeping an intention: a notice to stop holds for everybody."""
    asked = replace(ASK, uses_opinions=True, is_registered_party=is_party)
    verdict = decide(facts=REACHABLE | facts, ask=asked)
    assert (verdict.reason is Reason.NO_OPINION_CONSENT) == refused
    assert verdict.is_cleared != refused
    assert not verdict.remarks
    assert decide(facts=REACHABLE | facts, ask=replace(asked, uses_opinions=False)).is_cleared


def test_a_number_that_was_not_screened_in_time_warns(monkeypatch: pytest.MonkeyPatch) -> None:
    """The 28 days are common knowledge, not read: a warning. Confirmed, the same rule would refuse."""
    call = ask(channel=Channel.CALL)
    facts = Fact.HAS_ADDRESS | Fact.UNSCREENED
    verdict = decide(facts=facts, ask=call)
    assert verdict.is_cleared
    assert [remark.code for remark in verdict.remarks] == ["screening"]
    assert not decide(facts=facts | Fact.CONSENTED, ask=call).remarks
    assert not decide(facts=facts, ask=ask(channel=Channel.CALL, purpose=Purpose.SERVICE)).remarks
    entry = replace(screening_rules().entry(on=call.on, service="tps"), status=Status.SOURCED)
    monkeypatch.setattr(deciding, "screening_rules", lambda: SimpleNamespace(entry=lambda **_key: entry))
    assert decide(facts=facts, ask=call).reason is Reason.NOT_SCREENED
    assert screened_since(on=date(2026, 3, 30)) == date(2026, 3, 2)


def test_age_rules_that_are_not_confirmed_only_warn() -> None:
    for facts, asked in [
        (REACHABLE | Fact.UNDER_18, ask(purpose=Purpose.FUNDRAISING)),
        (Fact.HAS_ADDRESS | Fact.UNDER_16 | Fact.UNDER_18 | Fact.FROM_REGISTER, ask(channel=Channel.POST)),
    ]:
        verdict = decide(facts=facts, ask=asked)
        assert verdict.is_cleared
        assert [remark.code for remark in verdict.remarks] == ["age"]
        assert verdict.remarks[0].entry_id.startswith("age_rules/")


def test_under_16s_who_did_not_ask_are_left_out_by_our_own_rule() -> None:
    """Not by law, which only warns; a child of 13 who agreed may be written to, and what was asked for always goes."""
    door = replace(ask(channel=Channel.DOOR), leaves_out_under_16=True)
    child = Fact.HAS_ADDRESS | Fact.UNDER_16 | Fact.UNDER_18
    for facts in (child, child | Fact.FROM_REGISTER):
        verdict = decide(facts=facts, ask=door)
        assert (verdict.reason, verdict.rule, verdict.entry_id) == (Reason.UNDER_16, "our own rule", "")
        assert decide(facts=facts, ask=replace(door, leaves_out_under_16=False)).is_cleared
    assert decide(facts=child | Fact.CONSENTED, ask=door).is_cleared
    assert decide(facts=child, ask=replace(door, purpose=Purpose.SERVICE, copy=None)).is_cleared
    seventeen = Fact.HAS_ADDRESS | Fact.UNDER_18 | Fact.FROM_REGISTER
    assert decide(facts=seventeen, ask=door).is_cleared
    unclear = decide(facts=seventeen | Fact.AGE_UNCLEAR, ask=door)
    assert (unclear.is_cleared, [remark.code for remark in unclear.remarks]) == (True, ["age-unclear"])


def test_an_organisation_may_ask_for_confirmed_addresses_in_marketing_alone() -> None:
    strict = replace(ASK, needs_verified=True)
    assert reason(Fact.HAS_ADDRESS | Fact.CONSENTED, strict) is Reason.ADDRESS_UNVERIFIED
    assert reason(REACHABLE, strict) is None
    service = replace(ask(purpose=Purpose.SERVICE), needs_verified=True)
    assert reason(Fact.HAS_ADDRESS, service) is None


def test_a_refusal_on_law_names_its_entry() -> None:
    verdict = decide(facts=Fact.HAS_ADDRESS | Fact.ADDRESS_VERIFIED, ask=ASK)
    assert verdict.rule == "PECR 2003 reg 22"
    assert verdict.entry_id == "channel_rules/email/marketing/2003-12-11"


ANY_FACTS = st.integers(min_value=0, max_value=(1 << len(Fact)) - 1).map(Fact)
ANY_ASK = st.builds(
    ask,
    channel=st.sampled_from(Channel),
    purpose=st.sampled_from(Purpose),
    is_registered_party=st.booleans(),
    uses_opinions=st.booleans(),
    needs_verified=st.booleans(),
)
GOOD_FACTS = (
    Fact.HAS_ADDRESS,
    Fact.ADDRESS_VERIFIED,
    Fact.CONSENTED,
    Fact.OPINION_CONSENTED,
)
BAD_FACTS = tuple(fact for fact in Fact if fact not in GOOD_FACTS)


@given(facts=ANY_FACTS, asked=ANY_ASK)
def test_no_marketing_by_email_or_text_goes_to_anyone_who_did_not_agree(facts: Fact, asked: Ask) -> None:
    opt_in = {Channel.EMAIL, Channel.SMS, Channel.AUTOMATED_CALL}
    if decide(facts=facts, ask=asked).is_cleared and asked.purpose.is_marketing and asked.channel in opt_in:
        assert Fact.CONSENTED in facts


@given(facts=ANY_FACTS, asked=ANY_ASK)
def test_nobody_who_objected_gets_marketing_but_by_statutory_freepost_or_unaddressed(
    facts: Fact, asked: Ask
) -> None:
    if decide(facts=facts, ask=asked).is_cleared and asked.purpose.is_marketing:
        may_reach = asked.channel in {Channel.FREEPOST, Channel.LEAFLET}
        assert may_reach or not facts & (Fact.OBJECTED | Fact.DOUBTFUL | Fact.SUPPRESSED)


@given(facts=ANY_FACTS, asked=ANY_ASK, bad=st.sampled_from(BAD_FACTS))
def test_a_further_fact_against_someone_never_clears_them(facts: Fact, asked: Ask, bad: Fact) -> None:
    if decide(facts=facts | bad, ask=asked).is_cleared:
        assert decide(facts=facts & ~bad, ask=asked).is_cleared


@given(facts=ANY_FACTS, asked=ANY_ASK, good=st.sampled_from(GOOD_FACTS))
def test_a_further_fact_for_someone_never_refuses_them(facts: Fact, asked: Ask, good: Fact) -> None:
    if decide(facts=facts & ~good, ask=asked).is_cleared:
        assert decide(facts=facts | good, ask=asked).is_cleared


@given(facts=ANY_FACTS, asked=ANY_ASK, bad=st.sampled_from(BAD_FACTS))
def test_the_reason_given_is_the_first_in_the_order(facts: Fact, asked: Ask, bad: Fact) -> None:
    order = list(Reason)
    before, after = decide(facts=facts & ~bad, ask=asked).reason, decide(facts=facts | bad, ask=asked).reason
    if before is not None:
        assert after is not None
        assert order.index(after) <= order.index(before)


def test_the_tables_have_a_rule_for_every_channel_of_marketing() -> None:
    covered = {channel for channel, purpose in channel_rules().keys if purpose == "marketing"}
    assert covered == set(Channel)
