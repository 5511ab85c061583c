"""Builds the demo's home: the fictional borough through the ordinary importers, the office and its people."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction

from hustings.accounts.models import Organisation, OrganisationKind, User
from hustings.clearance.models import Promoter
from hustings.clearance.usecases.verify_promoter import verify_promoter
from hustings.clearance.usecases.write_promoter import write_promoter
from hustings.places.models import Area
from hustings.platform.importing.importer import Options
from hustings.platform.importing.run_import import run_import
from hustings.platform.models import ImportRun
from hustings.platform.progress import bar
from hustings.project.demo.borough import Borough, BoroughFiles, make_borough, write_borough
from hustings.project.demo.people_of_the_office import engage_members
from hustings.project.demo.story import Story
from hustings.register.models import EntitlementKind
from hustings.register.usecases.record_entitlement import record_entitlement
from hustings.website.models import SiteFrame
from hustings.website.usecases.create_site import create_site

SEED = 2026


@dataclass(frozen=True, kw_only=True)
class DemoHome:
    """What later steps need: the borough with its truth, its files, the logins and the promoter."""

    borough: Borough
    files: BoroughFiles
    users: dict[str, User]
    promoter: Promoter


def build_home(*, folder: Path, now: datetime, story: Story, is_quiet: bool) -> DemoHome:
    """Make the borough as of yesterday and bring its files in; the home must be new and migrated."""
    borough = make_borough(seed=SEED, on=(now - timedelta(days=1)).date())
    files = write_borough(borough=borough, folder=folder / "borough")
    story.tell(
        "The borough of Barset is made up",
        wards=len(borough.land.wards),
        front_doors=len(borough.land.dwellings),
        electors=len(borough.electors),
        seed=borough.seed,
    )
    _found_organisation(now=now)
    bring_in(story, "The names of its areas come in", files.area_names, now=now, is_quiet=is_quiet)
    bring_in(story, "The outlines of its wards come in", files.ward_boundaries, now=now, is_quiet=is_quiet)
    bring_in(story, "Its postcodes come in", files.postcodes, now=now, is_quiet=is_quiet)
    bring_in(
        story,
        "The results of the parliamentary election come in",
        files.parliamentary_results_by_candidate,
        now=now,
        is_quiet=is_quiet,
        election="parl.2024-07-04",
    )
    bring_in(
        story, "The results of the council election come in", files.local_results, now=now, is_quiet=is_quiet
    )
    create_site(now=now)
    # The office has been there for a while: its people could verify and approve things in the past.
    users = engage_members(since=(now - timedelta(days=365)).date())
    promoter = _name_promoter(users=users, now=now)
    SiteFrame.objects.update_or_create(pk=1, defaults={"promoter": promoter})
    story.tell("The office opens", logins=len(users), promoter=promoter.name)
    _bring_in_register(story, files, users=users, on=borough.on, now=now, is_quiet=is_quiet)
    bring_in(
        story, "The supporter list comes in from a spreadsheet", files.supporters, now=now, is_quiet=is_quiet
    )
    return DemoHome(borough=borough, files=files, users=users, promoter=promoter)


def _found_organisation(*, now: datetime) -> None:
    Organisation.objects.create(
        pk=1,
        name="Lantern Party Barset",
        kind=OrganisationKind.REGISTERED_PARTY,
        commission_number="PP99902",
        address="4 Lamplighter Row, Barchester Quay, ZZ1 1AA",
        email="office@barset.example",
        phone="01632 960001",
        set_up_at=now,
    )


@transaction.atomic
def _name_promoter(*, users: dict[str, User], now: datetime) -> Promoter:
    promoter = write_promoter(
        name="Agnes Lampwright",
        address="4 Lamplighter Row, Barchester Quay",
        postcode="ZZ1 1AA",
        by=users["Agnes"],
        now=now,
    )
    return verify_promoter(
        promoter=promoter,
        evidence="Letter of appointment as election agent, seen by Agnes.",
        by=users["Agnes"],
        now=now,
    )


def bring_in(
    story: Story, title: str, path: Path, *, now: datetime, is_quiet: bool, election: str = "", slug: str = ""
) -> ImportRun:
    """Import a file as anybody would, and hold its counts against each other."""
    with bar(title=path.name, is_shown=not is_quiet) as progress:
        run = run_import(path=path, now=now, slug=slug, options=Options(election=election), progress=progress)
    story.tell(title, read=run.read, accepted=run.accepted, rejected=run.rejected, unchanged=run.unchanged)
    story.equal(
        "read = accepted + rejected + unchanged", run.read, run.accepted + run.rejected + run.unchanged
    )
    return run


def _bring_in_register(
    story: Story,
    files: BoroughFiles,
    *,
    users: dict[str, User],
    on: date,
    now: datetime,
    is_quiet: bool,
) -> None:
    record_entitlement(
        kind=EntitlementKind.PARTY,
        holder="Lantern Party Barset",
        election=None,
        area=Area.objects.get(kind="district", name="Barset"),
        valid_from=on,
        valid_until=on + timedelta(days=365),
        office="Barset District Council",
        evidence="Written request of the registered party, answered by the registration officer.",
        recorded_by=users["Dora"],
        now=now,
    )
    bring_in(story, "The council's register comes in", files.register, now=now, is_quiet=is_quiet)
