"""Invite links of chat services and email lists: what is one, and what is not."""

import re
from urllib.parse import urlsplit

from hustings.basics.email_address import NotAnEmailAddress, parse_email
from hustings.basics.refusals import Refusal, gettext_noop

_LONGEST = 500

#: Host, and what its path and fragment look like together.
_SHAPES: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "whatsapp": (("chat.whatsapp.com", re.compile(r"/(?:invite/)?[A-Za-z0-9_-]{10,40}/?")),),
    "signal": (("signal.group", re.compile(r"/?#[A-Za-z0-9_-]{20,200}={0,2}")),),
    "telegram": (
        ("t.me", re.compile(r"/(?:\+|joinchat/)[A-Za-z0-9_-]{8,60}/?")),
        ("telegram.me", re.compile(r"/(?:\+|joinchat/)[A-Za-z0-9_-]{8,60}/?")),
    ),
}
_EXAMPLES = {
    "whatsapp": "https://chat.whatsapp.com/ABCDEFGHIJKLMNOPQRSTUV",
    "signal": "https://signal.group/#CjQKIExampleExampleExampleExample",
    "telegram": "https://t.me/+ExampleExample",
}
_NAMES = {"whatsapp": "WhatsApp", "signal": "Signal", "telegram": "Telegram"}


class NotAGroupLink(Refusal):
    """What was entered is not an invite link of this kind of group."""


def read_group_link(*, kind: str, entered: str) -> str:
    """The link as it is stored, or `NotAGroupLink` with a sentence that says what one looks like.

    An email list has an address to write to, or a web page to join on; another service has any https address.
    """
    text = entered.strip().strip("<>")
    if not text:
        raise NotAGroupLink("missing", gettext_noop("Enter the group's invite link."))
    if len(text) > _LONGEST or any(letter.isspace() or not letter.isprintable() for letter in text):
        raise NotAGroupLink(
            "not_a_link",
            gettext_noop(
                "“{start}” is not a link: it has spaces or is too long. Copy the invite link alone."
            ),
            start=text[:40],
        )
    if kind == "email_list" and "://" not in text:
        return _list_address(text)
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.hostname or "." not in parts.hostname:
        raise NotAGroupLink(
            "not_a_link",
            gettext_noop("“{start}” is not a link. Copy the whole invite link; it begins with “https://”."),
            start=text[:40],
        )
    if parts.username or parts.password or parts.port:
        raise NotAGroupLink(
            "odd_link", gettext_noop("This link has a name or a port in it. Copy the invite link once more.")
        )
    if kind in _SHAPES and not _has_shape(kind, text):
        raise NotAGroupLink(
            "other_service",
            gettext_noop("This is not an invite link of {name}. One looks like {example}"),
            name=_NAMES[kind],
            example=_EXAMPLES[kind],
        )
    return text


def _list_address(text: str) -> str:
    try:
        return f"mailto:{parse_email(text.removeprefix('mailto:'), allow_example=True).address}"
    except NotAnEmailAddress as problem:
        raise NotAGroupLink(
            "not_a_list",
            gettext_noop(
                "“{start}” is neither the list's email address nor a link that begins with “https://”."
            ),
            start=text[:40],
        ) from problem


def _has_shape(kind: str, text: str) -> bool:
    parts = urlsplit(text)
    rest = parts.path + (f"#{parts.fragment}" if parts.fragment else "")
    return any(parts.hostname == host and shape.fullmatch(rest) for host, shape in _SHAPES[kind])
