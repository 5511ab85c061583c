"""Read the Merkle log: its size, roots, proofs, tiles, and whether it is still the one we signed."""

import base64
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from hustings.openness.models import Checkpoint, Entry, Tile, Witness
from hustings.openness.rules.checkpoints import Head, parse_head, proof_file
from hustings.openness.rules.merkle import consistency_proof, inclusion_proof, root_of
from hustings.openness.rules.signed_notes import BadNote, VerifierKey, key_of, parse_note
from hustings.openness.rules.tiles import HASH_BYTES, WIDTH, NotATile, TileNodes, TilePath, bundle_of


@dataclass(frozen=True, kw_only=True)
class LogState:
    """How the log stands: the entries in it, the newest checkpoint, and what is wrong.

    `trouble` is empty, or "shorter" (there are fewer entries than we signed), "different" (other entries than we signed) or
    "unreadable" (the checkpoint kept beside the keys cannot be read); `signed` is the checkpoint it was held against.
    """

    size: int
    newest: Checkpoint | None
    signed: Head | None
    trouble: str = ""


def tree_size() -> int:
    """How many entries the tree holds."""
    last = Tile.objects.filter(level=0).order_by("-index").values_list("index", "hashes").first()
    return last[0] * WIDTH + len(last[1]) // HASH_BYTES if last else 0


def read_tile(level: int, index: int) -> bytes:
    """The hashes of a tile as far as it has grown; nothing where there is none."""
    found = Tile.objects.filter(level=level, index=index).values_list("hashes", flat=True).first()
    return bytes(found) if found is not None else b""


def root_at(*, size: int) -> bytes:
    """The root over the first entries. Raises `NotATile` where there are fewer."""
    return root_of(size=size, nodes=TileNodes(read_tile))


def inclusion_of(*, number: int, size: int) -> tuple[bytes, ...]:
    """The proof that an entry is in the log of that size. Raises `NoSuchLeaf`."""
    return inclusion_proof(number=number, size=size, nodes=TileNodes(read_tile))


def consistency_of(*, old: int, new: int) -> tuple[bytes, ...]:
    """The proof that the log of the new size begins with that of the old one. Raises `NoSuchLeaf`."""
    return consistency_proof(old=old, new=new, nodes=TileNodes(read_tile))


def proof_text(*, number: int) -> str | None:
    """An entry's proof with the newest checkpoint and its cosignatures; None while no checkpoint covers the entry."""
    newest = newest_checkpoint()
    if newest is None or number >= newest.size:
        return None
    return proof_file(
        number=number, proof=inclusion_of(number=number, size=newest.size), note=note_of(checkpoint=newest)
    )


def newest_checkpoint() -> Checkpoint | None:
    """The newest checkpoint; None while nothing was signed."""
    found: Checkpoint | None = Checkpoint.objects.order_by("-id").first()
    return found


def note_of(*, checkpoint: Checkpoint) -> str:
    """The signed note with the lines of everyone who cosigned it."""
    lines = checkpoint.cosignatures.order_by("id").values_list("line", flat=True)
    return checkpoint.note + "".join(lines)


def tile_bytes(*, path: TilePath) -> bytes | None:
    """What is served for a tile or a bundle of entries; None where it does not exist, or is not that wide yet."""
    if path.level is not None:
        tile = read_tile(path.level, path.index)
        wanted = path.width * HASH_BYTES
        return tile[:wanted] if len(tile) >= wanted else None
    first = path.index * WIDTH
    if first + path.width > tree_size():
        return None
    leaves = Entry.objects.filter(number__gte=first, number__lt=first + path.width).order_by("number")
    return bundle_of(bytes(leaf) for leaf in leaves.values_list("leaf", flat=True))


def log_key() -> VerifierKey:
    """The key that checks our checkpoints, named as the log is."""
    return key_of(name=log_name(), seed=settings.HUSTINGS_LEDGER_KEY)


def log_name() -> str:
    """What the log is called in its checkpoints: once signed it stays, whatever becomes of our address."""
    kept = kept_head()
    if kept is not None:
        return kept.origin
    newest = newest_checkpoint()
    if newest is not None:
        return newest.origin
    address = urlsplit(settings.HUSTINGS_ADDRESS)
    return f"{address.netloc}{address.path.rstrip('/')}/record"


def kept_head() -> Head | None:
    """The newest checkpoint as it is kept beside the keys; None where none is. Raises `BadNote` for a broken file."""
    path = Path(settings.HUSTINGS_LEDGER_KEPT)
    if not path.exists():
        return None
    return parse_head(parse_note(path.read_text(encoding="utf-8")).text)


def log_state() -> LogState:
    """Hold the database against the newest checkpoint kept beside the keys, and against the newest in itself.

    A database that was set back to an older copy is shorter than what was signed, or goes on differently.
    """
    size, newest = tree_size(), newest_checkpoint()
    try:
        kept = kept_head()
    except BadNote:
        return LogState(size=size, newest=newest, signed=None, trouble="unreadable")
    heads = [kept] if kept else []
    if newest is not None and (kept is None or newest.origin == kept.origin):
        heads.append(Head(origin=newest.origin, size=newest.size, root=bytes.fromhex(newest.root)))
    for head in heads:
        if head.size > size:
            return LogState(size=size, newest=newest, signed=head, trouble="shorter")
        try:
            is_same = root_at(size=head.size) == head.root
        except NotATile:
            is_same = False
        if not is_same:
            return LogState(size=size, newest=newest, signed=head, trouble="different")
    return LogState(size=size, newest=newest, signed=heads[0] if heads else None)


def witnesses() -> list[Witness]:
    """Everyone who watches the log from outside now."""
    return list(Witness.objects.filter(ended_at=None).order_by("name"))


def base64_of(hashes: tuple[bytes, ...]) -> list[str]:
    """Hashes as proofs write them."""
    return [base64.b64encode(one).decode() for one in hashes]
