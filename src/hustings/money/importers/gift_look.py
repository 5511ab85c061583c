"""A sheet of gifts looked through without storing anything: flags, and the test of the whole sheet."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hustings.money.importers.gift_sheet import sheet_rows
from hustings.money.rules.donation_law import threshold_or_none
from hustings.money.rules.splitting.bunching import Bunching, bunching_below
from hustings.money.rules.splitting.flags import Flag, Settings, find_flags
from hustings.money.rules.splitting.gifts import GiftFacts
from hustings.money.usecases.record_gift import fingerprint
from hustings.platform.importing.importer import RowRejected
from hustings.platform.importing.source import SourceFile

#: The thresholds that are tested, with what counts as a round amount near them, in pence.
TESTED = {50_000: 5_000, 5_000: 500, 1_118_000: 50_000}


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What was found; the `gift_ids` of a flag are line numbers of the sheet."""

    read: int
    rejected: tuple[tuple[int, str], ...]
    flags: tuple[Flag, ...]
    tests: tuple[Bunching, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "read": self.read,
            "rejected": [{"line": line, "reason": reason} for line, reason in self.rejected],
            "flags": [
                {"lines" if name == "gift_ids" else name: value for name, value in asdict(flag).items()}
                for flag in self.flags
            ],
            "bunching": [
                {
                    "threshold_pence": test.threshold_pence,
                    "observed": test.observed,
                    "expected": round(test.expected, 2),
                    "p_value": test.p_value,
                    "sentence": test.sentence,
                }
                for test in self.tests
            ],
        }


def look_through(*, path: Path, floor_pence: int) -> Looked:
    """Look through a sheet. Raises `ImportRefused` or `UnreadableFile`."""
    gifts: list[GiftFacts] = []
    rejected: list[tuple[int, str]] = []
    report: dict[int, int] = {}
    for line, _cells, row in sheet_rows(source=SourceFile(path)):
        if isinstance(row, RowRejected):
            rejected.append((line, str(row)))
            continue
        donor, facts = row
        entry = threshold_or_none(what="report", who="party", on=facts.received_on)
        if entry is not None:
            report.setdefault(facts.received_on.year, entry.integer())
        gifts.append(
            GiftFacts(
                gift_id=line,
                amount_pence=facts.amount_pence,
                received_on=facts.received_on,
                given_name=donor.given_name,
                family_name=donor.family_name,
                organisation=donor.organisation,
                address=donor.address,
                postcode=donor.postcode,
                email=donor.email,
                token=fingerprint(payment=facts.payment) if facts.payment else "",
                company_number=donor.company_number,
                controllers=tuple(f"{one['name']}|{one['postcode']}" for one in donor.controllers),
                route=facts.route,
                is_standing=facts.is_standing,
            )
        )
    settings = Settings(floor_pence=floor_pence, report_pence=report)
    amounts = [gift.amount_pence for gift in gifts]
    return Looked(
        read=len(gifts) + len(rejected),
        rejected=tuple(rejected),
        flags=tuple(find_flags(gifts=gifts, settings=settings)),
        tests=tuple(
            bunching_below(amounts_pence=amounts, threshold_pence=threshold, round_pence=round_pence)
            for threshold, round_pence in TESTED.items()
        ),
    )
