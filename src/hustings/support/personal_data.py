"""What this app holds about a person: cases about them, and as a volunteer their shifts, asks and check-ins."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from hustings.basics.clock import uk_date
from hustings.support.models import Ask, Case, CaseState, CheckIn, CoverClaim, HandOverNote
from hustings.support.usecases.delete_case import delete_case
from hustings.volunteers.models import Volunteer

#: How long an open case about somebody who is erased stays at most.
_OPEN_CASE_DAYS = 7

#: What hangs on a volunteer and moves with them: model, and what must not be there twice.
_MOVED: tuple[tuple[type[Any], str, str], ...] = (
    (CoverClaim, "volunteer", "shift_id"),
    (Ask, "volunteer", "period_id"),
    (CheckIn, "volunteer", ""),
    (HandOverNote, "by_volunteer", ""),
)


class SupportSocket:
    """Answers for cases, and for what a volunteer promised, was asked and where they said they would go.

    Erasing deletes closed cases at once; an open one, because somebody is being looked after, when it is a week old at most.
    """

    app_label = "support"
    models: tuple[str, ...] = ("support.Case",)

    def export(self, *, person_id: int) -> dict[str, list[dict[str, Any]]]:
        """Cases as they stand, and what hangs on the volunteer."""
        volunteer = Volunteer.objects.filter(person_id=person_id).first()
        return {
            "Cases in which we looked after you": [
                {
                    "kind": case.get_kind_display(),
                    "opened": case.opened_at.isoformat(),
                    "name": case.called_name,
                    "telephone": case.phone,
                    "where": case.whereabouts,
                    "needs": case.needs,
                    "whom to tell": case.tell_whom,
                    "lawful basis": case.get_basis_display(),
                    "next step": case.next_step,
                    "notes": [note.text for note in case.notes.order_by("at", "pk")],
                    "follow-ups": [due.outcome for due in case.follow_ups.exclude(done_at=None)],
                    "deleted on": case.delete_on.isoformat(),
                }
                for case in Case.objects.filter(person_id=person_id).order_by("opened_at", "pk")
            ],
            "Shifts of cover": [
                {
                    "place": claim.shift.period.venue.name,
                    "starts": claim.shift.starts_at.isoformat(),
                    "ends": claim.shift.ends_at.isoformat(),
                    "ended": claim.ended_at.isoformat() if claim.ended_at else "",
                }
                for claim in CoverClaim.objects.filter(volunteer=volunteer)
                .select_related("shift__period__venue")
                .order_by("pk")
                if volunteer is not None
            ],
            "When we asked you to come": [
                {
                    "place": ask.period.venue.name,
                    "at": ask.asked_at.isoformat(),
                    "by": ask.get_channel_display(),
                    "kilometres": ask.km,
                    "answer": ask.get_answer_display(),
                }
                for ask in Ask.objects.filter(volunteer=volunteer)
                .select_related("period__venue")
                .order_by("pk")
                if volunteer is not None
            ],
            "Check-ins": [
                {
                    "where": row.whereabouts,
                    "from": row.started_at.isoformat(),
                    "until": row.due_at.isoformat(),
                    "back": row.ended_at.isoformat() if row.ended_at else "",
                }
                for row in CheckIn.objects.filter(volunteer=volunteer).order_by("pk")
                if volunteer is not None
            ],
        }

    def erase(self, *, person_id: int, now: datetime) -> int:
        """Delete cases and check-ins, give back shifts, forget asks; that a shift was covered stays without a name."""
        changed = 0
        with transaction.atomic():
            cases = Case.objects.filter(person_id=person_id)
            for pk in list(cases.filter(state=CaseState.CLOSED).values_list("pk", flat=True)):
                changed += delete_case(case_id=pk, by=None, now=now)
            soon = uk_date(now + timedelta(days=_OPEN_CASE_DAYS))
            changed += cases.filter(delete_on__gt=soon).update(delete_on=soon)
            volunteer = Volunteer.objects.filter(person_id=person_id).first()
            if volunteer is None:
                return changed
            coming = CoverClaim.objects.filter(volunteer=volunteer, ended_at=None, shift__ends_at__gt=now)
            changed += coming.update(ended_at=now, end_reason="taken_back")
            changed += Ask.objects.filter(volunteer=volunteer).delete()[0]
            changed += CheckIn.objects.filter(volunteer=volunteer).delete()[0]
            changed += HandOverNote.objects.filter(by_volunteer=volunteer).update(by_volunteer=None)
        return changed

    def merge(self, *, kept_id: int, merged_id: int, now: datetime) -> dict[str, list[int]]:
        """Point cases at the kept person; where both volunteer, what hangs on the one volunteer at the other."""
        with transaction.atomic():
            ids = list(Case.objects.filter(person_id=merged_id).order_by("pk").values_list("pk", flat=True))
            Case.objects.filter(pk__in=ids).update(person_id=kept_id)
            moved = {"support.Case": ids}
            kept = Volunteer.objects.filter(person_id=kept_id).first()
            merged = Volunteer.objects.filter(person_id=merged_id).first()
            if kept is None or merged is None:
                return moved
            for model, column, once in _MOVED:
                rows = model.objects.filter(**{column: merged})
                if once:
                    mine = model.objects.filter(**{column: kept}).values_list(once, flat=True)
                    rows = rows.exclude(**{f"{once}__in": list(mine)})
                if model is CheckIn and CheckIn.objects.filter(volunteer=kept, ended_at=None).exists():
                    rows = rows.exclude(ended_at=None)
                own = list(rows.order_by("pk").values_list("pk", flat=True))
                model.objects.filter(pk__in=own).update(**{column: kept})
                moved[f"support.{model.__name__}"] = own
        return moved

    def unmerge(self, *, kept_id: int, merged_id: int, moved: dict[str, list[int]]) -> None:
        """Point exactly the moved rows back."""
        with transaction.atomic():
            Case.objects.filter(pk__in=moved.get("support.Case", [])).update(person_id=merged_id)
            merged = Volunteer.objects.filter(person_id=merged_id).first()
            if merged is None:
                return
            for model, column, _once in _MOVED:
                model.objects.filter(pk__in=moved.get(f"support.{model.__name__}", [])).update(
                    **{column: merged}
                )


SOCKET = SupportSocket()
