"""Every act on people: one file each, all to be had from here."""

from hustings.people.usecases.ask_preference_link import ask_preference_link
from hustings.people.usecases.change_preferences import Choice, change_preferences
from hustings.people.usecases.check_row import CheckedRow, PersonRow, check_row
from hustings.people.usecases.confirm_own_request import download_own_data, erase_self
from hustings.people.usecases.erase_person import erase_person
from hustings.people.usecases.export_person import PersonExport, export_person
from hustings.people.usecases.handle_rights_request import (
    acknowledge_request,
    answer_request,
    extend_request,
    verify_identity,
)
from hustings.people.usecases.lift_objection import lift_objection
from hustings.people.usecases.mark_gone import mark_gone
from hustings.people.usecases.mark_unusable import mark_unusable
from hustings.people.usecases.merge_people import merge_people, undo_merge
from hustings.people.usecases.note_contacts import note_contacts
from hustings.people.usecases.object_to_contact import object_to_contact
from hustings.people.usecases.open_rights_request import open_rights_request
from hustings.people.usecases.rebuild_consents import rebuild_consents
from hustings.people.usecases.record_consent import ConsentRow, record_consent, record_consents
from hustings.people.usecases.record_objections import ObjectionRow, record_objections
from hustings.people.usecases.record_people import Recorded, record_people
from hustings.people.usecases.record_person import record_person
from hustings.people.usecases.stop_everything import stop_everything
from hustings.people.usecases.verify_contact_point import verify_contact_point
from hustings.people.usecases.wording_for import wording_for

__all__ = [
    "CheckedRow",
    "Choice",
    "ConsentRow",
    "ObjectionRow",
    "PersonExport",
    "PersonRow",
    "Recorded",
    "acknowledge_request",
    "answer_request",
    "ask_preference_link",
    "change_preferences",
    "check_row",
    "download_own_data",
    "erase_person",
    "erase_self",
    "export_person",
    "extend_request",
    "lift_objection",
    "mark_gone",
    "mark_unusable",
    "merge_people",
    "note_contacts",
    "object_to_contact",
    "open_rights_request",
    "rebuild_consents",
    "record_consent",
    "record_consents",
    "record_objections",
    "record_people",
    "record_person",
    "stop_everything",
    "undo_merge",
    "verify_contact_point",
    "verify_identity",
    "wording_for",
]
