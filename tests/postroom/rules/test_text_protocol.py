"""Calls from the provider of text messages are believed only with a fresh signature; STOP is understood."""

import json
import uuid

import pytest

from hustings.postroom.rules.smtp_replies import Fate, Stage
from hustings.postroom.rules.text_protocol import (
    CallRefused,
    TextEventKind,
    fate_of_answer,
    is_stop,
    read_call,
    signature_of,
    words_of_answer,
)

SECRET = "shared"


def call(values: object, *, at: float = 1_000.0, secret: str = SECRET) -> tuple[bytes, str, str]:
    body = json.dumps(values).encode()
    moment = str(int(at))
    return body, moment, signature_of(secret=secret, moment=moment, body=body)


def test_a_signed_delivery_report_is_read() -> None:
    reference = uuid.uuid4()
    body, moment, signature = call({"event": "delivered", "id": "1", "reference": str(reference)})
    event = read_call(body=body, moment=moment, signature=signature, secret=SECRET, at=1_100.0)
    assert (event.kind, event.key, event.reference) == (TextEventKind.DELIVERED, "1", reference)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"event": "read"}, "must be one of"),
        ({"event": "delivered", "reference": "x"}, "the id that the message went out with"),
        ({"event": "reply", "text": "STOP"}, "the number it came"),
        ([1], "not a JSON object"),
    ],
)
def test_what_the_protocol_does_not_know_is_refused(values: object, why: str) -> None:
    body, moment, signature = call(values)
    with pytest.raises(CallRefused, match=why):
        read_call(body=body, moment=moment, signature=signature, secret=SECRET, at=1_000.0)


def test_a_wrong_secret_a_changed_body_and_an_old_call_are_refused() -> None:
    body, moment, signature = call({"event": "reply", "from": "+447700900123", "text": "hi"})
    good = {"body": body, "moment": moment, "signature": signature, "secret": SECRET, "at": 1_000.0}
    assert read_call(**good).text == "hi"  # type: ignore[arg-type]
    for change in (
        {"secret": "other"},
        {"body": body.replace(b"hi", b"ho")},
        {"at": 1_301.0},
        {"signature": "sha256=é"},
        {"moment": "1001"},
    ):
        with pytest.raises(CallRefused):
            read_call(**{**good, **change})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["STOP", " stop. ", "Stop please", "STOPALL", "Unsubscribe", "stop texting me", "Quit!"]
)
def test_words_that_ask_for_no_more(text: str) -> None:
    assert is_stop(text=text)


@pytest.mark.parametrize(
    "text", ["Yes 6-8", "I can't stop by today", "cancel my 6pm shift", "the end of the road", ""]
)
def test_words_that_do_not(text: str) -> None:
    assert not is_stop(text=text)


@pytest.mark.parametrize(
    ("status", "fate", "stage"),
    [
        (202, Fate.ACCEPTED, Stage.CONTENT),
        (302, Fate.DEFERRED, Stage.CONNECT),
        (401, Fate.DEFERRED, Stage.CONNECT),
        (429, Fate.DEFERRED, Stage.CONNECT),
        (400, Fate.REFUSED, Stage.CONTENT),
        (500, Fate.UNKNOWN, Stage.CONTENT),
        (503, Fate.DEFERRED, Stage.CONNECT),
        (504, Fate.UNKNOWN, Stage.CONTENT),
    ],
)
def test_what_a_status_says(status: int, fate: Fate, stage: Stage) -> None:
    assert fate_of_answer(status=status) == (fate, stage)


def test_the_providers_own_words() -> None:
    assert words_of_answer(body=b'{"error": "no such  number"}') == "no such number"
    assert words_of_answer(body=b"<html>") == "<html>"
    assert words_of_answer(body=b"[1]") == "[1]"
