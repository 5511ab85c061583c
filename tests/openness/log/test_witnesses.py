"""Outsiders cosign: asked over HTTP by the book, or handed in."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hustings.openness.models import Cosignature, Witness
from hustings.openness.queries.log import log_key, newest_checkpoint, note_of
from hustings.openness.rules.signed_notes import cosign, key_of, parse_note, signers
from hustings.openness.usecases import (
    NotAWitness,
    NotOurCheckpoint,
    add_witness,
    ask_witnesses,
    end_witness,
    sign_checkpoint,
    take_cosigned,
)
from hustings.openness.usecases.watch_log import Answer
from tests.cast import Cast
from tests.openness.log.cases import NAME, NOW, SEED, Watcher, add, witness_key

pytestmark = pytest.mark.django_db


def known(url: str = "") -> Witness:
    return add_witness(key=str(witness_key()), who="The Barset Gazette", url=url, by=None, now=NOW)


def test_a_witness_is_asked_and_cosigns_as_the_log_grows(now: datetime, cast: Cast) -> None:
    add(3)
    sign_checkpoint(now=now)
    watcher = Watcher(log_key())
    with watcher.serving() as url:
        witness = known(url)
        assert ask_witnesses(now=now) == 1
        assert ask_witnesses(now=now) == 0, "it has cosigned this one already"
        add(300, since=3)
        sign_checkpoint(now=now)
        assert ask_witnesses(now=now) == 1
        # Our memory of what it knows is lost: it says so, and is asked from there.
        Witness.objects.update(known_size=1)
        add(1, since=303)
        sign_checkpoint(now=now)
        assert ask_witnesses(now=now) == 1
    witness.refresh_from_db()
    assert (witness.known_size, witness.trouble, watcher.seen.size) == (304, "", 304)
    newest = newest_checkpoint()
    assert newest is not None
    found = signers(note=parse_note(note_of(checkpoint=newest)), keys=(log_key(), witness_key()))
    assert set(found) == {log_key(), witness_key()}
    assert Cosignature.objects.count() == 3


def test_what_goes_wrong_is_noted_and_asked_again(now: datetime, cast: Cast) -> None:
    add(2)
    sign_checkpoint(now=now)
    witness = known("http://127.0.0.1:1/w1")
    assert ask_witnesses(now=now) == 0
    witness.refresh_from_db()
    assert witness.trouble.startswith("It did not answer")
    answers = {
        "status 403": Answer(status=403, text=""),
        "more than we have": Answer(status=409, text="7\n"),
        "no signature by the key we know": Answer(status=200, text="— someone.else AAAAAAAAAAAA\nrubbish\n"),
    }
    for words, answer in answers.items():
        assert ask_witnesses(now=now, post=lambda url, body, said=answer: said) == 0
        witness.refresh_from_db()
        assert words in witness.trouble
    end_witness(witness=witness, by=cast.alice, now=now)
    assert ask_witnesses(now=now, post=lambda url, body: pytest.fail("nobody is asked any more")) == 0


def test_a_witness_in_our_own_network_is_not_asked(now: datetime, settings: Any) -> None:
    """Its address was typed by a person; whoever may type it must not reach machines that only this one reaches."""
    settings.HUSTINGS_MODE = "live"
    add(2)
    sign_checkpoint(now=now)
    watcher = Watcher(log_key())
    with watcher.serving() as url:
        witness = known(url)
        assert ask_witnesses(now=now) == 0
    witness.refresh_from_db()
    assert "private network" in witness.trouble
    assert watcher.seen.size == 0


def test_a_cosigned_checkpoint_can_be_handed_in(now: datetime, tmp_path: Path) -> None:
    add(2)
    signed = sign_checkpoint(now=now)
    assert signed is not None
    text = parse_note(signed.note).text
    line = cosign(text=text, name=NAME, seed=SEED, at=now - timedelta(minutes=1))
    with pytest.raises(NotOurCheckpoint, match="Nobody whose key"):
        take_cosigned(note=signed.note + str(line))
    known()
    taken = take_cosigned(note=(signed.note + str(line)).replace("\n", "\r\n"))
    assert [(one.witness.name, one.signed_at) for one in taken] == [(NAME, now - timedelta(minutes=1))]
    other = signed.note.replace(f"\n{signed.size}\n", "\n9\n")
    with pytest.raises(NotOurCheckpoint, match="never signed"):
        take_cosigned(note=other + str(line))
    with pytest.raises(NotOurCheckpoint, match="not a signed checkpoint"):
        take_cosigned(note="hello")


def test_only_keys_of_witnesses_are_taken(now: datetime) -> None:
    known()
    for key, words in (
        (str(key_of(name="log.example", seed=SEED)), "signs logs"),
        (str(witness_key()), "already"),
        ("nonsense", "not a verifier key"),
    ):
        with pytest.raises(NotAWitness, match=words):
            add_witness(key=key, who="", url="", by=None, now=now)
