"""Read the words people meet out of a file: plain text, Markdown, HTML, a PDF or an email message.

What a mail program or browser does not show (headers, comments, invisible elements) is kept apart, because an
imprint that stands there is not in the material.
"""

import email
import hashlib
import io
import re
from dataclasses import replace
from email.policy import default

from markdown_it import MarkdownIt
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from hustings.basics.file_kinds import kind_of_file
from hustings.clearance.rules.facts import Artefact
from hustings.clearance.rules.pdf_pages import shown_and_hidden
from hustings.clearance.rules.rendering import read_page

_LIKE_A_MESSAGE = re.compile(
    r"(?i)(from|received|return-path|delivered-to|mime-version|message-id|date):[^\n]*\n[\w-]+:"
)
_LIKE_HTML = re.compile(r"(?i)<(!doctype html|html|body|p|div|table|br|h1)\b")
_SHOWN_HEADERS = frozenset({"from", "subject", "to", "date", "reply-to", "cc"})


def artefact_of_text(text: str) -> Artefact:
    """The artefact of plain text: all of it is seen."""
    return Artefact(text=text, sha256=digest(text.encode()))


def artefact_of_html(html: str) -> Artefact:
    """The artefact of an HTML page or mail body: the shown words, and the hidden ones apart."""
    page = read_page(html)
    return Artefact(
        text=_tidy("".join(page.shown)),
        runs=tuple(page.runs),
        hidden_text=_tidy("".join(page.hidden)),
        sha256=digest(html.encode()),
    )


def artefact_of_markdown(text: str) -> Artefact:
    """The artefact of words in Markdown, as they are shown: a comment or an invisible element in them is
    hidden.
    """
    page = artefact_of_html(MarkdownIt("commonmark", {"html": True}).render(text))
    return replace(page, sha256=digest(text.encode()))


def artefact_of_pdf(raw: bytes) -> Artefact:
    """The artefact of a PDF: the words on its pages, and apart those that nobody sees. Raises `Unreadable`."""
    try:
        pages = [shown_and_hidden(page=page) for page in PdfReader(io.BytesIO(raw)).pages]
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, RecursionError) as fault:
        raise Unreadable(f"This is not a PDF that can be read: {fault}") from fault
    shown = tuple(page for page, _unseen in pages)
    hidden = "\n".join(unseen for _page, unseen in pages if unseen)
    return Artefact(text="\n".join(shown), pages=shown, hidden_text=hidden, sha256=digest(raw))


class Unreadable(ValueError):
    """The file is not of the kind it says it is."""


def artefact_of_email(raw: bytes) -> Artefact:
    """The artefact of a message in RFC 5322 form.

    Mail programs choose: some show the HTML part, some the plain one. Where a message has both, the plain
    part is an alternative, and the imprint must stand in each. Headers that mail programs do not show are
    hidden.
    """
    message = email.message_from_bytes(raw, policy=default)
    hidden = "\n".join(
        f"{name}: {value}" for name, value in message.items() if name.lower() not in _SHOWN_HEADERS
    )
    html = message.get_body(preferencelist=("html",))
    plain = message.get_body(preferencelist=("plain",))
    plain_text = str(plain.get_content()) if plain is not None else ""
    if html is None:
        return Artefact(text=plain_text, hidden_text=hidden, sha256=digest(raw))
    page = artefact_of_html(str(html.get_content()))
    return Artefact(
        text=page.text,
        runs=page.runs,
        alternatives=(plain_text,) if plain is not None else (),
        hidden_text=f"{hidden}\n{page.hidden_text}",
        sha256=digest(raw),
    )


def read_artefact(*, content: bytes, name: str) -> Artefact:
    """The artefact of a file, told by its bytes and the end of its name: PDF, email message, HTML or plain
    text.

    A picture, film or sound gives no words. Raises `Unreadable` for a broken PDF.
    """
    kind = kind_of_file(content)
    if kind == "application/pdf":
        return artefact_of_pdf(content)
    if kind is not None:
        return Artefact(sha256=digest(content))
    text = content.decode("utf-8", "replace")
    if name.lower().endswith(".eml") or _LIKE_A_MESSAGE.match(text):
        return artefact_of_email(content)
    if _LIKE_HTML.search(text[:2000]):
        return artefact_of_html(text)
    return artefact_of_text(text)


def digest(content: bytes) -> str:
    """SHA-256 of a copy, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t\r\f\v]+", " ", text)).strip()
