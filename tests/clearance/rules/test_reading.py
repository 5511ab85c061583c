"""Words people meet in a file, and words they do not."""

import pytest

from hustings.clearance.rules.reading import artefact_of_email, artefact_of_html, artefact_of_text


def test_plain_text_is_all_seen_and_hashed() -> None:
    artefact = artefact_of_text("Hello")
    assert artefact.text == "Hello"
    assert artefact.sha256 == "185f8db32271fe25f561a6fc938b2e264306ec304eda518007d1764826381969"


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>secret</script>",
        "<style>secret</style>",
        "<title>secret</title>",
        "<!-- secret -->",
        "<p hidden>secret</p>",
        '<p style="display:none">secret</p>',
        '<p style="color:red; visibility: hidden">secret</p>',
        '<span style="font-size:0">secret</span>',
        '<span style="font-size: 0px; color: red">secret</span>',
        '<div style="opacity:0"><p><b>secret</b></p></div>',
        '<input type="hidden" value="x"><p style="mso-hide:all">secret</p>',
        '<img src="a.png" alt="secret">',
        '<meta name="description" content="secret">',
        '<div style="display:none"><br><p>secret</p></div>',
    ],
)
def test_what_a_reader_does_not_see(hidden: str) -> None:
    artefact = artefact_of_html(f"<p>open</p>{hidden}<p>after</p>")
    assert "secret" not in artefact.text
    assert "secret" in artefact.hidden_text
    assert "open" in artefact.text
    assert "after" in artefact.text


@pytest.mark.parametrize(
    "shown",
    ['<p style="font-size:0.9em">seen</p>', '<p style="opacity:0.8">seen</p>', "<td>seen</td>", "<p>seen"],
)
def test_what_a_reader_sees(shown: str) -> None:
    assert "seen" in artefact_of_html(shown).text


def test_inline_marks_do_not_break_a_name_and_blocks_do() -> None:
    assert "Alice Archer" in artefact_of_html("<p><b>Alice</b> <i>Archer</i></p>").text
    assert "AliceArcher" not in artefact_of_html("<td>Alice</td><td>Archer</td>").text


def test_a_plain_message() -> None:
    artefact = artefact_of_email(
        b"From: a@barset.example\r\nX-Secret: hidden\r\nSubject: Park\r\n\r\nSeen\r\n"
    )
    assert artefact.text.strip() == "Seen"
    assert "hidden" in artefact.hidden_text
    assert "Park" not in artefact.hidden_text
    assert artefact.alternatives == ()


def test_a_message_without_text() -> None:
    raw = b"From: a@barset.example\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n"
    assert artefact_of_email(raw).text == ""
