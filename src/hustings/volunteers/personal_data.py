"""What this app holds about a person: their volunteer row and everything that hangs on it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hustings.volunteers.hosting.personal_data import erase_hosting, export_hosting
from hustings.volunteers.models import STANDING, Volunteer
from hustings.volunteers.usecases.leave import end_promises

#: Rows that move from one volunteer to another, each with what must not be there twice.
_MOVED: tuple[tuple[str, str], ...] = (
    ("bookings", "shift_id"),
    ("memberships", "family_id"),
    ("lessons_done", "lesson_id"),
    ("acceptances", "rules_id"),
    ("car_shares", "event_id"),
    ("completions", ""),
    ("host_offers", ""),
    ("stay_requests", ""),
    ("reports", ""),
)


class VolunteersSocket:
    """Answers for volunteers.

    Erasing empties the volunteer's row, ends what they had promised and frees their reports of their name; counts of who came
    stay. Merging two people of whom both volunteer leaves one volunteer, who has what both had.
    """

    app_label = "volunteers"
    models: tuple[str, ...] = ("volunteers.Volunteer",)

    def export(self, *, person_id: int) -> dict[str, list[dict[str, Any]]]:
        """The volunteer's row, shifts, groups, courses, car shares and reports."""
        volunteer = Volunteer.objects.filter(person_id=person_id).select_related("area").first()
        if volunteer is None:
            return {}
        return {
            "What you told us as a volunteer": [
                {
                    "since": volunteer.joined_at.isoformat(),
                    "left": _iso(volunteer.left_at),
                    "postcode": volunteer.postcode,
                    "ward": volunteer.area.name if volunteer.area else "",
                    "minutes a week at most": volunteer.weekly_limit_minutes,
                    "free times": volunteer.free_times,
                    "confirmed to be 18 or older": _iso(volunteer.adult_confirmed_at),
                    "conduct rules accepted": _iso(volunteer.conduct_accepted_at),
                    "version of the conduct rules": volunteer.conduct_version,
                }
            ],
            "Shifts": [
                {
                    "event": booking.shift.event.title,
                    "task": booking.shift.get_task_display(),
                    "starts": booking.shift.starts_at.isoformat(),
                    "ends": booking.shift.ends_at.isoformat(),
                    "state": booking.get_state_display(),
                    "came": booking.attended,
                }
                for booking in volunteer.bookings.select_related("shift__event").order_by("pk")
            ],
            "Groups": [
                {
                    "group": membership.group.name if membership.group else membership.family.name,
                    "asked": membership.asked_at.isoformat(),
                    "joined": _iso(membership.joined_at),
                    "left": _iso(membership.left_at),
                    "invite links shown": [
                        release.released_at.isoformat() for release in membership.releases.order_by("pk")
                    ],
                }
                for membership in volunteer.memberships.select_related("group", "family").order_by("pk")
            ],
            "Courses": [
                {
                    "course": completion.course.title,
                    "finished": completion.completed_at.isoformat(),
                    "holds until": _iso(completion.expires_on),
                }
                for completion in volunteer.completions.select_related("course").order_by("pk")
            ],
            "Car shares": [
                {
                    "event": share.event.title,
                    "side": share.get_side_display(),
                    "from": share.outward,
                    "seats": share.seats,
                    "note": share.note,
                }
                for share in volunteer.car_shares.select_related("event").order_by("pk")
            ],
            "Reports you made": [
                {
                    "about": report.subject_label,
                    "kind": report.get_kind_display(),
                    "words": report.details,
                    "at": report.at.isoformat(),
                    "answer": report.answer,
                }
                for report in volunteer.reports.order_by("pk")
            ],
            **export_hosting(volunteer=volunteer),
        }

    def erase(self, *, person_id: int, now: datetime) -> int:
        """Empty the volunteer's row and end what they promised; returns the rows changed."""
        with transaction.atomic():
            volunteer = Volunteer.objects.filter(person_id=person_id).first()
            if volunteer is None:
                return 0
            end_promises(volunteer=volunteer, now=now)
            volunteer.postcode, volunteer.area = "", None
            volunteer.latitude = volunteer.longitude = volunteer.weekly_limit_minutes = None
            volunteer.free_times, volunteer.user = [], None
            volunteer.left_at = volunteer.left_at or now
            volunteer.save()
            volunteer.ways_in.all().delete()
            shares = volunteer.car_shares.update(note="", outward="")
            reports = volunteer.reports.update(reporter=None, reply_to="")
            lessons, _by_model = volunteer.lessons_done.all().delete()
            stays = erase_hosting(volunteer=volunteer, now=now)
        return 1 + shares + reports + lessons + stays

    def merge(self, *, kept_id: int, merged_id: int, now: datetime) -> dict[str, list[int]]:
        """Let one volunteer stand for both; returns the moved rows by model."""
        with transaction.atomic():
            merged = Volunteer.objects.filter(person_id=merged_id).first()
            if merged is None:
                return {}
            kept = Volunteer.objects.filter(person_id=kept_id).first()
            if kept is None:
                Volunteer.objects.filter(pk=merged.pk).update(person_id=kept_id)
                return {"volunteers.Volunteer": [merged.pk]}
            moved: dict[str, list[int]] = {}
            for name, once in _MOVED:
                rows = getattr(merged, name).all()
                if once:
                    mine = getattr(kept, name)
                    # What is over may stand beside what stands, but two that stand may not.
                    if name == "bookings":
                        mine = mine.filter(state__in=STANDING)
                    rows = rows.exclude(**{f"{once}__in": list(mine.values_list(once, flat=True))})
                ids = list(rows.order_by("pk").values_list("pk", flat=True))
                rows.model._base_manager.filter(pk__in=ids).update(**{_column(name): kept})
                moved[f"volunteers.{rows.model.__name__}"] = ids
            if merged.left_at is None:
                Volunteer.objects.filter(pk=merged.pk).update(left_at=now)
                moved["volunteers.Volunteer left by merging"] = [merged.pk]
        return moved

    def unmerge(self, *, kept_id: int, merged_id: int, moved: dict[str, list[int]]) -> None:
        """Point exactly the moved rows back."""
        with transaction.atomic():
            if own := moved.get("volunteers.Volunteer"):
                Volunteer.objects.filter(pk__in=own, person_id=kept_id).update(person_id=merged_id)
                return
            merged = Volunteer.objects.filter(person_id=merged_id).first()
            if merged is None:
                return
            for name, _once in _MOVED:
                model = getattr(merged, name).model
                ids = moved.get(f"volunteers.{model.__name__}", [])
                model._base_manager.filter(pk__in=ids).update(**{_column(name): merged})
            Volunteer.objects.filter(pk__in=moved.get("volunteers.Volunteer left by merging", [])).update(
                left_at=None
            )


def _column(name: str) -> str:
    return "reporter" if name == "reports" else "volunteer"


def _iso(value: Any) -> str:
    return value.isoformat() if value else ""


SOCKET = VolunteersSocket()
