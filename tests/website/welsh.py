"""Every string of the public pages that a resident may read, gathered from templates and code."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.template import Engine, engines
from django.template.base import Node, NodeList, Template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

SOURCE = Path(__file__).resolve().parents[2] / "src" / "hustings"

#: Folders of templates that residents and volunteers read; a folder `desk` inside, or a name that begins with it, is for staff.
TEMPLATES = (
    "actions/templates/actions",
    "openness/templates/openness",
    "outreach/templates/outreach/conversations",
    "outreach/templates/outreach/doorsteps/mine",
    "people/templates/people",
    "postroom/templates/postroom",
    "volunteers/templates/volunteers",
    "website/templates/website",
    "platform/templates/hustings",
)
#: Single templates beside them.
PAGES = (
    *(f"platform/templates/{code}.html" for code in ("400", "403", "403_csrf", "404", "429", "500")),
    # What callers see; the other pages of phone banks are for staff.
    "outreach/templates/outreach/phonebank/calls.html",
    "outreach/templates/outreach/phonebank/ring.html",
)

#: Code whose words stand on those pages: messages of forms, refusals, dates.
MODULES = (
    "actions/pages/petition.py",
    "actions/pages/resident_view.py",
    "actions/pages/sign_form.py",
    "actions/pages/signature_link.py",
    "actions/usecases/offer_wordings.py",
    "actions/rules",
    "accounts/rules/lawful_basis.py",
    "basics/email_address.py",
    "basics/phone.py",
    "basics/postcode.py",
    "openness/models.py",
    "openness/pages/feeds.py",
    "openness/pages/record.py",
    "openness/pages/sent_by_you.py",
    "openness/pages/ward.py",
    "openness/pages/words.py",
    "openness/queries/table.py",
    "openness/queries/ward.py",
    "outreach/conversations/pages/fields.py",
    "outreach/conversations/rules",
    "outreach/conversations/usecases",
    "outreach/doorsteps/models.py",
    "outreach/doorsteps/pages/kept.py",
    "outreach/doorsteps/pages/kept_lines.py",
    "outreach/doorsteps/pages/mine.py",
    "outreach/doorsteps/pages/spoken.py",
    "outreach/doorsteps/usecases/record_door.py",
    "outreach/doorsteps/usecases/take_kept_answers.py",
    "outreach/phonebank/pages/caller.py",
    "outreach/phonebank/pages/caller_forms.py",
    "outreach/phonebank/models.py",
    "outreach/phonebank/rules/promise.py",
    "outreach/phonebank/usecases/answer_call.py",
    "outreach/phonebank/usecases/take_call.py",
    "contacts/models.py",
    "contacts/usecases/record_intention.py",
    "contacts/usecases/record_issues.py",
    "outreach/mailings/rules/poll_day.py",
    "people/pages/ask_link.py",
    "people/pages/ask_link_form.py",
    "people/pages/choices.py",
    "people/pages/complaint.py",
    "people/pages/preferences.py",
    "people/pages/request_link.py",
    "people/pages/resident.py",
    "platform/words.py",
    "postroom/delivery/service_templates.py",
    "volunteers/hosting/pages/forms.py",
    "volunteers/hosting/pages/mine.py",
    "volunteers/hosting/rules",
    "volunteers/hosting/usecases",
    "volunteers/models",
    "volunteers/pages/cars.py",
    "volunteers/pages/conduct.py",
    "volunteers/pages/events.py",
    "volunteers/pages/forms.py",
    "volunteers/pages/groups.py",
    "volunteers/pages/home.py",
    "volunteers/pages/join.py",
    "volunteers/pages/resident.py",
    "volunteers/pages/training.py",
    "volunteers/pages/way_in.py",
    "website/campaign_map/pages/answering.py",
    "website/campaign_map/pages/lists.py",
    "website/campaign_map/pages/pictures.py",
    "website/campaign_map/pages/reasons.py",
    "website/queries.py",
    "website/pages/petitions.py",
    "website/usecases/write_privacy_notice.py",
)
_MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "pgettext"}


def strings_of_templates() -> dict[str, str]:
    """Each string to be translated, by itself, with the template in which it stands."""
    found: dict[str, str] = {}
    names = [
        path
        for folder in TEMPLATES
        for path in sorted((SOURCE / folder).rglob("*.html"))
        if "desk" not in path.relative_to(SOURCE).parts and not path.name.startswith("desk_")
    ]
    names += [SOURCE / page for page in PAGES]
    django_engine: Any = engines["django"]
    engine: Engine = django_engine.engine
    for path in names:
        template = Template(path.read_text(encoding="utf-8"), engine=engine)
        for text in _of_nodes(template.nodelist):
            found.setdefault(text, str(path.relative_to(SOURCE)))
    return found


def _of_nodes(nodes: NodeList) -> Iterator[str]:
    for node in nodes.get_nodes_by_type(Node):
        if isinstance(node, TranslateNode):
            literal = getattr(node.filter_expression.var, "literal", None)
            if isinstance(literal, str):
                yield literal
            elif isinstance(node.filter_expression.var, str):
                yield str(node.filter_expression.var)
        elif isinstance(node, BlockTranslateNode):
            singular, _names = node.render_token_list(node.singular)
            yield singular
            if node.plural:
                yield node.render_token_list(node.plural)[0]


def strings_of_code() -> dict[str, str]:
    """Each string marked for translation in the modules above, with the module in which it stands."""
    found: dict[str, str] = {}
    for name in MODULES:
        path = SOURCE / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            for text in _of_module(ast.parse(file.read_text(encoding="utf-8"))):
                found.setdefault(text, str(file.relative_to(SOURCE)))
    return found


def _of_module(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in _MARKS:
                plural = called == "ngettext"
                for argument in node.args[: 2 if plural else 1]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield argument.value
