"""A phone bank: the gate about everybody with a number, callers who take turns, a list on paper that comes back."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import close_old_connections

from hustings.accounts.access import Right, scope_of
from hustings.accounts.models import User
from hustings.basics.clock import UK, uk_date
from hustings.contacts.models import Contact, IntentionChoice
from hustings.openness.models import Entry
from hustings.outreach.audiences.usecases.save_audience import save_audience
from hustings.outreach.conversations.rules.agreements import Agreed
from hustings.outreach.conversations.rules.answers import Answer
from hustings.outreach.conversations.usecases.offer_words import offer_words
from hustings.outreach.phonebank.models import PhoneBank
from hustings.outreach.phonebank.queries import BankFigures, figures_of
from hustings.outreach.phonebank.rules.turns import Result
from hustings.outreach.phonebank.usecases.answer_call import Said, answer_call
from hustings.outreach.phonebank.usecases.change_bank import close_bank
from hustings.outreach.phonebank.usecases.key_sheet import key_sheet
from hustings.outreach.phonebank.usecases.make_sheet import make_sheet
from hustings.outreach.phonebank.usecases.open_bank import ask_gate, open_bank
from hustings.outreach.phonebank.usecases.save_bank import BankPlan, BankSubject, save_bank
from hustings.outreach.phonebank.usecases.take_call import accept_words, take_next_call
from hustings.people.models import Channel, ConsentEvent
from hustings.places.models import Area, AreaKind
from hustings.postroom.models import Message
from hustings.project.demo.borough.petition import WARD_NAMES
from hustings.project.demo.build import DemoHome
from hustings.project.demo.signing import wait_until
from hustings.project.demo.story import Story

WARD = WARD_NAMES[0]
_CALLS, _LINES = 30, 20
#: How one call after another ends, over and over.
_ENDS = (
    Said(result=Result.SPOKE, answer=Answer(choice=IntentionChoice.UNDECIDED)),
    Said(result=Result.NO_ANSWER),
    Said(result=Result.SPOKE, answer=Answer(choice=IntentionChoice.WONT_SAY)),
    Said(result=Result.OBJECTED),
    Said(result=Result.GONE),
)


def ring_them(*, demo: DemoHome, now: datetime, story: Story) -> None:
    """Ring the people of a ward: by telephone page and by paper; close, and find it in the public record."""
    agnes, bob = demo.users["Agnes"], demo.users["Bob"]
    at = in_hours(now=now)
    ward = Area.objects.get(kind=AreaKind.WARD, name=WARD)
    audience = save_audience(
        name=f"Telephones in {WARD}",
        conditions={"match": "all", "conditions": []},
        area_code=ward.pk,
        scope=scope_of(user=agnes, right=Right.SEND, on=uk_date(at)),
        by=agnes,
        now=at,
    )
    bank = save_bank(
        title=f"Ring round {WARD}",
        subject=BankSubject(audience=audience, area=ward),
        plan=BankPlan(opening="Hello, I am a volunteer from the Lantern Party. Do you have two minutes?"),
        by=agnes,
        now=at,
    )
    seen = ask_gate(bank=bank, by=agnes, now=at)
    bank = open_bank(bank=bank, by=agnes, now=at)
    story.tell(
        f"A phone bank opens for {WARD}",
        audience=seen.asked,
        cleared=seen.cleared,
        **{f"no: {reason}": count for reason, count in seen.counts.items()},
    )
    story.equal(
        "audience = cleared + refused by reason", seen.asked, seen.cleared + sum(seen.counts.values())
    )
    story.equal("everybody cleared waits to be rung", _figures(bank).waiting, seen.cleared)
    agreed: Counter[str] = Counter()
    rung = _ring(bank, bob, at, agreed)
    keyed = _on_paper(bank, agnes, at, agreed)
    _hold(bank, rung + keyed, story)
    _hold_consent(bank, agreed, story)
    _close(bank, agnes, at, story)


def in_hours(*, now: datetime) -> datetime:
    """Now, where people may be rung now; else six in the evening of the day before."""
    if 9 <= now.astimezone(UK).hour < 20:
        return now
    evening = now.astimezone(UK).replace(hour=18, minute=0, second=0, microsecond=0)
    return evening if evening <= now else evening - timedelta(days=1)


def _figures(bank: PhoneBank) -> BankFigures:
    figures = figures_of(bank=bank)
    assert figures is not None
    return figures


def _end(number: int, *, where: str, at: datetime, agreed: Counter[str]) -> Said:
    """How one call ends: of five, one agrees to emails and spells an address, one to further calls."""
    end, place = _ENDS[number % len(_ENDS)], number % len(_ENDS)
    yes = {offer.channel: offer.value for offer in offer_words(channel=Channel.CALL, now=at)}
    if place == 0:
        agreed["email"] += 1
        return replace(end, agreed=Agreed(offers=(yes["email"],), email=f"{where}.{number}@post.example"))
    if place == 2:
        agreed["call"] += 1
        return replace(end, agreed=Agreed(offers=(yes["call"],)))
    return end


def _ring(bank: PhoneBank, bob: User, at: datetime, agreed: Counter[str]) -> int:
    """Bob rings one after another; every tenth answer is sent twice, as a phone in the rain does."""
    accept_words(bank=bank, by=bob, now=at)
    rung = 0
    while rung < _CALLS and (taken := take_next_call(bank=bank, by=bob, now=at)) is not None:
        said = _end(rung, where="rung", at=at, agreed=agreed)
        for _sent in range(2 if rung % 10 == 0 else 1):
            answer_call(ticket=taken.ticket, said=said, by=bob, now=at)
        rung += 1
    return rung


def _on_paper(bank: PhoneBank, agnes: User, at: datetime, agreed: Counter[str]) -> int:
    """A list goes out on paper and is keyed in when it comes back."""
    sheet = make_sheet(
        bank=bank, for_name="Gwen", lines=_LINES, return_by=uk_date(at) + timedelta(days=2), by=agnes, now=at
    )
    lines = {
        line.number: _end(line.number, where="paper", at=at, agreed=agreed) for line in sheet.lines.all()
    }
    return len(key_sheet(sheet=sheet, rung_on=uk_date(at), lines=lines, by=agnes, now=at).kept)


def _hold(bank: PhoneBank, made: int, story: Story) -> None:
    figures = _figures(bank)
    contacts = Contact.objects.filter(channel=Channel.CALL, label__contains=bank.title).count()
    story.tell(
        "Bob rings, and a list comes back on paper",
        calls=made,
        reached=figures.reached,
        waiting=figures.waiting,
    )
    story.equal("every call is one contact, what was sent twice too", contacts, made)
    story.equal(
        "cleared = waiting + being rung + on paper + done",
        figures.cleared,
        figures.waiting + figures.held + figures.on_paper + figures.done,
    )


def _hold_consent(bank: PhoneBank, agreed: Counter[str], story: Story) -> None:
    """What they agreed to aloud is on file, once each, and whoever spelt an address is written to."""
    receipts = ConsentEvent.objects.filter(source=bank.title, is_given=True)
    story.equal(
        "everybody who agreed to emails has one receipt",
        receipts.filter(channel="email").count(),
        agreed["email"],
    )
    story.equal("and to telephone calls", receipts.filter(channel="call").count(), agreed["call"])

    def are_written_to() -> bool:
        close_old_connections()
        return Message.objects.filter(template="outreach/agreed_aloud").count() == agreed["email"]

    story.claim(
        "every address taken by ear gets the link to their choices",
        holds=wait_until(are_written_to, seconds=60),
    )


def _close(bank: PhoneBank, agnes: User, at: datetime, story: Story) -> None:
    close_bank(bank=bank, by=agnes, now=at)

    def is_recorded() -> bool:
        close_old_connections()
        return Entry.objects.filter(source=f"phone_bank:{bank.pk}").exists()

    story.tell("The phone bank closes")
    story.claim("the calls enter the public record by themselves", holds=wait_until(is_recorded, seconds=60))
