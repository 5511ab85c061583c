"""The acts of the public record, one a file."""

from hustings.openness.usecases.begin_log_again import NothingLost, begin_log_again
from hustings.openness.usecases.correct_entry import NothingToCorrect, correct_entry
from hustings.openness.usecases.export_log import NothingToExport, export_log
from hustings.openness.usecases.grow_log import NumbersMissing, grow_log
from hustings.openness.usecases.record_entry import Draft, NewEntry, record_entries, record_entry
from hustings.openness.usecases.record_mailing import record_mailing
from hustings.openness.usecases.record_material import record_material
from hustings.openness.usecases.record_withdrawal import record_withdrawal
from hustings.openness.usecases.sign_checkpoint import RecordSetBack, sign_checkpoint
from hustings.openness.usecases.watch_log import (
    NotAWitness,
    NotOurCheckpoint,
    add_witness,
    ask_witnesses,
    end_witness,
    take_cosigned,
)
from hustings.openness.usecases.withhold_document import NotToBeWithheld, withhold_document

__all__ = [
    "Draft",
    "NewEntry",
    "NotAWitness",
    "NotOurCheckpoint",
    "NotToBeWithheld",
    "NothingLost",
    "NothingToCorrect",
    "NothingToExport",
    "NumbersMissing",
    "RecordSetBack",
    "add_witness",
    "ask_witnesses",
    "begin_log_again",
    "correct_entry",
    "end_witness",
    "export_log",
    "grow_log",
    "record_entries",
    "record_entry",
    "record_mailing",
    "record_material",
    "record_withdrawal",
    "sign_checkpoint",
    "take_cosigned",
    "withhold_document",
]
