"""What is still missing before a return can be signed with a good conscience."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hustings.basics.money import format_pence
from hustings.basics.refusals import gettext_noop
from hustings.money.rules.said import Said


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """What is known about one item; `key` is its current row, amounts in pence."""

    key: int
    what: str
    amount_pence: int
    unpaid_pence: int
    disputed_pence: int
    has_address: bool
    has_invoice: bool
    has_evidence: bool
    has_use: bool
    is_planned: bool
    is_excluded: bool
    notional_pence: int = 0
    is_gift_entered: bool = True


@dataclass(frozen=True, kw_only=True)
class BooksFacts:
    """What is known about a campaign."""

    poll_on: date
    has_limit: bool
    has_electorate: bool
    has_result: bool
    needs_result: bool
    has_agent_address: bool
    is_frozen: bool
    is_agent_signed: bool
    is_candidate_signed: bool
    is_delivered: bool
    unchecked_gifts: int
    items: Sequence[ItemFacts]


@dataclass(frozen=True, kw_only=True)
class Missing:
    """One thing that is missing: a short key, the sentence, and the item it is about, if any."""

    key: str
    said: Said
    item: int | None = None


def missing(*, facts: BooksFacts, receipt_from_pence: int, on: date) -> tuple[Missing, ...]:
    """Everything that is missing on a day: first about the campaign, then about each item, then the last steps."""
    found = [*_about_campaign(facts, on)]
    for item in facts.items:
        found += _about_item(item, receipt_from_pence, on > facts.poll_on)
    if on > facts.poll_on:
        found += _last_steps(facts)
    return tuple(found)


def _about_campaign(facts: BooksFacts, on: date) -> list[Missing]:
    found = []
    if not facts.has_electorate:
        found.append(
            Missing(key="electorate", said=Said(gettext_noop("The number of electors is not entered.")))
        )
    if not facts.has_limit:
        found.append(Missing(key="limit", said=Said(gettext_noop("No limit is known for this election."))))
    if not facts.has_agent_address:
        found.append(
            Missing(key="agent-address", said=Said(gettext_noop("The agent's address is not entered.")))
        )
    if facts.needs_result and not facts.has_result and on > facts.poll_on:
        found.append(
            Missing(
                key="result",
                said=Said(
                    gettext_noop(
                        "The day on which the result was declared is not entered: every deadline counts from it."
                    )
                ),
            )
        )
    if facts.unchecked_gifts:
        found.append(
            Missing(
                key="gifts",
                said=Said(
                    gettext_noop("Gifts that nobody has decided on yet: {number}."),
                    {"number": facts.unchecked_gifts},
                ),
            )
        )
    return found


def _about_item(item: ItemFacts, receipt_from_pence: int, is_over: bool) -> list[Missing]:
    if item.is_excluded:
        return []
    checks = (
        (
            "planned",
            item.is_planned and is_over,
            gettext_noop("“{what}” is still a plan: order it, or take it back."),
        ),
        ("address", not item.has_address, gettext_noop("“{what}”: the supplier's address.")),
        ("use", not item.has_use and not item.is_planned, gettext_noop("“{what}”: when it was first used.")),
        (
            "invoice",
            not item.has_invoice and not item.is_planned and item.amount_pence > 0,
            gettext_noop("“{what}”: the day on which the invoice came."),
        ),
        (
            "receipt",
            not item.has_evidence and not item.is_planned and item.amount_pence >= receipt_from_pence,
            gettext_noop("“{what}”: the invoice or receipt; payments from {least} need one."),
        ),
        (
            "unpaid",
            item.unpaid_pence > 0 and not item.is_planned,
            gettext_noop("“{what}”: {unpaid} is not paid."),
        ),
        (
            "notional-gift",
            item.notional_pence > 0 and not item.is_gift_entered and not item.is_planned,
            gettext_noop("“{what}”: its value of {notional} is a donation too; enter it among the gifts."),
        ),
        ("disputed", item.disputed_pence > 0, gettext_noop("“{what}”: {disputed} is in dispute.")),
    )
    figures = {
        "what": item.what,
        "least": format_pence(receipt_from_pence),
        "unpaid": format_pence(item.unpaid_pence),
        "disputed": format_pence(item.disputed_pence),
        "notional": format_pence(item.notional_pence),
    }
    return [
        Missing(key=key, said=Said(sentence, figures), item=item.key)
        for key, is_missing, sentence in checks
        if is_missing
    ]


def _last_steps(facts: BooksFacts) -> list[Missing]:
    steps = (
        ("finish", facts.is_frozen, gettext_noop("The return is not finished.")),
        ("agent-signature", facts.is_agent_signed, gettext_noop("The agent has not signed the declaration.")),
        ("delivery", facts.is_delivered, gettext_noop("The return is not delivered.")),
        (
            "candidate-signature",
            facts.is_candidate_signed,
            gettext_noop("The candidate has not signed the declaration."),
        ),
    )
    return [Missing(key=key, said=Said(sentence)) for key, is_done, sentence in steps if not is_done]
