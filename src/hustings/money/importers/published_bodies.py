"""Importers of published loans and of the registers of parties and campaigners."""

from collections.abc import Iterator, Mapping
from typing import Any

from hustings.money.importers.published import PublishedImporter
from hustings.money.importers.reading import columns_by_alias, day_of, pence_of
from hustings.money.models import PublishedBody, PublishedLoan
from hustings.platform.importing.importer import DatasetCard, Options, RowRejected
from hustings.platform.importing.source import SourceFile

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


class CommissionRegister(PublishedImporter):
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
    model = PublishedBody
    key = ("ref", "register")

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


def _texts(
    cells: Mapping[str, str], model: type[PublishedLoan] | type[PublishedBody], *names: str
) -> dict[str, str]:
    """Texts cut to what the columns hold."""
    found = {}
    for name in names:
        most = getattr(model._meta.get_field(name), "max_length", None) or 0
        text = cells.get(name, "")
        found[name] = text if len(text) <= most else f"{text[: most - 1]}…"
    return found
