"""The desk list: what is shown, narrowed, sorted, paged and exported, and what a spreadsheet must not run."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpResponseBase
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from hustings.platform.models import AuditEntry
from hustings.platform.pages.listing import (
    BadListing,
    ChoiceFilter,
    Column,
    DateFilter,
    Export,
    Listing,
    YesNoFilter,
    csv_lines,
    list_page,
    safe_in_spreadsheet,
)
from hustings.platform.pages.parts import Action, Badge, Empty
from tests.conftest import NOW

COLUMNS = (
    Column(key="at", label="When", value="at", sort=("at",)),
    Column(key="who", label="Who", value="actor_name", link=lambda e: f"/who/{e.pk}/", sort=("actor_name",)),
    Column(key="state", label="State", value=lambda e: Badge(text=e.verb, tone="good")),
    Column(key="number", label="Number", value=lambda e: e.actor_id, is_number=True),
    Column(key="secret", label="Only in the file", value="subject_type", is_export_only=True),
)


def listing(**changes: Any) -> Listing:
    """A list of audit entries."""
    values: dict[str, Any] = {
        "title": "Entries",
        "rows": AuditEntry.objects.all(),
        "columns": COLUMNS,
        "search": ("actor_name", "verb"),
        "filters": (
            ChoiceFilter(key="verb", label="Act", choices=[("sent", "Sent"), ("cut", "Cut")], field="verb"),
            DateFilter(key="at", label="When", field="at"),
            YesNoFilter(key="numbered", label="Numbered", yes=Q(actor_id__isnull=False)),
        ),
        "order": "-at",
        "left_out": "Entries of other places.",
        "empty": Empty(
            title="Nothing yet", text="Do something.", actions=(Action(label="Do it", url="/do/"),)
        ),
        "export": Export(file_name="entries"),
        "page_size": 10,
    }
    return Listing(**{**values, **changes})


def ask(query: str = "", **changes: Any) -> HttpResponseBase:
    """The list as answered to a query string."""
    request = RequestFactory().get(f"/desk/entries/{query}")
    request.user = AnonymousUser()
    return list_page(request, listing(**changes), template="desk/parts/listing.html")


def page(query: str = "", **changes: Any) -> str:
    """The list's HTML."""
    return ask(query, **changes).content.decode()  # type: ignore[attr-defined]


def rows(response: HttpResponseBase) -> list[list[str]]:
    """A CSV answer as rows."""
    text = b"".join(response.streaming_content).decode("utf-8")  # type: ignore[attr-defined]
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.fixture
def entries(db: None) -> list[AuditEntry]:
    """Twenty-five entries, an hour apart, the last at `NOW`."""
    return AuditEntry.objects.bulk_create(
        AuditEntry(
            at=NOW - timedelta(hours=24 - index),
            actor_id=1200 + index if index % 2 else None,
            actor_name=f"Person {index:02}",
            verb="sent" if index % 5 else "cut",
            subject_type="letter",
            subject_id=str(index),
        )
        for index in range(25)
    )


def test_it_shows_one_page_newest_first_with_links_badges_and_numbers(entries: list[AuditEntry]) -> None:
    """Values are written as people write them."""
    html = page()
    assert html.index("Person 24") < html.index("Person 15")
    assert "Person 14" not in html
    assert f'<a href="/who/{entries[24].pk}/">Person 24</a>' in html
    assert '<span class="h-badge h-badge--good">sent</span>' in html
    assert "1,223" in html
    assert "30 March 2026, 10am" in html
    assert "Only in the file" not in html
    assert "Entries of other places." in html
    assert 'aria-sort="descending"' in html


def test_pages_keep_the_search_and_a_page_that_is_not_there_shows_the_last(entries: list[AuditEntry]) -> None:
    """Paging never loses what was chosen."""
    assert 'href="/desk/entries/?verb=sent&amp;page=2"' in page("?verb=sent")
    assert "Person 00" in page("?page=99")
    assert "Person 24" in page("?page=nonsense")


def test_search_needs_every_word(entries: list[AuditEntry]) -> None:
    """Two words narrow further than one."""
    html = page("?q=person+07")
    assert "Person 07" in html
    assert "Person 08" not in html
    assert "containing “person 07”" in html
    assert 'value="person 07"' in html


def test_filters_narrow_and_say_so(entries: list[AuditEntry]) -> None:
    """A choice, a span of days and a yes-or-no narrow together."""
    html = page("?verb=cut&at_from=2026-03-30&numbered=yes")
    assert "Act: Cut · When: from 30 March 2026 · Numbered: Yes" in html
    assert "Person 15" in html
    assert "Person 05" not in html  # the day before
    assert "Person 20" not in html  # not numbered
    assert "Nothing matches" in page("?verb=cut&at_from=2026-04-01")


def test_a_day_ends_at_midnight_in_the_united_kingdom(entries: list[AuditEntry]) -> None:
    """On 29 March 2026 the clocks went forward: its midnight is 11pm by UTC."""
    AuditEntry.objects.all().delete()
    for minute, name in ((59, "before"), (0, "after")):
        hour = 22 if minute else 23
        AuditEntry.objects.create(
            at=datetime(2026, 3, 29, hour, minute, tzinfo=UTC), actor_name=name, verb="sent"
        )
    html = page("?at_until=2026-03-29")
    assert "before" in html
    assert "after" not in html


@pytest.mark.parametrize(
    "query", ["?verb=other", "?at_from=31-02-2026", "?at_from=2026-02-31", "?numbered=perhaps", "?sort=pk"]
)
def test_nonsense_in_the_address_changes_nothing(entries: list[AuditEntry], query: str) -> None:
    """A value that is not offered is ignored; it neither fails nor narrows."""
    assert "<strong>25</strong>" in page(query)


def test_sorting_turns_round(entries: list[AuditEntry]) -> None:
    """A second click turns the order."""
    html = page("?sort=who")
    assert html.index("Person 00") < html.index("Person 09")
    assert 'href="/desk/entries/?sort=-who"' in html


def test_nothing_at_all_shows_the_next_step(db: None) -> None:
    """An empty list says why and where to go on; there is nothing to search."""
    html = page()
    assert "Nothing yet" in html
    assert 'href="/do/"' in html
    assert "<form" not in html


def test_the_file_holds_every_row_that_matches(entries: list[AuditEntry]) -> None:
    """Not the page alone; dates by ISO 8601, numbers plain, badges as their words."""
    noted: list[str] = []
    found = rows(ask("?verb=sent&export=csv", export=Export(file_name="entries", note=noted.append)))
    assert found[0] == ["When", "Who", "State", "Number", "Only in the file"]
    assert len(found) == 21
    assert found[1] == ["2026-03-30T10:00:00+01:00", "Person 24", "sent", "", "letter"]
    assert found[2][3] == "1223"
    assert noted == ["Act: Sent"]


def test_a_list_that_may_not_be_taken_away_is_not(entries: list[AuditEntry]) -> None:
    """The link is not offered, and asking anyway is refused in a sentence."""
    export = Export(file_name="entries", is_allowed=False)
    assert "Download as CSV" not in page(export=export)
    answer = ask("?export=csv", export=export)
    assert answer.status_code == 403
    assert ask("?export=csv", export=None).status_code == 200


@given(st.text())
def test_no_spreadsheet_runs_what_somebody_typed(text: str) -> None:
    """Whatever is typed, the cell begins with nothing that a spreadsheet runs, and nothing is lost."""
    safe = safe_in_spreadsheet(text)
    assert not safe.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert safe.removeprefix("'") == text.removeprefix("'") or safe == text


@pytest.mark.parametrize("text", ["=1+1", "+447700900123", "-2", "@SUM(A1)", "\tx", "  =1", "＝1"])
def test_formulas_get_an_apostrophe(text: str) -> None:
    """The known starts, also after spaces and in full width."""
    assert safe_in_spreadsheet(text) == f"'{text}"


def test_csv_of_plain_rows() -> None:
    """Any rows can be written; headings are made safe too."""
    columns = (
        Column(key="a", label="=A", value="a"),
        Column(key="b", label="B", value="b", is_screen_only=True),
    )
    assert "".join(csv_lines(columns=columns, rows=[{"a": -5, "b": 1}])) == "\ufeff'=A\r\n-5\r\n"


def test_a_list_put_together_wrongly_is_refused() -> None:
    """Names are unique and the order exists."""
    for changes in (
        {"order": "nothing"},
        {"columns": COLUMNS + COLUMNS},
        {"filters": (ChoiceFilter(key="page", label="", choices=()),)},
    ):
        with pytest.raises(BadListing):
            listing(**{"rows": AuditEntry.objects.none(), **changes})
