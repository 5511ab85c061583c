"""Working on a case: notes, the next step, follow-ups, its team, closing it, and keeping it a while longer."""

from datetime import date, datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import gettext_noop
from hustings.support.models import Case, CaseFollowUp, CaseMember, CaseNote, CaseState
from hustings.support.rules.case_clock import check_deletion
from hustings.support.usecases.open_case import CaseRefused, check_words, note_checked_words


def add_note(*, case: Case, text: str, by: User, now: datetime, are_words_checked: bool = False) -> CaseNote:
    """Write down one thing that was done or found out. Raises `CaseRefused`."""
    if not text.strip():
        raise CaseRefused("empty", gettext_noop("Write what was done or found out."))
    is_flagged = check_words(texts=[text], are_checked=are_words_checked)
    with transaction.atomic():
        if is_flagged:
            note_checked_words(case=case, by=by, now=now)
        return CaseNote.objects.create(case=case, text=text.strip(), at=now, by=by)


def set_next_step(
    *,
    case: Case,
    step: str,
    due_at: datetime,
    by: User,
    now: datetime,
    whose: User | None = None,
    done: str = "",
    are_words_checked: bool = False,
) -> Case:
    """Say what is done next, by when and by whom; `done` is what came of the step before. Raises `CaseRefused`.

    An open case always has a next step: the way to have none is to close it.
    """
    if not step.strip():
        raise CaseRefused("no_step", gettext_noop("Say what is done next. If nothing is, close the case."))
    if due_at <= now:
        raise CaseRefused("past", gettext_noop("That moment is past. Say by when it will be done."))
    if whose is not None and not case.members.filter(user=whose, left_at=None).exists():
        raise CaseRefused("not_team", gettext_noop("Only somebody of the team can take the next step."))
    is_flagged = check_words(texts=[step, done], are_checked=are_words_checked)
    with transaction.atomic():
        if is_flagged:
            note_checked_words(case=case, by=by, now=now)
        CaseNote.objects.create(
            case=case,
            at=now,
            by=by,
            text=f"Done: {case.next_step} {done}".strip() if done else f"Next: {step}",
        )
        case.next_step, case.next_step_due_at = step.strip(), due_at
        case.next_step_by, case.step_reminded_at = whose, None
        case.save(update_fields=["next_step", "next_step_due_at", "next_step_by", "step_reminded_at"])
    return case


def follow_up(
    *, due: CaseFollowUp, outcome: str, by: User, now: datetime, are_words_checked: bool = False
) -> bool:
    """Note how the person is, a day or a week after; returns whether it was still to be done. Raises `CaseRefused`."""
    if not outcome.strip():
        raise CaseRefused("empty", gettext_noop("Write how they are, or that you could not reach them."))
    check_words(texts=[outcome], are_checked=are_words_checked)
    changed = CaseFollowUp.objects.filter(pk=due.pk, done_at=None)
    if not changed.exists():
        return False
    due.done_at, due.done_by, due.outcome = now, by, outcome.strip()
    due.save(update_fields=["done_at", "done_by", "outcome"])
    return True


def add_to_team(*, case: Case, user: User, by: User, now: datetime) -> CaseMember:
    """Let somebody see the case and work on it; adding twice is adding once."""
    member, _is_new = CaseMember.objects.get_or_create(
        case=case, user=user, left_at=None, defaults={"added_at": now, "added_by": by}
    )
    return member


def leave_team(*, case: Case, user: User, now: datetime) -> None:
    """Take somebody off the team. Raises `CaseRefused` for the last one of an open case."""
    with transaction.atomic():
        standing = CaseMember.objects.select_for_update().filter(case=case, left_at=None)
        others = standing.exclude(user=user)
        if case.state == CaseState.OPEN and not others.exists():
            raise CaseRefused(
                "last",
                gettext_noop("You are the last one on the team. Add somebody else first, or close the case."),
            )
        standing.filter(user=user).update(left_at=now)
        Case.objects.filter(pk=case.pk, next_step_by=user).update(next_step_by=None)


def close_case(*, case: Case, outcome: str, by: User, now: datetime) -> Case:
    """Close a case with what came of it; follow-ups stay due, and the day of deletion stays. Raises `CaseRefused`."""
    check_words(texts=[outcome], are_checked=False)
    if not outcome.strip():
        raise CaseRefused("empty", gettext_noop("Write in a few words what came of it."))
    with transaction.atomic():
        case.state, case.closed_at = CaseState.CLOSED, now
        case.next_step, case.next_step_due_at, case.next_step_by = "", None, None
        case.save(update_fields=["state", "closed_at", "next_step", "next_step_due_at", "next_step_by"])
        CaseNote.objects.create(case=case, at=now, by=by, text=f"Closed: {outcome.strip()}")
    return case


def keep_longer(*, case: Case, delete_on: date | None, why: str, by: User, now: datetime) -> Case:
    """Move the day of deletion, with a reason that is kept. Raises `RetentionRefused` and `CaseRefused`."""
    if not why.strip():
        raise CaseRefused("no_reason", gettext_noop("Say why the case must be kept until then."))
    check_words(texts=[why], are_checked=False)
    wanted = check_deletion(delete_on=delete_on, opened_on=uk_date(case.opened_at), today=uk_date(now))
    with transaction.atomic():
        CaseNote.objects.create(
            case=case, at=now, by=by,
            text=f"Deletion moved from {case.delete_on.isoformat()} to {wanted.isoformat()}: {why.strip()}",
        )  # fmt: skip
        case.delete_on = wanted
        case.save(update_fields=["delete_on"])
    return case
