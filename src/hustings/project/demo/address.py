"""The surroundings of a demo: a home of its own, loopback only, marked so that it is never mistaken for a live one."""

import shutil
import socket
from pathlib import Path

MARK = "this-is-a-demo"


class NotADemoHome(Exception):
    """The folder holds something that is not a demo: it will not be cleared away."""


def clear_home(*, home: Path, keys: Path) -> None:
    """Make an empty, marked home, removing an earlier demo. Raises `NotADemoHome` for anything else."""
    if home.exists() and any(home.iterdir()) and not (home / MARK).exists():
        raise NotADemoHome(
            f"{home} is not empty and not a demo. Name another folder with HUSTINGS_HOME, or move this one away."
        )
    shutil.rmtree(home, ignore_errors=True)
    shutil.rmtree(keys, ignore_errors=True)
    home.mkdir(parents=True)
    (home / MARK).write_text("Everybody in here is fictional. `hustings demo` clears this folder away.\n")


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def surroundings(*, home: Path, keys: Path, web_port: int, mail_port: int) -> dict[str, str]:
    """The settings of a demo."""
    return {
        "HUSTINGS_MODE": "demo",
        "HUSTINGS_HOME": str(home),
        "HUSTINGS_KEYS": str(keys),
        "HUSTINGS_ADDRESS": f"http://127.0.0.1:{web_port}",
        "HUSTINGS_SMTP": f"smtp://127.0.0.1:{mail_port}",
        "HUSTINGS_MAIL_FROM": "office@barset.example",
        "HUSTINGS_TRUSTED_PROXIES": "127.0.0.1/32",
    }
