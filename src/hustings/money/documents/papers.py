"""PDFs of a return and its declarations, set by Typst with the fonts that it brings along: nothing is fetched."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from hustings.money.models import DocumentKind

_TEMPLATE = Path(__file__).parent / "return.typ"

#: Which PDFs are made of a return.
PDF_KINDS = (
    DocumentKind.RETURN,
    DocumentKind.AGENT,
    DocumentKind.CANDIDATE,
    DocumentKind.INSPECTION,
)


def paper(*, content: Mapping[str, Any], kind: DocumentKind, sha256: str) -> bytes:
    """One paper as PDF. `content` is that of the return (for an inspection copy, its shorn copy); `sha256` its fingerprint.

    Without a fingerprint the paper says that it is a draft. The same content gives the same bytes.
    """
    return bytes(
        typst.compile(
            _TEMPLATE.read_bytes(),
            sys_inputs={"content": json.dumps(content), "kind": str(kind), "sha256": sha256},
        )
    )
