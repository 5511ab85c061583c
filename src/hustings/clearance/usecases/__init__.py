"""The acts of clearance, one a file."""

from hustings.clearance.usecases.approve_material import MaterialNotPassed, approve_material
from hustings.clearance.usecases.check_material import check_material
from hustings.clearance.usecases.imprint_for import imprint_for
from hustings.clearance.usecases.override_finding import NotToBeOverridden, override_finding
from hustings.clearance.usecases.verify_promoter import PromoterNotVerifiable, verify_promoter
from hustings.clearance.usecases.withdraw_material import withdraw_material
from hustings.clearance.usecases.write_promoter import write_promoter

__all__ = [
    "MaterialNotPassed",
    "NotToBeOverridden",
    "PromoterNotVerifiable",
    "approve_material",
    "check_material",
    "imprint_for",
    "override_finding",
    "verify_promoter",
    "withdraw_material",
    "write_promoter",
]
