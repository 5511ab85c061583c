"""What this app holds about a person, and how it lets go of it."""

import uuid
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from hustings.people.models import (
    Consent,
    ConsentEvent,
    ContactPoint,
    DuplicateReview,
    Merge,
    Person,
    PersonKey,
    RightsRequest,
    SuppressionReview,
)
from hustings.people.queries.receipts import standing_objections
from hustings.people.usecases.rebuild_consents import rebuild_consents


class PeopleSocket:
    """Answers for the person, their addresses, receipts, keys, reviews, merges and requests.

    Erasing empties the person's row and keeps receipts without evidence and requests without words: when something was
    agreed to or asked must stay provable. Objections are not among a person's rows; they lie apart as keyed hashes.
    """

    app_label = "people"
    models: tuple[str, ...] = (
        "people.Person",
        "people.ContactPoint",
        "people.ConsentEvent",
        "people.Consent",
        "people.PersonKey",
        "people.SuppressionReview",
        "people.Merge",
        "people.RightsRequest",
        "people.DuplicateReview",
    )

    def export(self, *, person_id: int) -> dict[str, list[dict[str, Any]]]:
        """Name and address, contact points, receipts, requests, merges and what blocks contact."""
        person = Person.objects.select_related("ward", "constituency").get(pk=person_id)
        return {
            _("About you"): [
                {
                    _("given name"): person.given_name,
                    _("family name"): person.family_name,
                    _("address"): person.address_line,
                    _("postcode"): person.postcode,
                    _("ward"): str(person.ward or ""),
                    _("constituency"): str(person.constituency or ""),
                    _("language"): person.language,
                    _("of age on"): _day(person.adult_on),
                    _("labels"): ", ".join(sorted(person.tags.values_list("name", flat=True))),
                    _("where we have this from"): person.source,
                    _("held since"): person.created_at.isoformat(),
                    _("last contacted"): _day(person.last_contacted_at),
                    _("not there any more since"): _day(person.gone_at),
                }
            ],
            _("How to reach you"): [
                {
                    _("kind"): point.get_kind_display(),
                    _("address"): point.value,
                    _("confirmed"): _day(point.verified_at),
                    _("out of use since"): _day(point.unusable_at),
                    _("reason"): point.unusable_reason,
                    _("held since"): point.added_at.isoformat(),
                    _("where we have this from"): point.source,
                }
                for point in ContactPoint.objects.filter(person_id=person_id).order_by("pk")
            ],
            _("What you agreed to or withdrew"): [
                {
                    _("when"): event.at.isoformat(),
                    _("what"): _("given") if event.is_given else _("withdrawn"),
                    _("by"): event.get_channel_display() or _("any way"),
                    _("for"): event.get_purpose_display(),
                    _("in these words"): "" if event.wording is None else event.wording.text,
                    _("where"): event.source,
                    _("evidence"): event.evidence,
                }
                for event in ConsentEvent.objects.filter(person_id=person_id)
                .select_related("wording")
                .order_by("at", "pk")
            ],
            _("Your objections"): [
                {
                    _("when"): objection.at.isoformat(),
                    _("by"): objection.channel_name,
                    _("for"): objection.purpose_name,
                    _("where"): objection.source,
                }
                for objection in standing_objections(person_id=person_id)
            ],
            _("Whether an objection was yours"): [
                {
                    _("when"): review.at.isoformat(),
                    _("found to be yours"): review.is_same_person,
                    _("reason"): review.reason,
                }
                for review in SuppressionReview.objects.filter(person_id=person_id).order_by("pk")
            ],
            _("What you asked of us"): [
                {
                    _("when"): asked.received_at.isoformat(),
                    _("what"): asked.get_kind_display(),
                    _("your words"): asked.details,
                    _("answered"): _day(asked.answered_at),
                    _("our answer"): asked.answer,
                }
                for asked in RightsRequest.objects.filter(person_id=person_id).order_by("pk")
            ],
            _("Rows found to be you as well"): [
                {
                    _("when"): merge.at.isoformat(),
                    _("reason"): merge.reason,
                    _("undone"): _day(merge.undone_at),
                }
                for merge in Merge.objects.filter(Q(kept_id=person_id) | Q(merged_id=person_id)).order_by(
                    "pk"
                )
            ],
        }

    def erase(self, *, person_id: int, now: datetime) -> int:
        """Empty the person's row and delete or empty what hangs on it."""
        rows = 1
        for model in (ContactPoint, Consent, PersonKey, SuppressionReview):
            rows += model._default_manager.filter(person_id=person_id).delete()[0]
        rows += DuplicateReview.objects.filter(Q(one_id=person_id) | Q(other_id=person_id)).delete()[0]
        rows += ConsentEvent.objects.filter(person_id=person_id).exclude(evidence={}).empty_evidence()
        rows += RightsRequest.objects.filter(person_id=person_id).update(
            details="", answer="", identity_evidence="", extension_reason=""
        )
        rows += Merge.objects.filter(Q(kept_id=person_id) | Q(merged_id=person_id)).update(
            reason="", moved={}
        )
        person = Person.objects.get(pk=person_id)
        person.tags.clear()
        Person.objects.filter(pk=person_id).update(
            public_id=uuid.uuid4(),
            given_name="",
            family_name="",
            address_line="",
            postcode="",
            ward=None,
            constituency=None,
            language="en-gb",
            adult_on=None,
            source="",
            last_contacted_at=None,
            agreed=0,
            last_said="",
            gone_at=None,
            erased_at=now,
        )
        return rows

    def merge(self, *, kept_id: int, merged_id: int, now: datetime) -> dict[str, list[int]]:
        """Move what the kept person does not have already; the consents in force follow from both people's receipts."""
        moved = {"people.ConsentEvent": _ids(ConsentEvent.objects.filter(person_id=merged_id))}
        ConsentEvent.objects.filter(person_id=merged_id).hand_over(person_id=kept_id)
        moved |= _move_contact_points(kept_id, merged_id)
        known = PersonKey.objects.filter(person_id=kept_id).values_list("key_hash", flat=True)
        keys = PersonKey.objects.filter(person_id=merged_id).exclude(key_hash__in=list(known))
        reviewed = SuppressionReview.objects.filter(person_id=kept_id).values_list("objection", flat=True)
        reviews = SuppressionReview.objects.filter(person_id=merged_id).exclude(objection__in=list(reviewed))
        requests = RightsRequest.objects.filter(person_id=merged_id)
        for name, rows in (
            ("people.PersonKey", keys),
            ("people.SuppressionReview", reviews),
            ("people.RightsRequest", requests),
        ):
            moved[name] = _ids(rows)
            rows.model._default_manager.filter(pk__in=moved[name]).update(person_id=kept_id)
        kept, merged = Person.objects.get(pk=kept_id), Person.objects.get(pk=merged_id)
        fresh = sorted(
            set(merged.tags.values_list("pk", flat=True)) - set(kept.tags.values_list("pk", flat=True))
        )
        kept.tags.add(*fresh)
        moved["people.Tag"] = fresh
        rebuild_consents(person_ids=[kept_id, merged_id])
        return moved

    def unmerge(self, *, kept_id: int, merged_id: int, moved: dict[str, list[int]]) -> None:
        """Move back exactly what was moved."""
        kept_points = ContactPoint.objects.filter(person_id=kept_id)
        kept_points.filter(pk__in=moved.get("people.ContactPoint", [])).update(person_id=merged_id)
        ContactPoint.objects.filter(pk__in=moved.get("people.ContactPoint preferred", [])).update(
            is_preferred=True
        )
        kept_points.filter(pk__in=moved.get("people.ContactPoint verified", [])).update(verified_at=None)
        ConsentEvent.objects.filter(pk__in=moved.get("people.ConsentEvent", []), person_id=kept_id).hand_over(
            person_id=merged_id
        )
        for model in (PersonKey, SuppressionReview, RightsRequest):
            name = f"people.{model.__name__}"
            model._default_manager.filter(pk__in=moved.get(name, []), person_id=kept_id).update(
                person_id=merged_id
            )
        Person.objects.get(pk=kept_id).tags.remove(*moved.get("people.Tag", []))


def _move_contact_points(kept_id: int, merged_id: int) -> dict[str, list[int]]:
    """Move addresses; one kind keeps one preferred address, and what was verified on either row is verified."""
    held = {(point.kind, point.canonical): point for point in ContactPoint.objects.filter(person_id=kept_id)}
    preferred = {kind for (kind, _), point in held.items() if point.is_preferred}
    moving, unpreferred, verified = [], [], []
    for point in ContactPoint.objects.filter(person_id=merged_id).order_by("pk"):
        twin = held.get((point.kind, point.canonical))
        if twin is None:
            moving.append(point.pk)
            if point.is_preferred and point.kind in preferred:
                unpreferred.append(point.pk)
        elif twin.verified_at is None and point.verified_at is not None:
            verified.append(twin.pk)
            ContactPoint.objects.filter(pk=twin.pk).update(verified_at=point.verified_at)
    ContactPoint.objects.filter(pk__in=unpreferred).update(is_preferred=False)
    ContactPoint.objects.filter(pk__in=moving).update(person_id=kept_id)
    return {
        "people.ContactPoint": moving,
        "people.ContactPoint preferred": unpreferred,
        "people.ContactPoint verified": verified,
    }


def _ids(rows: Any) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _day(moment: Any) -> str:
    return "" if moment is None else moment.isoformat()


SOCKET = PeopleSocket()
