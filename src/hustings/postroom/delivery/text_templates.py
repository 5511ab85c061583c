"""Text messages: plain files in the apps that need them, parsed when first used.

An app keeps one in `templates/<app>/text/<name>.txt` (and `<name>.cy.txt` in Welsh); its name is `<app>/<name>`. It is
written in the language of `rules/template_language.py`; line ends and double blanks become one blank, so that a file may have
short lines. The organisation's name goes before it, as the sender's name on a phone is only a number.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.apps import apps

from hustings.accounts.models import Organisation
from hustings.postroom.delivery.service_templates import ServiceTemplateUnknown
from hustings.postroom.rules.compiled_message import FieldMissing
from hustings.postroom.rules.template_language import FieldReference, Template, parse_template
from hustings.postroom.rules.text_parts import plainer

_NAME = re.compile(r"[a-z_]+/[a-z0-9_]+")


def text_template(*, name: str, language: str) -> Template:
    """The parsed text message. Raises ServiceTemplateUnknown."""
    return _parsed(name, language)


def written_text(*, name: str, language: str, fields: Mapping[str, str | bool]) -> str:
    """The text as it goes out, with the organisation's name before it. Raises ServiceTemplateUnknown and FieldMissing."""
    template = text_template(name=name, language=language)
    for wanted in template.fields:
        if wanted not in fields:
            raise FieldMissing(name=wanted)

    def filled(reference: FieldReference) -> str:
        return str(fields[reference.name] or reference.default)

    branch = {condition: bool(fields.get(condition)) for condition in template.conditions}
    body = " ".join(template.resolve_text(branch=branch, field=filled).split())
    organisation = Organisation.objects.values_list("name", flat=True).first()
    return plainer(text=f"{organisation}: {body}" if organisation else body)


@lru_cache(maxsize=256)
def _parsed(name: str, language: str) -> Template:
    path = _path(name, language) if _NAME.fullmatch(name) else None
    if path is None:
        raise ServiceTemplateUnknown(name=name)
    return parse_template(source=path.read_text(encoding="utf-8"))


def _path(name: str, language: str) -> Path | None:
    label, _slash, stem = name.partition("/")
    try:
        folder = Path(apps.get_app_config(label).path) / "templates" / label / "text"
    except LookupError:
        return None
    for file in (folder / f"{stem}.{language}.txt", folder / f"{stem}.txt"):
        if file.is_file():
            return file
    return None
