"""An audience as CSV, with the gate's verdict beside each person."""

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, needs
from hustings.basics.clock import clock
from hustings.outreach.audiences.access import audience_for
from hustings.outreach.audiences.queries.export import export_rows
from hustings.outreach.audiences.rules.kinds import CHANNELS, PURPOSES
from hustings.platform import audit
from hustings.platform.pages.listing import Column, csv_lines


@needs(Right.EXPORT_PEOPLE)
@require_safe
def audience_csv(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Every person in the audience, streamed; noted in the audit log before the first row goes out."""
    audience = audience_for(scope=request.scope, pk=pk)
    channel, purpose = request.GET.get("channel", "email"), request.GET.get("purpose", "campaign")
    channel = channel if channel in CHANNELS else "email"
    purpose = purpose if purpose in PURPOSES else "campaign"
    now = clock().now()
    audit.record(
        now=now,
        actor=request.user,
        verb="audience exported",
        subject_type="outreach.Audience",
        subject_id=audience.pk,
        area_code=audience.area_id or "",
        channel=channel,
        purpose=purpose,
    )
    rows = export_rows(audience=audience, channel=channel, purpose=purpose, now=now)
    return StreamingHttpResponse(
        csv_lines(columns=_columns(), rows=rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="audience-{audience.pk}.csv"'},
    )


def _columns() -> tuple[Column, ...]:
    names = (
        *("person", "given_name", "family_name", "email", "phone", "address_line", "postcode"),
        *("ward_code", "ward", "last_contacted_at"),
    )
    return (
        *(Column(key=name, label=name, value=name) for name in names),
        Column(
            key="may_be_contacted", label="may_be_contacted", value=lambda row: "no" if row.reason else "yes"
        ),
        Column(key="reason", label="reason", value="reason"),
        Column(key="rule", label="rule", value="rule"),
        Column(key="verdict", label="verdict", value=lambda row: _(row.verdict) if row.verdict else ""),
    )
