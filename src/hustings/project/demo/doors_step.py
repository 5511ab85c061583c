"""A ward is canvassed from the register: the gate, rounds that hang together, a sheet on paper, and what a volunteer is told."""

from datetime import datetime, timedelta

from hustings.accounts.access import EVERYTHING
from hustings.basics.clock import uk_date
from hustings.contacts.models import Contact, IntentionChoice
from hustings.outreach.conversations.rules.agreements import NOTHING_AGREED, Agreed
from hustings.outreach.conversations.rules.answers import Answer
from hustings.outreach.conversations.usecases.offer_words import offer_words
from hustings.outreach.doorsteps.models import Canvass, Door, DoorOutcome
from hustings.outreach.doorsteps.queries import sight_of, tally_of
from hustings.outreach.doorsteps.usecases.give_round import give_round, return_round
from hustings.outreach.doorsteps.usecases.open_canvass import ask_gate, open_canvass
from hustings.outreach.doorsteps.usecases.print_sheet import print_sheet
from hustings.outreach.doorsteps.usecases.record_door import record_door
from hustings.outreach.doorsteps.usecases.save_canvass import CanvassPlan, save_canvass
from hustings.people.models import Channel, ConsentEvent
from hustings.places.models import Area, AreaKind
from hustings.project.demo.borough.petition import WARD_NAMES
from hustings.project.demo.build import DemoHome
from hustings.project.demo.story import Story
from hustings.register.access import entries_for
from hustings.register.models import STANDING, Match
from hustings.volunteers.models import Volunteer

WARD = WARD_NAMES[1]
#: What Bob meets at one door after another, over and over.
_MET = (DoorOutcome.SPOKE, DoorOutcome.NO_ANSWER, DoorOutcome.NO_ANSWER, DoorOutcome.SPOKE, DoorOutcome.GONE)
_SAID = (IntentionChoice.UNDECIDED, IntentionChoice.WONT_SAY, IntentionChoice.NOT_VOTING)


def knock_on_doors(*, demo: DemoHome, now: datetime, story: Story) -> None:
    """Canvass a ward; one round is walked to its end, the canvass stays open for whoever looks at the demo."""
    alice = demo.users["Alice"]
    ward = Area.objects.get(kind=AreaKind.WARD, name=WARD)
    on = uk_date(now)
    canvass = save_canvass(
        plan=CanvassPlan(
            title=f"{WARD}: what matters to you?",
            area=ward,
            starts_on=on,
            ends_on=on + timedelta(days=13),
            return_by=on + timedelta(days=20),
            words="Hello, I am a volunteer from the Lantern Party. What should change around here?",
        ),
        by=alice,
        now=now,
    )
    electors = entries_for(scope=EVERYTHING, on=on).filter(ward=ward).values("elector").distinct()
    seen = ask_gate(canvass=canvass, by=alice, now=now)
    canvass = open_canvass(canvass=canvass, by=alice, now=now)
    doors = Door.objects.filter(round__canvass=canvass)
    rounds = canvass.rounds.count()
    story.tell(
        f"The doors of {WARD} are cut into rounds",
        electors=seen.asked,
        cleared=seen.cleared,
        rounds=rounds,
        **{f"no: {reason}": count for reason, count in seen.counts.items()},
    )
    story.equal("the gate is asked about every elector of the ward", seen.asked, electors.count())
    story.equal(
        "electors = cleared + refused by reason", seen.asked, seen.cleared + sum(seen.counts.values())
    )
    story.equal(
        "everybody cleared stands on one line", doors.values("elector").distinct().count(), seen.cleared
    )
    story.equal("and on one only", doors.count(), seen.cleared)
    _walk(demo, canvass, now, story)


def _walk(demo: DemoHome, canvass: Canvass, now: datetime, story: Story) -> None:
    alice, bob = demo.users["Alice"], demo.users["Bob"]
    volunteer = Volunteer.objects.get(user=bob)
    mine = give_round(
        round=canvass.rounds.order_by("number")[0],
        volunteer=volunteer,
        walk_on=uk_date(now),
        by=alice,
        now=now,
    )
    first = mine.doors.order_by("line").first()
    assert first is not None
    record_door(door=first, outcome=DoorOutcome.OBJECTED, turn=0, at=now, now=now, by=bob)
    sheet = print_sheet(round=mine, by=alice, now=now)
    story.tell(
        "Bob gets the first round, at whose first door somebody asks not to be visited again",
        lines=mine.doors.count(),
        lines_on_the_sheet=sheet.lines,
        sheet_bytes=len(sheet.pdf),
    )
    story.equal("the sheet has every line but theirs", sheet.lines, mine.doors.count() - 1)
    before = Contact.objects.filter(channel=Channel.DOOR).count()
    yes = {offer.channel: offer.value for offer in offer_words(channel=Channel.DOOR, now=now)}
    walked, agreed = 0, 0
    for place, line in enumerate(sight_of(round=mine, now=now).lines):
        outcome = _MET[place % len(_MET)]
        answer = Answer(choice=_SAID[place % len(_SAID)]) if outcome == DoorOutcome.SPOKE else None
        says_yes = NOTHING_AGREED
        if place % len(_MET) == 0:
            says_yes = Agreed(offers=(yes["email"], yes["post"]), email=f"door.{place}@post.example")
            agreed += 1
        for _sent_twice in range(2 if place % 10 == 0 else 1):
            record_door(
                door=Door(pk=line.pk),
                outcome=outcome,
                turn=line.attempts,
                answer=answer,
                agreed=says_yes,
                at=now,
                now=now,
                by=bob,
            )
        walked += 1
    return_round(round=mine, by=alice, now=now)
    tally = tally_of(canvass=canvass)
    story.tell(
        "Bob walks it",
        spoke=tally.spoke,
        no_answer=tally.no_answer,
        gone=tally.gone,
        not_visited_yet=tally.waiting,
    )
    story.equal(
        "every door is one contact, what was sent twice too",
        Contact.objects.filter(channel=Channel.DOOR).count() - before,
        walked,
    )
    with_consent = Door.objects.filter(round=mine).exclude(agreed="")
    receipts = ConsentEvent.objects.filter(source=canvass.label, is_given=True)
    story.equal(
        "everybody who agreed to emails has one receipt", receipts.filter(channel="email").count(), agreed
    )
    story.equal("and one for post", receipts.filter(channel="post").count(), agreed)
    story.equal(
        "each is one person on file, joined to their elector",
        Match.objects.filter(elector__in=with_consent.values("elector"), state__in=STANDING).count(),
        agreed,
    )
    story.equal("lines = visited + not visited yet", tally.doors, tally.visited + tally.waiting)
    story.equal("all of the round is visited", tally.visited, Door.objects.filter(round=mine).count())
