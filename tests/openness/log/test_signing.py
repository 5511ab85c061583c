"""What was recorded is signed; a database that was set back is noticed and signs nothing."""

import base64
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client

from hustings.accounts.access import EVERYTHING
from hustings.openness.models import Checkpoint, Entry, EntryKind, Tile
from hustings.openness.queries import attention
from hustings.openness.queries.log import log_key, log_name, log_state, read_tile, root_at, tree_size
from hustings.openness.rules.checkpoints import parse_head, parse_proof_file
from hustings.openness.rules.leaf import leaf_hash
from hustings.openness.rules.merkle import hash_leaf, is_consistent, is_included, root_of
from hustings.openness.rules.signed_notes import parse_key, parse_note, signers
from hustings.openness.rules.tiles import TileNodes
from hustings.openness.usecases import NothingLost, RecordSetBack, begin_log_again, grow_log, sign_checkpoint
from tests.cast import Cast
from tests.openness.log.cases import add
from tests.openness.rules.test_merkle import mth

pytestmark = pytest.mark.django_db


def kept() -> Path:
    return Path(settings.HUSTINGS_LEDGER_KEPT)


def test_the_root_is_that_of_the_leaves(now: datetime) -> None:
    add(3)
    add(260, since=3)
    leaves = [bytes(leaf) for leaf in Entry.objects.order_by("number").values_list("leaf", flat=True)]
    assert tree_size() == 263
    assert root_at(size=263) == mth(leaves)
    assert root_at(size=3) == mth(leaves[:3])
    assert Tile.objects.count() == 3


def test_entries_from_before_the_log_are_taken_in(now: datetime) -> None:
    add(5)
    Tile.objects.all().delete()
    assert tree_size() == 0
    assert grow_log() == 5
    assert [bytes(one) for one in (read_tile(0, 0),)] == [
        b"".join(bytes.fromhex(leaf_hash(bytes(one.leaf))) for one in Entry.objects.order_by("number"))
    ]


def test_a_checkpoint_is_signed_once_for_a_size_and_kept_beside_the_keys(now: datetime) -> None:
    assert sign_checkpoint(now=now) is None
    add(2)
    first = sign_checkpoint(now=now)
    assert first is not None
    assert sign_checkpoint(now=now + timedelta(hours=1)) == first
    assert kept().read_text() == first.note
    note = parse_note(first.note)
    assert log_key() in signers(note=note, keys=(log_key(),))
    assert parse_head(note.text).root == root_at(size=2)
    assert parse_key(str(log_key())) == log_key()


def test_the_name_stays_when_the_address_changes(now: datetime, settings: Any) -> None:
    settings.HUSTINGS_ADDRESS = "https://old.example"
    add(1)
    sign_checkpoint(now=now)
    settings.HUSTINGS_ADDRESS = "https://new.example"
    assert log_name() == "old.example/record"


def set_back_to(number: int) -> None:
    """As a restored backup would: entries and tiles end earlier."""
    with connection.cursor() as cursor:
        for table in ("openness_entry", "openness_document", "openness_checkpoint"):
            for name in ("keep_all", "keep_rows"):
                where = "" if connection.vendor == "sqlite" else f" ON {table}"
                cursor.execute(f"DROP TRIGGER {table}_{name}{where}")
        cursor.execute("DELETE FROM openness_document WHERE entry_id >= %s", [number])
        cursor.execute("DELETE FROM openness_entry WHERE number >= %s", [number])
        cursor.execute("DELETE FROM openness_checkpoint WHERE size > %s", [number])
        cursor.execute("DELETE FROM openness_tile")
    grow_log()


def test_a_database_that_was_set_back_is_noticed_and_signs_nothing(
    now: datetime, client: Client, cast: Cast
) -> None:
    add(4)
    sign_checkpoint(now=now)
    assert log_state().trouble == ""
    assert attention(scope=EVERYTHING, now=now) == []
    set_back_to(2)
    state = log_state()
    assert (state.trouble, state.size, state.signed and state.signed.size) == ("shorter", 2, 4)
    with pytest.raises(RecordSetBack, match="shorter"):
        sign_checkpoint(now=now)
    for address in ("/record/", "/record/check/"):
        assert "states 4 entries" in " ".join(client.get(address).content.decode().split())
    assert "fewer entries" in attention(scope=EVERYTHING, now=now)[0].text
    # It grows past what was signed, with another history.
    add(5, since=100)
    assert log_state().trouble == "different"
    with pytest.raises(RecordSetBack):
        sign_checkpoint(now=now)


def test_the_notice_is_not_there_while_all_is_well(now: datetime, client: Client, cast: Cast) -> None:
    add(4)
    sign_checkpoint(now=now)
    assert "set back" not in client.get("/record/").content.decode()


def test_a_broken_kept_checkpoint_is_trouble_too(now: datetime) -> None:
    add(1)
    sign_checkpoint(now=now)
    kept().write_text("nothing")
    assert log_state().trouble == "unreadable"


def test_where_it_is_lost_for_good_the_log_begins_again_under_another_name(now: datetime, cast: Cast) -> None:
    add(4)
    first = sign_checkpoint(now=now)
    assert first is not None
    with pytest.raises(NothingLost):
        begin_log_again(reason="A disk broke.", by=cast.alice, now=now)
    set_back_to(2)
    with pytest.raises(NothingLost):
        begin_log_again(reason=" ", by=cast.alice, now=now)
    signed = begin_log_again(reason="A disk broke.", by=cast.alice, now=now)
    assert (signed.origin, signed.size) == (f"{first.origin}/2", 3)
    assert log_state().trouble == ""
    entry = Entry.objects.get(kind=EntryKind.RESTART)
    told = bytes(entry.documents.get(name="facts").content or b"").decode()
    assert "A disk broke." in told
    assert base64.b64encode(bytes.fromhex(first.root)).decode() in told
    add(1, since=50)
    again = sign_checkpoint(now=now)
    assert again is not None
    assert (again.origin, again.size) == (signed.origin, 4)


def test_every_proof_that_is_served_holds(client: Client, now: datetime) -> None:
    add(7)
    old = sign_checkpoint(now=now)
    assert old is not None
    add(300, since=7)
    sign_checkpoint(now=now)
    for number in (0, 6, 255, 256, 306):
        index, proof, text = parse_proof_file(client.get(f"/record/{number}/proof").content.decode())
        head = parse_head(parse_note(text).text)
        leaf = client.get(f"/record/{number}/leaf").content
        assert (index, head.size) == (number, 307)
        assert is_included(leaf_hash=hash_leaf(leaf), number=number, size=307, proof=proof, root=head.root)
    shown = client.get("/record/consistency/7/307").json()["proof"]
    assert is_consistent(
        old=7,
        new=307,
        old_root=bytes.fromhex(old.root),
        new_root=root_at(size=307),
        proof=[base64.b64decode(one) for one in shown],
    )
    for address in (
        "307/proof",
        "consistency/8/7",
        "consistency/1/308",
        "tile/0/002",
        "tile/0/0",
        "tile/9/000",
    ):
        assert client.get(f"/record/{address}").status_code == 404, address


def test_tiles_and_bundles_are_served_as_they_grew(client: Client, now: datetime) -> None:
    assert client.get("/record/checkpoint").status_code == 404
    add(300)
    sign_checkpoint(now=now)
    answer = client.get("/record/checkpoint")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    whole, part, upper = (client.get(f"/record/tile/{path}") for path in ("0/000", "0/001.p/44", "1/000.p/1"))
    assert (len(whole.content), len(part.content), len(upper.content)) == (8192, 44 * 32, 32)
    assert whole["Content-Type"] == "application/octet-stream"
    assert "immutable" in whole["Cache-Control"]
    assert client.get("/record/tile/0/000.p/7").content == whole.content[: 7 * 32]
    nodes = TileNodes(lambda level, index: {(0, 0): whole, (0, 1): part, (1, 0): upper}[level, index].content)
    assert root_of(size=300, nodes=nodes) == root_at(size=300)
    bundle = client.get("/record/tile/entries/001.p/44").content
    first = bytes(Entry.objects.get(number=256).leaf)
    assert bundle.startswith(len(first).to_bytes(2, "big") + first)
    assert client.get("/record/tile/entries/001.p/45").status_code == 404
    assert client.get("/record/key").content.decode().strip() == str(log_key())


def test_the_database_itself_refuses_to_change_what_is_kept(now: datetime) -> None:
    add(1)
    sign_checkpoint(now=now)
    for statement in (
        "UPDATE openness_entry SET leaf_hash = 'x'",
        "DELETE FROM openness_document",
        "DELETE FROM openness_entry",
        "UPDATE openness_document SET commitment = 'x'",
        "UPDATE openness_checkpoint SET root = 'x'",
        "DELETE FROM openness_checkpoint",
    ):
        with pytest.raises(IntegrityError, match="kept as they were"), transaction.atomic():
            connection.cursor().execute(statement)
    assert Checkpoint.objects.count() == 1
