"""Email addresses: one to write to, one to compare by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.basics.email_address import NotAnEmailAddress, parse_email


def test_the_address_keeps_its_spelling_and_the_canonical_form_does_not() -> None:
    email = parse_email(" Fiona.Reed+Petition@Post.BARSET.example ", allow_example=True)
    assert email.address == "Fiona.Reed+Petition@post.barset.example"
    assert email.canonical == "fiona.reed@post.barset.example"
    assert str(email) == email.address


@pytest.mark.parametrize(
    ("entered", "canonical"),
    [
        ("g.w.e.n+x@googlemail.com", "gwen@gmail.com"),
        ("Gwen@gmail.com", "gwen@gmail.com"),
        ("g.wen@outlook.com", "g.wen@outlook.com"),
        ("gwen+a+b@outlook.com", "gwen@outlook.com"),
        ("+x@outlook.com", "+x@outlook.com"),
        ("ann@bücher.de", "ann@xn--bcher-kva.de"),
        ("mailto:gwen@gmail.com", "gwen@gmail.com"),
    ],
)
def test_spellings_of_one_mailbox_compare_alike(entered: str, canonical: str) -> None:
    assert parse_email(entered).canonical == canonical


@pytest.mark.parametrize("entered", ["bob@barset.example", "bob@example.com", "bob@mail.example"])
def test_example_addresses_need_to_be_allowed(entered: str) -> None:
    with pytest.raises(NotAnEmailAddress) as refused:
        parse_email(entered)
    assert refused.value.code == "example"
    assert parse_email(entered, allow_example=True).address == entered


@pytest.mark.parametrize(
    ("entered", "code"),
    [
        ("", "missing"),
        (" ", "missing"),
        ("bob", "not_an_address"),
        ("bob@", "not_an_address"),
        ("@barset.example", "not_an_address"),
        ("bob@localhost", "not_an_address"),
        ("bob@barset.invalid", "not_an_address"),
        ("bob@barset..org", "not_an_address"),
        ("bob smith@gmail.com", "not_an_address"),
        ("bob@gmail.com, alice@gmail.com", "not_an_address"),
        ("bob@gmail.com\nBcc: alice@gmail.com", "not_an_address"),
        ("bob@[127.0.0.1]", "not_an_address"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(entered: str, code: str) -> None:
    with pytest.raises(NotAnEmailAddress) as refused:
        parse_email(entered, allow_example=True)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


@given(st.emails())
def test_reading_an_address_again_changes_nothing(entered: str) -> None:
    try:
        first = parse_email(entered, allow_example=True)
    except NotAnEmailAddress:
        return
    assert parse_email(first.address, allow_example=True) == first
    assert parse_email(first.canonical, allow_example=True).canonical == first.canonical


@given(st.text(max_size=40))
def test_any_text_gives_an_address_or_the_named_error(text: str) -> None:
    try:
        email = parse_email(text)
    except NotAnEmailAddress:
        return
    assert "@" in email.address
