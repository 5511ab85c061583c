"""Gifts are written down once, corrected by new rows, checked, decided about with a reason."""

from datetime import date, timedelta

import pytest

from hustings.accounts.access import NotAllowed
from hustings.money.models import CheckOutcome, Donor, Gift, GiftAct
from hustings.money.queries.gift_files import gift_files
from hustings.money.queries.ledger import standing_gifts, two_ledgers
from hustings.money.rules.permissibility import AnswersMissing, Evidence
from hustings.money.usecases.add_evidence import NotEvidence, add_gift_evidence
from hustings.money.usecases.check_donor import NothingToCheck, check_donor
from hustings.money.usecases.decide_gift import CannotDecide, decide_gift
from hustings.money.usecases.record_gift import (
    BadGift,
    DonorFacts,
    GiftFacts,
    cancel_gift,
    fingerprint,
    record_gift,
)
from hustings.platform.kept import NeverChanged
from hustings.platform.models import AuditEntry
from tests.cast import Cast, make_user
from tests.money.campaigns import make_campaign
from tests.money.gifts import ADA, NOW, make_gift

pytestmark = pytest.mark.django_db
YES = {"register": Evidence(answer="yes", seen="the register of Barset East")}
NO = {"register": Evidence(answer="no", seen="the council's letter of 15 April")}


def test_the_payment_itself_is_not_kept(cast: Cast) -> None:
    """Only a keyed fingerprint, the same however the number is spaced."""
    gift = make_gift(campaign=make_campaign(), by=cast.tess, payment="4929 0000 0000 1234")
    assert gift.token == fingerprint(payment="4929-0000-0000-1234")
    assert "4929" not in gift.token
    assert not any("4929" in str(value) for value in Gift.objects.values().get().values())
    assert AuditEntry.objects.filter(verb="recorded a gift").count() == 1


def test_one_spelling_is_one_donor(cast: Cast) -> None:
    """The same details again are the same row; another spelling is another."""
    campaign = make_campaign()
    make_gift(campaign=campaign, by=cast.tess)
    make_gift(campaign=campaign, by=cast.tess)
    make_gift(campaign=campaign, by=cast.tess, donor={**ADA, "given_name": "A"})
    assert Donor.objects.count() == 2


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"amount_pence": 0}, "above nought"),
        ({"received_on": date(2026, 4, 21)}, "not come yet"),
        ({"route": "pigeon"}, "how the gift came"),
        ({"evidence": " "}, "what shows the gift"),
        ({"route": "in_kind"}, "how its value was found"),
        ({"funds_arrived_on": date(2026, 4, 12)}, "Only a platform's money"),
        ({"route": "platform", "funds_arrived_on": date(2026, 4, 1)}, "cannot arrive before"),
    ],
)
def test_facts_that_do_not_go_together_are_refused(cast: Cast, facts: dict[str, object], words: str) -> None:
    """In a whole sentence."""
    with pytest.raises(BadGift, match=words):
        make_gift(campaign=make_campaign(), by=cast.tess, **facts)


def test_a_correction_is_a_new_row_with_a_reason(cast: Cast) -> None:
    """The first row stays as it was, and keeps the payment's fingerprint for the new one."""
    campaign = make_campaign()
    gift = make_gift(campaign=campaign, by=cast.tess, payment="1234")
    facts = GiftFacts(amount_pence=20_000, received_on=gift.received_on, route="card", evidence="Statement")
    with pytest.raises(BadGift, match="Say why"):
        record_gift(
            campaign=campaign, donor=DonorFacts(**ADA), facts=facts, by=cast.tess, now=NOW, replaces=gift
        )
    new = record_gift(
        campaign=campaign,
        donor=DonorFacts(**ADA),
        facts=facts,
        by=cast.tess,
        now=NOW,
        replaces=gift,
        correction_reason="Read the statement again.",
    )
    assert [one.pk for one in standing_gifts()] == [new.pk]
    assert (new.token, new.amount_pence) == (gift.token, 20_000)
    with pytest.raises(BadGift, match="replaced already"):
        cancel_gift(gift=gift, reason="Twice", by=cast.tess, now=NOW)
    with pytest.raises(NeverChanged):
        gift.save()


def test_a_gift_written_down_by_mistake_is_struck_out(cast: Cast) -> None:
    """It no longer stands, and both rows are kept."""
    gift = make_gift(campaign=make_campaign(), by=cast.tess)
    cancel_gift(gift=gift, reason="It was a loan.", by=cast.tess, now=NOW)
    assert not standing_gifts().exists()
    assert Gift.objects.count() == 2


def test_whoever_has_no_right_there_is_refused(cast: Cast) -> None:
    """A treasurer of the west cannot write in the books of the east; an organiser nowhere."""
    campaign = make_campaign(area=cast.east)
    west = make_user(name="Will", role="treasurer", area=cast.west)
    for user in (west, cast.charlie, cast.alice):
        with pytest.raises(NotAllowed):
            make_gift(campaign=campaign, by=user)
    assert make_gift(campaign=campaign, by=cast.tess).pk


def test_a_donation_is_accepted_only_from_a_permissible_donor(cast: Cast) -> None:
    """£100 to a candidate is above £50: unchecked it cannot be accepted, checked it can."""
    gift = make_gift(campaign=make_campaign(), by=cast.tess)
    decide = {"gift": gift, "reason": "Checked.", "done_on": NOW.date(), "by": cast.tess, "now": NOW}
    with pytest.raises(CannotDecide, match="Check the donor first"):
        decide_gift(act=GiftAct.ACCEPTED, **decide)
    check = check_donor(gift=gift, answers=YES, by=cast.tess, now=NOW)
    assert (check.outcome, check.entries) == ("permissible", ["permissible_donors/individual/2001-02-16"])
    decision = decide_gift(act=GiftAct.ACCEPTED, **decide)
    assert not decision.is_late


def test_an_impermissible_gift_goes_back_with_a_reason(cast: Cast) -> None:
    """It cannot be accepted; a return after the thirty days is marked as late."""
    gift = make_gift(campaign=make_campaign(), by=cast.tess, received_on=date(2026, 3, 1))
    assert check_donor(gift=gift, answers=NO, by=cast.tess, now=NOW).outcome == CheckOutcome.IMPERMISSIBLE
    decide = {"gift": gift, "done_on": NOW.date(), "by": cast.tess, "now": NOW}
    with pytest.raises(CannotDecide, match="may not give"):
        decide_gift(act=GiftAct.ACCEPTED, reason="Please", **decide)
    with pytest.raises(CannotDecide, match="Say why"):
        decide_gift(act=GiftAct.RETURNED_DONOR, reason=" ", **decide)
    with pytest.raises(CannotDecide, match="Nobody passed"):
        decide_gift(act=GiftAct.RETURNED_TRANSFEROR, reason="Not on a register.", **decide)
    decision = decide_gift(act=GiftAct.RETURNED_DONOR, reason="Not on a register.", **decide)
    assert decision.is_late


def test_a_gift_of_unknown_source_cannot_be_checked_or_accepted(cast: Cast) -> None:
    """Cash through the letter box."""
    gift = make_gift(campaign=make_campaign(), by=cast.tess, route="cash", donor={})
    assert gift.donor is None
    with pytest.raises(NothingToCheck, match="source of this gift is not known"):
        check_donor(gift=gift, answers=YES, by=cast.tess, now=NOW)
    decide = {"gift": gift, "reason": "Unknown", "done_on": NOW.date(), "by": cast.tess, "now": NOW}
    for act, words in (
        (GiftAct.ACCEPTED, "not known cannot be accepted"),
        (GiftAct.RETURNED_DONOR, "not known"),
    ):
        with pytest.raises(CannotDecide, match=words):
            decide_gift(act=act, **decide)
    assert decide_gift(act=GiftAct.SENT_TO_COMMISSION, **decide).pk


def test_a_platforms_money_starts_the_clock_when_it_arrives(cast: Cast) -> None:
    """Given on 1 March, paid out on 10 April: the thirty days begin on 10 April."""
    gift = make_gift(
        campaign=make_campaign(),
        by=cast.tess,
        received_on=date(2026, 3, 1),
        route="platform",
        funds_arrived_on=date(2026, 4, 10),
    )
    check_donor(gift=gift, answers=NO, by=cast.tess, now=NOW)
    decision = decide_gift(
        gift=gift,
        act=GiftAct.RETURNED_DONOR,
        reason="Not on a register.",
        done_on=NOW.date(),
        by=cast.tess,
        now=NOW,
    )
    assert not decision.is_late


def test_every_question_needs_an_answer(cast: Cast) -> None:
    """An open question keeps the check from being made."""
    gift = make_gift(campaign=make_campaign(), by=cast.tess)
    with pytest.raises(AnswersMissing):
        check_donor(gift=gift, answers={}, by=cast.tess, now=NOW)


def test_two_ledgers_differ_by_the_small_gifts(cast: Cast) -> None:
    """Three gifts of £40 are £120 at risk and nothing in law; one of £60 is both; a returned one is neither."""
    campaign = make_campaign()
    for day in (1, 2, 3):
        make_gift(campaign=campaign, by=cast.tess, pounds=40, received_on=date(2026, 4, day))
    make_gift(campaign=campaign, by=cast.tess, pounds=60)
    back = make_gift(campaign=campaign, by=cast.tess, pounds=70)
    decide_gift(
        gift=back,
        act=GiftAct.RETURNED_DONOR,
        reason="She asked for it.",
        done_on=NOW.date(),
        by=cast.tess,
        now=NOW + timedelta(hours=1),
    )
    (source,) = two_ledgers(campaign=campaign, year=2026)
    assert (source.gifts, source.legal_pence, source.risk_pence) == (5, 6_000, 18_000)
    assert source.is_above_floor
    assert source.has_unchecked
    assert source.report_pence is None


def test_a_file_shows_on_every_row_of_a_gift(cast: Cast) -> None:
    """Added once, kept once; a correction shows it; the row that was corrected takes none; nobody else's login may."""
    campaign = make_campaign(area=cast.east)
    gift = make_gift(campaign=campaign, by=cast.tess)
    file = {"name": "letter.pdf", "content": b"%PDF-1.7 letter", "now": NOW}
    kept = add_gift_evidence(gift=gift, by=cast.tess, **file)
    assert add_gift_evidence(gift=gift, by=cast.tess, **file) == kept
    facts = GiftFacts(amount_pence=20_000, received_on=gift.received_on, route="card", evidence="Statement")
    new = record_gift(
        campaign=campaign, donor=DonorFacts(**ADA), facts=facts, by=cast.tess, now=NOW, replaces=gift, correction_reason="x"
    )  # fmt: skip
    assert add_gift_evidence(gift=new, by=cast.tess, **file) == kept
    assert [one.name for one in gift_files(gift=new)] == ["letter.pdf"]
    with pytest.raises(NotEvidence, match="row that stands now"):
        add_gift_evidence(gift=gift, by=cast.tess, **file)
    for content, words in (
        (b"MZ\x90 program", "not a PDF"),
        (b"%PDF-" + b" " * 5 * 1024 * 1024, "larger than 5 MB"),
    ):
        with pytest.raises(NotEvidence, match=words):
            add_gift_evidence(gift=new, name="x", content=content, by=cast.tess, now=NOW)
    for user in (make_user(name="Will", role="treasurer", area=cast.west), cast.charlie, cast.alice):
        with pytest.raises(NotAllowed):
            add_gift_evidence(gift=new, by=user, **file)
