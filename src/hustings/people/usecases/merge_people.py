"""Join two rows that are one person, in every app, so that it can be undone."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from hustings.accounts.models import User
from hustings.people.events import PersonMerged, PersonUnmerged
from hustings.people.models import Merge, Person, PersonKey
from hustings.people.usecases.keep_keys import keep_keys
from hustings.people.usecases.rebuild_consents import rebuild_consents
from hustings.platform import audit, wiring
from hustings.platform.events import announce

_GAPS = ("given_name", "family_name", "adult_on", "gone_at")
_PLACE = ("postcode", "ward_id", "constituency_id")


class CannotMerge(ValueError):
    """The two rows cannot be joined; the message says why."""


class CannotUndo(ValueError):
    """The merge cannot be undone; the message says what to do first."""


def merge_people(
    *, kept: Person, merged: Person, reason: str, now: datetime, by: User | None = None
) -> Merge:
    """Let everything of `merged` belong to `kept`, fill the gaps in `kept`, and keep what moved.

    Objections found by either row then hold for the one person; of two consents the later receipt counts. The merged row
    stays, points at the kept one, and is found by nobody else. Raises `CannotMerge`.
    """
    with transaction.atomic():
        rows = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=[kept.pk, merged.pk])}
        if len(rows) != 2:
            raise CannotMerge("These are the same row already.")
        for row in rows.values():
            if row.erased_at is not None:
                raise CannotMerge(f"Person {row.pk} was erased: there is nothing to join.")
            if row.merged_into_id is not None:
                raise CannotMerge(f"Person {row.pk} was joined to person {row.merged_into_id} before.")
        kept, merged = rows[kept.pk], rows[merged.pk]
        moved: dict[str, Any] = {}
        for socket in wiring.personal_data_sockets():
            moved |= socket.merge(kept_id=kept.pk, merged_id=merged.pk, now=now)
        moved["filled"] = _fill(kept, merged)
        Person.objects.filter(pk=merged.pk).update(merged_into=kept)
        moved["people.PersonKey added"] = _add_keys(kept)
        merge = Merge.objects.create(
            kept=kept, merged=merged, moved=moved, reason=reason[:200], at=now, by=by
        )
        _note(now, by, "merged", merge)
        announce(PersonMerged(at=now, kept_id=kept.pk, merged_id=merged.pk))
    return merge


def undo_merge(*, merge: Merge, now: datetime, by: User | None = None) -> None:
    """Take a merge apart: exactly what moved goes back, and what was filled in is taken out where nobody changed it since.

    What came in between belongs to the kept person. Raises `CannotUndo` where the merge was undone, where either was erased,
    or where the kept person was merged further (undo that first).
    """
    with transaction.atomic():
        merge = Merge.objects.select_for_update().select_related("kept", "merged").get(pk=merge.pk)
        kept, merged = merge.kept, merge.merged
        if merge.undone_at is not None:
            raise CannotUndo("This merge was undone before.")
        if kept.erased_at is not None or merged.erased_at is not None:
            raise CannotUndo("What was joined has been erased since.")
        if kept.merged_into_id is not None:
            raise CannotUndo(
                f"Person {kept.pk} was joined to person {kept.merged_into_id} later. Undo that merge first."
            )
        Person.objects.filter(pk=merged.pk).update(merged_into=None)
        moved = {name: ids for name, ids in merge.moved.items() if name != "filled"}
        for socket in reversed(wiring.personal_data_sockets()):
            socket.unmerge(kept_id=kept.pk, merged_id=merged.pk, moved=moved)
        _empty_again(kept, merge.moved.get("filled", {}))
        PersonKey.objects.filter(pk__in=moved.get("people.PersonKey added", []), person=kept).delete()
        rebuild_consents(person_ids=[kept.pk, merged.pk])
        merge.undone_at = now
        merge.save(update_fields=["undone_at"])
        _note(now, by, "unmerged", merge)
        announce(PersonUnmerged(at=now, kept_id=kept.pk, merged_id=merged.pk))


def fields_filled(*, kept: Person, merged: Person) -> list[str]:
    """What the kept row lacks and would have from the merged one: the place only as a whole, an address only at its postcode."""
    filled = [name for name in _GAPS if not getattr(kept, name) and getattr(merged, name)]
    if not kept.address_line and merged.address_line and kept.postcode in ("", merged.postcode):
        filled.append("address_line")
    if not kept.postcode and merged.postcode:
        filled += _PLACE
    if merged.last_contacted_at and (
        kept.last_contacted_at is None or kept.last_contacted_at < merged.last_contacted_at
    ):
        filled.append("last_contacted_at")
    return filled


def _fill(kept: Person, merged: Person) -> dict[str, Any]:
    """Fill what the kept row lacks; returns the fields with the values they now have."""
    filled = fields_filled(kept=kept, merged=merged)
    before = {name: _plain(getattr(kept, name)) for name in filled}
    for name in filled:
        setattr(kept, name, getattr(merged, name))
    if filled:
        kept.save(update_fields=filled)
    return {name: {"before": before[name], "after": _plain(getattr(kept, name))} for name in filled}


def _empty_again(kept: Person, filled: dict[str, Any]) -> None:
    undone = []
    for name, values in filled.items():
        if _plain(getattr(kept, name)) == values["after"]:
            setattr(kept, name, _from_plain(name, values["before"]))
            undone.append(name)
    if undone:
        kept.save(update_fields=undone)


def _add_keys(kept: Person) -> list[int]:
    """The keys that follow from what was filled in."""
    before = set(PersonKey.objects.filter(person=kept).values_list("pk", flat=True))
    keep_keys(person_ids=[kept.pk])
    return sorted(set(PersonKey.objects.filter(person=kept).values_list("pk", flat=True)) - before)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _from_plain(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name.endswith("_at"):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if name.endswith("_on") else value


def _note(now: datetime, by: User | None, verb: str, merge: Merge) -> None:
    audit.record(
        now=now,
        actor=by,
        verb=verb,
        subject_type="people.Person",
        subject_id=merge.kept_id,
        area_code=merge.kept.ward_id or "",
        merged=merge.merged_id,
    )
