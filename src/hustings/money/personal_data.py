"""What this app holds about a person: the gifts they made."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hustings.basics.money import format_pence
from hustings.money.models import Donor, GiftEvidence
from hustings.money.queries.gift_files import gift_files
from hustings.money.queries.ledger import is_donation_in_law, standing_gifts


class MoneySocket:
    """Answers for donors.

    The law makes a recipient keep and report who gave more than the floor (PPERA 2000 ss. 54–65, RPA 1983 Schedule 2A): such a
    donor is kept at erasure, without an email address. Who only ever gave less is emptied, with the files of their gifts; the
    amounts stay in the accounts.
    """

    app_label = "money"
    models: tuple[str, ...] = ("money.Donor",)

    def export(self, *, person_id: int) -> dict[str, list[dict[str, Any]]]:
        """Every gift, with how it came, how its giver was checked and what was decided."""
        donors = Donor.objects.filter(person_id=person_id)
        gifts = standing_gifts().filter(donor__in=donors).select_related("donor", "campaign")
        return {
            "Gifts you made": [
                {
                    "to": str(gift.campaign),
                    "name": gift.donor.name if gift.donor else "",
                    "address": gift.donor.address if gift.donor else "",
                    "postcode": gift.donor.postcode if gift.donor else "",
                    "email": gift.donor.email if gift.donor else "",
                    "amount": format_pence(gift.amount_pence),
                    "received on": gift.received_on.isoformat(),
                    "how": gift.get_route_display(),
                    "what": gift.what,
                    "evidence": gift.evidence,
                    "files": [file.name for file in gift_files(gift=gift) if file.erased_at is None],
                    "checks": [
                        f"{check.get_outcome_display()}: {check.finding}" for check in gift.checks.all()
                    ],
                    "decisions": [
                        f"{decision.get_act_display()}: {decision.reason}"
                        for decision in gift.decisions.all()
                    ],
                }
                for gift in gifts.prefetch_related("checks", "decisions").order_by("received_on", "pk")
            ]
        }

    def erase(self, *, person_id: int, now: datetime) -> int:
        """Empty donors who never gave more than the floor; of the others only the email address goes."""
        with transaction.atomic():
            donors = list(Donor.objects.filter(person_id=person_id))
            for donor in donors:
                gifts = standing_gifts().filter(donor=donor).select_related("campaign")
                donor.email = ""
                if not any(is_donation_in_law(gift=gift) for gift in gifts):
                    donor.given_name = donor.family_name = donor.organisation = ""
                    donor.address = donor.postcode = donor.company_number = ""
                    donor.controllers = []
                    donor.person, donor.erased_at = None, now
                    _empty_files(donor, now)
                donor.save()
        return len(donors)

    def merge(self, *, kept_id: int, merged_id: int, now: datetime) -> dict[str, list[int]]:
        """Point the merged person's donors at the kept one."""
        moved = list(Donor.objects.filter(person_id=merged_id).order_by("pk").values_list("pk", flat=True))
        Donor.objects.filter(pk__in=moved).update(person_id=kept_id)
        return {"money.Donor": moved}

    def unmerge(self, *, kept_id: int, merged_id: int, moved: dict[str, list[int]]) -> None:
        """Point exactly the moved donors back."""
        Donor.objects.filter(pk__in=moved.get("money.Donor", []), person_id=kept_id).update(
            person_id=merged_id
        )


def _empty_files(donor: Donor, now: datetime) -> None:
    """Empty every file of a donor's gifts, on rows that were corrected too; the fingerprints stay."""
    for file in GiftEvidence.objects.filter(gift__donor=donor, erased_at=None):
        file.name, file.content, file.erased_at = "", b"", now
        file.save(update_fields=["name", "content", "erased_at"])


SOCKET = MoneySocket()
