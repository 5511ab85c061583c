"""Where the public data folder is, for tests that read it."""

import os
from pathlib import Path

import pytest


def data_path(name: str) -> Path:
    """Path of a file in the public data folder (`$HUSTINGS_DATA`, else `../shared/data`), or skip."""
    root = Path(os.environ.get("HUSTINGS_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")
    path = root / name
    if not path.exists():
        pytest.skip(f"needs the public data file {name}; set HUSTINGS_DATA to the folder that holds it")
    return path
