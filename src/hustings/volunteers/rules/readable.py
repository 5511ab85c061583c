"""Markdown to HTML for lessons and conduct rules: plain elements, links, tables, pictures of our own site, nothing that runs."""

import re

import nh3
from markdown_it import MarkdownIt

_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre"),
    *("table", "thead", "tbody", "tr", "th", "td", "img", "figure", "figcaption"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}
_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
_FOREIGN_IMAGE = re.compile(r'<img[^>]*src="(?![/]|data:image/)[^"]*"[^>]*>')


def html_of(*, text: str) -> str:
    """The HTML of a Markdown text, safe to put into a page.

    Headings begin at the second level, as the page has its own first. A picture from elsewhere is left out: fetching it would
    tell its owner who reads what. HTML written in the text is shown, not obeyed.
    """
    drawn = _PARSER.render(_lower_headings(text))
    clean = nh3.clean(
        drawn,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel", "data"},
        link_rel="noopener noreferrer",
    )
    wrapped = clean.replace("<table>", '<div class="table"><table>').replace("</table>", "</table></div>")
    return _FOREIGN_IMAGE.sub("", wrapped)


def _lower_headings(text: str) -> str:
    """A heading of the first level becomes one of the second, as far as the text has any."""
    if not re.search(r"^# ", text, re.MULTILINE):
        return text
    return re.sub(r"^(#{1,3}) ", r"#\1 ", text, flags=re.MULTILINE)
