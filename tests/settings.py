"""Settings for tests: a home and keys of their own, so that no test touches an installation."""

import os
import tempfile
from pathlib import Path

_NAME = f"hustings-tests-{os.getuid()}-{os.getcwd().strip('/').replace('/', '-')}"
_ROOT = Path(tempfile.gettempdir()) / _NAME / os.environ.get("PYTEST_XDIST_WORKER", "main")
_ROOT.mkdir(parents=True, exist_ok=True)
os.environ["HUSTINGS_HOME"] = str(_ROOT / "home")
os.environ["HUSTINGS_KEYS"] = str(_ROOT / "keys")
os.environ["HUSTINGS_MODE"] = "test"

from hustings.project.settings import *  # noqa: E402, F403  (the environment must be set first)
from hustings.project.settings import DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that worker processes and threads can share it; not synced, as no test cuts the power.
    DATABASES["default"]["TEST"] = {"NAME": str(_ROOT / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    # Answered before it is on disk, as no test cuts the power.
    DATABASES["default"]["OPTIONS"] = {"options": "-c synchronous_commit=off"}

# whitenoise warns of a folder that is not there.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
