"""What the page of a mailing shows: its state, the gate's counts, how far it is, figures that agree, and the next steps."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from hustings.accounts.access import Right
from hustings.accounts.pages.guard import DeskRequest, may
from hustings.basics.clock import uk_date
from hustings.basics.refusals import Refusal
from hustings.clearance.pages.answer import refusal_facts
from hustings.clearance.queries import composed
from hustings.clearance.rules.answering import ClearanceSummary
from hustings.clearance.rules.gate import Reason
from hustings.outreach.audiences.queries.reading import read_audience
from hustings.outreach.audiences.rules.check import parse_tree
from hustings.outreach.mailings.models import Mailing, MailingState
from hustings.outreach.mailings.queries import MailingFigures, figures_of, message_of, text_cost
from hustings.outreach.mailings.usecases.start_mailing import ask_gate
from hustings.platform.pages.parts import Action, Badge, Callout, Fact, ProgressBar, Tile, Tone
from hustings.platform.words import pounds
from hustings.postroom.queries import dispatch_counts, sending_domain_warnings
from hustings.postroom.rules.quiet_hours import is_quiet
from hustings.postroom.usecases.open_text_dispatch import check_texts_ready

_TONES: dict[str, Tone] = {
    MailingState.DRAFT: "plain",
    MailingState.SCHEDULED: "info",
    MailingState.SENDING: "info",
    MailingState.PAUSED: "warn",
    MailingState.STOPPED: "bad",
    MailingState.FINISHED: "good",
}


def state_badge(mailing: Mailing) -> Badge:
    """The state as a coloured word; an approved draft says so."""
    if mailing.state == MailingState.DRAFT and mailing.copy_id is not None:
        return Badge(text=_("approved"), tone="info")
    return Badge(text=mailing.get_state_display(), tone=_TONES[mailing.state])


def overview(*, mailing: Mailing, request: DeskRequest, now: datetime) -> dict[str, Any]:
    """Everything about the mailing but its words."""
    figures = figures_of(mailing=mailing)
    is_waiting = mailing.state in {MailingState.DRAFT, MailingState.SCHEDULED}
    tree = parse_tree(raw=mailing.audience.conditions)
    summary = ask_gate(mailing=mailing, by=request.user, now=now) if is_waiting else None
    material_missing = summary.counts.get(Reason.NO_MATERIAL, 0) if summary and not mailing.copy_id else 0
    return {
        "badge": state_badge(mailing),
        "who": read_audience(tree=tree, area_code=mailing.audience.area_id),
        "callouts": _callouts(mailing, now) if is_waiting else _problems(mailing),
        "bar": progress_bar(mailing=mailing),
        "tiles": _sent_tiles(figures, is_text=mailing.is_text)
        if figures
        else _gate_tiles(summary.asked, summary.cleared + material_missing)
        if summary
        else [],
        "refused": refusal_facts(
            counts=figures.refused_by_reason
            if figures
            else {
                reason: number
                for reason, number in (summary.counts if summary else {}).items()
                if not (material_missing and reason == Reason.NO_MATERIAL)
            },
            rules=_rules(mailing, summary),
            channel=mailing.channel,
        ),
        "warnings": [
            Fact(label=_(str(warning["sentence"])), value=warning["count"], note=str(warning["rule"]))
            for warning in (
                mailing.clearance.warnings if mailing.clearance else summary.warnings if summary else ()
            )
        ],
        "figures": figures,
        "facts": _facts(mailing)
        + (cost_facts(mailing=mailing, summary=summary, now=now) if mailing.is_text else []),
        "actions": _actions(mailing, request),
    }


def progress_bar(*, mailing: Mailing) -> ProgressBar | None:
    """How far the sending is, with the buttons that change it; `None` before it began and after it ended."""
    if mailing.dispatch is None or mailing.state not in {MailingState.SENDING, MailingState.PAUSED}:
        return None
    counts = dispatch_counts(dispatch=mailing.dispatch)
    pk = mailing.pk
    is_paused = mailing.state == MailingState.PAUSED

    def button(name: str, label: str, *, is_danger: bool = False) -> Action:
        url = reverse(f"outreach_desk:mailing_{name}", args=[pk])
        return Action(label=label, url=url, is_post=name != "stop", is_danger=is_danger)

    return ProgressBar(
        label=_("Paused") if is_paused else _("Being sent"),
        done=counts.ended,
        total=counts.total,
        poll_url=reverse("outreach_desk:mailing_progress", args=[pk]),
        note=mailing.dispatch.problem,
        is_running=not is_paused,
        tone="warn" if is_paused else "info",
        actions=(
            button("resume", _("Carry on")) if is_paused else button("pause", _("Pause")),
            button("stop", _("Stop for good"), is_danger=True),
        ),
    )


def _callouts(mailing: Mailing, now: datetime) -> list[Callout]:
    found = _text_callouts(now) if mailing.is_text else _domain_callouts(now)
    if mailing.state == MailingState.SCHEDULED:
        found.append(
            Callout(
                text=_("This mailing begins by itself. The gate is asked again at that moment."), tone="info"
            )
        )
    return found


def _text_callouts(now: datetime) -> list[Callout]:
    found = []
    try:
        check_texts_ready()
    except Refusal as fault:
        found.append(Callout(title=_("Text messages are not ready"), text=fault.told(_), tone="bad"))
    if is_quiet(at=now):
        found.append(
            Callout(text=_("It is night: texts begin to go out at eight in the morning."), tone="info")
        )
    return found


def _domain_callouts(now: datetime) -> list[Callout]:
    found = []
    domain = settings.HUSTINGS_MAIL_FROM.rpartition("@")[2]
    sentences = {
        "domain_not_checked": _(
            "Nobody has checked yet whether %(domain)s is set up for sending in bulk (SPF, DKIM and DMARC). Many providers "
            "refuse or hide mail from a domain that is not."
        ),
        "domain_check_old": _(
            "The check of %(domain)s (SPF, DKIM and DMARC) is more than a month old. Run it again before a large mailing."
        ),
        "domain_not_ready": _(
            "%(domain)s is not ready for sending in bulk: many providers will refuse or hide the mail. See the advice of the "
            "check, and put it right first."
        ),
    }
    for code in sending_domain_warnings(from_address=settings.HUSTINGS_MAIL_FROM, now=now):
        found.append(
            Callout(
                title=_("Check the sending domain"), text=sentences[code] % {"domain": domain}, tone="warn"
            )
        )
    return found


def _problems(mailing: Mailing) -> list[Callout]:
    if mailing.dispatch is not None and mailing.dispatch.problem:
        return [Callout(title=_("Sending was interrupted"), text=mailing.dispatch.problem, tone="warn")]
    return []


def _gate_tiles(asked: int, cleared: int) -> list[Tile]:
    return [
        Tile(label=_("in the audience now"), value=asked),
        Tile(label=_("would be sent to"), value=cleared, tone="good" if cleared else "warn"),
        Tile(label=_("would be refused"), value=asked - cleared),
    ]


def _sent_tiles(figures: MailingFigures, *, is_text: bool) -> list[Tile]:
    accepted, refused = (
        (_("accepted by the provider"), _("refused by the provider"))
        if is_text
        else (_("accepted by servers"), _("refused by servers"))
    )
    tiles = [
        Tile(label=_("cleared"), value=figures.cleared),
        Tile(label=accepted, value=figures.accepted, tone="good"),
        Tile(label=refused, value=figures.refused_by_server),
        Tile(label=_("fate unknown"), value=figures.unknown, tone="warn" if figures.unknown else "plain"),
        Tile(label=_("withdrawn before sending"), value=figures.withdrawn),
    ]
    if figures.waiting:
        tiles.append(Tile(label=_("waiting"), value=figures.waiting, tone="info"))
    if figures.bounced:
        tiles.append(Tile(label=_("came back later"), value=figures.bounced, note=_("among the accepted")))
    return tiles


def _rules(mailing: Mailing, summary: Any) -> Any:
    if mailing.clearance is not None:
        return mailing.clearance.rules
    return summary.rules if summary else {}


def cost_facts(*, mailing: Mailing, summary: ClearanceSummary | None, now: datetime) -> list[Fact]:
    """What a mailing by text costs: for those whom the gate would clear, then for those it went to."""
    people = summary.cleared if summary else 0
    if summary and mailing.copy is None:
        people += summary.counts.get(Reason.NO_MATERIAL, 0)
    words = mailing.copy.body if mailing.copy else composed(material=mailing.material).body
    written = message_of(mailing=mailing, subject="", words=words, on=uk_date(now))
    cost = text_cost(mailing=mailing, written=written, people=people)
    note = _("%(people)s people, %(parts)s parts") % {"people": cost.people, "parts": cost.parts}
    return [Fact(label=_("Cost of the texts"), value=pounds(cost.pence), note=note)]


def _facts(mailing: Mailing) -> list[Fact]:
    area = mailing.audience.area
    facts = [
        Fact(
            label=_("Audience"),
            value=mailing.audience.name,
            url=reverse("outreach_desk:audience", args=[mailing.audience_id]),
            note=area.name if area else _("everywhere"),
        ),
        Fact(label=_("For"), value=mailing.material.get_purpose_display()),
        Fact(label=_("Promoter"), value=str(mailing.material.promoter or "")),
    ]
    if mailing.is_text:
        facts.append(Fact(label=_("Sender"), value=settings.HUSTINGS_TEXT_FROM or _("not set up")))
    else:
        facts += [
            Fact(label=_("Sender"), value=f"{mailing.from_name} <{settings.HUSTINGS_MAIL_FROM}>"),
            Fact(label=_("Replies go to"), value=mailing.reply_to),
        ]
    if mailing.per_minute:
        facts.append(Fact(label=_("Pace"), value=_("at most %(n)s a minute") % {"n": mailing.per_minute}))
    for label, value in (
        (_("Begins"), mailing.send_at),
        (_("Not after"), mailing.stops_at),
        (_("Begun"), mailing.started_at),
        (_("Ended"), mailing.finished_at),
    ):
        if value:
            facts.append(Fact(label=label, value=value))
    return facts


def _actions(mailing: Mailing, request: DeskRequest) -> list[Action]:
    def to(name: str) -> str:
        return reverse(f"outreach_desk:mailing_{name}", args=[mailing.pk])

    is_draft = mailing.state == MailingState.DRAFT
    is_approved = mailing.copy_id is not None
    actions = []
    if is_draft and not is_approved:
        actions = [
            Action(
                label=_("Approve"),
                url=to("approve"),
                icon="check",
                is_primary=True,
                is_allowed=may(request, Right.APPROVE_MATERIALS),
            ),
            Action(label=_("Change"), url=to("edit"), icon="edit"),
        ]
    elif is_draft:
        actions = [
            Action(label=_("Send now"), url=to("send"), icon="mail", is_primary=True),
            Action(label=_("Schedule"), url=to("schedule"), icon="time"),
        ]
    elif mailing.state == MailingState.SCHEDULED:
        actions = [
            Action(label=_("Take off the schedule"), url=to("unschedule"), is_post=True),
            Action(label=_("Another time"), url=to("schedule"), icon="time"),
        ]
    return actions
