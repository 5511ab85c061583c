"""Read the words in a picture by Tesseract, where that program is installed; else nobody has read them."""

import shutil
import subprocess
import tempfile
from pathlib import Path

_TIMEOUT = 20  # seconds
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def can_read_pictures() -> bool:
    """Whether the program is there."""
    return shutil.which("tesseract") is not None


def words_in_picture(*, content: bytes) -> str | None:
    """The words in a picture; None where the program is missing, takes too long or cannot read it.

    The picture is read by a process of its own that has no more than its file, and twenty seconds.
    """
    program = shutil.which("tesseract")
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="hustings-ocr-") as folder:
        picture = Path(folder) / "picture"
        picture.write_bytes(content)
        try:
            ran = subprocess.run(
                [program, str(picture), "stdout", "--psm", "3"],
                capture_output=True,
                timeout=_TIMEOUT,
                check=True,
                cwd=folder,
                env={"PATH": "/usr/local/bin:/usr/bin:/bin", "OMP_THREAD_LIMIT": "1"},
            )
        except (subprocess.SubprocessError, OSError):
            return None
    return ran.stdout.decode("utf-8", "replace")
