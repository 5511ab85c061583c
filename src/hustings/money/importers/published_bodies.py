"""Importers of published loans, of the registers of parties and campaigners, and of the list of trade unions."""

from collections.abc import Iterator, Mapping
from typing import Any

from hustings.money.importers.published import AT_ONCE, PublishedImporter, Staged
from hustings.money.importers.reading import columns_by_alias, day_of, heading_key, pence_of
from hustings.money.models import PublishedBody, PublishedLoan
from hustings.platform.importing.importer import DatasetCard, Options, RowRejected
from hustings.platform.importing.source import SourceFile
from hustings.platform.models import ImportRun

_UNION_REGISTER = "Certification Officer"

_LOAN = {
    "ref": ("ecreference", "ecref"),
    "lender": ("lendername", "loanparticipantname"),
    "title": ("lendertitle",),
    "first": ("lenderfirstname",),
    "middle": ("lendermiddlename",),
    "last": ("lenderlastname",),
    "lender_kind": ("lendertype", "loanparticipanttype"),
    "company_number": ("lendercompanynumber", "companyregistrationnumber"),
    "recipient": ("recipientname", "regulatedentityname", "entityname"),
    "recipient_kind": ("recipienttype", "regulatedentitytype"),
    "unit": ("accountingunitname",),
    "kind": ("type", "loantype"),
    "status": ("status", "loanstatus"),
    "value_pence": ("value", "loanamount"),
    "repaid_pence": ("valuerepaid", "amountrepaid"),
    "converted_pence": ("valueconverted", "amountconverted"),
    "outstanding_pence": ("valueoutstanding", "amountoutstanding"),
    "rate": ("rate", "rateofinterest"),
    "started_on": ("startdate",),
    "ended_on": ("enddate", "repaiddate"),
}
_BODY = {
    "ref": ("ecreferencenumber", "ecref", "regulatedentityid"),
    "register": ("register", "registername"),
    "name": ("entityname", "regulatedentityname"),
    "kind": ("entitytype", "regulatedentitytype"),
    "status": ("registrationstatus", "registrationstatusname"),
    "entity_status": ("entitystatus", "entitystatusname"),
    "company_number": ("companyregno", "companyregistrationnumber"),
    "registered_on": ("dateofregistrationnotification", "dateofregistration", "approveddate"),
}


class CommissionLoans(PublishedImporter):
    """Loans, credit facilities and guarantees to parties and regulated donees."""

    slug = "ec-loans"
    card = DatasetCard(
        title="Loans to parties and regulated donees",
        publisher="Electoral Commission",
        licence="Open Government Licence v3.0",
        what="One row for each loan: lender, recipient, value, what is repaid and what is owed, rate, status, dates.",
        columns=("ecReference", "lenderName", "lenderType", "recipientName", "value", "status"),
        updated="every quarter",
    )
    model = PublishedLoan
    key = ("ref",)

    def recognises(self, *, source: SourceFile) -> bool:
        """A reference, a lender's kind, a recipient and a value."""
        columns = columns_by_alias(header=source.header, aliases=_LOAN)
        return {"ref", "lender_kind", "recipient", "value_pence"} <= set(columns)

    def rows(
        self, *, source: SourceFile, options: Options
    ) -> Iterator[tuple[int, Mapping[str, str], dict[str, Any] | RowRejected]]:
        """Every line as the fields of a loan; a lender without a name in one piece is put together from its parts."""
        columns = columns_by_alias(header=source.header, aliases=_LOAN)
        for line, record in source.records():
            cells = {name: " ".join(record[heading].split()) for name, heading in columns.items()}
            try:
                yield line, record, self._row(cells)
            except RowRejected as problem:
                yield line, record, problem

    def _row(self, cells: Mapping[str, str]) -> dict[str, Any]:
        if not cells["ref"] or not cells["recipient"]:
            raise RowRejected("The row lacks a reference or a recipient.")
        parts = [cells.get(name, "") for name in ("title", "first", "middle", "last")]
        sums = ("value_pence", "repaid_pence", "converted_pence", "outstanding_pence")
        row: dict[str, Any] = {
            "ref": cells["ref"],
            "lender": cells.get("lender") or " ".join(part for part in parts if part),
            **_texts(cells, PublishedLoan, "lender_kind", "company_number", "recipient", "recipient_kind"),
            **_texts(cells, PublishedLoan, "unit", "kind", "status", "rate"),
        }
        for name in sums:
            row[name] = pence_of(text=cells.get(name) or "0", what="value")
        for name in ("started_on", "ended_on"):
            row[name] = day_of(text=cells.get(name, ""), what="day")
        return row


_UNION = {
    "name": ("nameofunion", "nameofthetradeunion", "nameoftradeunion", "tradeunion", "unionname", "union"),
    "ref": ("listnumber", "reference", "unionnumber"),
    "registered_on": ("datelisted", "listedon", "dateoflisting", "dateenteredonlist"),
}


class _Bodies(PublishedImporter):
    """Rows of a register: which of them the newest file still has is kept, because leaving a register matters."""

    model = PublishedBody
    key = ("ref", "register")

    def activate(self, *, staged: Staged, run: ImportRun, options: Options) -> None:
        """Write what is new or differs, and mark every row that the file has."""
        super().activate(staged=staged, run=run, options=options)
        PublishedBody.objects.filter(run=run).update(seen_in=run)
        for start in range(0, len(staged.same), AT_ONCE):
            PublishedBody.objects.filter(pk__in=staged.same[start : start + AT_ONCE]).update(seen_in=run)


class CommissionRegister(_Bodies):
    """The registers of political parties, minor parties, non-party campaigners and permitted participants."""

    slug = "ec-register"
    card = DatasetCard(
        title="Registers of political parties and campaigners",
        publisher="Electoral Commission",
        licence="Open Government Licence v3.0",
        what="One row for each registration: name, kind, register (Great Britain or Northern Ireland), status, company number.",
        columns=("EC Reference Number", "Entity name", "Entity type", "Registration status", "Register"),
        updated="as registrations change",
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """A reference, a name, a kind and a registration's status."""
        columns = columns_by_alias(header=source.header, aliases=_BODY)
        return {"ref", "name", "kind", "status"} <= set(columns)

    def rows(
        self, *, source: SourceFile, options: Options
    ) -> Iterator[tuple[int, Mapping[str, str], dict[str, Any] | RowRejected]]:
        """Every line as the fields of a registered body."""
        columns = columns_by_alias(header=source.header, aliases=_BODY)
        for line, record in source.records():
            cells = {name: " ".join(record[heading].split()) for name, heading in columns.items()}
            try:
                if not cells["ref"] or not cells["name"]:
                    raise RowRejected("The row lacks a reference or a name.")
                row: dict[str, Any] = {
                    **_texts(cells, PublishedBody, "ref", "register", "name", "kind", "status"),
                    **_texts(cells, PublishedBody, "entity_status", "company_number"),
                    "registered_on": day_of(text=cells.get("registered_on", ""), what="day of registration"),
                }
            except RowRejected as problem:
                yield line, record, problem
            else:
                yield line, record, row


class UnionList(_Bodies):
    """The Certification Officer's list of trade unions, as a sheet with one union a row."""

    slug = "union-list"
    card = DatasetCard(
        title="List of trade unions",
        publisher="Certification Officer",
        licence="Open Government Licence v3.0",
        what=(
            "One row for each listed union: its name and, where the sheet has them, its number and the day it was listed. The "
            "list is published as a page; copy it into a sheet with the heading “Name of union”."
        ),
        columns=("Name of union", "List number", "Date listed"),
        updated="as unions are listed and leave",
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """A column of unions' names, and neither a donor nor a value."""
        columns = columns_by_alias(header=source.header, aliases=_UNION)
        return "name" in columns and not {"value", "amount", "donorname", "donor"} & {
            heading_key(heading=heading) for heading in source.header
        }

    def fixed(self) -> dict[str, Any]:
        """The register and what stands on it."""
        return {"register": _UNION_REGISTER, "kind": "Trade union"}

    def rows(
        self, *, source: SourceFile, options: Options
    ) -> Iterator[tuple[int, Mapping[str, str], dict[str, Any] | RowRejected]]:
        """Every line as a listed union; without a number a union is known by its name."""
        columns = columns_by_alias(header=source.header, aliases=_UNION)
        for line, record in source.records():
            cells = {name: " ".join(record[heading].split()) for name, heading in columns.items()}
            try:
                if not cells["name"]:
                    raise RowRejected("The row names no union.")
                row: dict[str, Any] = {
                    "ref": cells.get("ref") or _short(cells["name"], 40),
                    "name": _short(cells["name"], 300),
                    "status": "Registered",
                    "registered_on": day_of(text=cells.get("registered_on", ""), what="day of listing"),
                }
            except RowRejected as problem:
                yield line, record, problem
            else:
                yield line, record, row


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _texts(
    cells: Mapping[str, str], model: type[PublishedLoan] | type[PublishedBody], *names: str
) -> dict[str, str]:
    """Texts cut to what the columns hold."""
    found = {}
    for name in names:
        most = getattr(model._meta.get_field(name), "max_length", None) or 0
        found[name] = _short(cells.get(name, ""), most)
    return found
