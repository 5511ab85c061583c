"""Who reacts to what, in one file: importers, reactions to events, sockets, commands; beside it schedule and menu."""

from collections.abc import Mapping, Sequence
from typing import Any

import typer
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_tasks.base import Task

from hustings.accounts import commands as accounts_commands
from hustings.accounts import organisation_commands
from hustings.accounts.access import Right
from hustings.accounts.pages import organisation
from hustings.accounts.pages.attention import AttentionSource
from hustings.accounts.pages.menu import MenuEntry
from hustings.accounts.pages.set_up import SetUpStep
from hustings.actions import commands as actions_commands
from hustings.actions import personal_data as actions_data
from hustings.actions.events import SignatureConfirmed
from hustings.actions.usecases.take_signature import SIGNATURES
from hustings.adwatch import commands as adwatch_commands
from hustings.adwatch.importers.companies import CompanyRegister
from hustings.adwatch.importers.google_bundle import GoogleBundle
from hustings.adwatch.importers.meta_api import MetaApi
from hustings.adwatch.importers.meta_report import MetaReport
from hustings.adwatch.importers.party_series import PartySeries
from hustings.adwatch.importers.per_ad import MetaAdsBands, MetaAdsBounds
from hustings.clearance import commands as clearance_commands
from hustings.clearance import material_commands, promoter_commands
from hustings.clearance import personal_data as clearance_data
from hustings.clearance import queries as clearance_queries
from hustings.clearance.events import MaterialApproved, MaterialWithdrawn
from hustings.clearance.queries import screening as clearance_screening
from hustings.contacts import commands as contacts_commands
from hustings.contacts import personal_data as contacts_data
from hustings.desk import commands as desk_commands
from hustings.desk import queries as desk_queries
from hustings.desk.pages import start
from hustings.elections import commands as elections_commands
from hustings.elections.importers.democracy_club import DemocracyClubResults
from hustings.elections.importers.general_by_candidate import GeneralByCandidate
from hustings.elections.importers.general_by_constituency import GeneralByConstituency
from hustings.elections.importers.notional import Notional
from hustings.money import commands as money_commands
from hustings.money import personal_data as money_data
from hustings.money import queries as money_queries
from hustings.money.events import DonationReportFiled, ReturnDeadlineNear, ReturnFrozen
from hustings.money.importers.gift_sheet import GiftSheet
from hustings.money.importers.published_bodies import CommissionLoans, CommissionRegister, UnionList
from hustings.money.importers.published_donations import CommissionDonations, DonorTotals, MembersInterests
from hustings.money.importers.published_returns import CandidateReturns
from hustings.money.queries.gift_attention import gift_attention
from hustings.openness import commands as openness_commands
from hustings.openness import jobs as openness_jobs
from hustings.openness import queries as openness_queries
from hustings.openness import record_commands
from hustings.outreach import jobs as outreach_jobs
from hustings.outreach.audiences import commands as audience_commands
from hustings.outreach.doorsteps import commands as rounds_commands
from hustings.outreach.doorsteps import personal_data as doorsteps_data
from hustings.outreach.events import AgreedAloud, CanvassClosed, MailingFinished, PhoneBankClosed
from hustings.outreach.mailings import commands as mailing_commands
from hustings.outreach.phonebank import commands as phonebank_commands
from hustings.outreach.phonebank import personal_data as phonebank_data
from hustings.people import commands as people_commands
from hustings.people import personal_data as people_data
from hustings.people.events import (
    OpinionConsentWithdrawn,
    PeopleImported,
    PersonMerged,
    PreferenceLinkAsked,
    RightsRequestMade,
)
from hustings.people.importers.preference_lists import PreferenceLists
from hustings.people.importers.supporters import Supporters
from hustings.people.importers.suppressions import Suppressions
from hustings.places import commands as places_commands
from hustings.places.importers.area_names import AreaNames
from hustings.places.importers.centres import Centres, ConstituencyCentres
from hustings.places.importers.code_point import CodePointOpen
from hustings.places.importers.councils import Councils
from hustings.places.importers.derived_seats import DerivedSeats
from hustings.places.importers.outlines import Outlines
from hustings.places.importers.overlaps import Overlaps
from hustings.places.importers.postcode_directory import PostcodeDirectory
from hustings.places.importers.venues import CouncilOffices, PoliceStations, PollingStations, VenueSheet
from hustings.platform.events import Event
from hustings.platform.group_commit import GroupCommit
from hustings.platform.importing.importer import Importer
from hustings.platform.schedule import ScheduledTask
from hustings.platform.sockets import PersonalDataSocket
from hustings.postroom import commands as postroom_commands
from hustings.postroom import personal_data as postroom_data
from hustings.postroom import queries as postroom_queries
from hustings.postroom.events import DispatchFinished, TextAnswered
from hustings.project import desk_menu, reactions, schedule
from hustings.register import commands as register_commands
from hustings.register import jobs as register_jobs
from hustings.register import personal_data as register_data
from hustings.register import queries as register_queries
from hustings.register.events import RegisterVersionActivated
from hustings.register.importers.full_register import FullRegister
from hustings.register.importers.polling_layouts import (
    DemocracyCountsProperties,
    DemocracyCountsStations,
    Halarose,
    IdoxEros,
    NorthernIreland,
    XpressDemocracyClub,
    XpressWebLookup,
)
from hustings.support import case_commands
from hustings.support import commands as support_commands
from hustings.support import jobs as support_jobs
from hustings.support import personal_data as support_data
from hustings.support.queries import attention as support_attention
from hustings.support.queries import cases_to_take_over, cover_commitments, own_cases_due
from hustings.volunteers import commands as volunteers_commands
from hustings.volunteers import conduct_commands, course_commands
from hustings.volunteers import jobs as volunteers_jobs
from hustings.volunteers import personal_data as volunteers_data
from hustings.volunteers.events import VolunteerLeft, WayInAsked
from hustings.volunteers.hosting import commands as hosting_commands
from hustings.volunteers.hosting import queries as hosting_queries
from hustings.volunteers.queries import attention as volunteers_attention
from hustings.volunteers.queries import commitments_here
from hustings.website import commands as website_commands
from hustings.website.campaign_map import commands as campaign_map_commands
from hustings.website.pages import set_up as site_set_up

#: Every importer, in the order in which layouts are tried.
IMPORTERS: Sequence[Importer] = (
    CodePointOpen(),
    DerivedSeats(),
    PostcodeDirectory(),
    AreaNames(),
    Councils(),
    ConstituencyCentres(),
    Centres(),
    Outlines(),
    Overlaps(),
    FullRegister(),
    XpressDemocracyClub(),
    XpressWebLookup(),
    IdoxEros(),
    Halarose(),
    NorthernIreland(),
    DemocracyCountsStations(),
    DemocracyCountsProperties(),
    Supporters(),
    Suppressions(),
    PreferenceLists(),
    GeneralByConstituency(),
    GeneralByCandidate(),
    Notional(),
    DemocracyClubResults(),
    PoliceStations(),
    PollingStations(),
    CouncilOffices(),
    VenueSheet(),
    CommissionDonations(),
    MembersInterests(),
    DonorTotals(),
    CommissionLoans(),
    CommissionRegister(),
    UnionList(),
    CandidateReturns(),
    GiftSheet(),
    MetaReport(),
    MetaApi(),
    MetaAdsBands(),
    MetaAdsBounds(),
    GoogleBundle(),
    PartySeries(),
    CompanyRegister(),
)

#: What happens after what: each task gets the event's fields.
REACTIONS: Mapping[type[Event], Sequence[Task[..., Any]]] = {
    MaterialApproved: (openness_jobs.record_approved_material,),
    MaterialWithdrawn: (openness_jobs.record_withdrawn_material,),
    DispatchFinished: (outreach_jobs.close_mailing,),
    AgreedAloud: (outreach_jobs.write_what_was_agreed,),
    OpinionConsentWithdrawn: (reactions.forget_opinions,),
    PreferenceLinkAsked: (reactions.send_preference_links,),
    RightsRequestMade: (reactions.write_about_rights_request,),
    ReturnDeadlineNear: (reactions.remind_agent,),
    ReturnFrozen: (openness_jobs.record_frozen_return,),
    DonationReportFiled: (openness_jobs.record_filed_donations,),
    CanvassClosed: (openness_jobs.record_closed_canvass,),
    MailingFinished: (openness_jobs.record_finished_mailing,),
    PhoneBankClosed: (openness_jobs.record_closed_phone_bank,),
    SignatureConfirmed: (register_jobs.match_signer,),
    PersonMerged: (register_jobs.match_kept_person,),
    PeopleImported: (register_jobs.match_imported_people,),
    RegisterVersionActivated: (register_jobs.match_everybody,),
    WayInAsked: (volunteers_jobs.send_links_in,),
    VolunteerLeft: (support_jobs.give_back_cover,),
    TextAnswered: (support_jobs.take_text_answer,),
}

#: Every app's answer about one person.
PERSONAL_DATA: Sequence[PersonalDataSocket] = (
    postroom_data.SOCKET,
    people_data.SOCKET,
    clearance_data.SOCKET,
    contacts_data.SOCKET,
    register_data.SOCKET,
    actions_data.SOCKET,
    doorsteps_data.SOCKET,
    phonebank_data.SOCKET,
    support_data.SOCKET,
    volunteers_data.SOCKET,
    money_data.SOCKET,
)

#: Who knows what time volunteers have promised: each answers `(volunteer_ids, starts_at, ends_at)` with `Commitment`s. Rotas that
# the system proposes heed them all.
COMMITMENTS: Sequence[Any] = (commitments_here, cover_commitments)

#: Further pages of a volunteer's own, to which their home leads: words, and the name of an address without arguments.
VOLUNTEER_PAGES: Sequence[tuple[Any, str]] = (
    (_("My rounds"), "doorsteps:my_rounds"),
    (_("My cover"), "support:my_cover"),
    (_("Check in before you go out alone"), "support:check_in"),
)

#: What the writer process writes: see `platform/group_commit.py`.
WRITTEN_TOGETHER: Sequence[GroupCommit[Any]] = (SIGNATURES,)

SCHEDULE: Sequence[ScheduledTask] = schedule.SCHEDULE

# The desk's first steps note elections; the commands of elections are where one looks for that.
elections_commands.app.command("note")(desk_commands.note)

#: Command groups of the apps: name and typer app.
COMMANDS: Mapping[str, typer.Typer] = {
    "adwatch": adwatch_commands.app,
    "audiences": audience_commands.app,
    "mailings": mailing_commands.app,
    "rounds": rounds_commands.app,
    "users": accounts_commands.app,
    "contacts": contacts_commands.app,
    "elections": elections_commands.app,
    "hosting": hosting_commands.app,
    "imprint": clearance_commands.app,
    "materials": material_commands.app,
    "organisation": organisation_commands.app,
    "site": website_commands.app,
    "promoters": promoter_commands.app,
    "gate": promoter_commands.gate,
    "ledger": openness_commands.app,
    "record": record_commands.app,
    "money": money_commands.app,
    "people": people_commands.app,
    "petitions": actions_commands.app,
    "phonebanks": phonebank_commands.app,
    "places": places_commands.app,
    "postroom": postroom_commands.app,
    "register": register_commands.app,
    "support": support_commands.app,
    "cases": case_commands.app,
    "training": volunteers_commands.training,
    "events": volunteers_commands.events,
    "groups": volunteers_commands.groups,
    "volunteers": course_commands.app,
    "conduct": conduct_commands.app,
    "screening": clearance_commands.screening,
    "seats": campaign_map_commands.seats,
}


#: Entries of the desk's menu.
DESK_MENU: Sequence[MenuEntry] = desk_menu.DESK_MENU


#: Who knows what needs attention on the desk's home: a right, and a query that gets its scope.
ATTENTION: Sequence[AttentionSource] = (
    AttentionSource(right=Right.APPOINT, ask=desk_queries.ending_appointments),
    AttentionSource(right=Right.EDIT_PETITIONS, ask=desk_queries.draft_petitions),
    AttentionSource(right=Right.SEND, ask=postroom_queries.attention),
    AttentionSource(right=Right.APPROVE_MATERIALS, ask=clearance_queries.attention),
    AttentionSource(right=Right.EDIT_MATERIALS, ask=clearance_queries.links_in_trouble),
    AttentionSource(right=Right.VERIFY_PROMOTERS, ask=clearance_queries.unverified_promoters),
    AttentionSource(right=Right.SEND, ask=clearance_screening.attention),
    AttentionSource(right=Right.SEE_COVER, ask=support_attention),
    AttentionSource(right=Right.SEE_CASES, ask=own_cases_due, is_personal=True),
    AttentionSource(right=Right.TAKE_OVER_CASES, ask=cases_to_take_over),
    AttentionSource(right=Right.MATCH, ask=register_queries.attention),
    AttentionSource(right=Right.EDIT_VOLUNTEERS, ask=hosting_queries.attention),
    AttentionSource(right=Right.SEE_MONEY, ask=money_queries.attention),
    AttentionSource(right=Right.SEE_MONEY, ask=gift_attention),
    AttentionSource(right=Right.EDIT_RECORD, ask=openness_queries.attention),
    AttentionSource(right=Right.EDIT_VOLUNTEERS, ask=volunteers_attention.reports),
    AttentionSource(right=Right.EDIT_VOLUNTEERS, ask=volunteers_attention.full_groups),
    AttentionSource(right=Right.EDIT_VOLUNTEERS, ask=volunteers_attention.thin_events),
)

#: Steps of the first set-up, in order.
SET_UP: Sequence[SetUpStep] = (
    organisation.STEP,
    site_set_up.PROMOTER,
    site_set_up.NOTICE,
    start.MAIL,
    start.DATES,
    start.PETITION,
)


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What every page knows: the organisation, and the frame of the public site.

    Asked for only where a page uses it, and once a request, however many pages one answer holds.
    """
    from django.utils.functional import SimpleLazyObject

    from hustings.accounts.models import Organisation
    from hustings.website.queries import frame

    known: dict[str, Any] | None = getattr(request, "page_context", None)
    if known is None:
        known = {
            "organisation": SimpleLazyObject(Organisation.objects.first),
            "frame": SimpleLazyObject(lambda: frame(organisation=Organisation.objects.first())),
        }
        request.page_context = known  # type: ignore[attr-defined]  # a place of our own on the request
    return known


def privacy_notice_url() -> str:
    """Where the published privacy notice is: the live page of the public site whose slug is `privacy`; empty where none is."""
    from wagtail.models import Page

    page = Page.objects.live().filter(slug="privacy").order_by("depth", "pk").first()
    return (page.get_url() or "") if page else ""
