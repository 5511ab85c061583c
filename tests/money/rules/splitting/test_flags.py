"""What is flagged, how it is said, and what is not."""

from datetime import date, timedelta
from typing import Any

from hustings.money.rules.splitting.flags import Flag, Settings, find_flags
from hustings.money.rules.splitting.gifts import GiftFacts
from tests.money.rules.splitting.test_linking import HOME, gift

SETTINGS = Settings(floor_pence=50_000, report_pence={2026: 1_118_000})
ADA = {"given_name": "Ada", "family_name": "Marsh", **HOME}


def flags(*gifts: GiftFacts) -> list[Flag]:
    """The flags of a small ledger."""
    return find_flags(gifts=gifts, settings=SETTINGS)


def on(day: int, pounds: int, **facts: Any) -> GiftFacts:
    """A gift so many days into the year."""
    return gift(amount_pence=pounds * 100, received_on=date(2026, 1, 1) + timedelta(days=day), **facts)


def test_parts_within_a_month_are_a_question() -> None:
    """£300 and £400 within ten days make £700."""
    (flag,) = flags(on(0, 300, **ADA), on(9, 400, **ADA))
    assert (flag.kind, flag.grade) == ("parts", "question")
    assert flag.sentence == ("2 gifts of at most £500.00 from Ada Marsh within 10 days add up to £700.00.")
    assert flag.evidence == ("the same house and names that may be one person's",)


def test_a_standing_order_that_passes_the_threshold_is_a_notice() -> None:
    """£50 a month is an ordinary way to give; the check is due all the same."""
    (flag,) = flags(*(on(30 * month, 50, is_standing=True, **ADA) for month in range(12)))
    assert (flag.kind, flag.grade) == ("parts", "notice")
    assert "standing order" in flag.sentence


def test_a_checked_standing_order_is_no_flag() -> None:
    """Nothing is left to do."""
    assert not flags(*(on(30 * month, 50, is_standing=True, is_checked=True, **ADA) for month in range(12)))


def test_gifts_together_at_the_threshold_are_no_flag() -> None:
    """The law says above £500, not £500."""
    assert not flags(on(0, 250, **ADA), on(9, 250, **ADA))


def test_a_couple_is_no_flag_and_their_account_only_a_notice() -> None:
    """A shared household alone is nothing; a shared account that pays £600 in a month wants a look."""
    ben = {**ADA, "given_name": "Ben"}
    assert not flags(on(0, 300, **ADA), on(1, 300, **ben))
    (flag,) = flags(on(0, 300, token="t", **ADA), on(1, 300, token="t", **ben))
    assert (flag.kind, flag.grade) == ("payers", "notice")


def test_one_card_with_many_names_is_a_question() -> None:
    """Three strangers, one card, £900."""
    strangers = [
        {
            "given_name": given,
            "family_name": family,
            "address": "1 Other Street",
            "postcode": f"ZZ{number} 1AA",
        }
        for number, (given, family) in enumerate((("Ada", "Marsh"), ("Ravi", "Okafor"), ("Joan", "Weir")), 1)
    ]
    (flag,) = flags(*(on(number, 300, token="t", **who) for number, who in enumerate(strangers)))
    assert (flag.kind, flag.grade, len(flag.gift_ids)) == ("payers", "question", 3)


def test_a_run_just_under_the_threshold_is_told_as_such() -> None:
    """£495 every second month: no month alone passes £500."""
    found = flags(*(on(60 * number, 495, **ADA) for number in range(4)))
    assert {flag.kind for flag in found} == {"just_under", "parts"}
    run = next(flag for flag in found if flag.kind == "just_under")
    assert run.grade == "question"
    assert "between £450.00 and £500.00" in run.sentence


def test_donations_below_the_reporting_threshold_under_two_names() -> None:
    """£6,000 from Bill and £6,000 from William Marsh of one address are £12,000 of one source."""
    found = flags(
        on(0, 6_000, **{**ADA, "given_name": "Bill"}), on(90, 6_000, **{**ADA, "given_name": "William"})
    )
    assert [(flag.kind, flag.grade, flag.threshold_pence) for flag in found] == [
        ("report_parts", "question", 1_118_000)
    ]


def test_strangers_in_step_are_found_in_a_busy_ledger() -> None:
    """Seven strangers give £495 within three days, in a ledger where nobody else gives that."""
    busy = [on(day, 20, given_name="G", family_name=f"Giver{day}") for day in range(300)]
    step = [on(150 + number % 3, 495, given_name="S", family_name=f"Stranger{number}") for number in range(7)]
    found = flags(*busy, *step)
    assert [(flag.kind, len(flag.gift_ids)) for flag in found] == [("in_step", 7)]


def test_a_popular_amount_is_not_in_step() -> None:
    """Where £500 comes every day, seven in three days are nothing."""
    assert not flags(
        *(
            on(day, 500, given_name="G", family_name=f"Giver{day}x{number}")
            for day in range(60)
            for number in range(3)
        )
    )
