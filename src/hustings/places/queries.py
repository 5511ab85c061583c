"""Look-ups of places that other apps call: postcodes, areas, what lies inside what, what is near."""

from pathlib import Path

from django.conf import settings


def postcode_file_path() -> Path:
    """Where this installation keeps its postcode look-up."""
    return Path(settings.HUSTINGS_HOME) / "places" / "postcodes.bin"
