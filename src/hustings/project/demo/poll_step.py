"""The eve of a by-election: the council's file of polling stations comes in, and everybody in the ward who may be written to is
told which station is theirs."""

import email.policy
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from django.db import close_old_connections

from hustings.accounts.access import Right, scope_of
from hustings.basics.clock import clock, uk_date
from hustings.elections.models import Candidacy, Contest, Election, ElectionKind, Party
from hustings.openness.models import Entry
from hustings.outreach.audiences.usecases.save_audience import save_audience
from hustings.outreach.mailings.models import Mailing, MailingState, MailingTemplate
from hustings.outreach.mailings.queries import figures_of
from hustings.outreach.mailings.usecases.approve_mailing import approve_mailing
from hustings.outreach.mailings.usecases.save_mailing import MailingPlan, MailingWords, save_mailing
from hustings.outreach.mailings.usecases.start_mailing import start_mailing
from hustings.outreach.mailings.usecases.write_poll_day import write_poll_day
from hustings.places.models import Area, AreaKind
from hustings.project.demo.borough.petition import WARD_NAMES, Kind, Signer
from hustings.project.demo.borough.polling_export import write_properties
from hustings.project.demo.borough.supporters import Supporter
from hustings.project.demo.build import DemoHome, bring_in
from hustings.project.demo.mail_server import MailServer
from hustings.project.demo.signing import wait_until
from hustings.project.demo.story import Story
from hustings.register.models import PollingStation

WARD = WARD_NAMES[0]
SUBJECT = "The poll is tomorrow"
_WORDS = """
Dear {{ given_name or "neighbour" }},

tomorrow {{ ward_name }} chooses a councillor. Whoever you choose, please go and vote.

Alice
"""
#: How the message names the station, and how it points to the poll card where none is known.
_WHERE = re.compile(r"Where:\*{0,2}\s+(.+?)(?:,|\n\n)", re.DOTALL)
_CARD = "your poll card says"


def call_to_vote(*, demo: DemoHome, mail: MailServer, folder: Path, story: Story) -> Mailing:
    """Call the by-election, take in who votes where, write to the ward, and hold every message against the truth."""
    now = clock().now()
    election = announce_by_election(demo=demo, poll_on=uk_date(now) + timedelta(days=1))
    path = folder / "borough" / "barset-properties-by-election.csv"
    land = demo.borough.land
    ward = next(one for one in land.wards if one.name == WARD)
    write_properties(path=path, land=land, ward=ward, poll_on=election.poll_on)
    bring_in(
        story, "The council's file of polling stations comes in", path, now=now, is_quiet=True,
        election=election.pk,
    )  # fmt: skip
    story.equal(
        "every polling district of the ward has its station",
        PollingStation.objects.filter(election=election).count(),
        len({district.station for district in land.districts if district.ward == ward}),
    )
    mailing = _write(demo, election, now)
    box = folder / "mail" / "messages.mbox"
    mail.flush()
    begins = box.stat().st_size
    start_mailing(mailing=mailing, by=demo.users["Agnes"], now=clock().now())

    def has_ended() -> bool:
        close_old_connections()
        return (
            Mailing.objects.filter(pk=mailing.pk, state=MailingState.FINISHED).exists()
            and Entry.objects.filter(source=f"mailing:{mailing.pk}").exists()
        )

    is_over = wait_until(has_ended, seconds=120)
    mailing.refresh_from_db()
    figures = figures_of(mailing=mailing)
    assert figures is not None
    mail.flush()
    told = Counter(_told(demo, box=box, begins=begins))
    story.tell(
        "On the eve of poll the ward is called to vote",
        messages=told.total(),
        their_own_station=told["own"],
        moved_and_told_by_the_new_address=told["moved"],
        not_registered_and_told_by_address=told["address"],
        poll_card=told["card"] + told["card of a listed"],
    )
    story.claim("the call goes out and enters the public record", holds=is_over and figures.agree)
    story.equal("as many were told as the server accepted", told.total(), figures.accepted)
    story.equal(
        "nobody who lives where they are registered is sent to a station that is not theirs", told["other"], 0
    )
    story.claim(
        "nine in ten of those on the register read which station is theirs",
        holds=told["own"] > 100
        and told["own"] * 10 >= 9 * (told["own"] + told["card of a listed"] + told["moved"]),
        without=told["card of a listed"],
    )
    story.claim("nothing of it leaves after the close of poll", holds=_stops_at_close(mailing, election))
    return mailing


def announce_by_election(*, demo: DemoHome, poll_on: date) -> Election:
    """One seat of the ward, with the candidates who stood there the last time."""
    ward = Area.objects.get(kind=AreaKind.WARD, name=WARD)
    slug = next(one.slug for one in demo.borough.land.wards if one.name == WARD)
    election: Election = Election.objects.create(
        id=f"local.barset.{slug}.by.{poll_on}",
        kind=ElectionKind.LOCAL,
        title=f"By-election in {WARD}",
        poll_on=poll_on,
        nation="england",
        source="the fictional council's notice of poll",
    )
    contest = Contest.objects.create(election=election, ballot_id=election.pk, area=ward, area_name=WARD)
    for one in demo.borough.results:
        if one.area_code == ward.pk:
            party, _is_new = Party.objects.get_or_create(name=one.party.name)
            Candidacy.objects.create(contest=contest, name=f"{one.forename} {one.surname}", party=party)
    return election


def _write(demo: DemoHome, election: Election, now: datetime) -> Mailing:
    agent = demo.users["Agnes"]
    ward = Area.objects.get(kind=AreaKind.WARD, name=WARD)
    audience = save_audience(
        name=f"Everybody in {WARD}",
        conditions={"match": "all", "conditions": []},
        area_code=ward.pk,
        scope=scope_of(user=agent, right=Right.SEND, on=uk_date(now)),
        by=agent,
        now=now,
    )
    opening = write_poll_day(election=election, nation="england", area=ward, now=now)
    mailing = save_mailing(
        title="The by-election: where and when to vote",
        audience=audience,
        words=MailingWords(
            subject=SUBJECT,
            words=_WORDS.strip(),
            lead=opening.lead,
            promoter=demo.promoter,
            election=election,
        ),
        plan=MailingPlan(
            reply_to="alice@office.barset.example",
            from_name="Alice at the Lantern Party",
            stops_at=opening.closes_at,
            template=MailingTemplate.POLL_DAY,
        ),
        by=agent,
        now=now,
    )
    return approve_mailing(mailing=mailing, by=agent, now=clock().now())


def _stops_at_close(mailing: Mailing, election: Election) -> bool:
    """The material may not go out after ten at night on the day of the poll."""
    return mailing.stops_at is not None and uk_date(mailing.stops_at) == election.poll_on


def true_stations(*, demo: DemoHome) -> dict[str, str | None]:
    """The station of each address we may write to by the truth of the borough; None for who is not on the register."""
    districts = {elector.key: elector.district for elector in demo.borough.electors}
    found: dict[str, str | None] = {}
    everybody: list[Supporter | Signer] = [*demo.borough.supporters, *demo.borough.signers]
    for one in everybody:
        if one.email:
            listed = districts[one.elector_key].station.name if one.elector_key is not None else None
            found[one.email.lower()] = found.get(one.email.lower()) or listed
    return found


def _told(demo: DemoHome, *, box: Path, begins: int) -> Iterator[str]:
    """What each message told: the reader's own station, another one, that of their new address, or where to look."""
    truth = true_stations(demo=demo)
    moved = {one.email.lower() for one in demo.borough.signers if one.kind is Kind.MOVED}
    for message in _messages(box=box, begins=begins):
        to = message["to"].addresses[0].addr_spec.lower()
        own = truth.get(to)
        body = message.get_body(preferencelist=("plain",))
        text = body.get_content() if body else ""
        named = None if _CARD in " ".join(text.split()) else _WHERE.search(text)
        if named is None:
            yield "card" if own is None else "card of a listed"
        elif own is None:
            yield "address"
        elif " ".join(named[1].split()) == own:
            yield "own"
        else:
            # Registered at the door they left: unless the register finds them, all we know is the address they gave.
            yield "moved" if to in moved else "other"


def _messages(*, box: Path, begins: int) -> Iterator[EmailMessage]:
    with box.open("rb") as stream:
        stream.seek(begins)
        content = stream.read()
    read = BytesParser(policy=email.policy.default)
    for part in content.split(b"From demo@barset.example Thu Jan  1 00:00:00 1970\n"):
        if part.strip():
            message = read.parsebytes(part)
            if message["subject"] == SUBJECT:
                yield message
