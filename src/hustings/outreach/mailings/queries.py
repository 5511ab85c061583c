"""What a mailing needs to know of each person, and what became of it, in figures that must agree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from hustings.accounts.models import Organisation
from hustings.accounts.rules.colours import OWN_COLOUR, NotAColour, TooPale, readable
from hustings.contacts.models import Contact, Outcome
from hustings.elections.models import Election
from hustings.outreach.mailings.models import Mailing, MailingTemplate
from hustings.outreach.mailings.rules.writing import FIELDS, Written, write_message, write_text
from hustings.people.models import Person
from hustings.platform.words import day
from hustings.postroom.delivery.bulk_texts import filled_text
from hustings.postroom.models import Message, MessageState
from hustings.postroom.queries import text_cost_pence
from hustings.postroom.rules.mail_markdown import Masthead
from hustings.postroom.rules.template_language import parse_template
from hustings.postroom.rules.text_parts import size_of
from hustings.register.queries import StationFinder

#: The letters that a name takes in an estimate.
_USUAL_LETTERS = 10


def message_of(*, mailing: Mailing, subject: str, words: str, on: date) -> Written:
    """The whole message around a mailing's words, in the look of its template; `on` is the day a newsletter names.

    Raises what `write_message` raises.
    """
    organisation = Organisation.objects.get()
    if mailing.is_text:
        return write_text(words=words, sender=organisation.name, language=mailing.material.language)
    return write_message(
        subject=subject,
        words=words,
        sender=organisation.name,
        language=mailing.material.language,
        masthead=masthead_of(organisation=organisation, on=on)
        if mailing.template == MailingTemplate.NEWSLETTER
        else None,
    )


def masthead_of(*, organisation: Organisation, on: date) -> Masthead:
    """The organisation's name and colour, and the day; its own colour only where white can be read on it."""
    try:
        colour = readable(colour=organisation.colour).light
    except (NotAColour, TooPale):
        colour = OWN_COLOUR
    return Masthead(name=organisation.name, line=day(on), colour=colour)


@dataclass(frozen=True, kw_only=True)
class MailingFigures:
    """A mailing in numbers.

    `audience = cleared + refused`, `cleared = waiting + accepted + refused_by_server + unknown + withdrawn`, and
    `contacts = accepted + refused_by_server + unknown`; `bounced` came back after they were accepted.
    """

    audience: int
    cleared: int
    refused: int
    refused_by_reason: Mapping[str, int]
    waiting: int
    accepted: int
    refused_by_server: int
    unknown: int
    withdrawn: int
    bounced: int
    contacts: int

    @property
    def agree(self) -> bool:
        """Whether every person is accounted for."""
        ended = self.accepted + self.refused_by_server + self.unknown
        return (
            self.audience == self.cleared + self.refused
            and self.refused == sum(self.refused_by_reason.values())
            and self.cleared == self.waiting + ended + self.withdrawn
            and self.contacts == ended
        )


def figures_of(*, mailing: Mailing) -> MailingFigures | None:
    """The figures of a mailing that has begun to go out; `None` before."""
    if mailing.clearance is None or mailing.dispatch_id is None:
        return None
    messages = Message.objects.filter(dispatch=mailing.dispatch_id)
    by_state = dict(messages.values_list("state").annotate(Count("pk")).order_by())
    ended = {MessageState.ACCEPTED, MessageState.REFUSED, MessageState.UNKNOWN, MessageState.WITHDRAWN}
    contacts = Contact.objects.filter(message__dispatch=mailing.dispatch_id).exclude(
        outcome=Outcome.ATTEMPTED
    )
    return MailingFigures(
        audience=mailing.clearance.asked,
        cleared=mailing.clearance.cleared,
        refused=mailing.clearance.refused,
        refused_by_reason=mailing.clearance.counts,
        waiting=sum(number for state, number in by_state.items() if state not in ended),
        accepted=by_state.get(MessageState.ACCEPTED, 0),
        refused_by_server=by_state.get(MessageState.REFUSED, 0),
        unknown=by_state.get(MessageState.UNKNOWN, 0),
        withdrawn=by_state.get(MessageState.WITHDRAWN, 0),
        bounced=messages.filter(Q(state=MessageState.ACCEPTED), bounced_at__isnull=False).count(),
        contacts=contacts.count(),
    )


@dataclass(frozen=True, kw_only=True)
class TextCost:
    """What a text mailing takes and costs: how many people, parts altogether, and pence at the price in the settings."""

    people: int
    parts: int
    pence: int


def text_cost(*, mailing: Mailing, written: Written, people: int) -> TextCost:
    """The cost: before it goes, for so many people as long a text as for somebody whose names are of the usual length;
    once it has its rows, exactly their parts."""
    if mailing.dispatch_id is not None:
        rows = Message.objects.filter(dispatch=mailing.dispatch_id).exclude(state=MessageState.WITHDRAWN)
        figures = rows.aggregate(people=Count("pk"), parts=Sum("parts"))
        parts = figures["parts"] or 0
        return TextCost(people=figures["people"], parts=parts, pence=text_cost_pence(parts=parts))
    parts = people * parts_of(written=written)
    return TextCost(people=people, parts=parts, pence=text_cost_pence(parts=parts))


def parts_of(*, written: Written) -> int:
    """The parts of a text for somebody whose fields are of a usual length."""
    template = parse_template(source=written.text)
    fields = dict.fromkeys((*template.fields, *template.conditions), "x" * _USUAL_LETTERS)
    return size_of(text=filled_text(template=template, fields=fields)).parts


class PersonFields(Mapping[int, Mapping[str, str]]):
    """The fields each person's message needs, read for many people at once as the postroom asks for them.

    The polling station is looked up only where the message names it and the mailing is about an election; it stays empty
    where it is not known, and the words then say where to find it.
    """

    _AT_ONCE = 2_000
    _STATION = frozenset({"station_name", "station_address"})

    def __init__(self, *, needed: frozenset[str], election: Election | None, on: date) -> None:
        self._needed = needed
        self._finder = (
            StationFinder(election_id=election.pk, on=on) if election and needed & self._STATION else None
        )
        self._read: dict[int, dict[str, str]] = {}

    def __getitem__(self, person_id: int) -> Mapping[str, str]:
        if person_id not in self._read:
            self._fetch(person_id)
        return self._read[person_id]

    def __iter__(self) -> Iterator[int]:
        return iter(Person.objects.order_by("pk").values_list("pk", flat=True))

    def __len__(self) -> int:
        return Person.objects.count()

    def of(self, *, people: Sequence[Person]) -> dict[int, dict[str, str]]:
        """Every field that is needed of each of these people, empty where it is not known."""
        found = self._finder.stations_of(people=people) if self._finder else {}
        fields = {}
        for person in people:
            station = found.get(person.pk)
            known = dict.fromkeys(FIELDS, "") | {
                "given_name": person.given_name,
                "family_name": person.family_name,
                "ward_name": person.ward.name if person.ward else "",
                "constituency_name": person.constituency.name if person.constituency else "",
                "station_name": station.name if station else "",
                "station_address": station.where if station else "",
            }
            fields[person.pk] = {name: known[name] for name in self._needed}
        return fields

    def _fetch(self, first: int) -> None:
        """Read on from a person in the order of ids, which is the order in which they are asked for."""
        rows = Person.objects.filter(pk__gte=first).order_by("pk").select_related("ward", "constituency")
        self._read = self.of(people=list(rows[: self._AT_ONCE]))
