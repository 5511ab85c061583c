"""Read the words in a picture by Tesseract, where that program is installed; else nobody has read them."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_TIMEOUT = 20  # seconds
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})

#: Small print is lost in small pictures: of our own card of 1080 by 1080 Tesseract read “Promoted lice Archer”, and all of it
#: from one of twice the size. Larger pictures are left as they are.
_ENLARGE = """
import sys
from PIL import Image
with Image.open(sys.argv[1]) as picture:
    wide, high = picture.size
    if wide * high <= 4_000_000:
        twice = picture.convert("RGBA").resize((2 * wide, 2 * high), Image.Resampling.LANCZOS)
        ground = Image.new("RGBA", twice.size, "white")
        ground.alpha_composite(twice)
        ground.convert("RGB").save(sys.argv[2], "PNG", compress_level=1)
"""


def can_read_pictures() -> bool:
    """Whether the program is there."""
    return shutil.which("tesseract") is not None


def words_in_picture(*, content: bytes) -> str | None:
    """The words in a picture; None where the program is missing, takes too long or cannot read it.

    A stranger's picture is opened only by processes of their own that have no more than its file, and twenty seconds each.
    """
    program = shutil.which("tesseract")
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="hustings-ocr-") as folder:
        picture, enlarged = Path(folder) / "picture", Path(folder) / "enlarged.png"
        picture.write_bytes(content)
        _run([sys.executable, "-I", "-c", _ENLARGE, str(picture), str(enlarged)], folder)
        seen = enlarged if enlarged.exists() else picture
        return _run([program, str(seen), "stdout", "--psm", "3"], folder)


def _run(command: list[str], folder: str) -> str | None:
    """What a program prints; None where it fails or takes too long."""
    try:
        ran = subprocess.run(
            command,
            capture_output=True,
            timeout=_TIMEOUT,
            check=True,
            cwd=folder,
            env={"PATH": "/usr/local/bin:/usr/bin:/bin", "OMP_THREAD_LIMIT": "1"},
        )
    except (subprocess.SubprocessError, OSError):
        return None
    return ran.stdout.decode("utf-8", "replace")
