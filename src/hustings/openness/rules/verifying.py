"""Verify a log from outside: only what anybody can download, and the arithmetic of RFC 6962.

    report = verify_log(read=read, key=key)
    report.faults   # empty: the log is what its checkpoint says

`read` answers with the bytes under a path below the log's address ("checkpoint", "tile/0/000"), or None where nothing is.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hustings.openness.rules.checkpoints import Head, parse_head
from hustings.openness.rules.leaf import FORMAT, NotCanonical, canonical_json, commitment
from hustings.openness.rules.merkle import hash_leaf, root_of
from hustings.openness.rules.signed_notes import BadNote, VerifierKey, parse_note, signers
from hustings.openness.rules.tiles import (
    HASH_BYTES,
    Growth,
    NotATile,
    TileNodes,
    TilePath,
    entries_in,
    widths,
)

Read = Callable[[str], bytes | None]
_MOST_FAULTS = 50


@dataclass(kw_only=True)
class Report:
    """What a verification found: the log's head, how much was checked, who cosigned, and every fault as a sentence."""

    origin: str = ""
    size: int = 0
    root: str = ""
    entries: int = 0
    tiles: int = 0
    documents: int = 0
    cosigned_by: list[str] = field(default_factory=list)
    is_consistent_with_earlier: bool | None = None
    faults: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def fault(self, sentence: str) -> None:
        """Note a fault; after fifty they are only counted by the last line."""
        if len(self.faults) < _MOST_FAULTS:
            self.faults.append(sentence)


def verify_log(
    *,
    read: Read,
    key: VerifierKey,
    witnesses: Sequence[VerifierKey] = (),
    earlier: str = "",
    with_documents: bool = False,
    progress: Callable[[int], None] = lambda count: None,
) -> Report:
    """Read the whole log and compute everything anew: signature, leaves, tiles, root, and the past where one was kept.

    `earlier` is a checkpoint kept from before: the log must begin with what it states. With documents, every open document
    is read too and held against the commitment in its leaf.
    """
    report = Report()
    head = _head(report, read, key, witnesses)
    if head is None:
        return report
    growth = Growth(size=0, read=lambda level, index: b"")
    for level, index, width in widths(size=head.size):
        if level == 0:
            _take_bundle(report, read, growth, TilePath(level=None, index=index, width=width), with_documents)
            progress(growth.size)
    if growth.size != head.size:
        report.fault(f"The checkpoint states {head.size} entries; {growth.size} could be read.")
        return report
    nodes = TileNodes(lambda level, index: bytes(growth.changed.get((level, index), b"")))
    if root_of(size=head.size, nodes=nodes) != head.root:
        report.fault("The root over the entries is not the root that was signed.")
    _hold_tiles(report, read, growth, head)
    if earlier:
        _hold_past(report, nodes, key, earlier, head)
    return report


def _head(report: Report, read: Read, key: VerifierKey, witnesses: Sequence[VerifierKey]) -> Head | None:
    raw = read("checkpoint")
    if raw is None:
        report.fault("There is no checkpoint.")
        return None
    try:
        note = parse_note(raw.decode("utf-8"))
        head = parse_head(note.text)
        found = signers(note=note, keys=(key, *witnesses))
    except (BadNote, UnicodeDecodeError) as problem:
        report.fault(f"The checkpoint cannot be trusted: {problem}")
        return None
    report.origin, report.size, report.root = head.origin, head.size, head.root.hex()
    report.cosigned_by = [one.name for one in found if one != key]
    if key not in found:
        report.fault(f"The checkpoint is not signed by the key {key}.")
        return None
    if head.origin != key.name:
        report.fault(f"The checkpoint is of the log {head.origin}, the key of {key.name}.")
    for one in witnesses:
        if one not in found:
            report.fault(f"The witness {one.name} has not cosigned this checkpoint.")
    return head


def _take_bundle(report: Report, read: Read, growth: Growth, path: TilePath, with_documents: bool) -> None:
    raw = read(f"tile/{path}")
    try:
        leaves = entries_in(raw) if raw is not None else []
    except NotATile:
        leaves = []
    if len(leaves) != path.width:
        report.fault(f"The bundle of entries tile/{path} is missing or broken.")
        return
    for leaf in leaves:
        number = growth.size
        said = _said(report, leaf, number)
        growth.append(hash_leaf(leaf))
        report.entries += 1
        if with_documents and said is not None:
            _hold_documents(report, read, number, leaf, said)


def _said(report: Report, leaf: bytes, number: int) -> dict[str, Any] | None:
    try:
        said = json.loads(leaf)
        is_canonical = canonical_json(said) == leaf
    except (ValueError, NotCanonical):
        report.fault(f"The leaf of entry {number} cannot be read.")
        return None
    if (
        not isinstance(said, dict)
        or said.get("format") != FORMAT
        or said.get("number") != number
        or not is_canonical
    ):
        report.fault(f"The leaf of entry {number} is not in the form that a leaf has.")
        return None
    return said


def _hold_documents(report: Report, read: Read, number: int, leaf: bytes, said: dict[str, Any]) -> None:
    raw = read(f"{number}.json")
    try:
        shown = json.loads(raw or b"")
    except ValueError:
        report.fault(f"Entry {number} is not shown ({number}.json).")
        return
    if shown.get("leaf", "").encode() != leaf:
        report.fault(f"Entry {number} is shown with another leaf than the log holds.")
    committed = {one["name"]: one["sha256"] for one in said["documents"]}
    if {one["name"] for one in shown["documents"]} != set(committed):
        report.fault(f"Entry {number} does not show the documents that its leaf lists.")
    for one in shown["documents"]:
        if one["state"] != "open":
            continue
        content = read(one["address"])
        salt = bytes.fromhex(one["salt"])
        if content is None or commitment(salt=salt, content=content) != committed.get(one["name"]):
            report.fault(
                f"The document “{one['name']}” of entry {number} is not the one that was committed to."
            )
        report.documents += 1


def _hold_tiles(report: Report, read: Read, growth: Growth, head: Head) -> None:
    for level, index, width in widths(size=head.size):
        path = TilePath(level=level, index=index, width=width)
        raw = read(f"tile/{path}")
        report.tiles += 1
        if raw != bytes(growth.changed[level, index])[: width * HASH_BYTES]:
            report.fault(f"The tile tile/{path} is missing or does not hold the hashes of the entries.")


def _hold_past(report: Report, nodes: TileNodes, key: VerifierKey, earlier: str, head: Head) -> None:
    try:
        note = parse_note(earlier)
        past = parse_head(note.text)
        is_ours = key in signers(note=note, keys=(key,))
    except BadNote as problem:
        report.fault(f"The earlier checkpoint cannot be read: {problem}")
        return
    if not is_ours:
        report.fault("The earlier checkpoint is not signed by this key.")
        return
    report.is_consistent_with_earlier = (
        past.size <= head.size and root_of(size=past.size, nodes=nodes) == past.root
    )
    if not report.is_consistent_with_earlier:
        report.fault(
            f"The log does not begin with the {past.size} entries that the earlier checkpoint states: its past was changed."
        )
