"""Nine-character area codes of the Government Statistical Service (GSS): what a code tells about its area.

Office for National Statistics, "Code history database" and "Register of geographic codes": the first letter
is the nation, the next two digits the kind of area, and the last six a number that is never used again.
"""

import re

_CODE = re.compile(r"[EWSNKJLMZ][0-9]{8}")
# First codes of the constituencies first used on 4 July 2024 (the 2023 reviews), by nation and kind.
_FIRST_OF_2024 = {"E14": 1063, "W07": 81, "S14": 60, "N05": 1}

_KINDS = {
    "ward": {"E05", "W05", "S13", "N08", "Z05"},
    "district": {"E06", "E07", "E08", "E09", "W06", "S12", "N09", "Z06", "Z07"},
    "constituency": {"E14", "W07", "S14", "N05", "N06", "Z14"},
    "county": {"E10", "E11", "E13", "Z10"},
    "region": {"E12"},
    "nation": {"E92", "W92", "S92", "N92"},
    "lsoa": {"E01", "W01", "S01", "N20", "Z01"},
}
_NATIONS = {"E": "england", "W": "wales", "S": "scotland", "N": "northern_ireland"}


def is_gss_code(code: str) -> bool:
    """Say whether the text has the shape of an area code; Z begins the codes of the fictional borough."""
    return _CODE.fullmatch(code) is not None


def is_pseudo_code(code: str) -> bool:
    """Say whether a code only stands for "none here", as E99999999 and the Channel Islands' L99999999 do."""
    return code.endswith("99999999")


def kind_of(code: str) -> str | None:
    """What kind of area a code stands for, or `None` for kinds this program does not keep."""
    return next((kind for kind, beginnings in _KINDS.items() if code[:3] in beginnings), None)


def nation_of(code: str) -> str:
    """The nation by the code's first letter; empty for codes that belong to none or to several."""
    return _NATIONS.get(code[:1], "")


def is_first_used_in_2024(code: str) -> bool:
    """Say whether a constituency's code was new on 4 July 2024.

    A few Scottish and no other seats kept code and boundary and so answer no here though they are in use
    still.
    """
    first = _FIRST_OF_2024.get(code[:3])
    return first is not None and int(code[3:]) >= first
