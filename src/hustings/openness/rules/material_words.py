"""The words by which a material of the record is recognised: of its copy, its subject line and its caption, without imprints."""

import json

from hustings.clearance.rules.reading import Unreadable, artefact_of_html, artefact_of_pdf
from hustings.openness.rules.matching import Fingerprint, fingerprint, without

Content = tuple[str, bytes]


def words_of_material(*, facts: bytes | None, copy: Content | None) -> Fingerprint:
    """The fingerprint of a material, of those of its open documents that are not withheld; `copy` is media type and content.

    A copy that is a picture without words in the record gives none.
    """
    said = json.loads(facts) if facts else {}
    texts = [said.get("subject_line") or "", said.get("caption") or ""]
    if copy is not None:
        texts.append(_text_of(*copy))
    return without(
        words=fingerprint("\n".join(texts)),
        common=[fingerprint(line) for line in (said.get("imprint") or "").split("\n")],
    )


def _text_of(media_type: str, content: bytes) -> str:
    kind = media_type.split(";", maxsplit=1)[0].strip()
    if kind == "application/pdf":
        try:
            return artefact_of_pdf(content).text
        except Unreadable:
            return ""
    if kind == "text/html":
        return artefact_of_html(content.decode("utf-8", "replace")).text
    return content.decode("utf-8", "replace") if kind.startswith("text/") else ""
