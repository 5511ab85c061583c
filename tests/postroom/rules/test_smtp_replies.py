"""Answers of servers: read whole, and understood at each stage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hustings.postroom.rules.smtp_replies import (
    Fate,
    Reply,
    ReplyMalformed,
    ReplyReader,
    Stage,
    fate_of,
    is_about_us,
    is_dead_address,
)


@given(st.integers(1, 40))
def test_replies_are_whole_however_they_arrive(size: int) -> None:
    sent = b"250-mx.example\r\n250-PIPELINING\r\n250 STARTTLS\r\n550-5.1.1 no such\r\n550 5.1.1 mailbox\r\n354\r\n"
    reader = ReplyReader()
    found = [
        reply for start in range(0, len(sent), size) for reply in reader.feed(sent[start : start + size])
    ]
    assert found == [
        Reply(250, "mx.example\nPIPELINING\nSTARTTLS"),
        Reply(550, "5.1.1 no such mailbox"),
        Reply(354, ""),
    ]
    assert found[1].status == "5.1.1"


@pytest.mark.parametrize(
    "nonsense", [b"hello\r\n", b"99 x\r\n", b"HTTP/1.1 400 Bad Request\r\n", b"x" * 20_000]
)
def test_what_is_no_reply_is_said(nonsense: bytes) -> None:
    with pytest.raises(ReplyMalformed):
        ReplyReader().feed(nonsense)


@pytest.mark.parametrize(
    ("stage", "code", "fate"),
    [
        (Stage.CONTENT, 250, Fate.ACCEPTED),
        (Stage.CONTENT, 554, Fate.REFUSED),
        (Stage.CONTENT, 452, Fate.DEFERRED),
        (Stage.CONTENT, 421, Fate.DEFERRED),
        (Stage.RECIPIENT, 550, Fate.REFUSED),
        (Stage.RECIPIENT, 450, Fate.DEFERRED),
        (Stage.SENDER, 550, Fate.DEFERRED),  # it is we who are refused, not the reader
        (Stage.CONNECT, 554, Fate.DEFERRED),
    ],
)
def test_an_answer_means_what_it_means_at_its_stage(stage: Stage, code: int, fate: Fate) -> None:
    assert fate_of(stage=stage, reply=Reply(code, "")) is fate


def test_who_is_meant_by_a_failure() -> None:
    assert is_about_us(stage=Stage.SENDER, code=550)
    assert not is_about_us(stage=Stage.RECIPIENT, code=550)
    assert not is_about_us(stage=Stage.SENDER, code=0)


def test_only_a_status_that_says_so_gives_an_address_up() -> None:
    assert is_dead_address(status="5.1.1")
    assert not is_dead_address(status="5.7.1")
    assert not is_dead_address(status=Reply(550, "User unknown").status)
