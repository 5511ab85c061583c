"""Single messages on the desk: what became of each, and those of unknown fate."""

from django.contrib import messages as notes
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may, needs
from hustings.basics.clock import clock
from hustings.people.models import Channel
from hustings.platform import audit
from hustings.platform.pages.listing import ChoiceFilter, Column, DateFilter, Export, Listing, list_page
from hustings.platform.pages.parts import Action, Empty
from hustings.postroom.access import dispatch_for, dispatches_for, messages_for, unknowns_for
from hustings.postroom.models import Message, MessageState
from hustings.postroom.pages.words import message_badges, reason_words
from hustings.postroom.usecases.resend_unknown import resend_unknown


@needs(Right.SEE_OUTBOX)
def message_list(request: DeskRequest) -> HttpResponseBase:
    """Every message to people of our places."""
    rows = messages_for(scope=request.scope).select_related("dispatch", "person")
    listing = Listing(
        title=_("Messages"),
        icon="list-ul",
        rows=rows,
        columns=_columns(),
        search=("address", "person__given_name", "person__family_name"),
        filters=(_state_filter(), _channel_filter(), _dispatch_filter(request), _ended_filter()),
        order="-queued",
        left_out=_("Messages to people of other places, and to people whose ward is not known yet."),
        empty=Empty(title=_("No messages yet"), text=_("Confirmations, reminders and mailings appear here.")),
        export=_export(request, "messages"),
        back=Action(label=_("Outbox"), url=reverse("postroom_desk:outbox")),
    )
    return list_page(request, listing)


@needs(Right.SEE_OUTBOX)
def unknown_list(request: DeskRequest) -> HttpResponseBase:
    """Messages whose fate is unknown, each to be decided by a person."""
    rows = unknowns_for(scope=request.scope).select_related("dispatch", "person")
    can = may(request, Right.SEND)
    resend_column = Column(
        key="resend", label=_("Decide"), value=lambda row: _("Send again"), is_screen_only=True,
        link=lambda row: reverse("postroom_desk:resend", args=[row.pk]),
    )  # fmt: skip
    chosen = request.GET.get("dispatch", "")
    actions: tuple[Action, ...] = ()
    if can and chosen.isdecimal() and rows.filter(dispatch=int(chosen)).exists():
        address = reverse("postroom_desk:resend_of_dispatch", args=[int(chosen)])
        actions = (Action(label=_("Send all of these again"), url=address),)
    listing = Listing(
        title=_("Fate unknown"),
        icon="help",
        intro=_(
            "The end of these messages was sent, and no answer came before the connection or the worker ended. Most have "
            "arrived. Nothing is sent again by itself; send one again where a second copy does less harm than none."
        ),
        rows=rows,
        columns=(*_columns(), *([resend_column] if can else [])),
        search=("address", "person__given_name", "person__family_name"),
        filters=(_dispatch_filter(request), _ended_filter()),
        order="-ended",
        empty=Empty(
            title=_("Nothing is in doubt"), text=_("Every message sent so far was answered by a server.")
        ),
        actions=actions,
        export=_export(request, "unknown"),
        back=Action(label=_("Outbox"), url=reverse("postroom_desk:outbox")),
    )
    return list_page(request, listing)


@needs(Right.SEND)
def resend(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask, then send one message of unknown fate again."""
    chosen = unknowns_for(scope=request.scope).filter(pk=pk)
    if not chosen.exists():
        raise Http404
    return _resend(request, chosen, reverse("postroom_desk:unknowns"))


@needs(Right.SEND)
def resend_of_dispatch(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask, then send every message of unknown fate of one sending again."""
    found = dispatch_for(scope=request.scope, pk=pk)
    chosen = unknowns_for(scope=request.scope).filter(dispatch=found)
    return _resend(request, chosen, reverse("postroom_desk:dispatch", args=[pk]))


def _resend(request: DeskRequest, chosen: QuerySet[Message], back: str) -> HttpResponse:
    if request.method == "POST":
        count = resend_unknown(
            message_ids=list(chosen.values_list("pk", flat=True)), by=request.user, now=clock().now()
        )
        words = ngettext("%(count)s message goes out again.", "%(count)s messages go out again.", count)
        if count:
            notes.success(request, words % {"count": count})
        else:
            notes.warning(
                request, _("Nothing was sent again: the sending was stopped, or nothing is in doubt.")
            )
        return redirect(back)
    count = chosen.count()
    question = ngettext(
        "%(count)s message may have arrived already. Whoever got it gets it twice. Clearance is asked again first.",
        "%(count)s messages may have arrived already. Whoever got one gets it twice. Clearance is asked again first.",
        count,
    )
    context = {
        "title": _("Send again?"),
        "question": question % {"count": count},
        "confirm_label": _("Send again"),
        "cancel_url": back,
    }
    return render(request, "desk/confirm.html", context)


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            key="reader", label=_("To"), value=lambda row: str(row.person) if row.person else "",
            sort=("person__family_name", "person__given_name"),
        ),
        Column(key="address", label=_("Address"), value="address", sort=("address",)),
        Column(key="what", label=_("What"), value=_what, link=_what_link),
        Column(
            key="state", label=_("State"), value=message_badges, sort=("state",), export="get_state_display"
        ),
        Column(
            key="reason", label=_("Reason or answer"), is_minor=True,
            value=lambda row: reason_words(reason=row.reason, channel=row.channel),
        ),
        Column(key="channel", label=_("Channel"), value="get_channel_display", sort=("channel",), is_minor=True),
        Column(key="parts", label=_("Text parts"), value=lambda row: row.parts or "", is_number=True, is_minor=True),
        Column(key="delivered", label=_("On the phone"), value="delivered_at", is_minor=True),
        Column(key="attempts", label=_("Attempts"), value="attempts", is_number=True, is_minor=True),
        Column(key="queued", label=_("Queued"), value="queued_at", sort=("queued_at",), is_minor=True),
        Column(key="ended", label=_("Ended"), value="ended_at", sort=("ended_at",)),
        Column(key="bounced", label=_("Bounced"), value="bounced_at", is_export_only=True),
        Column(key="complained", label=_("Complained"), value="complained_at", is_export_only=True),
    )  # fmt: skip


def _what(message: Message) -> str:
    return message.dispatch.label if message.dispatch else message.template


def _what_link(message: Message) -> str | None:
    return reverse("postroom_desk:dispatch", args=[message.dispatch_id]) if message.dispatch_id else None


def _state_filter() -> ChoiceFilter:
    choices = [(str(value), str(label)) for value, label in MessageState.choices]
    return ChoiceFilter(key="state", label=_("State"), field="state", choices=choices)


def _channel_filter() -> ChoiceFilter:
    choices = [(str(channel), str(channel.label)) for channel in (Channel.EMAIL, Channel.SMS)]
    return ChoiceFilter(key="channel", label=_("Channel"), field="channel", choices=choices)


def _dispatch_filter(request: DeskRequest) -> ChoiceFilter:
    recent = dispatches_for(scope=request.scope).values_list("pk", "label")[:200]
    choices = [(str(pk), label) for pk, label in recent]
    return ChoiceFilter(key="dispatch", label=_("Sending"), field="dispatch", choices=choices)


def _ended_filter() -> DateFilter:
    return DateFilter(key="ended", label=_("Ended"), field="ended_at")


def _export(request: DeskRequest, name: str) -> Export:
    def note(said: str) -> None:
        audit.record(
            now=clock().now(), actor=request.user, verb="exported", subject_type="postroom.Message",
            subject_id=name, filters=said,
        )  # fmt: skip

    return Export(file_name=name, is_allowed=may(request, Right.EXPORT_PEOPLE), note=note)
