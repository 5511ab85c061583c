"""The text of a bulk sending, filled for each person."""

from collections.abc import Mapping
from typing import Any

from hustings.postroom.models import Dispatch
from hustings.postroom.rules.compiled_message import FieldMissing
from hustings.postroom.rules.template_language import FieldReference, Template, parse_template
from hustings.postroom.rules.text_parts import plainer


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
