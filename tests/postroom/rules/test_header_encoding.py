"""Headers: a parser reads back what was written, lines are short, and nothing smuggles a header in."""

from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.postroom.rules.header_encoding import (
    AddressNotSendable,
    HeaderInjection,
    Mailbox,
    address_header,
    token_header,
    unstructured_header,
    wire_address,
)

shown = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\x85"), max_size=300
)


def read(header: bytes, name: str) -> str:
    return str(message_from_bytes(header + b"\r\n", policy=policy.default)[name])


def read_mailbox(header: bytes) -> tuple[str, str]:
    """Name and address of a To line; the name by `decode_header`, because Python's newer parser for address lists
    leaves a space between neighbouring encoded words, against RFC 2047 6.2."""
    (address,) = message_from_bytes(header + b"\r\n", policy=policy.default)["To"].addresses
    raw, spec = parseaddr(message_from_bytes(header + b"\r\n")["To"].replace("\r\n", ""))
    assert spec == address.addr_spec
    return str(make_header(decode_header(raw))), spec


def assert_lines_fit(header: bytes) -> None:
    assert header.endswith(b"\r\n")
    lines = header.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line) <= 998 for line in lines)
    assert all(line.startswith(b" ") and line.strip() for line in lines[1:])
    header.decode("ascii")


@given(shown)
def test_free_text_reads_back(value: str) -> None:
    header = unstructured_header(name="Subject", value=value)
    assert_lines_fit(header)
    assert read(header, "Subject") == value.strip()


@given(shown)
def test_a_mailbox_reads_back(name: str) -> None:
    header = address_header(name="To", mailbox=Mailbox("dot@barset.example", name))
    assert_lines_fit(header)
    assert read_mailbox(header) == (" ".join(name.split()), "dot@barset.example")


@pytest.mark.parametrize(
    "name",
    [
        "Dot O’Neill",
        'Dot "Dotty" O\\Neill',
        "Ní Bhriain, Áine",
        "Smith, Dot <evil@barset.example>",
        "=?utf-8?b?RXZpbA==?=",
        "김".ljust(120, "한"),
        "An Exceedingly Long Name " * 12 + "End",
        "a@b",
        ".",
    ],
)
def test_awkward_names_read_back_and_stay_on_short_lines(name: str) -> None:
    header = address_header(name="To", mailbox=Mailbox("dot@barset.example", name))
    assert max(len(line) for line in header.split(b"\r\n")) <= 78
    assert read_mailbox(header) == (" ".join(name.split()), "dot@barset.example")


@pytest.mark.parametrize(
    "broken", ["a\r\nBcc: x@barset.example", "a\nb", "a\rb", "a\x00b", "a\x85b", "a\u2028b"]
)
def test_line_ends_in_a_value_are_refused(broken: str) -> None:
    with pytest.raises(HeaderInjection):
        unstructured_header(name="Subject", value=broken)
    with pytest.raises(HeaderInjection):
        address_header(name="To", mailbox=Mailbox("dot@barset.example", broken))
    with pytest.raises(HeaderInjection):
        token_header(name="Message-ID", value=broken)


def test_a_name_in_another_script_keeps_its_domain_in_ascii() -> None:
    assert wire_address(address="dot@bücher.example") == "dot@xn--bcher-kva.example"


@pytest.mark.parametrize(
    "address",
    [
        "dot",
        "dot@",
        "@barset.example",
        "dot@barset..example",
        "dot@-barset.example",
        "dot smith@barset.example",
        "dot@barset.example>\r\nRCPT TO:<x@barset.example",
        "dôt@barset.example",
        "a@b@barset.example",
        ".dot@barset.example",
        f"{'a' * 65}@barset.example",
        f"a@{'b' * 60}.{'c' * 200}.example",
    ],
)
def test_what_cannot_be_an_smtp_argument_is_refused(address: str) -> None:
    with pytest.raises(AddressNotSendable, match="Check the address"):
        wire_address(address=address)
