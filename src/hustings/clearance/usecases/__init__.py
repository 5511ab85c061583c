"""The acts of clearance, one a file."""

from hustings.clearance.rules.answering import ClearanceSummary
from hustings.clearance.usecases.approve_material import MaterialNotPassed, approve_material
from hustings.clearance.usecases.check_material import check_material
from hustings.clearance.usecases.clear_addresses import (
    ClearedMessages,
    NotForMarketing,
    SingleMessage,
    clear_addresses,
)
from hustings.clearance.usecases.clear_audience import clear_audience
from hustings.clearance.usecases.clear_electors import NotForElectors, clear_electors
from hustings.clearance.usecases.cleared_electors import ClearedElector, cleared_electors
from hustings.clearance.usecases.cleared_recipients import Recipient, cleared_recipients
from hustings.clearance.usecases.imprint_for import imprint_for
from hustings.clearance.usecases.keep_clearance import NotToBeSetAside
from hustings.clearance.usecases.override_finding import NotToBeOverridden, override_finding
from hustings.clearance.usecases.recheck import recheck
from hustings.clearance.usecases.recheck_electors import recheck_electors
from hustings.clearance.usecases.set_limits import LimitsWithoutReason, set_limits
from hustings.clearance.usecases.verdicts_of import verdicts_of
from hustings.clearance.usecases.verify_promoter import PromoterNotVerifiable, verify_promoter
from hustings.clearance.usecases.withdraw_material import withdraw_material
from hustings.clearance.usecases.write_material import write_material
from hustings.clearance.usecases.write_promoter import write_promoter

__all__ = [
    "ClearanceSummary",
    "ClearedElector",
    "ClearedMessages",
    "LimitsWithoutReason",
    "MaterialNotPassed",
    "NotForElectors",
    "NotForMarketing",
    "NotToBeOverridden",
    "NotToBeSetAside",
    "PromoterNotVerifiable",
    "Recipient",
    "SingleMessage",
    "approve_material",
    "check_material",
    "clear_addresses",
    "clear_audience",
    "clear_electors",
    "cleared_electors",
    "cleared_recipients",
    "imprint_for",
    "override_finding",
    "recheck",
    "recheck_electors",
    "set_limits",
    "verdicts_of",
    "verify_promoter",
    "withdraw_material",
    "write_material",
    "write_promoter",
]
