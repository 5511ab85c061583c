"""An officer takes over a case that nobody looks after: with a reason, written down, and told to its team."""

from datetime import datetime

from django.db import transaction

from hustings.accounts.access import NotAllowed, Right, scope_of
from hustings.accounts.models import User
from hustings.basics.clock import uk_date
from hustings.basics.refusals import gettext_noop
from hustings.platform import audit
from hustings.support.models import Case, CaseMember, CaseNote, CaseView
from hustings.support.queries.left_alone import why_left_alone
from hustings.support.rules.left_alone import LeftAlone
from hustings.support.usecases.open_case import CaseRefused, check_words
from hustings.support.usecases.tend_cases import tell_team


def take_over_case(*, case_id: int, reason: str, by: User, now: datetime) -> Case:
    """Put an officer on the team of a case whose team is empty or away. Raises `NotAllowed` and `CaseRefused`.

    The reason stands in the case, where its team reads it, and goes with it; the audit log keeps who took over which case and
    which of the two it was. The team stays, and is told. Taking over what one is on the team of already is refused: work on it.
    """
    if not reason.strip():
        raise CaseRefused("no_reason", gettext_noop("Say why you take the case over. Its team reads it."))
    check_words(texts=[reason], are_checked=False)
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).filter(pk=case_id).first()
        scope = scope_of(user=by, right=Right.TAKE_OVER_CASES, on=uk_date(now))
        if case is None or not scope.covers(code=case.area_id):
            raise NotAllowed("You may not take over cases of this place.")
        if case.members.filter(user=by, left_at=None).exists():
            raise CaseRefused("on_team", gettext_noop("You are on the team of this case already."))
        why = why_left_alone(case=case, now=now)
        if why is LeftAlone.NO:
            raise CaseRefused(
                "looked_after",
                gettext_noop(
                    "This case is looked after: its team is there, and no step is an hour overdue. Ask them to add you."
                ),
            )
        CaseMember.objects.create(case=case, user=by, added_at=now, added_by=by)
        CaseNote.objects.create(case=case, at=now, by=by, text=f"Taken over: {reason.strip()}")
        CaseView.objects.create(case=case, user=by, at=now, what="taken over")
        audit.record(
            now=now, actor=by, verb="took over", subject_type="support.Case", subject_id=case.pk,
            area_code=case.area_id or "", because=why.value,
        )  # fmt: skip
        tell_team(case=case, now=now)
    return case
