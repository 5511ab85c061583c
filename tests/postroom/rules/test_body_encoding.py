"""Quoted-printable pieces: they decode to what went in, whatever stands beside them."""

import quopri
from html import unescape
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.postroom.rules import body_encoding as body

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)


def decoded(*pieces: bytes) -> str:
    joined = body.SOFT_BREAK.join(pieces)
    lines = joined.split(b"\r\n")
    assert all(len(line) <= 76 for line in lines), joined
    assert not any(line.startswith(b".") for line in lines), joined
    assert b"=_" not in joined
    assert not any(line.endswith((b" ", b"\t")) for line in lines), joined
    return quopri.decodestring(joined).decode().replace("\r\n", "\n")


def normal(text: str) -> str:
    for end in ("\r\n", "\r", "\x85", "\u2028", "\u2029"):
        text = text.replace(end, "\n")
    return text


@given(texts, texts)
def test_text_decodes_whatever_it_is_joined_to(one: str, two: str) -> None:
    assert decoded(body.quoted_printable(text=one), body.quoted_printable(text=two)) == normal(one) + normal(
        two
    )


@given(texts)
def test_a_field_is_one_line_in_every_place(value: str) -> None:
    line = body.one_line(value=value)
    assert "\n" not in line
    assert decoded(body.field_in_text(value)) == line
    assert unescape(decoded(body.field_in_html(value))) == unescape(line.replace("&", "&amp;"))
    assert unquote(decoded(body.field_in_link(value))) == line
    assert not set("<>\"'") & set(decoded(body.field_in_html(value)))


@given(texts)
def test_lines_stay_lines(value: str) -> None:
    text = decoded(body.lines_in_text(value))
    html = decoded(body.lines_in_html(value))
    assert unescape(html.replace("<br>\n", "\n")) == unescape(text.replace("&", "&amp;"))


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=300))
def test_a_web_address_is_written_as_it_is(rest: str) -> None:
    address = f"https://barset.example/{rest}"
    assert decoded(body.address_in_text(address)) == address
    assert unescape(decoded(body.address_in_html(address))) == unescape(address.replace("&", "&amp;"))


@pytest.mark.parametrize(
    "value", ["javascript:alert(1)", "https://barset.example/ x", "", "//barset.example", "https://é.example"]
)
def test_a_link_field_holds_a_web_address_or_is_refused(value: str) -> None:
    with pytest.raises(body.UnsafeLink, match="https://"):
        body.address_in_html(value)
