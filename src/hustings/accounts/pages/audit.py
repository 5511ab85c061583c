"""The audit log: who did what, when."""

import re

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.accounts.queries import audit_entries_for, verbs_used
from hustings.basics.clock import clock
from hustings.platform.audit import record
from hustings.platform.models import AuditEntry
from hustings.platform.pages.listing import ChoiceFilter, Column, DateFilter, Export, Listing, list_page
from hustings.platform.pages.parts import Empty
from hustings.platform.words import written


def _detail(entry: object) -> str:
    detail: dict[str, object] = getattr(entry, "detail", {}) or {}
    return "; ".join(
        f"{name.replace('_', ' ')}: {written(value)}"
        for name, value in detail.items()
        if value not in ("", None)
    )


def _subject(entry: AuditEntry) -> str:
    """What was acted on as people say it: `outreach.Mailing` and 1 become “mailing 1”."""
    kind = entry.subject_type.rpartition(".")[2]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).lower()
    return f"{words} {entry.subject_id}".strip()


@needs(Right.SEE_AUDIT)
def audit_list(request: DeskRequest) -> HttpResponseBase:
    """Every entry in the places of whoever asks."""
    entries = audit_entries_for(scope=request.scope)

    def note(filters: str) -> None:
        record(
            now=clock().now(),
            actor=request.user,
            verb="exported",
            subject_type="audit log",
            subject_id="",
            filters=filters,
        )

    return list_page(
        request,
        Listing(
            title=_("Audit log"),
            icon="history",
            rows=entries,
            intro=_("Who did what, and when. Entries are only ever added; nobody can change or remove one."),
            columns=(
                Column(key="at", label=_("When"), value="at", sort=("at",)),
                Column(
                    key="who",
                    label=_("Who"),
                    value=lambda entry: entry.actor_name or _("the system"),
                    sort=("actor_name",),
                ),
                Column(key="what", label=_("Did"), value="verb", sort=("verb",)),
                Column(
                    key="subject",
                    label=_("To"),
                    value=_subject,
                    export=lambda entry: f"{entry.subject_type} {entry.subject_id}".strip(),
                ),
                Column(key="place", label=_("Place"), value="area_code", is_minor=True),
                Column(key="detail", label=_("Details"), value=_detail, is_minor=True),
            ),
            search=("actor_name", "verb", "subject_type", "subject_id"),
            filters=(
                ChoiceFilter(
                    key="verb",
                    label=_("Did"),
                    choices=[(verb, verb) for verb in verbs_used(scope=request.scope)],
                    field="verb",
                ),
                DateFilter(key="at", label=_("Between"), field="at"),
            ),
            order="-at",
            left_out=""
            if request.scope.is_everything
            else _(
                "What was done outside your places, or belongs to no place, is shown to those appointed for the "
                "whole organisation."
            ),
            empty=Empty(
                title=_("Nothing has been recorded yet"),
                text=_("Entries appear here as people work: appointments, approvals, exports, overrides."),
            ),
            export=Export(file_name="audit-log", note=note),
        ),
    )
