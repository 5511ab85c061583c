"""Tables of clearance, by aggregate: promoters, materials, approved copies, and clearances: who may be contacted, and why not."""

from hustings.clearance.models.approved_copy import ApprovedCopy, Override
from hustings.clearance.models.clearance import Clearance, ClearanceVerdict, OwnLimits
from hustings.clearance.models.linked_imprint import LinkedImprint, LinkLook
from hustings.clearance.models.material import About, Material, MaterialState, Medium, Nation, Publisher
from hustings.clearance.models.promoter import Promoter

__all__ = [
    "About",
    "ApprovedCopy",
    "Clearance",
    "ClearanceVerdict",
    "LinkLook",
    "LinkedImprint",
    "Material",
    "MaterialState",
    "Medium",
    "Nation",
    "Override",
    "OwnLimits",
    "Promoter",
    "Publisher",
]
