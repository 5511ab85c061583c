"""Importers of published donations: three layouts of one kind of row."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from hustings.money.importers.donation_rows import columns_of, has_donations, read_gift
from hustings.money.importers.published import PublishedImporter
from hustings.money.models import PublishedDonation
from hustings.platform.importing.importer import DatasetCard, Options, RowRejected
from hustings.platform.importing.source import SourceFile


class _Donations(PublishedImporter):
    """Rows of donations, each known by its source's reference."""

    model = PublishedDonation
    key = ("source", "ref")

    def rows(
        self, *, source: SourceFile, options: Options
    ) -> Iterator[tuple[int, Mapping[str, str], dict[str, Any] | RowRejected]]:
        """Every line as the fields of a published donation."""
        columns = columns_of(source=source)
        for line, cells in source.records():
            try:
                gift = read_gift(row=cells, columns=columns, line=line)
            except RowRejected as problem:
                yield line, cells, problem
            else:
                yield line, cells, {**asdict(gift), "source": self.slug}

    def fixed(self) -> dict[str, Any]:
        """The source."""
        return {"source": self.slug}


class CommissionDonations(_Donations):
    """The Electoral Commission's export, under its own headings and those of its copies."""

    slug = "ec-donations"
    card = DatasetCard(
        title="Donations to parties, campaigners and regulated donees",
        publisher="Electoral Commission",
        licence="Open Government Licence v3.0",
        what=(
            "One row for each reported donation: recipient, accounting unit, donor, status, value, dates, reporting period. Rows "
            "stay in hand when a later file lacks them; a row that differs is written anew."
        ),
        columns=("ECRef", "RegulatedEntityName", "Value", "DonorName", "DonorStatus", "ReceivedDate"),
        updated="every quarter; weekly before a general election",
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """A reference, a regulated entity, a value and a donor."""
        columns = columns_of(source=source)
        return (
            has_donations(source=source)
            and "ref" in columns
            and "donor_kind" in columns
            and "mnisid" not in _keys(source)
        )


class MembersInterests(_Donations):
    """Category 2 of the Register of Members' Financial Interests, as the Parliament's service publishes it."""

    slug = "mps-register"
    card = DatasetCard(
        title="Register of Members' Financial Interests, category 2: donations and other support",
        publisher="UK Parliament",
        licence="Open Parliament Licence v3.0",
        what="One row for each gift to a Member of Parliament: Member, donor, status, value, days of receipt and registration.",
        columns=("ID", "MNIS ID", "Member", "Value", "DonorName", "Registered"),
        updated="every two weeks while Parliament sits",
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """The Members' own numbers, and a donor."""
        return has_donations(source=source) and "mnisid" in _keys(source)


class DonorTotals(_Donations):
    """Lists of donors with what each gave a party in all, without dates."""

    slug = "donor-totals"
    card = DatasetCard(
        title="Totals by donor and party",
        publisher="anybody, from the Electoral Commission's figures",
        licence="see the publisher",
        what="One row for each donor and party with one sum. There are no dates, so these sums are held against no threshold.",
        columns=("donor", "amount", "party"),
    )

    def recognises(self, *, source: SourceFile) -> bool:
        """A donor, a sum and a party, and neither a reference nor a date."""
        columns = columns_of(source=source)
        return has_donations(source=source) and not {
            "ref",
            "received_on",
            "accepted_on",
            "reported_on",
        } & set(columns)


def _keys(source: SourceFile) -> set[str]:
    return {"".join(letter for letter in heading.casefold() if letter.isalnum()) for heading in source.header}
