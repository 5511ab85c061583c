"""Service messages: Markdown files in the apps that need them, compiled when first used.

An app keeps a message in `templates/<app>/mail/<name>.md` (and `<name>.cy.md` in Welsh); its name is `<app>/<name>`. The
first line is `Subject: …`, then an empty line, then the body, all in the language of `rules/template_language.py`. A
footer is added that says who writes and why, as PECR regulation 23 asks of every message.
"""

import re
from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from hustings.accounts.models import Organisation
from hustings.postroom.rules.compiled_message import CompiledMessage, MessageFrame, compile_message, kind_of
from hustings.postroom.rules.header_encoding import Mailbox
from hustings.postroom.rules.mail_markdown import body_with_footer, markdown_template
from hustings.postroom.rules.template_language import parse_template

_NAME = re.compile(r"[a-z_]+/[a-z0-9_]+")
_MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|!])")


class ServiceTemplateUnknown(LookupError):
    """No app has a service message of that name."""

    def __init__(self, *, name: str) -> None:
        super().__init__(
            f"There is no service message “{name}”. It belongs in templates/<app>/mail/<name>.md of the app that sends it."
        )
        self.name = name


class ServiceTemplateMalformed(ValueError):
    """A service message does not begin with its subject."""

    def __init__(self, *, name: str) -> None:
        super().__init__(
            f"The service message “{name}” must begin with a line “Subject: …” and an empty line."
        )


def service_template(*, name: str, language: str) -> CompiledMessage:
    """The compiled service message, with the organisation as sender. Raises ServiceTemplateUnknown."""
    organisation = Organisation.objects.values("name", "address", "email").first()
    known = organisation or {"name": "", "address": "", "email": ""}
    return _compiled(
        name, language, known["name"], known["address"], known["email"], settings.HUSTINGS_MAIL_FROM
    )


@lru_cache(maxsize=256)
def _compiled(
    name: str, language: str, organisation: str, postal_address: str, email: str, sender: str
) -> CompiledMessage:
    subject, body = _read(name, language)
    source = body_with_footer(body=body, footer=_footer(language, organisation, postal_address))
    bodies = markdown_template(source=source, language=language, title=organisation or "Hustings")
    used = [parse_template(source=part) for part in (subject, bodies.text, bodies.html)]
    names = {name for template in used for name in (*template.fields, *template.conditions)}
    frame = MessageFrame(
        sender=Mailbox(sender, organisation),
        reply_to=Mailbox(email, organisation) if email else None,
        headers={"Auto-Submitted": "auto-generated"},  # RFC 3834: no holiday answers, please
    )
    kinds = {field: kind_of(field_name=field) for field in names}
    return compile_message(subject=subject, text=bodies.text, html=bodies.html, kinds=kinds, frame=frame)


def _read(name: str, language: str) -> tuple[str, str]:
    path = _path(name, language) if _NAME.fullmatch(name) else None
    if path is None:
        raise ServiceTemplateUnknown(name=name)
    first, _newline, rest = path.read_text(encoding="utf-8").partition("\n")
    label, colon, subject = first.partition(":")
    if label != "Subject" or not colon or rest.partition("\n")[0].strip():
        raise ServiceTemplateMalformed(name=name)
    return subject.strip(), rest.lstrip("\n")


def _path(name: str, language: str) -> Path | None:
    label, _slash, stem = name.partition("/")
    try:
        folder = Path(apps.get_app_config(label).path) / "templates" / label / "mail"
    except LookupError:
        return None
    for file in (folder / f"{stem}.{language}.md", folder / f"{stem}.md"):
        if file.is_file():
            return file
    return None


def _footer(language: str, organisation: str, postal_address: str) -> str:
    with override(language):
        why = _(
            "You get this message because you asked for something, or hold a login. It is not campaign news."
        )
    who = ", ".join(filter(None, [organisation, *(line.strip() for line in postal_address.splitlines())]))
    return "\n\n".join(filter(None, [why, _MARKDOWN_SIGNS.sub(r"\\\1", who)]))
