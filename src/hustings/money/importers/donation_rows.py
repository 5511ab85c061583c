"""Reads published donations: the Electoral Commission's export and its copies, the Register of Members' Financial Interests,
and lists of donors' totals. Needs no database.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hustings.money.importers.reading import columns_by_alias, day_of, is_yes, pence_of
from hustings.money.rules.published.donations import PublishedGift
from hustings.platform.importing.importer import ImportRefused, RowRejected
from hustings.platform.importing.source import SourceFile

#: Our name, and the headings (small letters and digits) under which publications have it, the best first.
ALIASES: dict[str, tuple[str, ...]] = {
    "ref": ("ecref", "ecreference", "ecrefno", "id"),
    "recipient": (
        "regulatedentityname",
        "regulatedentity",
        "entityname0",
        "recipientname",
        "recipient",
        "member",
        "partyname",
        "party",
    ),
    "recipient_kind": ("regulatedentitytype", "recipienttype"),
    "donee_kind": ("regulateddoneetype",),
    "unit": ("accountingunitname", "accountingunit"),
    "value": ("value", "amount", "totalvalue"),
    "donor": ("donorname", "donor"),
    "donor_kind": ("donorstatus", "donortype", "entityname", "entity"),
    "donor_ref": ("donorid",),
    "company_number": (
        "companyregistrationnumber",
        "companynumber",
        "donorcompanyidentifier",
        "companyregno",
    ),
    "postcode": ("postcode", "donorpostcode"),
    "received_on": ("receiveddate", "datereceived"),
    "accepted_on": ("accepteddate", "dateaccepted"),
    "reported_on": ("reporteddate", "datereported", "registered"),
    "period": ("reportingperiodname", "reportingperiod"),
    "kind": ("donationtype", "paymenttype", "typeofdonation"),
    "nature": ("natureofdonation", "nature", "paymentdescription"),
    "action": ("donationaction", "action"),
    "register": ("registername", "register"),
    "is_pre_poll": ("isreportedprepoll", "isprepoll", "reportedprepoll"),
    "is_aggregation": ("isaggregation",),
    "is_bequest": ("isbequest",),
    "is_sponsorship": ("issponsorship",),
}
_NEEDED = ("recipient", "value", "donor")
_FLAGS = {
    "is_pre_poll": "reported before a poll",
    "is_aggregation": "an aggregation",
    "is_bequest": "a bequest",
    "is_sponsorship": "sponsorship",
}
_DAYS = {
    "received_on": "day of receipt",
    "accepted_on": "day of acceptance",
    "reported_on": "day of the report",
}
_MOST = {
    "ref": 40,
    "recipient": 200,
    "unit": 200,
    "donor": 300,
    "donor_kind": 60,
    "donor_ref": 40,
    "company_number": 40,
    "postcode": 12,
    "period": 120,
    "kind": 80,
    "nature": 120,
    "action": 40,
    "register": 40,
}


def columns_of(*, source: SourceFile) -> dict[str, str]:
    """The file's headings by our names."""
    return columns_by_alias(header=source.header, aliases=ALIASES)


def has_donations(*, source: SourceFile) -> bool:
    """Whether the file has a recipient, a value and a donor in each row."""
    return set(_NEEDED) <= set(columns_of(source=source))


def read_gift(*, row: dict[str, str], columns: dict[str, str], line: int) -> PublishedGift:
    """One row by our own names; raises `RowRejected`."""
    cells = {name: " ".join((row[heading] or "").split()) for name, heading in columns.items()}
    for name, most in _MOST.items():
        if len(cells.get(name, "")) > most:
            cells[name] = cells[name][: most - 1] + "…"
    if not cells["recipient"]:
        raise RowRejected("The row names no recipient.")
    kind = cells.get("recipient_kind", "")
    if "member" in (columns.get("recipient", "")).casefold():
        kind = "Regulated Donee"
    donee = cells.get("donee_kind", "")
    # Any: the names are those of the dataclass, each group with its own type.
    texts: dict[str, Any] = {name: cells.get(name, "") for name in _MOST if name not in {"ref", "recipient"}}
    days: dict[str, Any] = {
        name: day_of(text=cells.get(name, ""), what=words) for name, words in _DAYS.items()
    }
    flags: dict[str, Any] = {
        name: is_yes(text=cells.get(name, ""), what=words) for name, words in _FLAGS.items()
    }
    return PublishedGift(
        ref=cells.get("ref") or f"line {line}",
        recipient=cells["recipient"],
        recipient_kind=(f"{kind}: {donee}" if donee else kind)[:60],
        value_pence=pence_of(text=cells["value"], what="value"),
        **texts,
        **days,
        **flags,
    )


def read_donations(*, path: Path) -> Iterator[tuple[int, dict[str, str], PublishedGift | RowRejected]]:
    """Every row with its line: a gift, or why it cannot be used. Raises `ImportRefused` where the columns are not there."""
    source = SourceFile(path)
    columns = columns_of(source=source)
    if missing := [name for name in _NEEDED if name not in columns]:
        raise ImportRefused(
            f"{source.name} is not a file of donations: it has no column for {', '.join(missing)}. A heading like "
            "RegulatedEntityName, DonorName and Value is needed."
        )
    for line, row in source.records():
        try:
            yield line, row, read_gift(row=row, columns=columns, line=line)
        except RowRejected as problem:
            yield line, row, problem
