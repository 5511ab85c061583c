"""The installation's secret keys: files of their own, readable by the owner only, outside the home.

`secret` signs sessions and links. `suppression` keys the hashes of objections: losing it loses every objection, so it is
made once and never rotated. `fields` holds one key a line, newest first: the first encrypts, all decrypt. `ledger` signs the
checkpoints of the public record; `ledger-checkpoint` beside it is the newest one signed, which gives away a database that was
set back.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet


class KeysMissing(Exception):
    """The keys folder has no keys: the installation was not set up, or the folder was not restored with the backup."""


@dataclass(frozen=True, kw_only=True)
class Keys:
    """Secret keys as the settings need them."""

    secret: str
    suppression: bytes
    fields: tuple[bytes, ...]
    ledger: bytes


_NAMES = ("secret", "suppression", "fields", "ledger")


def keys_exist(*, folder: Path) -> bool:
    """Whether every key file is present."""
    return all((folder / name).is_file() for name in _NAMES)


def make_keys(*, folder: Path) -> None:
    """Make the key files that are missing; those that exist are left as they are."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = {
        "secret": secrets.token_urlsafe(48),
        "suppression": secrets.token_hex(32),
        "fields": Fernet.generate_key().decode(),
        "ledger": secrets.token_hex(32),
    }
    for name, value in fresh.items():
        path = folder / name
        if not path.exists():
            _write_private(path, value + "\n")


def throwaway_keys() -> Keys:
    """Keys for one process that stores nothing: commands that only read the files they are given."""
    return Keys(
        secret=secrets.token_urlsafe(48),
        suppression=secrets.token_bytes(32),
        fields=(Fernet.generate_key(),),
        ledger=secrets.token_bytes(32),
    )


def add_field_key(*, folder: Path) -> None:
    """Put a new encryption key first in the list; older keys still decrypt."""
    path = folder / "fields"
    _write_private(path, Fernet.generate_key().decode() + "\n" + path.read_text())


def drop_old_field_keys(*, folder: Path) -> None:
    """Keep only the newest encryption key. Call it after every stored value was encrypted anew."""
    path = folder / "fields"
    _write_private(path, path.read_text().split("\n", 1)[0] + "\n")


def read_keys(*, folder: Path) -> Keys:
    """Read the keys; raises `KeysMissing` with what to do."""
    if not keys_exist(folder=folder):
        raise KeysMissing(
            f"No keys in {folder}. Run `hustings init` for a new installation, or restore the folder from where you "
            "keep it (it is never part of a backup of the home)."
        )
    return Keys(
        secret=(folder / "secret").read_text().strip(),
        suppression=bytes.fromhex((folder / "suppression").read_text().strip()),
        fields=tuple(line.encode() for line in (folder / "fields").read_text().split() if line),
        ledger=bytes.fromhex((folder / "ledger").read_text().strip()),
    )


def _write_private(path: Path, text: str) -> None:
    temporary = path.with_suffix(".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
