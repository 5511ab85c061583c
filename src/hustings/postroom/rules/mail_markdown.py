"""Markdown to the two bodies of a message: HTML with its styles in place, and text that reads well by itself.

There are no images: an image fetched from afar tells its sender who opened the message, when and where (see
docs/algorithms/delivery.md). Links go where they say; nothing is rewritten to count clicks.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

import css_inline
import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from hustings.postroom.rules.compiled_message import Bodies
from hustings.postroom.rules.template_language import parse_template

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
_NEWSLETTER_STYLE = """
body { background: #eef1f2; }
main { background: #ffffff; padding: 0 0 16px; }
main > * { margin-left: 24px; margin-right: 24px; }
header { background: COLOUR; color: #ffffff; margin: 0 0 20px; padding: 20px 24px; }
header p { font-family: Helvetica, Arial, sans-serif; margin: 0; }
.name { font-size: 24px; font-weight: bold; line-height: 1.25; }
.line { font-size: 15px; margin-top: 4px; }
h2 { border-top: 3px solid COLOUR; color: COLOUR; padding-top: 14px; margin-top: 28px; }
a { color: COLOUR; }
"""
_LONE_TAG = re.compile(r"^[ \t]*(\{%[^%]*%\})[ \t]*$", re.MULTILINE)
_ANY_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_TAG_OR_ELEMENT = re.compile(r"\{%(?P<tag>.*?)%\}|</?(?P<name>[A-Za-z][A-Za-z0-9]*)[^>]*>|<![^>]*>")
_VOID = {"br", "hr", "meta"}
_FOOTER_RULE = "\n\n<!--footer-->\n\n"


@dataclass(frozen=True, kw_only=True)
class Masthead:
    """What stands over a newsletter: the sender's name, a line below it, and the colour of both bands, `#` and six digits.

    The colour is one on which white can be read (accounts.rules.colours).
    """

    name: str
    line: str
    colour: str


class ImageInMessage(ValueError):
    """A message body holds an image."""

    def __init__(self) -> None:
        super().__init__(
            "Messages carry no images, because a picture fetched from afar tells who opened the message. "
            "Remove the picture, or link to a page that shows it."
        )


class PassageCrossesFormatting(ValueError):
    """A conditional passage begins inside a piece of formatting and ends outside it."""

    def __init__(self) -> None:
        super().__init__(
            "A passage between {% if %} and {% endif %} begins inside bold text, a link, a list or a quotation and ends "
            "outside it. Put both tags inside or both outside."
        )


def body_with_footer(*, body: str, footer: str) -> str:
    """One content source from a body and the footer that every message carries (imprint, ways out)."""
    return f"{body.rstrip()}{_FOOTER_RULE}{footer.strip()}\n"


def markdown_template(*, source: str, language: str, title: str, masthead: Masthead | None = None) -> Bodies:
    """Text and HTML in the template language, from Markdown with the same fields and conditions in it.

    A condition alone on its line keeps or leaves out whole paragraphs; within a line, words. Raises TemplateFault,
    ImageInMessage or PassageCrossesFormatting. HTML written in the Markdown is shown as text, not obeyed. With a masthead it
    looks like a newsletter: a band with the name, and a rule in the same colour over every heading of the second order.
    """
    parse_template(source=source)
    marks = _Marks(source)
    body, _, footer = marks.hide(source).partition(_FOOTER_RULE)
    pieces = [_MARKDOWN.parse(piece) for piece in (body, footer) if piece.strip()]
    if any(_has_image(tokens) for tokens in pieces):
        raise ImageInMessage
    main = _html(pieces[0]) if pieces else ""
    if len(pieces) > 1:
        main += f"<footer>{_html(pieces[1])}</footer>"
    text = f"\n{'-' * 40}\n\n".join(_text(tokens) for tokens in pieces)
    html = marks.show(marks.without_paragraphs(_page(main, language, title, masthead)))
    _refuse_crossing(html)
    if masthead is not None:
        name, line = _inert(masthead.name), _inert(masthead.line)
        text = f"{name.upper()}\n{line}\n{'=' * 40}\n\n{text}"
    return Bodies(text=marks.show(marks.without_empty_lines(text)), html=html)


class _Marks:
    """Stand-ins for tags of the template language: letters and digits only, which Markdown, sanitising and styling
    leave alone."""

    def __init__(self, source: str) -> None:
        stem = hashlib.sha256(source.encode("utf-8", "replace")).hexdigest()[:16]
        self._stem = f"zq{stem}n"
        self._tags: list[str] = []

    def hide(self, source: str) -> str:
        """`source` with every tag replaced; a condition alone on its line becomes a paragraph of its own."""
        hidden = _LONE_TAG.sub(lambda found: f"\n\n{self._mark(found[1])}\n\n", source)
        return _ANY_TAG.sub(lambda found: self._mark(found[0]), hidden)

    def show(self, rendered: str) -> str:
        """The tags put back."""
        return re.sub(self._stem + r"(\d+)z", lambda found: self._tags[int(found[1])], rendered)

    def without_paragraphs(self, html: str) -> str:
        """Conditions that are paragraphs by themselves lose the paragraph around them."""
        return re.sub(rf"<p[^>]*>({self._stem}\d+z)</p>\n?", self._condition, html)

    def without_empty_lines(self, text: str) -> str:
        """Conditions on lines of their own lose the empty line after them, which would remain without them."""
        return re.sub(rf"^[> ]*({self._stem}\d+z)\n\n", self._condition, text, flags=re.MULTILINE)

    def _condition(self, found: re.Match[str]) -> str:
        tag = self._tags[int(found[1].removeprefix(self._stem).removesuffix("z"))]
        return f"{found[1]}\n" if tag.startswith("{%") else found[0]

    def _mark(self, tag: str) -> str:
        self._tags.append(tag)
        return f"{self._stem}{len(self._tags) - 1}z"


def _refuse_crossing(html: str) -> None:
    """Every passage must close the elements it opens, so that each branch is well-formed."""
    depth = 0
    opened: list[int] = []
    for found in _TAG_OR_ELEMENT.finditer(html):
        word = found[0]
        if word.startswith("</"):
            depth -= 1
        elif word.startswith("<"):
            depth += 0 if (found["name"] or "br").lower() in _VOID else 1
        elif found["tag"].split()[0] == "if":
            opened.append(depth)
        elif opened and opened[-1] != depth:
            raise PassageCrossesFormatting
        elif found["tag"].strip() == "endif":
            opened.pop()


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


def _inert(text: str) -> str:
    """Text that the template language leaves alone."""
    return " ".join(text.split()).replace("{", "(").replace("}", ")")


def _page(main: str, language: str, title: str, masthead: Masthead | None = None) -> str:
    style, head = _STYLE, ""
    if masthead is not None:
        style += _NEWSLETTER_STYLE.replace("COLOUR", masthead.colour)
        name, line = escape(_inert(masthead.name)), escape(_inert(masthead.line))
        head = f'<header><p class="name">{name}</p><p class="line">{line}</p></header>'
    page = (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{style}</style></head>"
        f'<body><main role="article" lang="{escape(language)}">{head}{main}</main></body></html>\n'
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
