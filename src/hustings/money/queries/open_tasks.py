"""Which deadlines of a campaign's return are still open."""

from datetime import date

from hustings.money.models import Campaign, ClaimEventKind, Expense, ReturnStepKind
from hustings.money.queries.books import items_of
from hustings.money.queries.return_facts import deadlines_of, newest_return
from hustings.money.rules.deadlines import Due, ReturnTask


def open_tasks(*, campaign: Campaign) -> list[Due]:
    """The deadlines of what is not done yet, in order of the tasks.

    The candidate's statement of personal expenses counts as done once personal expenses are in the books or the return is
    finished: nothing else tells.
    """
    newest = newest_return(campaign=campaign)
    steps = set(newest.steps.values_list("kind", flat=True)) if newest else set()
    items = [
        item
        for item in items_of(campaign=campaign)
        if not item.is_planned and not item.expense.excluded_for and item.expense.amount_pence
    ]
    done = {
        ReturnTask.PERSONAL_EXPENSES: newest is not None or any(item.is_personal for item in items),
        ReturnTask.INVOICES_RECEIVED: all(
            any(event.kind in {ClaimEventKind.INVOICED, ClaimEventKind.PAID} for event in item.events)
            for item in items
        ),
        ReturnTask.INVOICES_PAID: not any(item.unpaid_pence for item in items),
        ReturnTask.RETURN: ReturnStepKind.DELIVERED in steps,
        ReturnTask.CANDIDATE_DECLARATION: ReturnStepKind.CANDIDATE_SIGNED in steps,
        ReturnTask.PARTY_RETURN: ReturnStepKind.DELIVERED in steps,
    }
    return [due for due in deadlines_of(campaign=campaign) if not done[due.task]]


def is_paid_late(*, expense: Expense, on: date) -> bool:
    """Whether a payment on that day comes after the last day for paying invoices, in any of the campaigns that share the item.

    Such a payment needs leave (of the court; of the Commission under the Bill of 2026).
    """
    return any(
        due.task is ReturnTask.INVOICES_PAID and due.due_on is not None and on > due.due_on
        for share in expense.shares.select_related("campaign")
        for due in deadlines_of(campaign=share.campaign)
    )
