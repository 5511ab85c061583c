"""Whatever a resident reads is there in Welsh: every string of the public pages and forms, and every message they get.

Whether it is good Welsh no test can tell: see docs/running.md.
"""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from hustings.people.models import Channel, Purpose
from hustings.project.catalogue import LOCALES, BadCatalogue, compiled, read_catalogue
from tests.website.welsh import SOURCE, strings_of_code, strings_of_templates

PO = LOCALES / "cy" / "LC_MESSAGES" / "django.po"

#: Messages that residents and volunteers get, as Markdown files with a Welsh one beside each.
RESIDENTS_MAIL = (
    "actions/templates/actions/mail",
    "outreach/templates/outreach/mail",
    "people/templates/people/mail",
    "support/templates/support/mail",
    "support/templates/support/text",
    "volunteers/templates/volunteers/mail",
)

_PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+\}|</?\w+>")


def _catalogue() -> dict[str, list[str]]:
    """The Welsh forms of each string, a plural under itself too."""
    found: dict[str, list[str]] = {}
    for message in read_catalogue(path=PO)[1:]:
        forms = [text for _number, text in sorted(message.forms.items())]
        for name in filter(None, (message.singular, message.plural)):
            found[name] = forms
    return found


def test_no_public_string_lacks_welsh() -> None:
    with override("en-gb"):
        labels = {str(label): "people/models.py" for label in (*Channel.labels, *Purpose.labels)}
    strings = strings_of_templates() | strings_of_code() | labels
    assert len(strings) > 300
    known = _catalogue()
    missing = {
        text: where for text, where in strings.items() if not any(known.get(text, [])) and text.strip()
    }
    assert missing == {}


def test_every_place_for_a_value_is_kept() -> None:
    """A name, a count or bold type in English is there in Welsh too, in every form."""
    wrong = {}
    for message in read_catalogue(path=PO)[1:]:
        wanted = set(_PLACES.findall(message.plural or message.singular))
        forms = [message.forms.get(number, "") for number in range(4 if message.plural else 1)]
        for form in forms:
            if not form or (set(_PLACES.findall(form)) != wanted and not message.plural):
                wrong[message.singular] = form
            if message.plural and not set(_PLACES.findall(form)) <= wanted:
                wrong[message.singular] = form
    assert wrong == {}


def test_the_compiled_catalogue_is_up_to_date() -> None:
    """`make messages` writes it."""
    assert PO.with_suffix(".mo").read_bytes() == compiled(messages=read_catalogue(path=PO))


def test_a_line_that_is_none_is_refused(tmp_path: Path) -> None:
    for text in ("msgid Hello", 'msgstr "Helo"', '"Helo"'):
        (tmp_path / "django.po").write_text(text)
        with pytest.raises(BadCatalogue, match="line 1"):
            read_catalogue(path=tmp_path / "django.po")


@pytest.mark.parametrize("folder", RESIDENTS_MAIL)
def test_messages_to_residents_are_there_in_welsh(folder: str) -> None:
    """With the same fields and conditions as in English."""
    english = [path for path in sorted((SOURCE / folder).glob("*.*")) if ".cy." not in path.name]
    assert english
    for path in english:
        welsh = path.with_suffix(f".cy{path.suffix}")
        assert welsh.exists(), f"{welsh.name} is missing"
        tags = re.compile(r"\{[{%]\s*(?:if )?(?:not )?(\w+)")
        both = [sorted(tags.findall(one.read_text(encoding="utf-8"))) for one in (path, welsh)]
        assert both[0] == both[1], path.name
