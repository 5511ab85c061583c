"""What this app holds about a person: contacts made, intentions, issues raised."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from hustings.contacts.models import Contact, Intention, IssueRaised
from hustings.people.usecases.note_intentions import note_intentions


class ContactsSocket:
    """Answers for contacts, intentions and issues.

    Erasing deletes intentions and issues, which are political opinions, and keeps the bare fact of each contact: the
    person's row is empty by then, and the figures of what was sent must still add up.
    """

    app_label = "contacts"
    models: tuple[str, ...] = ("contacts.Contact", "contacts.Intention", "contacts.IssueRaised")

    def export(self, *, person_id: int) -> dict[str, list[dict[str, Any]]]:
        """Contacts, intentions and issues as plain values."""
        return {
            "Contacts made with you": [
                {
                    "at": contact.at.isoformat(),
                    "channel": contact.get_channel_display(),
                    "purpose": contact.get_purpose_display(),
                    "outcome": contact.get_outcome_display(),
                    "in the course of": contact.label,
                }
                for contact in Contact.objects.filter(person_id=person_id).order_by("at", "pk")
            ],
            "What you told us about your vote": [
                {
                    "at": intention.at.isoformat(),
                    "answer": intention.get_choice_display(),
                    "party": "" if intention.party is None else intention.party.name,
                    "election": "" if intention.election is None else intention.election.title,
                    "source": intention.source,
                }
                for intention in Intention.objects.filter(person_id=person_id)
                .select_related("party", "election")
                .order_by("at", "pk")
            ],
            "Issues you raised": [
                {"at": raised.at.isoformat(), "issue": raised.issue.name, "source": raised.source}
                for raised in IssueRaised.objects.filter(person_id=person_id)
                .select_related("issue")
                .order_by("at", "pk")
            ],
        }

    def erase(self, *, person_id: int, now: datetime) -> int:
        """Delete opinions; keep contacts without anything that was noted beside them."""
        intentions, _ = Intention.objects.filter(person_id=person_id).delete()
        issues, _ = IssueRaised.objects.filter(person_id=person_id).delete()
        note_intentions(answers={person_id: ""})
        return intentions + issues

    def merge(self, *, kept_id: int, merged_id: int, now: datetime) -> dict[str, list[int]]:
        """Point the merged person's rows at the kept one; the newest intention of both becomes the latest."""
        moved: dict[str, list[int]] = {}
        with transaction.atomic():
            Intention.objects.filter(person_id=merged_id).update(is_latest=False)
            for name, model in (
                ("contacts.Contact", Contact),
                ("contacts.Intention", Intention),
                ("contacts.IssueRaised", IssueRaised),
            ):
                rows = model._default_manager.filter(person_id=merged_id)
                moved[name] = list(rows.order_by("pk").values_list("pk", flat=True))
                rows.update(person_id=kept_id)
            _settle_latest(person_ids=[kept_id, merged_id])
        return moved

    def unmerge(self, *, kept_id: int, merged_id: int, moved: dict[str, list[int]]) -> None:
        """Point exactly the moved rows back, and settle both people's latest intention."""
        with transaction.atomic():
            Intention.objects.filter(person_id=kept_id).update(is_latest=False)
            for model in (Contact, Intention, IssueRaised):
                name = f"contacts.{model.__name__}"
                model._default_manager.filter(pk__in=moved.get(name, []), person_id=kept_id).update(
                    person_id=merged_id
                )
            _settle_latest(person_ids=[kept_id, merged_id])


def _settle_latest(*, person_ids: Iterable[int]) -> None:
    """Let exactly the newest intention of each person be the latest."""
    for person_id in person_ids:
        of_person = Intention.objects.filter(person_id=person_id)
        newest = of_person.order_by("-at", "-pk").first()
        answer = ""
        if newest is not None:
            of_person.filter(is_latest=True).exclude(pk=newest.pk).update(is_latest=False)
            of_person.filter(pk=newest.pk).update(is_latest=True)
            answer = newest.choice if newest.party_id is None else f"party:{newest.party_id}"
        note_intentions(answers={person_id: answer})


SOCKET = ContactsSocket()
