"""The questions a report can be asked, read from the address and never wrong: what makes no sense is said and left out."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hustings.adwatch.models import Code, Snapshot
from hustings.adwatch.queries.report import By, Report, Row, ad_report

GROUPS = (
    ("entity", _("who is behind it")),
    ("page", _("page and disclaimer")),
    ("party", _("party")),
    ("platform", _("platform")),
    ("week", _("week")),
)


class ReportForm(forms.Form):
    """Days, grouping, kind of advertiser, and one snapshot where the reader wants just that."""

    first_on = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_on = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    by = forms.ChoiceField(label=_("By"), choices=GROUPS, required=False)
    code = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("all")), ("not-party", _("all but parties and candidates")), *Code.choices],
    )
    snapshot = forms.ModelChoiceField(
        label=_("Snapshot"),
        queryset=Snapshot.objects.none(),
        required=False,
        empty_label=_("all that fit together"),
    )

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data)
        field = cast(forms.ModelChoiceField[Snapshot], self.fields["snapshot"])
        field.queryset = Snapshot.objects.exclude(kind__in=("places", "series"))

    def clean(self) -> dict[str, object]:
        """The first day is not after the last."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and first > last:
            self.add_error("last_on", _("The last day lies before the first. Swap the two."))
        return cleaned


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A report as asked for, with its rows narrowed to a kind of advertiser where one was chosen."""

    form: ReportForm
    report: Report
    rows: tuple[Row, ...]
    by: By
    code: str


def ask_report(*, query: QueryDict) -> Asked:
    """Make the report that an address asks for."""
    form = ReportForm(query or None)
    values = form.cleaned_data if form.is_bound and (form.is_valid() or form.cleaned_data) else {}
    by = cast(By, values.get("by") or "entity")
    code = str(values.get("code") or "")
    if code and by != "entity":
        by = "entity"
    snapshot = values.get("snapshot")
    first, last = cast(date | None, values.get("first_on")), cast(date | None, values.get("last_on"))
    if form.errors:
        first = last = None
    report = ad_report(
        first_on=first,
        last_on=last,
        by=by,
        basis="auto",
        only=[snapshot.pk] if isinstance(snapshot, Snapshot) else (),
    )
    return Asked(
        form=form, report=report, rows=tuple(row for row in report.rows if _fits(row, code)), by=by, code=code
    )


def _fits(row: Row, code: str) -> bool:
    if not code:
        return True
    if code == "not-party":
        return row.about.get("code") not in {"party", "candidate"}
    return row.about.get("code") == code
