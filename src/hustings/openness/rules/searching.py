"""The words by which an entry is found: those of its documents that are open at once."""

import json
from collections.abc import Iterable

_LONGEST = 20_000  # letters
_SAID = ("title", "subject_line", "caption", "imprint", "reason", "was", "is", "name", "platform", "page")


def search_words(documents: Iterable[tuple[str, str, bytes]]) -> str:
    """The words of open documents, each given as name, media type and content: facts by their lines, copies as text."""
    found: list[str] = []
    for name, media_type, content in documents:
        kind = media_type.split(";", maxsplit=1)[0].strip()
        if name == "facts":
            facts = json.loads(content)
            found += [str(facts[key]) for key in _SAID if facts.get(key)]
        elif kind.startswith("text/"):
            found.append(content.decode("utf-8", "replace"))
    words = " ".join(" ".join(found).split())
    return words[:_LONGEST].replace("\x00", "")
