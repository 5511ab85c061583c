"""Under which names a registered body may be met, and in which order of trust."""

import re

from hustings.adwatch.rules.naming import name_key

_ASIDE = re.compile(r"\(([^)]*)\)")


def aliases(*, name: str) -> list[str]:
    """Keys of the whole name, of what stands before a dash, and of what stands outside and inside brackets.

    “UNISON - The Public Service Union” may be met as UNISON, “Scottish National Party (SNP)” as either. Keys of fewer than
    four signs are left out: they would meet too much.
    """
    plain = re.sub(r"\[[^\]]*\]", "", name)
    inside = [part for part in _ASIDE.findall(plain) if "registered" not in part.casefold()]
    found = [plain, re.split(r"\s[-–]\s", plain)[0], _ASIDE.sub(" ", plain), *inside]
    keys = []
    for text in found:
        key = name_key(text)
        if len(key) >= 4 and key not in keys:
            keys.append(key)
    return keys
