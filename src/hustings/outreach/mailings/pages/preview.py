"""A mailing as one person would read it: the same rendering that is sent, without that person's own links."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from hustings.clearance.queries import composed
from hustings.outreach.audiences.queries.members import sight_of
from hustings.outreach.audiences.rules.check import parse_tree
from hustings.outreach.mailings.models import Mailing
from hustings.outreach.mailings.queries import PersonFields, message_of
from hustings.outreach.mailings.rules.writing import Written
from hustings.people.models import Person
from hustings.people.queries.links import PREVIEW_TOKEN
from hustings.postroom.delivery.bulk_texts import filled_text
from hustings.postroom.rules.compiled_message import MessageFrame, compile_message, kind_of
from hustings.postroom.rules.header_encoding import Mailbox
from hustings.postroom.rules.template_language import parse_template


@dataclass(frozen=True, slots=True)
class Preview:
    """Subject, text and HTML as one person reads them."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A mailing's whole message in the postroom's language, and one person's values for every field in it."""

    written: Written
    values: dict[str, str]


def filled_for(*, mailing: Mailing, person: Person | None, on: date) -> Filled:
    """The message and the fields of a person (for nobody in particular: every field empty).

    The ways out lead to a page that says it was a preview: the real ones would act for that person. Raises what writing the
    message raises.
    """
    if mailing.copy is not None:
        subject, words = mailing.copy.subject, mailing.copy.body
    else:
        whole = composed(material=mailing.material)
        subject, words = whole.subject, whole.body
    written = message_of(mailing=mailing, subject=subject, words=words, on=on)
    parts = [parse_template(source=part) for part in (written.subject, written.text, written.html)]
    values = dict.fromkeys((name for part in parts for name in (*part.fields, *part.conditions)), "")
    if person is not None:
        fields = PersonFields(needed=written.fields, election=mailing.material.election, on=on)
        values |= fields.of(people=[person])[person.pk]
    values["unsubscribe_url"] = f"{settings.HUSTINGS_ADDRESS}/unsubscribe/{PREVIEW_TOKEN}/"
    values["preferences_url"] = f"{settings.HUSTINGS_ADDRESS}/preferences/{PREVIEW_TOKEN}/"
    return Filled(written=written, values=values)


def readers_of(*, mailing: Mailing, now: datetime) -> tuple[Person, ...]:
    """Some people of the audience, in whose place the mailing can be read."""
    return sight_of(
        tree=parse_tree(raw=mailing.audience.conditions), area_code=mailing.audience.area_id, now=now
    ).sample


def chosen_reader(*, mailing: Mailing, wanted: str, now: datetime) -> Person | None:
    """The person of the sample with that id, else the first; for “nobody” nobody. Nobody outside the sample can be named."""
    if wanted == "nobody":
        return None
    sample = readers_of(mailing=mailing, now=now)
    return next((person for person in sample if str(person.pk) == wanted), sample[0] if sample else None)


def preview_of(*, mailing: Mailing, person: Person | None, on: date) -> Preview:
    """The message as the person reads it; raises what writing the message raises."""
    filled = filled_for(mailing=mailing, person=person, on=on)
    if mailing.is_text:
        template = parse_template(source=filled.written.text)
        return Preview("", filled_text(template=template, fields=filled.values), "")
    compiled = compile_message(
        subject=filled.written.subject,
        text=filled.written.text,
        html=filled.written.html,
        kinds={name: kind_of(field_name=name) for name in filled.values},
        frame=MessageFrame(sender=Mailbox(settings.HUSTINGS_MAIL_FROM, mailing.from_name)),
    )
    bodies = compiled.bodies(values=filled.values)
    return Preview(compiled.subject(values=filled.values), bodies.text, bodies.html)
