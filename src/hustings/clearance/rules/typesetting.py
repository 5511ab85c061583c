"""Take Markdown apart into blocks that a page can be set from: headings, paragraphs, list items, each of spans.

Nothing of the words reaches the typesetter as markup, only as text; pictures and raw HTML are left out.
"""

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

Block = dict[str, Any]


def blocks_of(text: str) -> list[Block]:
    """The blocks of a text: {"kind": "heading" | "paragraph" | "item", "level": …, "spans": [{"text", "strong", "em"}]}.

    >>> blocks_of("# Our *park*")[0]["kind"]
    'heading'
    """
    found: list[Block] = []
    kinds: list[tuple[str, int]] = []
    depth = 0
    for token in MarkdownIt("commonmark", {"html": False}).parse(text):
        if token.type == "heading_open":
            kinds.append(("heading", int(token.tag[1])))
        elif token.type == "paragraph_open":
            kinds.append(("item", depth) if depth else ("paragraph", 0))
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            depth += 1
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            depth -= 1
        elif token.type == "inline" and kinds:
            kind, level = kinds.pop()
            if spans := _spans(token.children or []):
                found.append({"kind": kind, "level": level, "spans": spans})
        elif token.type in {"fence", "code_block"} and token.content.strip():
            spans = [{"text": token.content.strip(), "strong": False, "em": False}]
            found.append({"kind": "paragraph", "level": 0, "spans": spans})
    return found


def _spans(tokens: Sequence[Token]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    strong = em = 0
    for token in tokens:
        if token.type in {"strong_open", "strong_close"}:
            strong += token.nesting
        elif token.type in {"em_open", "em_close"}:
            em += token.nesting
        elif token.type in {"softbreak", "hardbreak"}:
            found.append({"text": " " if token.type == "softbreak" else "\n", "strong": False, "em": False})
        elif token.type in {"text", "code_inline"} and token.content:
            found.append({"text": token.content, "strong": strong > 0, "em": em > 0})
    return found


def plain_words(blocks: Sequence[Block]) -> str:
    """The words of blocks without marks, a line each."""
    return "\n".join("".join(span["text"] for span in block["spans"]) for block in blocks)
