"""What the desk's page of a phone bank shows: its state, the gate's counts, how far it is, its callers, the next steps."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hustings.accounts.models import Organisation
from hustings.accounts.pages.guard import DeskRequest
from hustings.accounts.rules.opinions import needs_explicit_consent
from hustings.basics.clock import uk_date
from hustings.clearance.pages.answer import doubt_callouts, refusal_facts
from hustings.clearance.rules.gate import Channel
from hustings.outreach.audiences.queries.reading import read_audience
from hustings.outreach.audiences.rules.check import parse_tree
from hustings.outreach.conversations.pages.agreed_facts import agreed_facts
from hustings.outreach.phonebank.models import BankState, CallResult, PhoneBank
from hustings.outreach.phonebank.queries import BankFigures, agreed_of, callers_of, figures_of, sheets_of
from hustings.outreach.phonebank.usecases.open_bank import ask_gate
from hustings.platform.pages.parts import Action, Badge, Callout, Fact, ProgressBar, Tile, Tone
from hustings.platform.words import moment

_TONES: dict[str, Tone] = {
    BankState.DRAFT: "plain",
    BankState.OPEN: "good",
    BankState.PAUSED: "warn",
    BankState.CLOSED: "info",
}


def state_badge(bank: PhoneBank) -> Badge:
    """The state as a coloured word."""
    return Badge(text=bank.get_state_display(), tone=_TONES[bank.state])


def overview(*, bank: PhoneBank, request: DeskRequest, now: datetime) -> dict[str, Any]:
    """Everything about the bank."""
    figures = figures_of(bank=bank)
    summary = ask_gate(bank=bank, by=request.user, now=now) if figures is None else None
    counts: Mapping[str, int] = figures.refused_by_reason if figures else summary.counts if summary else {}
    rules: Mapping[str, Any] = bank.clearance.rules if bank.clearance else summary.rules if summary else {}
    warnings: Any = bank.clearance.warnings if bank.clearance else summary.warnings if summary else ()
    return {
        "badge": state_badge(bank),
        "who": read_audience(tree=parse_tree(raw=bank.audience.conditions), area_code=bank.audience.area_id),
        "bar": progress_bar(bank=bank),
        "figures": figures,
        "tiles": _tiles(figures)
        if figures
        else [
            Tile(label=_("in the audience now"), value=summary.asked),
            Tile(label=_("would be rung"), value=summary.cleared, tone="good" if summary.cleared else "warn"),
            Tile(label=_("would be refused"), value=summary.refused),
        ]
        if summary
        else [],
        "refused": refusal_facts(counts=counts, rules=rules, channel=Channel.CALL),
        "callouts": [*_opinion_callouts(bank, now), *doubt_callouts(warnings=warnings)]
        if bank.state != BankState.CLOSED
        else [],
        "results": [
            Fact(label=str(CallResult(result).label).capitalize(), value=number)
            for result, number in (figures.by_result.items() if figures else ())
        ],
        "agreed": agreed_facts(counts=agreed_of(bank=bank)) if figures else [],
        "facts": _facts(bank),
        "callers": callers_of(bank=bank) if figures else [],
        "sheets": list(sheets_of(bank=bank)) if figures else [],
        "actions": _actions(bank),
    }


def progress_bar(*, bank: PhoneBank) -> ProgressBar | None:
    """How many are done with, with the buttons that change it; None before it was opened and after it was closed."""
    if bank.state not in {BankState.OPEN, BankState.PAUSED}:
        return None
    figures = figures_of(bank=bank)
    assert figures is not None
    is_paused = bank.state == BankState.PAUSED

    def button(name: str, label: str, *, is_danger: bool = False) -> Action:
        url = reverse(f"outreach_desk:phone_bank_{name}", args=[bank.pk])
        return Action(label=label, url=url, is_post=name != "close", is_danger=is_danger)

    return ProgressBar(
        label=_("Paused") if is_paused else _("Done"),
        done=figures.done,
        total=figures.cleared,
        poll_url=reverse("outreach_desk:phone_bank_progress", args=[bank.pk]),
        note=_("%(waiting)s waiting, %(held)s being rung, %(paper)s of them on paper")
        % {"waiting": figures.waiting, "held": figures.held, "paper": figures.on_paper},
        is_running=not is_paused,
        tone="warn" if is_paused else "info",
        actions=(
            button("resume", _("Carry on")) if is_paused else button("pause", _("Pause")),
            button("close", _("Close for good"), is_danger=True),
        ),
    )


def _opinion_callouts(bank: PhoneBank, now: datetime) -> list[Callout]:
    """Whoever is not a registered party hears beforehand that most answers will not be kept."""
    asks = bank.asks_intention or bank.issues.exists()
    organisation = Organisation.objects.get()
    entry = needs_explicit_consent(is_registered_party=organisation.is_registered_party, on=uk_date(now))
    if entry is None or not asks:
        return []
    return [
        Callout(
            title=_("Most answers will not be kept"),
            text=_(
                "Only a registered party may note political opinions without asking. You ask how people may vote or what matters "
                "to them: it is kept only of those who gave their explicit consent before, or "
                "give it in the words that callers read out."
            ),
            tone="warn",
        )
    ]


def _tiles(figures: BankFigures) -> list[Tile]:
    return [
        Tile(label=_("cleared by the gate"), value=figures.cleared),
        Tile(label=_("waiting"), value=figures.waiting),
        Tile(label=_("called"), value=figures.called, note=_("at least once")),
        Tile(label=_("reached"), value=figures.reached, tone="good"),
    ]


def _facts(bank: PhoneBank) -> list[Fact]:
    facts = [
        Fact(
            label=_("Audience"),
            value=bank.audience.name,
            url=reverse("outreach_desk:audience", args=[bank.audience_id]),
        ),
        Fact(label=_("Place"), value=bank.area.name if bank.area else _("everywhere")),
        Fact(label=_("For"), value=bank.get_purpose_display()),
        Fact(label=_("Script"), value=bank.copy.title if bank.copy else _("own opening words")),
        Fact(
            label=_("Asked"),
            value=", ".join(
                [
                    *([_("how they may vote")] if bank.asks_intention else []),
                    *bank.issues.order_by("name").values_list("name", flat=True),
                ]
            )
            or _("nothing"),
            note=bank.election.title if bank.election else "",
        ),
        Fact(
            label=_("Hours"),
            value=_("%(first)s to %(last)s, every day")
            % {"first": f"{bank.rings_from:%H:%M}", "last": f"{bank.rings_until:%H:%M}"},
        ),
        Fact(
            label=_("Tries"),
            value=_("at most %(tries)s, %(hours)s hours apart")
            % {"tries": bank.most_tries, "hours": bank.hours_between},
        ),
    ]
    for label, value in (
        (_("Not before"), bank.opens_at),
        (_("Closes by itself"), bank.closes_at),
        (_("Opened"), bank.opened_at),
        (_("Closed"), bank.closed_at),
    ):
        if value:
            facts.append(Fact(label=label, value=moment(value)))
    return facts


def _actions(bank: PhoneBank) -> list[Action]:
    def to(name: str) -> str:
        return reverse(f"outreach_desk:phone_bank_{name}", args=[bank.pk])

    if bank.state == BankState.DRAFT:
        return [
            Action(label=_("Open"), url=to("open"), icon="check", is_primary=True),
            Action(label=_("Change"), url=to("edit"), icon="edit"),
        ]
    csv = Action(label=_("Results as CSV"), url=to("csv"), icon="download")
    if bank.state == BankState.CLOSED:
        return [csv]
    return [
        Action(
            label=_("Ring people"),
            url=reverse("outreach:ring", args=[bank.pk]),
            icon="mobile-alt",
            is_primary=True,
        ),
        Action(
            label=_("Print a call list"),
            url=to("sheet"),
            icon="doc-full",
            is_allowed=bank.state == BankState.OPEN,
        ),
        Action(label=_("Change"), url=to("edit"), icon="edit"),
        csv,
    ]
