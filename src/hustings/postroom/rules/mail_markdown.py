"""Markdown to the two bodies of a message: HTML with its styles in place, and text that reads well by itself.

There are no images: an image fetched from afar tells its sender who opened the message, when and where (see
docs/algorithms/delivery.md). Links go where they say; nothing is rewritten to count clicks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from html import escape

import css_inline
import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from hustings.postroom.rules.compiled_message import Bodies

_TAGS = {
    "p",
    "br",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "strong",
    "em",
    "a",
    "ul",
    "ol",
    "li",
    "blockquote",
    "code",
    "pre",
}
_STYLE = """
body { margin: 0; padding: 0; background: #ffffff; }
main { max-width: 36em; margin: 0 auto; padding: 16px;
       font-family: Georgia, "Times New Roman", serif; font-size: 17px; line-height: 1.5; color: #1b1b1b; }
h1, h2, h3, h4 { font-family: Helvetica, Arial, sans-serif; line-height: 1.25; margin: 1.2em 0 0.4em; }
h1 { font-size: 26px; } h2 { font-size: 21px; } h3, h4 { font-size: 18px; }
p, ul, ol, blockquote { margin: 0 0 1em; }
a { color: #0b4f8a; text-decoration: underline; }
blockquote { border-left: 4px solid #c8c8c8; padding-left: 12px; color: #333333; }
hr { border: 0; border-top: 1px solid #c8c8c8; margin: 1.6em 0; }
footer { font-family: Helvetica, Arial, sans-serif; font-size: 14px; color: #444444;
         border-top: 1px solid #c8c8c8; padding-top: 12px; margin-top: 24px; }
"""
_FOOTER_RULE = "\n\n<!--footer-->\n\n"


class ImageInMessage(ValueError):
    """A message body holds an image."""

    def __init__(self) -> None:
        super().__init__(
            "Messages carry no images, because a picture fetched from afar tells who opened the message. "
            "Remove the picture, or link to a page that shows it."
        )


def body_with_footer(*, body: str, footer: str) -> str:
    """One content source from a body and the footer that every message carries (imprint, ways out)."""
    return f"{body.rstrip()}{_FOOTER_RULE}{footer.strip()}\n"


def markdown_renderer(*, language: str, title: str) -> Callable[[str], Bodies]:
    """A `render` for `compile_message`: Markdown in; a whole HTML page in `language` and the text out.

    Raises ImageInMessage. HTML written in the Markdown is shown as text, not obeyed.
    """

    def render(content: str) -> Bodies:
        body, _, footer = content.partition(_FOOTER_RULE)
        pieces = [_MARKDOWN.parse(piece) for piece in (body, footer) if piece.strip()]
        if any(_has_image(tokens) for tokens in pieces):
            raise ImageInMessage
        main = _html(pieces[0]) if pieces else ""
        if len(pieces) > 1:
            main += f"<footer>{_html(pieces[1])}</footer>"
        text = f"\n{'-' * 40}\n\n".join(_text(tokens) for tokens in pieces)
        return Bodies(text=text, html=_page(main, language, title))

    return render


_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def _html(tokens: Sequence[Token]) -> str:
    written = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return nh3.clean(
        written,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def _page(main: str, language: str, title: str) -> str:
    page = (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f'<body><main role="article" lang="{escape(language)}">{main}</main></body></html>\n'
    )
    return _inliner().inline(page)


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)


def _has_image(tokens: Sequence[Token]) -> bool:
    return any(token.type == "image" or _has_image(token.children or ()) for token in tokens)


def _text(tokens: Sequence[Token]) -> str:
    """The text body: lists keep their marks, links show their address, quotations their bar."""
    blocks: list[str] = []
    prefixes: list[str] = []
    markers: list[str] = []
    counters: list[int] = []
    tight: list[bool] = []
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            counters.append(int(token.attrGet("start") or 1) if token.type[0] == "o" else 0)
            tight.append(False)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            counters.pop()
            tight.pop()
            if blocks and not tight:
                blocks[-1] = blocks[-1].rstrip("\n") + "\n\n"
        elif token.type == "list_item_open":
            marker = f"{counters[-1]}. " if counters[-1] else "- "
            counters[-1] += bool(counters[-1])
            markers.append(marker)
            prefixes.append(" " * len(marker))
        elif token.type == "list_item_close":
            prefixes.pop()
            markers.clear()
        elif token.type == "blockquote_open":
            prefixes.append("> ")
        elif token.type == "blockquote_close":
            prefixes.pop()
        elif token.type == "paragraph_open" and tight:
            tight[-1] = token.hidden
        elif token.type == "hr":
            blocks.append(f"{''.join(prefixes)}{'-' * 40}\n\n")
        elif token.type in ("inline", "code_block", "fence"):
            content = _inline(token.children) if token.children is not None else token.content.rstrip("\n")
            rest = "".join(prefixes)
            first = rest
            if markers:
                first = "".join(prefixes[: -len(markers)]) + "".join(markers)
                markers.clear()
            lines = content.split("\n")
            written = "\n".join([first + lines[0], *(rest + line for line in lines[1:])])
            blocks.append(written + ("\n" if tight and tight[-1] else "\n\n"))
    return "".join(blocks).rstrip("\n") + "\n"


def _inline(tokens: Sequence[Token]) -> str:
    written: list[str] = []
    links: list[tuple[str, int]] = []
    for token in tokens:
        if token.type in ("text", "code_inline", "html_inline"):
            written.append(token.content)
        elif token.type == "softbreak":
            written.append(" ")
        elif token.type == "hardbreak":
            written.append("\n")
        elif token.type == "link_open":
            links.append((str(token.attrGet("href") or ""), len(written)))
        elif token.type == "link_close":
            href, start = links.pop()
            words = "".join(written[start:])
            shown = href.removeprefix("mailto:").removeprefix("tel:")
            if words != shown:
                written[start:] = [f"{words} ({shown})" if words else shown]
    return "".join(written)
