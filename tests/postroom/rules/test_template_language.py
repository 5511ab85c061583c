"""The language of mailings: fields, fall-backs, passages, and faults that name their line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.postroom.rules.template_language import FieldReference, TemplateFault, parse_template


def written(source: str, **values: str) -> str:
    template = parse_template(source=source)
    branch = {name: bool(values.get(name)) for name in template.conditions}
    return template.resolve_text(branch=branch, field=lambda field: values.get(field.name) or field.default)


def test_a_field_is_put_in_and_an_empty_one_falls_back() -> None:
    assert written('Dear {{ first_name or "friend" }},', first_name="Dot") == "Dear Dot,"
    assert written('Dear {{ first_name or "friend" }},') == "Dear friend,"


def test_passages_nest_and_choose() -> None:
    source = "{% if a %}A{% if not b %}b{% else %}B{% endif %}{% else %}-{% endif %}."
    assert [written(source, a=a, b=b) for a in ("", "x") for b in ("", "x")] == ["-.", "-.", "Ab.", "AB."]


def test_a_tag_alone_on_its_line_leaves_no_empty_line() -> None:
    source = "One\n{% if ward %}\nYou live in {{ ward }}.\n{% endif %}\nTwo\n"
    assert written(source) == "One\nTwo\n"
    assert written(source, ward="Mill") == "One\nYou live in Mill.\nTwo\n"


def test_fields_and_conditions_are_known_before_anyone_is() -> None:
    template = parse_template(source="{% if a %}{{ b }}{% else %}{{ c }}{% endif %}{% if d %}{% endif %}")
    assert template.fields == {"b", "c"}
    assert template.conditions == ("a", "d")
    assert template.resolve(branch={"a": True, "d": False}) == (FieldReference("b"),)


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("x\n{{ First }}", 2, "is not a field"),
        ("{{ name|upper }}", 1, "is not a field"),
        ("\n\n{% if a %}", 3, "has no {% endif %}"),
        ("{% endif %}", 1, "is not understood"),
        ("{% else %}", 1, "is not understood"),
        ("{% if a %}{% else %}{% else %}{% endif %}", 1, "is not understood"),
        ("{% for a in b %}", 1, "is not understood"),
        ("a\n}} b", 2, "stands alone"),
        ("a {{ b", 1, "stands alone"),
        ("{{ secret }}", 1, "The fields are: first_name."),
        ("{% if secret %}{% endif %}", 1, "The fields are: first_name."),
    ],
)
def test_faults_name_their_line_and_say_what_to_write(source: str, line: int, words: str) -> None:
    with pytest.raises(TemplateFault, match="Line") as fault:
        parse_template(source=source, known=["first_name"] if "secret" in source else None)
    assert fault.value.line == line
    assert words in fault.value.sentence


@given(st.text())
def test_any_text_is_either_read_whole_or_refused(source: str) -> None:
    try:
        template = parse_template(source=source)
    except TemplateFault:
        assert "{" in source or "}" in source
        return
    if not template.fields and not template.conditions:
        assert template.resolve_text(branch={}, field=lambda field: field.name) == source
