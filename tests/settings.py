"""Settings for tests: a home and keys of their own, so that no test touches an installation."""

import os
import tempfile
from pathlib import Path

_ROOT = (
    Path(tempfile.gettempdir())
    / f"hustings-tests-{os.getuid()}-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
)
_ROOT.mkdir(exist_ok=True)
os.environ["HUSTINGS_HOME"] = str(_ROOT / "home")
os.environ["HUSTINGS_KEYS"] = str(_ROOT / "keys")
os.environ["HUSTINGS_MODE"] = "test"

from hustings.project.settings import *  # noqa: E402, F403  (the environment must be set first)
