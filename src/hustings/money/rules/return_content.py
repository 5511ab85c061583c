"""What a return says, as plain data whose columns add up; its fingerprint; and the copies without private addresses."""

import copy
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from hustings.basics.refusals import gettext_noop

#: The categories in the order of the return, in the words of the paper.
CATEGORY_WORDS: Mapping[str, str] = {
    "advertising": gettext_noop("Advertising"),
    "unsolicited": gettext_noop("Unsolicited material to electors"),
    "transport": gettext_noop("Transport"),
    "meetings": gettext_noop("Public meetings"),
    "staff": gettext_noop("Agent and other staff"),
    "accommodation": gettext_noop("Accommodation"),
    "administration": gettext_noop("Administration and overheads"),
}
WITHHELD = "withheld from this copy"
_PRIVATE_PERSON = "a private person"


class DoesNotAddUp(Exception):
    """The lines of a return do not add up to its totals: a fault of this program, so nothing is finished."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """The paper of one kind of election: its title, to whom it goes, whether gifts are part of it, and its declarations.

    `signer` is who declares first: the election agent, or the responsible person of a party or campaigner. `candidate_signs`
    says when the candidate declares; empty where there is none.
    """

    title: str
    officer: str
    has_donations: bool = True
    signer: str = "election agent"
    expenses: str = "election expenses"
    candidate_signs: str = (
        "within seven working days after the return was delivered; a candidate who is abroad then, within fourteen days after "
        "coming back to the United Kingdom"
    )


_OFFICER, _COMMISSION = "the returning officer", "the Electoral Commission"
FORMS: Mapping[str, Form] = {
    "parl": Form(
        title="Return of election expenses: UK parliamentary general election",
        officer="the (acting) returning officer",
    ),
    "parl-by-election": Form(
        title="Return of election expenses: UK parliamentary by-election",
        officer="the (acting) returning officer",
    ),
    "local": Form(title="Return of election expenses: council election", officer=_OFFICER),
    # General knowledge: no donation regime applies to parish candidates (rules 4.3).
    "parish": Form(
        title="Return of election expenses: parish, town or community council election",
        officer=_OFFICER,
        has_donations=False,
        candidate_signs="together with the return",
    ),
    "mayor-local": Form(title="Return of election expenses: mayoral election", officer=_OFFICER),
    "mayor-combined": Form(
        title="Return of election expenses: combined authority mayoral election",
        officer="the combined authority returning officer",
    ),
    "mayor-london": Form(
        title="Return of election expenses: Mayor of London",
        officer="the Greater London returning officer",
    ),
    "gla-constituency": Form(
        title="Return of election expenses: London Assembly constituency",
        officer="the constituency returning officer",
    ),
    "gla-list": Form(
        title="Return of election expenses: London-wide list or independent candidate",
        officer="the Greater London returning officer",
    ),
    "pcc": Form(
        title="Return of election expenses: police and crime commissioner",
        officer="the police area returning officer",
    ),
    "party": Form(
        title="Return of campaign expenditure: party",
        officer=_COMMISSION,
        signer="treasurer, who is responsible for the campaign spending",
        expenses="campaign expenditure",
        candidate_signs="",
    ),
    "non-party": Form(
        title="Return of controlled expenditure: non-party campaigner",
        officer=_COMMISSION,
        signer="responsible person",
        expenses="controlled expenditure",
        candidate_signs="",
    ),
}


@dataclass(frozen=True, kw_only=True)
class ReturnLine:
    """One item of the return, in pence. `by_period` says what counts in each period; dates are ISO 8601 or empty.

    `stated_pence = money_pence + notional_pence` and `money_pence = paid_pence + unpaid_pence + disputed_pence`. `said` tells
    how the full figure became the stated one; `receipts` name the papers by the line's number.
    """

    number: int
    category: str
    what: str
    supplier_name: str
    supplier_address: str
    is_supplier_private: bool
    committed_on: str
    paid_on: str
    full_pence: int
    stated_pence: int
    by_period: Mapping[str, int]
    money_pence: int
    notional_pence: int
    paid_pence: int
    unpaid_pence: int
    disputed_pence: int
    dispute: str
    ordered_by: str
    said: str
    assessment: str
    receipts: Sequence[Mapping[str, Any]] = field(default_factory=tuple)


@dataclass(frozen=True, kw_only=True)
class DonationLine:
    """One accepted gift above the floor; `is_individual` donors keep their address private."""

    donor: str
    address: str
    is_individual: bool
    amount_pence: int
    received_on: str
    accepted_on: str
    nature: str


@dataclass(frozen=True, kw_only=True)
class ReturnHead:
    """Whose return it is, and the facts at its top."""

    form: str
    name: str
    area_name: str
    poll_on: str
    result_on: str
    agent_name: str
    agent_address: str
    candidate_address: str
    electorate: int | None
    joint_with: Sequence[str]
    periods: Sequence[Mapping[str, Any]]
    due: Mapping[str, str] = field(default_factory=dict)


def return_content(
    *,
    head: ReturnHead,
    lines: Sequence[ReturnLine],
    personal: Sequence[ReturnLine],
    excluded: Sequence[Mapping[str, Any]],
    authorised: Sequence[Mapping[str, Any]],
    donations: Sequence[DonationLine],
    version: int,
    correction_reason: str,
) -> dict[str, Any]:
    """Everything a return says. `head.periods` hold {name, from, until, limit_pence, formula, entries, status, warnings},
    `head.due` the last day of each of its deadlines that is known, by its task.

    Raises `DoesNotAddUp` where any line or column does not.
    """
    form = FORMS[head.form]
    content: dict[str, Any] = {
        "head": {
            **asdict(head),
            "title": form.title,
            "officer": form.officer,
            "signer": form.signer,
            "expenses": form.expenses,
            "candidate_signs": form.candidate_signs,
        },
        "version": version,
        "correction_reason": correction_reason,
        "is_nil": not lines and not personal,
        "lines": [asdict(line) for line in lines],
        "personal": [asdict(line) for line in personal],
        "excluded": [dict(row) for row in excluded],
        "authorised": [dict(row) for row in authorised],
        "donations": [asdict(one) for one in donations] if form.has_donations else [],
        "has_donations": form.has_donations,
    }
    content["totals"] = totals_of(content=content)
    check_sums(content=content)
    return content


_COLUMNS = ("stated_pence", "money_pence", "notional_pence", "paid_pence", "unpaid_pence", "disputed_pence")


def totals_of(*, content: Mapping[str, Any]) -> dict[str, Any]:
    """The sums of every column, by category and by period, of the personal expenses and of the gifts."""
    lines = content["lines"]
    names = [period["name"] for period in content["head"]["periods"]]
    return {
        **{column: sum(line[column] for line in lines) for column in _COLUMNS},
        "by_category": {
            key: sum(line["stated_pence"] for line in lines if line["category"] == key)
            for key in CATEGORY_WORDS
        },
        "by_period": {name: sum(line["by_period"].get(name, 0) for line in lines) for name in names},
        "personal_pence": sum(line["stated_pence"] for line in content["personal"]),
        "donations_pence": sum(one["amount_pence"] for one in content["donations"]),
    }


def check_sums(*, content: Mapping[str, Any]) -> None:
    """Hold every line and every total against its parts; raises `DoesNotAddUp` with the first that differs."""
    totals = content["totals"]
    for line in [*content["lines"], *content["personal"]]:
        parts = (
            (line["stated_pence"], line["money_pence"] + line["notional_pence"]),
            (line["money_pence"], line["paid_pence"] + line["unpaid_pence"] + line["disputed_pence"]),
        )
        if any(whole != part for whole, part in parts):
            raise DoesNotAddUp(f"Line {line['number']} does not add up: {parts}.")
    for line in content["lines"]:
        if line["stated_pence"] != sum(line["by_period"].values()):
            raise DoesNotAddUp(f"The periods of line {line['number']} do not add up.")
    whole = totals["stated_pence"]
    sums = {
        "categories": sum(totals["by_category"].values()),
        "periods": sum(totals["by_period"].values()),
        "columns": totals["paid_pence"]
        + totals["unpaid_pence"]
        + totals["disputed_pence"]
        + totals["notional_pence"],
    }
    for name, found in sums.items():
        if found != whole:
            raise DoesNotAddUp(f"The {name} add up to {found} pence, the lines to {whole}.")


def canonical(*, content: Mapping[str, Any]) -> str:
    """The content as JSON that is the same for the same content, whatever made it."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(*, text: str) -> str:
    """SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def inspection_copy(*, content: Mapping[str, Any]) -> dict[str, Any]:
    """The return as anybody may inspect it: without the addresses of individual donors, private suppliers and the candidate."""
    shown = copy.deepcopy(dict(content))
    for line in [*shown["lines"], *shown["personal"]]:
        if line["is_supplier_private"] and line["supplier_address"]:
            line["supplier_address"] = WITHHELD
    for one in shown["donations"]:
        if one["is_individual"] and one["address"]:
            one["address"] = WITHHELD
    for one in shown["authorised"]:
        if one.get("address"):
            one["address"] = WITHHELD
    if shown["head"]["candidate_address"]:
        shown["head"]["candidate_address"] = WITHHELD
    return shown


def public_version(*, content: Mapping[str, Any]) -> dict[str, Any]:
    """The return for a web page: the inspection copy without the names of private suppliers and without file names."""
    shown = inspection_copy(content=content)
    for line in [*shown["lines"], *shown["personal"]]:
        if line["is_supplier_private"]:
            line["supplier_name"] = _PRIVATE_PERSON
        line["receipts"] = [{"number": paper["number"]} for paper in line["receipts"]]
    for one in shown["authorised"]:
        one.pop("address", None)
    shown["head"].pop("candidate_address", None)
    return shown
