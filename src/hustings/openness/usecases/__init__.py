"""The acts of the public record, one a file."""

from hustings.openness.usecases.correct_entry import NothingToCorrect, correct_entry
from hustings.openness.usecases.record_entry import Draft, record_entry
from hustings.openness.usecases.record_mailing import record_mailing
from hustings.openness.usecases.record_material import record_material
from hustings.openness.usecases.record_withdrawal import record_withdrawal
from hustings.openness.usecases.withhold_document import NotToBeWithheld, withhold_document

__all__ = [
    "Draft",
    "NotToBeWithheld",
    "NothingToCorrect",
    "correct_entry",
    "record_entry",
    "record_mailing",
    "record_material",
    "record_withdrawal",
    "withhold_document",
]
