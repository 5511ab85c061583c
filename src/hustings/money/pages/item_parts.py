"""The pieces of an item's page: facts, the five tests, and what happened."""

from datetime import datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _

from hustings.basics.clock import UK
from hustings.money.models import CampaignKind, ClaimEventKind, Expense, ExpenseKind
from hustings.money.queries.books import notional_of
from hustings.money.rules.notional import Gift, judge
from hustings.money.usecases.record_expense import Answers
from hustings.platform.pages.parts import Badge, Fact, Moment
from hustings.platform.words import day, pounds


def facts_of(*, expense: Expense) -> list[Fact]:
    """What is written down about an item."""
    use = ""
    if expense.first_use_on:
        use = _("%(first)s to %(last)s") % {
            "first": day(expense.first_use_on),
            "last": day(expense.last_use_on) if expense.last_use_on else _("the poll"),
        }
    facts = [
        Fact(label=_("Amount with VAT"), value=pounds(expense.amount_pence)),
        Fact(label=_("Ordered on"), value=expense.committed_on),
        Fact(label=_("Used"), value=use),
        Fact(label=_("Ordered by"), value=_ordered_by(expense)),
        Fact(
            label=_("Supplier"),
            value="\n".join(filter(None, (expense.supplier_name, expense.supplier_address))),
            note=_("a private person") if expense.is_supplier_private else "",
        ),
    ]
    if expense.kind == ExpenseKind.NOTIONAL:
        facts.insert(1, Fact(label=_("Commercial value"), value=pounds(expense.value_pence)))
        facts.insert(2, Fact(label=_("Notional spending"), value=pounds(notional_of(expense=expense))))
    if expense.excluded_for:
        facts.append(Fact(label=_("Does not count because of"), value=expense.get_excluded_for_display()))
    if expense.time_note:
        facts.append(Fact(label=_("Honest assessment of the time"), value=expense.time_note))
    if expense.source:
        facts.append(Fact(label=_("Came from"), value=_("an approved material")))
    return facts


def _ordered_by(expense: Expense) -> str:
    if expense.authority is not None:
        return _("%(name)s, with written authority") % {"name": expense.authority.name}
    return str(expense.get_incurred_by_display())


def notional_rows(*, expense: Expense) -> list[tuple[str, Badge]]:
    """The five tests of notional spending with their answers; nothing for what was bought."""
    if expense.kind != ExpenseKind.NOTIONAL:
        return []
    answers = Answers(**expense.notional_tests.get("answers", {}))
    share = expense.shares.select_related("campaign").order_by("pk").first()
    assert share is not None  # every item is somebody's
    found = judge(
        gift=Gift(
            value_pence=expense.value_pence,
            paid_pence=expense.amount_pence,
            is_for_campaign=answers.is_for_campaign,
            is_used=answers.is_used,
            is_directed=answers.is_directed,
            would_be_expense=answers.would_be_expense,
        ),
        on=expense.first_use_on or expense.committed_on or share.campaign.poll_on,
        election=share.campaign.election_type,
        nation=share.campaign.nation,
        is_non_party=share.campaign.kind == CampaignKind.NON_PARTY,
    )
    return [
        (
            test.asks.told(_),
            Badge(text=_("holds"), tone="warn")
            if test.holds
            else Badge(text=_("does not hold"), tone="good"),
        )
        for test in found.tests
    ]


def moments_of(*, expense: Expense) -> list[Moment]:
    """Everything that happened to an item: rows, bills, overrides; newest first."""
    versions = Expense.objects.filter(pk=expense.root_id) | Expense.objects.filter(first=expense.root_id)
    moments = []
    for row in versions.select_related("made_by").order_by("pk"):
        title = _("Written down")
        if row.is_cancelled:
            title = _("Taken back")
        elif row.replaces_id:
            title = _("Corrected")
        moments.append(
            Moment(
                at=row.made_at,
                title=title,
                text=" ".join(filter(None, (pounds(row.amount_pence), row.correction_reason))),
                by=str(row.made_by or ""),
                url="" if row.pk == expense.pk else reverse("money_desk:item", args=[row.pk]),
            )
        )
        moments += [
            Moment(
                at=one.at,
                title=_("The agent let the limit be broken"),
                text=one.reason,
                by=str(one.by),
                tone="bad",
            )
            for one in row.overrides.select_related("by")
        ]
    root = Expense.objects.get(pk=expense.root_id)
    moments += [
        Moment(
            at=datetime.combine(event.on, time(12), tzinfo=UK),
            title=f"{event.get_kind_display()}: {pounds(event.amount_pence)}",
            text=event.note,
            by=str(event.made_by or ""),
            tone="bad" if event.kind == ClaimEventKind.DISPUTED else "good",
        )
        for event in root.claim_events.select_related("made_by")
    ]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)
