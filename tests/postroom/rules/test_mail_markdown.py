"""What a message looks like: HTML without pictures or tracking, and text that reads well by itself."""

import re

import pytest

from hustings.postroom.rules.compiled_message import Bodies
from hustings.postroom.rules.mail_markdown import (
    ImageInMessage,
    PassageCrossesFormatting,
    body_with_footer,
    markdown_template,
)
from hustings.postroom.rules.template_language import TemplateFault, parse_template


def render(source: str) -> Bodies:
    return markdown_template(source=source, language="en-GB", title="News from Barset East")


SOURCE = """\
# Mill Lane

We *asked* the **council**
about [the crossing](https://barset.example/crossing?a=1&b=2). Write to <alice@barset.example>.

1. one
2. two
   - nested

> They said\\
> no.

---

    code
"""


def test_the_text_reads_well_by_itself() -> None:
    assert render(SOURCE).text == (
        "Mill Lane\n\n"
        "We asked the council about the crossing (https://barset.example/crossing?a=1&b=2). "
        "Write to alice@barset.example.\n\n"
        "1. one\n2. two\n   - nested\n\n"
        "> They said\n> no.\n\n"
        f"{'-' * 40}\n\ncode\n"
    )


def test_the_html_goes_where_it_says_and_fetches_nothing() -> None:
    html = render(SOURCE).html
    links = re.findall(r'(?:href|src)="([^"]*)"', html)
    assert links == ["https://barset.example/crossing?a=1&amp;b=2", "mailto:alice@barset.example"]
    assert not re.search(
        r"<(img|iframe|link|script|object|video|audio|svg|form)\b|url\(|@import", html, re.IGNORECASE
    )
    assert '<html lang="en-GB">' in html


@pytest.mark.parametrize(
    "picture",
    [
        "![](https://track.example/1.gif)",
        "# ![x](https://a.example/b.png)",
        "[![x](https://a.example/b)](https://a.example)",
    ],
)
def test_no_picture_can_be_sent(picture: str) -> None:
    with pytest.raises(ImageInMessage, match="Remove the picture"):
        render(f"Hello\n\n{picture}\n")


def test_html_in_the_markdown_is_shown_not_obeyed() -> None:
    html = render('<img src="https://track.example/p.gif"> <script>alert(1)</script>').html
    assert "<img" not in html
    assert "<script" not in html
    assert "&lt;img" in html


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_unsafe_links_do_not_survive(href: str) -> None:
    assert f'href="{href}' not in render(f"[x]({href})").html


def test_the_footer_stands_apart() -> None:
    bodies = render(body_with_footer(body="Hello", footer="Published by Alice"))
    assert bodies.text == f"Hello\n\n{'-' * 40}\n\nPublished by Alice\n"
    assert "<footer" in bodies.html


def resolved(source: str, **truth: bool) -> str:
    return parse_template(source=source).resolve_text(branch=truth, field=lambda field: f"[{field.name}]")


CONDITIONAL = """\
Dear {{ name or "friend" }},

{% if ward %}
You live in **{{ ward }}**.

Vote on Thursday.
{% else %}
We do not know your ward.
{% endif %}

You {% if signed %}signed{% else %}did not sign{% endif %} it. [Sign]({{ petition_url }})
"""


def test_passages_stay_passages_in_both_bodies() -> None:
    bodies = render(CONDITIONAL)
    assert resolved(bodies.text, ward=True, signed=True) == (
        "Dear [name],\n\nYou live in [ward].\n\nVote on Thursday.\n\nYou signed it. Sign ([petition_url])\n"
    )
    assert resolved(bodies.text, ward=False, signed=False) == (
        "Dear [name],\n\nWe do not know your ward.\n\nYou did not sign it. Sign ([petition_url])\n"
    )
    html = re.sub(r' style="[^"]*"', "", resolved(bodies.html, ward=True, signed=False))
    assert (
        "<p>Dear [name],</p>\n<p>You live in <strong>[ward]</strong>.</p>\n<p>Vote on Thursday.</p>\n<p>You"
        in html
    )
    assert '<a href="[petition_url]">Sign</a>' in html
    assert "{" not in html


def test_a_passage_may_hold_part_of_a_list_or_a_quotation() -> None:
    bodies = render(
        "- one\n{% if a %}\n- two\n{% endif %}\n- three\n\n> said\n>\n> {% if a %}much{% endif %}\n"
    )
    assert resolved(bodies.text, a=False) == "- one\n\n- three\n\n> said\n\n> \n"
    assert "two" in resolved(bodies.text, a=True)


def test_a_passage_must_not_cross_formatting() -> None:
    with pytest.raises(PassageCrossesFormatting, match="Put both tags"):
        render("**bold {% if a %}and** more{% endif %}")


def test_a_fault_in_the_template_shows_before_anything_is_rendered() -> None:
    with pytest.raises(TemplateFault):
        render("Hello {% if a %}")
