"""What split detection knows of a gift: facts as they were given, nothing else."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftFacts:
    """One gift. `gift_id` is the ledger's; money in pence; texts as the payer gave them, empty where not given.

    `token` is a keyed fingerprint of the card or bank account, `controllers` the people who control a company (names, with
    the postcode on record after a bar: "Ada Marsh|ZZ1 1AA"). `is_checked` says whether the donor of this gift was checked
    and found permissible; `is_standing` that it is an instalment of a declared standing order or direct debit.
    """

    gift_id: int
    amount_pence: int
    received_on: date
    given_name: str = ""
    family_name: str = ""
    organisation: str = ""
    address: str = ""
    postcode: str = ""
    email: str = ""
    token: str = ""
    company_number: str = ""
    controllers: tuple[str, ...] = ()
    route: str = "card"
    is_checked: bool = False
    is_standing: bool = False

    @property
    def name(self) -> str:
        """The payer's name as one text."""
        return self.organisation or f"{self.given_name} {self.family_name}".strip()
