"""The person whom a row of a list is about, whatever the list is for."""

from collections.abc import Sequence

from hustings.basics.refusals import Refusal
from hustings.people.importers.cells import Layout, names_of
from hustings.people.usecases.check_row import CheckedRow, PersonRow, check_row
from hustings.platform.importing.importer import RowRejected


def person_in(*, cells: Sequence[str], layout: Layout) -> CheckedRow:
    """Names, email, numbers and address of one row, checked; a mobile comes before another number. Raises `RowRejected`."""
    given_name, family_name = names_of(cells, layout)
    mobile, phone = layout.cell(cells, "mobile"), layout.cell(cells, "phone")
    try:
        return check_row(
            row=PersonRow(
                given_name=given_name,
                family_name=family_name,
                email=layout.cell(cells, "email"),
                phone=mobile or phone,
                other_phone=phone if mobile else "",
                postcode=layout.cell(cells, "postcode"),
                address_line=layout.cell(cells, "address_line"),
            )
        )
    except Refusal as problem:
        raise RowRejected(str(problem)) from problem
