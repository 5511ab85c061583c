"""Witnesses: outsiders who see to it that our record only grows, and sign what they saw."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hustings.accounts.models import User
from hustings.basics.refusals import Refusal, gettext_noop
from hustings.openness.models import Checkpoint, Cosignature, Witness
from hustings.openness.queries.log import consistency_of, newest_checkpoint, witnesses
from hustings.openness.rules.checkpoints import parse_head, witness_request
from hustings.openness.rules.signed_notes import (
    COSIGNATURE,
    BadNote,
    SignatureLine,
    cosigned_at,
    is_signed,
    parse_key,
    parse_line,
    parse_note,
)
from hustings.platform import audit
from hustings.platform.public_web import ask_public

_log = logging.getLogger(__name__)
_TIMEOUT = 10  # seconds, for the whole of one question
_MOST_BYTES = 65_536


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a witness answered: the HTTP status and the text."""

    status: int
    text: str


Post = Callable[[str, bytes], Answer]


class NotAWitness(Refusal):
    """The key is not that of a witness, or it is watching already."""


class NotOurCheckpoint(Refusal):
    """What was handed in is not a checkpoint that we signed, or nobody we know cosigned it."""


@transaction.atomic
def add_witness(*, key: str, who: str, url: str, by: User | None, now: datetime) -> Witness:
    """Trust a witness's key from now on. Raises `NotAWitness`."""
    try:
        read = parse_key(key)
    except BadNote as fault:
        raise NotAWitness("key", gettext_noop("This is not a verifier key: {why}"), why=str(fault)) from fault
    if read.kind != COSIGNATURE:
        raise NotAWitness("kind", gettext_noop("This key signs logs. Ask the witness for its cosigning key."))
    if Witness.objects.filter(name=read.name, ended_at=None).exists():
        raise NotAWitness("known", gettext_noop("{name} is watching already."), name=read.name)
    witness: Witness
    witness, _is_new = Witness.objects.update_or_create(
        name=read.name,
        defaults={
            "key": str(read),
            "who": who.strip() or read.name,
            "url": url.strip(),
            "added_at": now,
            "added_by": by,
            "ended_at": None,
            "trouble": "",
        },
    )
    audit.record(
        now=now,
        actor=by,
        verb="added witness",
        subject_type="openness.Witness",
        subject_id=witness.pk,
        key=str(read),
    )
    return witness


@transaction.atomic
def end_witness(*, witness: Witness, by: User | None, now: datetime) -> Witness:
    """Stop asking a witness; what it signed stays."""
    witness.ended_at = now
    witness.save(update_fields=["ended_at"])
    audit.record(
        now=now,
        actor=by,
        verb="ended witness",
        subject_type="openness.Witness",
        subject_id=witness.pk,
        name=witness.name,
    )
    return witness


def _over_http(url: str, body: bytes) -> Answer:
    """Post a request to a witness on the public web, 10 seconds and 64 kB at most. Raises `OSError` where nobody answers."""
    answer = ask_public(
        url=url,
        body=body,
        headers={"Content-Type": "text/plain; charset=utf-8", "User-Agent": "Hustings"},
        seconds=_TIMEOUT,
        most_bytes=_MOST_BYTES,
    )
    return Answer(status=answer.status, text=answer.content.decode("utf-8", "replace"))


def ask_witnesses(*, now: datetime, post: Post = _over_http) -> int:
    """Send the newest checkpoint to every witness that has not cosigned it; returns how many did.

    A witness that does not answer, or refuses, is asked again later; what went wrong is noted and shown.
    """
    newest = newest_checkpoint()
    if newest is None:
        return 0
    signed = 0
    for witness in witnesses():
        if not witness.url or witness.cosignatures.filter(checkpoint=newest).exists():
            continue
        try:
            trouble = _ask(witness=witness, checkpoint=newest, now=now, post=post)
        except OSError as problem:
            trouble = f"It did not answer: {problem}"
        if trouble:
            _log.warning("Witness %s: %s", witness.name, trouble)
        signed += not trouble
        witness.asked_at, witness.trouble = now, trouble[:300]
        witness.save(update_fields=["asked_at", "trouble"])
    return signed


def _ask(*, witness: Witness, checkpoint: Checkpoint, now: datetime, post: Post) -> str:
    old = min(witness.known_size, checkpoint.size)
    for _try in range(2):
        body = witness_request(
            old=old, proof=consistency_of(old=old, new=checkpoint.size), note=checkpoint.note
        )
        answer = post(f"{witness.url.rstrip('/')}/add-checkpoint", body.encode())
        if answer.status == 200:
            return _take_lines(witness=witness, checkpoint=checkpoint, text=answer.text)
        said = answer.text.strip()
        if answer.status != 409 or not said.isdecimal():
            return f"It refused with status {answer.status}."
        if int(said) > checkpoint.size:
            return f"It has seen {said} entries of ours, more than we have: was the database set back?"
        old = int(said)
        _know(witness=witness, size=old)
    return "It names another size each time it is asked."


def _take_lines(*, witness: Witness, checkpoint: Checkpoint, text: str) -> str:
    for line in text.splitlines():
        try:
            read = parse_line(line)
        except BadNote:
            continue
        if _take(witness=witness, checkpoint=checkpoint, line=read):
            return ""
    return "Its answer holds no signature by the key we know."


@transaction.atomic
def _take(*, witness: Witness, checkpoint: Checkpoint, line: SignatureLine) -> bool:
    text = parse_note(checkpoint.note).text
    if not is_signed(text=text, line=line, key=parse_key(witness.key)):
        return False
    Cosignature.objects.get_or_create(
        checkpoint=checkpoint,
        witness=witness,
        defaults={"line": str(line), "signed_at": cosigned_at(line)},
    )
    _know(witness=witness, size=checkpoint.size)
    return True


def _know(*, witness: Witness, size: int) -> None:
    witness.known_size = max(witness.known_size, size)
    witness.save(update_fields=["known_size"])


@transaction.atomic
def take_cosigned(*, note: str) -> list[Cosignature]:
    """Take the cosignatures of a checkpoint that somebody hands in. Raises `NotOurCheckpoint`."""
    try:
        read = parse_note(note.replace("\r\n", "\n").strip("\n") + "\n")
        head = parse_head(read.text)
    except BadNote as fault:
        raise NotOurCheckpoint(
            "broken", gettext_noop("This is not a signed checkpoint: {why}"), why=str(fault)
        ) from fault
    checkpoint = Checkpoint.objects.filter(size=head.size, origin=head.origin).first()
    if checkpoint is None or parse_note(checkpoint.note).text != read.text:
        raise NotOurCheckpoint(
            "other",
            gettext_noop(
                "We never signed this checkpoint. If somebody shows it as ours, compare it with the record at once."
            ),
        )
    for witness in witnesses():
        for line in read.lines:
            _take(witness=witness, checkpoint=checkpoint, line=line)
    taken = list(checkpoint.cosignatures.select_related("witness"))
    names = {line.name for line in read.lines}
    if not any(one.witness.name in names for one in taken):
        raise NotOurCheckpoint(
            "nobody", gettext_noop("Nobody whose key we know cosigned it. Add the witness's key first.")
        )
    return taken
