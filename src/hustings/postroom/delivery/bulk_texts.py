"""The text of a bulk sending, filled for each person."""

from collections.abc import Mapping
from typing import Any

from hustings.postroom.delivery.text_templates import written_text
from hustings.postroom.models import Dispatch
from hustings.postroom.rules.compiled_message import FieldMissing
from hustings.postroom.rules.template_language import FieldReference, Template, parse_template
from hustings.postroom.rules.text_parts import plainer

#: A single text that carries the whole of a bulk text, and the field that holds it: see `usecases/queue_text_sample.py`.
SAMPLE = "postroom/sample"
SAMPLE_TEXT = "sample_text"


def filled_text(*, template: Template, fields: Mapping[str, Any]) -> str:
    """The text for one person, in the plain letters that cost least. Raises FieldMissing."""
    for wanted in template.fields:
        if wanted not in fields:
            raise FieldMissing(name=wanted)

    def filled(reference: FieldReference) -> str:
        return " ".join(str(fields[reference.name] or reference.default).split())

    branch = {condition: bool(fields.get(condition)) for condition in template.conditions}
    lines = template.resolve_text(branch=branch, field=filled).strip().splitlines()
    return plainer(text="\n".join(" ".join(line.split()) for line in lines))


def text_of(*, dispatch: Dispatch) -> Template:
    """The parsed text of a dispatch."""
    return parse_template(source=dispatch.text_body)


def single_text(*, template: str, language: str, fields: Mapping[str, Any]) -> str:
    """The text of a single message: an app's own, or a sample of a bulk text. Raises ServiceTemplateUnknown and FieldMissing."""
    if template == SAMPLE:
        return filled_text(template=parse_template(source=str(fields[SAMPLE_TEXT])), fields=fields)
    return written_text(name=template, language=language, fields=fields)
