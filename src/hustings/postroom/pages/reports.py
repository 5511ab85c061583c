"""What came back: bounces and complaints on the desk."""

from django.db.models import Q
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.platform import audit
from hustings.platform.pages.listing import (
    ChoiceFilter,
    Column,
    DateFilter,
    Export,
    Listing,
    YesNoFilter,
    list_page,
)
from hustings.platform.pages.parts import Action, Badge, Empty
from hustings.postroom.access import reports_for
from hustings.postroom.models import DeliveryReport


@needs(Right.SEE_OUTBOX)
def report_list(request: DeskRequest) -> HttpResponseBase:
    """Every bounce and complaint about messages to people of our places."""

    def note(said: str) -> None:
        audit.record(
            now=clock().now(), actor=request.user, verb="exported", subject_type="postroom.DeliveryReport",
            subject_id="reports", filters=said,
        )  # fmt: skip

    listing = Listing(
        title=_("What came back"),
        icon="rotate",
        intro=_(
            "A bounce that says an address is gone, or the third in a row, takes the address out of use. A complaint is an "
            "objection to news by email. STOP in answer to a text message stops every text to that number."
        ),
        rows=reports_for(scope=request.scope).select_related("message__person", "message__dispatch"),
        columns=(
            Column(key="at", label=_("Came in"), value="at", sort=("at",)),
            Column(key="kind", label=_("Kind"), value=_kind, sort=("kind",), export="get_kind_display"),
            Column(key="address", label=_("Address"), value=_address),
            Column(key="what", label=_("Message"), value=_what, link=_what_link),
            Column(key="status", label=_("Status"), value="status", sort=("status",)),
            Column(key="diagnostic", label=_("In the server's words"), value="diagnostic", is_minor=True),
            Column(key="source", label=_("By way of"), value="source", is_minor=True),
        ),
        filters=(
            ChoiceFilter(
                key="kind", label=_("Kind"), field="kind",
                choices=[("bounce", _("Bounce")), ("complaint", _("Complaint")), ("stop", _("STOP")), ("reply", _("Answer"))],
            ),
            YesNoFilter(key="permanent", label=_("For good"), yes=Q(is_permanent=True)),
            DateFilter(key="at", label=_("Came in"), field="at"),
        ),
        order="-at",
        left_out=_("Reports about messages to people of other places."),
        empty=Empty(
            title=_("Nothing has come back"),
            text=_("Reports come in from your mail provider, or from a mailbox file: hustings postroom bounces FILE.mbox."),
        ),
        export=Export(file_name="reports", is_allowed=may(request, Right.EXPORT_PEOPLE), note=note),
        back=Action(label=_("Outbox"), url=reverse("postroom_desk:outbox")),
    )  # fmt: skip
    return list_page(request, listing)


def _kind(report: DeliveryReport) -> Badge:
    if report.kind in {"stop", "reply"}:
        is_stop = report.kind == "stop"
        return Badge(text=_("STOP") if is_stop else _("answer"), tone="bad" if is_stop else "info")
    if report.kind == "complaint":
        return Badge(text=_("complaint"), tone="bad")
    return Badge(
        text=_("bounced for good") if report.is_permanent else _("bounced for now"),
        tone="bad" if report.is_permanent else "warn",
    )


def _address(report: DeliveryReport) -> str:
    return report.message.address if report.message else ""


def _what(report: DeliveryReport) -> str:
    if report.message is None:
        return _("none of ours")
    return report.message.dispatch.label if report.message.dispatch else report.message.template


def _what_link(report: DeliveryReport) -> str | None:
    if report.message is None or report.message.dispatch_id is None:
        return None
    return reverse("postroom_desk:dispatch", args=[report.message.dispatch_id])
