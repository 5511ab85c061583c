"""A few people with everything conditions ask about, and the same conditions answered person by person in Python."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from hustings.actions.models import Petition, PetitionVersion, Signature, SignatureState
from hustings.basics.clock import UK
from hustings.contacts.models import Issue, IssueRaised
from hustings.contacts.usecases.record_contact import record_contact
from hustings.contacts.usecases.record_intention import record_intention
from hustings.elections.models import Party
from hustings.outreach.audiences.rules.tree import Condition, Group, Match, Node
from hustings.people.models import Person, Tag
from hustings.register.models import Elector, MatchState
from hustings.register.models import Match as RegisterMatch
from tests.contacts import cast


@dataclass
class Villager:
    """What is true of one person."""

    person: Person
    ward: str
    agreed: set[tuple[str, str]] = field(default_factory=set)
    contacts: list[tuple[str, str, datetime]] = field(default_factory=list)
    said: str = ""
    tags: set[int] = field(default_factory=set)
    signed: set[int] = field(default_factory=set)
    raised: set[int] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    on_register: bool = False


def make_village(*, now: datetime) -> list[Villager]:
    """Eight people who differ in everything a condition can ask."""
    cast.make_organisation()
    cast.make_places()
    greens, blues = (Party.objects.create(pk=pk, name=name) for pk, name in ((1, "Greens"), (2, "Blues")))
    tags = [Tag.objects.create(pk=pk, name=f"tag {pk}") for pk in (1, 2, 3)]
    issues = [Issue.objects.create(pk=pk, name=f"issue {pk}") for pk in (1, 2, 3)]
    petitions = [_petition(pk, now) for pk in (1, 2, 3)]
    villagers = []
    for number in range(8):
        ward = (cast.ULLATHORNE, cast.PLUMSTEAD, cast.COURCY)[number % 3]
        email = f"p{number}@village.example" if number % 2 else ""
        phone = ("", "01632 960001", "07700 900001")[number % 3]
        person = cast.make_person(name=f"Person {number}", ward=ward, email=email, phone=phone)
        one = Villager(person, ward)
        one.addresses |= {"email"} if email else set()
        one.addresses |= {"phone"} if phone else set()
        one.addresses |= {"mobile"} if phone.startswith("07") else set()
        if number % 4 == 1:
            Person.objects.filter(pk=person.pk).update(address_line="1 High Street")
            one.addresses.add("post")
        for channel, purpose in [("email", "campaign"), ("door", "fundraising")][: number % 3]:
            cast.give_consent(person=person, channel=channel, purpose=purpose)
            one.agreed.add((channel, purpose))
        for back, (channel, outcome) in enumerate(
            [("email", "delivered"), ("door", "no_answer"), ("door", "spoke")]
        ):
            if number & (1 << back):
                at = now - timedelta(days=40 * (number + 1) - 20)
                record_contact(
                    person_id=person.pk, channel=channel, purpose="campaign", outcome=outcome, at=at
                )
                one.contacts.append((channel, outcome, at))
        if number % 4 < 3:
            choice, party = (("party", greens), ("party", blues), ("undecided", None))[number % 4]
            record_intention(person=person, choice="wont_say", source="test", now=now - timedelta(days=9))
            record_intention(person=person, choice=choice, party=party, source="test", now=now)
            one.said = choice if party is None else f"party:{party.pk}"
        for position in range(3):
            if (number + position) % 3 == 0:
                person.tags.add(tags[position])
                one.tags.add(tags[position].pk)
                IssueRaised.objects.create(person=person, issue=issues[position], at=now, source="test")
                one.raised.add(issues[position].pk)
            if (number + position) % 4 == 0:
                state = SignatureState.CONFIRMED if number % 2 else SignatureState.PENDING
                _sign(petitions[position], person, state, now)
                one.signed |= {petitions[position].pk} if state == SignatureState.CONFIRMED else set()
        if number % 2:
            state = MatchState.MATCHED if number % 4 == 1 else MatchState.UNSURE
            RegisterMatch.objects.create(
                person=person,
                elector=Elector.objects.create(first_seen_at=now),
                state=state,
                weight=1,
                probability=1,
                method="test",
                at=now,
            )
            one.on_register = state == MatchState.MATCHED
        villagers.append(one)
    return villagers


def _petition(pk: int, now: datetime) -> Petition:
    petition = Petition.objects.create(
        pk=pk,
        slug=f"p{pk}",
        title=f"Petition {pk}",
        asked_of="the council",
        asked_by="us",
        state="open",
        made_at=now,
    )
    PetitionVersion.objects.create(petition=petition, number=1, title="P", text="Please.", made_at=now)
    return petition


def _sign(petition: Petition, person: Person, state: str, now: datetime) -> None:
    Signature.objects.create(
        petition=petition,
        version=petition.versions.get(),
        state=state,
        given_name=person.given_name,
        family_name=person.family_name,
        postcode="ZZ1 1AA",
        person=person,
        token=f"{petition.pk}-{person.pk}",
        signed_at=now,
        confirmed_at=now if state == SignatureState.CONFIRMED else None,
    )


def holds(node: Node, one: Villager, now: datetime) -> bool:
    """Whether a tree is true of one person, worked out without the database."""
    if isinstance(node, Group):
        members = [member for member in node.members if isinstance(member, Condition) or member.size]
        answers = [holds(member, one, now) for member in members]
        if not answers:
            return True
        return {Match.ALL: all(answers), Match.ANY: any(answers), Match.NONE: not any(answers)}[node.match]
    return _TRUTHS[node.kind](node, one, now) != node.is_negated


def _since(condition: Condition, now: datetime) -> datetime | None:
    if "since" in condition.values:
        return datetime.combine(date.fromisoformat(str(condition.values["since"])), time(), UK)
    if "days" in condition.values:
        return now - timedelta(days=int(str(condition.values["days"])))
    return None


def _contacted(condition: Condition, one: Villager, now: datetime) -> bool:
    since, channel = _since(condition, now), condition.values.get("channel")
    return any(
        outcome != "no_answer" and (since is None or at >= since) and (not channel or channel == used)
        for used, outcome, at in one.contacts
    )


def _list(condition: Condition, name: str) -> set[object]:
    held = condition.values[name]
    assert isinstance(held, list)
    return set(held)


_EAST = {cast.ULLATHORNE, cast.PLUMSTEAD}
_TRUTHS: dict[str, Callable[[Condition, Villager, datetime], bool]] = {
    "lives_in": lambda c, one, now: any(
        one.ward == code or (code == cast.EAST and one.ward in _EAST) for code in _list(c, "areas")
    ),
    "agreed": lambda c, one, now: (c.values["channel"], c.values["purpose"]) in one.agreed,
    "contacted": _contacted,
    "intention": lambda c, one, now: one.said in _list(c, "answers"),
    "on_register": lambda c, one, now: one.on_register,
    "tagged": lambda c, one, now: bool(one.tags & _list(c, "tags")),
    "signed": lambda c, one, now: bool(one.signed & _list(c, "petitions")),
    "raised": lambda c, one, now: bool(one.raised & _list(c, "issues")),
    "has_address": lambda c, one, now: c.values["address"] in one.addresses,
    "came_in": lambda c, one, now: (since := _since(c, now)) is None or since <= cast.LONG_AGO,
    "sent": lambda c, one, now: False,
}
