"""A mailing as one person would read it: the same rendering that is sent, without that person's own links."""

from dataclasses import dataclass

from django.conf import settings

from hustings.accounts.models import Organisation
from hustings.clearance.queries import composed
from hustings.outreach.mailings.models import Mailing
from hustings.outreach.mailings.rules.writing import write_message
from hustings.people.models import Person
from hustings.postroom.rules.compiled_message import MessageFrame, compile_message, kind_of
from hustings.postroom.rules.header_encoding import Mailbox
from hustings.postroom.rules.template_language import parse_template


@dataclass(frozen=True, slots=True)
class Preview:
    """Subject, text and HTML as one person reads them."""

    subject: str
    text: str
    html: str


def preview_of(*, mailing: Mailing, person: Person | None) -> Preview:
    """The message filled for a person (for nobody in particular: every field empty).

    The ways out lead to a page that says it was a preview: the real ones would act for that person. Raises what writing the
    message raises.
    """
    if mailing.copy is not None:
        subject, words = mailing.copy.subject, mailing.copy.body
    else:
        whole = composed(material=mailing.material)
        subject, words = whole.subject, whole.body
    written = write_message(
        subject=subject,
        words=words,
        sender=Organisation.objects.get().name,
        language=mailing.material.language,
    )
    parts = [parse_template(source=part) for part in (written.subject, written.text, written.html)]
    names = {name for part in parts for name in (*part.fields, *part.conditions)}
    compiled = compile_message(
        subject=written.subject,
        text=written.text,
        html=written.html,
        kinds={name: kind_of(field_name=name) for name in names},
        frame=MessageFrame(sender=Mailbox(settings.HUSTINGS_MAIL_FROM, mailing.from_name)),
    )
    values = dict.fromkeys(names, "") | _fields(person)
    values["unsubscribe_url"] = f"{settings.HUSTINGS_ADDRESS}/unsubscribe/preview/"
    values["preferences_url"] = f"{settings.HUSTINGS_ADDRESS}/preferences/preview/"
    bodies = compiled.bodies(values=values)
    return Preview(compiled.subject(values=values), bodies.text, bodies.html)


def _fields(person: Person | None) -> dict[str, str]:
    if person is None:
        return {}
    return {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "ward_name": "" if person.ward is None else person.ward.name,
        "constituency_name": "" if person.constituency is None else person.constituency.name,
    }
