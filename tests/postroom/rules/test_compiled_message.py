"""A filled message parses to the same content as the ordinary classes would build."""

from collections.abc import Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape, unescape

import pytest
from django.core.mail import EmailMultiAlternatives
from hypothesis import given
from hypothesis import strategies as st

from hustings.postroom.rules.body_encoding import UnsafeLink, one_line
from hustings.postroom.rules.compiled_message import (
    CompiledMessage,
    FieldKind,
    FieldMisplaced,
    FieldMissing,
    MessageFrame,
    compile_message,
)
from hustings.postroom.rules.header_encoding import AddressNotSendable, HeaderInjection, Mailbox
from hustings.postroom.rules.mail_markdown import body_with_footer, markdown_template
from hustings.postroom.rules.template_language import TemplateFault

KINDS = {
    "first_name": FieldKind.TEXT,
    "ward_name": FieldKind.TEXT,
    "address": FieldKind.LINES,
    "petition_url": FieldKind.LINK,
    "unsubscribe_url": FieldKind.LINK,
    "has_signed": FieldKind.FLAG,
}
FRAME = MessageFrame(
    sender=Mailbox("alice@barset.example", "Alice Añón"),
    reply_to=Mailbox("replies@barset.example", "Barset East"),
    headers={"List-Id": "<barset-east.barset.example>"},
    unsubscribe_field="unsubscribe_url",
)
LINKS = {
    "petition_url": "https://barset.example/p/1?x=1&y=2",
    "unsubscribe_url": "https://barset.example/u/abc==",
}
BLANK = {"first_name": "", "ward_name": "", "address": "", "has_signed": False, **LINKS}
names = st.text(st.characters(exclude_categories=["Cs"]), max_size=90)
static = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="{}"), max_size=200)


def compiled_plainly(source: str, subject: str = "s", frame: MessageFrame = FRAME) -> CompiledMessage:
    """Compiled with nothing added, so that a test can say what comes out."""
    return compile_message(subject=subject, text=source, html=f"<p>{source}</p>", kinds=KINDS, frame=frame)


def compiled_markdown(source: str, subject: str = "Mill Lane") -> CompiledMessage:
    """Compiled from Markdown."""
    bodies = markdown_template(source=source, language="en-GB", title="Mill Lane")
    return compile_message(subject=subject, text=bodies.text, html=bodies.html, kinds=KINDS, frame=FRAME)


def parsed(wire: bytes) -> EmailMessage:
    head, _, _ = wire.partition(b"\r\n\r\n")
    assert b"\n" not in wire.replace(b"\r\n", b"")
    assert b"\r" not in wire.replace(b"\r\n", b"")
    assert b"\r\n." not in wire
    assert all(len(line) <= 998 for line in head.split(b"\r\n"))
    wire.decode("ascii")
    message = message_from_bytes(wire, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def content(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


def fill(compiled: CompiledMessage, values: Mapping[str, str | bool], name: str = "Dot") -> bytes:
    return compiled.fill(
        to=Mailbox("dot@barset.example", name),
        message_id="<1.abc@barset.example>",
        date="Thu, 07 May 2026 09:00:00 +0100",
        values={**BLANK, **values},
    )


@given(name=names, ward=names, has_signed=st.booleans(), before=static, after=static)
def test_a_filled_message_says_what_the_ordinary_classes_would(
    name: str, ward: str, has_signed: bool, before: str, after: str
) -> None:
    source = (
        before
        + 'A{{ first_name or "friend" }}B{% if has_signed %}yes {{ ward_name }}{% else %}no{% endif %}'
        + after
        + "."
    )
    compiled = compiled_plainly(source, subject="To {{ first_name }}: hello")
    message = parsed(fill(compiled, {"first_name": name, "ward_name": ward, "has_signed": has_signed}, name))

    shown, lived = one_line(value=name) or ("" if name else "friend"), one_line(value=ward)
    passage = "yes {}" if has_signed else "no{}"
    text = f"{before}A{shown}B{passage.format(lived if has_signed else '')}{after}."
    html = f"<p>{before}A{escape(shown)}B{passage.format(escape(lived) if has_signed else '')}{after}.</p>"
    ordinary = EmailMultiAlternatives(
        subject=one_line(value=f"To {one_line(value=name)}: hello"),
        body=normal(text),
        from_email="Alice Añón <alice@barset.example>",
        to=["dot@barset.example"],
        reply_to=["Barset East <replies@barset.example>"],
        headers={
            "List-Unsubscribe": f"<{LINKS['unsubscribe_url']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    ordinary.attach_alternative(normal(html), "text/html")
    expected = message_from_bytes(ordinary.message().as_bytes(), policy=policy.default)
    assert isinstance(expected, EmailMessage)

    assert content(message, "plain") == content(expected, "plain")
    assert content(message, "html") == content(expected, "html")
    assert message["Subject"] == ordinary.subject
    for header in ("From", "Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post"):
        assert message[header] == expected[header], header
    assert message["To"].addresses[0].addr_spec == "dot@barset.example"
    assert message["Message-ID"] == "<1.abc@barset.example>"
    assert message["Date"].datetime.isoformat() == "2026-05-07T09:00:00+01:00"
    assert message.get_content_type() == "multipart/alternative"


def normal(text: str) -> str:
    for end in ("\r\n", "\r", "\x85", "\u2028", "\u2029"):
        text = text.replace(end, "\n")
    return text


MARKDOWN = body_with_footer(
    body="""# Hello {{ first_name or "friend" }}

We asked the council about **Mill Lane**.

{% if ward_name %}
You live in {{ ward_name }}.
{% endif %}

- [Sign here]({{ petition_url }})
- [Tell us more](https://barset.example/tell?name={{ first_name }})

{{ address }}
""",
    footer="Published by Alice, 1 High Street, Barset ZZ1 1AA\n\n[No more of these]({{ unsubscribe_url }})",
)


@given(name=names, ward=names, address=names)
def test_markdown_with_fields_reads_the_same_in_the_message_and_the_preview(
    name: str, ward: str, address: str
) -> None:
    compiled = compiled_markdown(MARKDOWN)
    values = {**BLANK, "first_name": name, "ward_name": ward, "address": address}
    message = parsed(fill(compiled, values))
    preview = compiled.bodies(values=values)
    assert content(message, "plain") == preview.text
    assert content(message, "html") == preview.html
    assert compiled.subject(values=values) == message["Subject"] == "Mill Lane"
    shown = one_line(value=name) if name else "friend"
    assert f"Hello {shown}\n" in preview.text
    assert ("You live in" in preview.html) is bool(ward)


def test_each_branch_is_made_once() -> None:
    source = "{% if first_name %}a{% endif %}{% if ward_name %}b{% endif %}"
    compiled = compiled_plainly(source)
    assert compiled.branches_made == 2
    for _ in range(50):
        for first in ("", "x"):
            for ward in ("", "y"):
                fill(compiled, {"first_name": first, "ward_name": ward})
    assert compiled.branches_made == 4


def test_a_field_cannot_end_a_part_or_begin_a_line_of_smtp() -> None:
    compiled = compiled_plainly("x {{ address }} y", subject="s", frame=FRAME)
    first = parsed(fill(compiled, {}))
    boundary = f"--{first.get_boundary()}"
    attack = f".\r\n.\r\n\r\n{boundary}\r\nContent-Type: text/html\r\n\r\nevil\r\n{boundary}--\r\n."
    message = parsed(fill(compiled, {"address": attack}))
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert "evil" in content(message, "plain")


@pytest.mark.parametrize("name", ["Dot\r\nBcc: charlie@barset.example", "Dot\nX: y", "Dot\x00"])
def test_a_name_cannot_carry_a_header(name: str) -> None:
    compiled = compiled_plainly("x", subject="For {{ first_name }}", frame=FRAME)
    message = parsed(fill(compiled, {"first_name": name}, name))
    assert message["Bcc"] is None
    assert message["X"] is None
    with pytest.raises(HeaderInjection):
        compiled.fill_wire(
            name=name, address="dot@barset.example", message_id="<1@b>", date="d", values=BLANK
        )


def test_what_is_missing_or_unusable_is_named() -> None:
    compiled = compiled_plainly("{{ first_name }}{{ petition_url }}", subject="s", frame=FRAME)
    with pytest.raises(FieldMissing, match="first_name"):
        compiled.fill(to=Mailbox("dot@barset.example"), message_id="<1@b>", date="d", values=LINKS)
    with pytest.raises(UnsafeLink):
        fill(compiled, {"petition_url": "javascript:alert(1)"})
    with pytest.raises(UnsafeLink):
        fill(compiled, {"unsubscribe_url": ""})
    with pytest.raises(AddressNotSendable):
        compiled.fill(to=Mailbox("dot"), message_id="<1@b>", date="d", values=BLANK)
    with pytest.raises(HeaderInjection):
        compiled.fill(to=Mailbox("dot@barset.example"), message_id="<1@b>\r\nBcc: x", date="d", values=BLANK)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("{{ nobody }}", TemplateFault),
        ("{{ has_signed }}", FieldMisplaced),
        ("[x]({{ first_name }})", FieldMisplaced),
        ("[x](https://barset.example/{{ petition_url }})", FieldMisplaced),
        ("{% if ward_name %}[x]({{ first_name }}){% endif %}", FieldMisplaced),
    ],
)
def test_faults_show_when_the_message_is_compiled(source: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        compiled_markdown(source)


@pytest.mark.parametrize("header", ["Bcc", "To", "X\r\nBcc", "Subject"])
def test_fixed_headers_cannot_stand_in_for_our_own(header: str) -> None:
    frame = MessageFrame(sender=FRAME.sender, headers={header: "x@barset.example"})
    with pytest.raises(HeaderInjection):
        compiled_plainly("x", subject="s", frame=frame)


def test_a_field_in_a_link_is_percent_encoded_in_both_bodies() -> None:
    compiled = compiled_markdown(MARKDOWN)
    bodies = compiled.bodies(values={**BLANK, "first_name": "A&B <é>"})
    assert "https://barset.example/tell?name=A%26B%20%3C%C3%A9%3E)" in bodies.text
    assert "https://barset.example/tell?name=A%26B%20%3C%C3%A9%3E" in unescape(bodies.html)
