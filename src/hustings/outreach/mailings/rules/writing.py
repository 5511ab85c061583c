"""From approved words to the whole message: the template around them, and the ways out under them.

Words are Markdown in the postroom's small language (`{{ given_name or "neighbour" }}`). The imprint stands in the approved
words already; what is added here is the same for everybody.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hustings.basics.refusals import Refusal, gettext_noop
from hustings.outreach.mailings.rules.poll_day import plain
from hustings.postroom.rules.mail_markdown import Masthead, body_with_footer, markdown_template
from hustings.postroom.rules.template_language import parse_template

#: The fields an author may use about each person; those of the postroom (ways out) are added under the words.
FIELDS: Mapping[str, str] = {
    "given_name": gettext_noop("first name"),
    "family_name": gettext_noop("last name"),
    "ward_name": gettext_noop("name of the ward"),
    "constituency_name": gettext_noop("name of the constituency"),
    "station_name": gettext_noop("polling station"),
    "station_address": gettext_noop("address of the polling station"),
}


class UnknownField(Refusal):
    """The words use a field that nobody can fill."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """A whole message in the postroom's language: subject line, text and HTML, and the fields it needs of each person."""

    subject: str
    text: str
    html: str
    fields: frozenset[str]


def write_message(
    *,
    subject: str,
    words: str,
    sender: str,
    lead: str = "",
    language: str = "en-gb",
    masthead: Masthead | None = None,
) -> Written:
    """The whole message around the approved words.

    `sender` is the organisation's name, which the law wants to be plain (PECR reg. 23); `lead` are lines that a template
    puts before the words; with `masthead` it is a newsletter, which opens with a list of what is in it. Raises `UnknownField`,
    and what the postroom's Markdown raises for faults in it.
    """
    used = fields_used(subject, words, lead)
    contents = contents_of(words=words, language=language) if masthead else ""
    source = body_with_footer(
        body="\n\n".join(filter(None, (contents, lead, words))), footer=_footer(plain(sender), language)
    )
    bodies = markdown_template(source=source, language=language, title=subject, masthead=masthead)
    return Written(subject=subject, text=bodies.text, html=bodies.html, fields=used)


def write_text(*, words: str, sender: str, language: str = "en-gb") -> Written:
    """The whole text message around the approved words: who sends it before them, how to stop it after them (PECR reg. 23).

    Raises `UnknownField`, and what the fields' language raises.
    """
    used = fields_used(words)
    way_out = (
        "Atebwch STOP i atal y rhain." if language.startswith("cy") else "Answer STOP to stop these texts."
    )
    plain_words = words.strip().replace("  \n", "\n")
    return Written(subject="", text=f"{plain(sender)}: {plain_words}\n{way_out}", html="", fields=used)


def fields_used(*templates: str) -> frozenset[str]:
    """The fields and conditions that words use. Raises `UnknownField`, and what the fields' language raises."""
    used: set[str] = set()
    for template in templates:
        parsed = parse_template(source=template)
        used |= parsed.fields | set(parsed.conditions)
    unknown = sorted(used - set(FIELDS))
    if unknown:
        raise UnknownField(
            "unknown_field",
            gettext_noop("Nobody can fill “{unknown}”. You can use: {known}."),
            unknown=", ".join(unknown),
            known=", ".join(FIELDS),
        )
    return frozenset(used)


_HEADING = re.compile(r"^## +(.+?) *#*$", re.MULTILINE)


def contents_of(*, words: str, language: str) -> str:
    """A list of the headings of the second order, in Markdown; nothing where there are fewer than two."""
    headings: list[str] = _HEADING.findall(words)
    if len(headings) < 2:
        return ""
    title = "Yn y rhifyn hwn" if language.startswith("cy") else "In this issue"
    return "\n".join([f"**{title}**", "", *(f"- {heading}" for heading in headings)])


def _footer(sender: str, language: str) -> str:
    if language.startswith("cy"):
        return (
            f"Anfonwyd hwn gan {sender}, gan i chi gytuno i dderbyn negeseuon. "
            "[Newid eich dewisiadau]({{ preferences_url }}) neu [atal y negeseuon hyn]({{ unsubscribe_url }})."
        )
    return (
        f"Sent by {sender}, because you agreed to hear from us. "
        "[See or change what we may send you]({{ preferences_url }}), or [stop these emails]({{ unsubscribe_url }})."
    )
