"""Write the privacy notice from the facts, as blocks that can then be edited."""

import hashlib
import json

from django.utils.html import format_html
from django.utils.translation import gettext as _

from hustings.accounts.models import Organisation
from hustings.accounts.rules.lawful_basis import bases
from hustings.website.usecases.write_first_pages import Block, heading, html_text, listing, text


def facts_of(*, organisation: Organisation) -> dict[str, str]:
    """What the notice is made from."""
    return {
        "name": organisation.name,
        "kind": organisation.kind,
        "address": organisation.address,
        "email": organisation.email,
        "phone": organisation.phone,
        "ico_reference": organisation.ico_reference,
    }


def fingerprint(*, organisation: Organisation) -> str:
    """A fingerprint of the facts, by which a notice written from older ones is known."""
    return hashlib.sha256(
        json.dumps(facts_of(organisation=organisation), sort_keys=True).encode()
    ).hexdigest()


def write_privacy_notice(*, organisation: Organisation) -> list[Block]:
    """The notice as page blocks: headings and text, in the language in use.

    It says who the controller is, what is done and why it is lawful, where data come from, who sees them, how long they
    are kept and what people can ask for (UK GDPR Art. 13 and 14; ICO, "Guidance for the use of personal data in
    political campaigning", and the complaints procedure of DPA 2018 s. 164A from 19 June 2026).
    """
    blocks: list[Block] = [
        text(_("This page says what we do with information about you, and what you can do about it.")),
        heading(_("Who we are")),
        text(*_who(organisation)),
        heading(_("What we do, and why the law lets us")),
    ]
    for basis in bases(kind=organisation.kind):
        blocks.append(
            html_text(format_html("<p><b>{}</b> {} <i>({})</i></p>", _(basis.what), _(basis.why), basis.law))
        )
    blocks += [
        heading(_("Where we have it from")),
        listing(
            _(
                "From you: when you sign a petition, answer a survey, write to us, or talk to us at the door or by phone."
            ),
            _("From the electoral register, where the law gives us a copy."),
            _(
                "From people who sign up somebody else's support on paper with them; we keep the sheet as evidence."
            ),
            _("We do not buy lists of people, and we do not take anything from social media profiles."),
        ),
        heading(_("What we work out about you")),
        text(
            _(
                "We work out your ward and constituency from your postcode. We compare your name and address with the "
                "electoral register, to know whether you can vote here. No decision about you is made by a machine alone."
            )
        ),
        heading(_("Who sees it")),
        listing(
            _(
                "Our staff and volunteers, each only for the places they look after, and only what their task needs."
            ),
            _("Companies that run our server and deliver our email, who may use it for nothing else."),
            _(
                "Whoever a petition is handed to sees the names only if the petition said so before you signed."
            ),
            _("We do not sell it, and we give it to nobody for their own purposes."),
        ),
        heading(_("How long we keep it")),
        listing(
            _("Signatures: until the petition has been answered, and for one year after that."),
            _(
                "What you told us at the door or by phone: for two rounds of elections to the same council or parliament."
            ),
            _(
                "Copies of the electoral register: until they are no longer needed for the election they were given for."
            ),
            _("That you objected: for good, as a code that only tells us not to contact you."),
            _("Payments and donations: six years."),
        ),
        heading(_("What you can ask for")),
        *_rights(organisation),
    ]
    return blocks


def _who(organisation: Organisation) -> list[str]:
    sentences = [
        _("%(name)s decides what is done with your information; the law calls that the controller.")
        % {"name": organisation.name},
        _("Write to us at %(address)s or %(email)s.")
        % {"address": ", ".join(organisation.address.split("\n")), "email": organisation.email},
    ]
    if organisation.phone:
        sentences.append(_("Telephone: %(phone)s.") % {"phone": organisation.phone})
    if organisation.ico_reference:
        sentences.append(
            _("Our number in the Information Commissioner's register of fee payers: %(number)s.")
            % {"number": organisation.ico_reference}
        )
    return sentences


def _rights(organisation: Organisation) -> list[Block]:
    return [
        listing(
            _("See what we hold about you, and have a copy."),
            _("Have it put right, or erased."),
            _("Stop us contacting you, by one way or by all. We stop at once, and you need give no reason."),
            _(
                "Take back any consent, as easily as you gave it: by the link in every email, or by writing to us."
            ),
            _("Object to our holding your political opinions."),
        ),
        text(
            _(
                "Write to %(email)s. We answer within one month. If you are not content with us, complain to us first: "
                "we acknowledge a complaint within 30 days."
            )
            % {"email": organisation.email},
            _("You can also complain to the Information Commissioner (ico.org.uk, 0303 123 1113)."),
        ),
    ]
