"""Tables of people, by aggregate: who they are, how they are reached, what they agreed and objected to, what they asked of us."""

from hustings.people.models.channels import MARKETING_PURPOSES, Channel, Purpose
from hustings.people.models.consent import Consent, ConsentEvent, ConsentWording, ReceiptQuerySet
from hustings.people.models.duplicates import DuplicateReview, Merge
from hustings.people.models.person import ContactPoint, ContactPointKind, Person, Tag
from hustings.people.models.preferences import PreferenceList, PreferenceListing, PreferenceService
from hustings.people.models.rights import RightsOutcome, RightsRequest, RightsRequestKind
from hustings.people.models.suppression import KeyKind, PersonKey, Suppression, SuppressionReview

__all__ = [
    "MARKETING_PURPOSES",
    "Channel",
    "Consent",
    "ConsentEvent",
    "ConsentWording",
    "ContactPoint",
    "ContactPointKind",
    "DuplicateReview",
    "KeyKind",
    "Merge",
    "Person",
    "PersonKey",
    "PreferenceList",
    "PreferenceListing",
    "PreferenceService",
    "Purpose",
    "ReceiptQuerySet",
    "RightsOutcome",
    "RightsRequest",
    "RightsRequestKind",
    "Suppression",
    "SuppressionReview",
    "Tag",
]
