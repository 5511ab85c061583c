"""The words with which a new site begins; editors change them as they like."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hustings.accounts.models import Organisation

Block = dict[str, Any]


def heading(text: str) -> Block:
    """A heading block."""
    return {"type": "heading", "value": text}


def text(*sentences: str) -> Block:
    """A text block of paragraphs."""
    return html_text(format_html_join("", "<p>{}</p>", ((sentence,) for sentence in sentences)))


def listing(*sentences: str) -> Block:
    """A text block of list items."""
    items = format_html_join("", "<li>{}</li>", ((sentence,) for sentence in sentences))
    return html_text(format_html("<ul>{}</ul>", items))


def html_text(html: SafeString) -> Block:
    """A text block of HTML that is already safe."""
    return {"type": "text", "value": str(html)}


def help_page() -> list[Block]:
    """What somebody can do who wants to help."""
    return [
        text(_("You do not need experience, and you do not need to be a member of anything.")),
        listing(
            _("Sign and share a petition."),
            _("Talk to your neighbours with us for an hour; somebody who has done it before comes along."),
            _("Deliver letters in your own street."),
            _("Lend us a garden, a printer or a spare room."),
        ),
    ]


def accessibility_statement(*, organisation: Organisation | None) -> list[Block]:
    """What the pages were made to meet, what is not known to work, and whom to tell.

    The measure is WCAG 2.2 level AA (W3C, October 2023).
    """
    address = organisation.email if organisation else ""
    return [
        text(
            _("We want everybody to be able to use this site, on any device and with any aid."),
            _("Its pages are made to meet the Web Content Accessibility Guidelines 2.2 at level AA."),
        ),
        listing(
            _("You can read and use every public page without a mouse and without JavaScript."),
            _("You can zoom to 400 per cent, and use a screen 320 pixels wide, without scrolling sideways."),
            _("Pages are small and load on a slow line."),
            _("Pictures that say something are described in words."),
        ),
        heading(_("What may not work")),
        text(
            _(
                "Documents that others wrote, and that we link to, may be harder to read. Ask us, and we will help."
            )
        ),
        heading(_("Tell us")),
        text(
            _(
                "If something on this site is hard to use, or you need it in another form (large print, easy read, "
                "by phone), write to %(email)s. We answer within five working days."
            )
            % {"email": address}
            if address
            else _("If something on this site is hard to use, tell us. We answer within five working days."),
            _(
                "The Equality Act 2010 gives you a right to reasonable adjustments. The Equality Advisory and Support "
                "Service (0808 800 0082) can advise you."
            ),
        ),
    ]
