"""Email addresses: checked by their form alone, without asking the network."""

from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from hustings.basics.refusals import Refusal, gettext_noop

# Mailboxes at these providers are the same with and without dots in the part before the @.
_DOTS_IGNORED = frozenset({"gmail.com", "googlemail.com"})
_SAME_PROVIDER = {"googlemail.com": "gmail.com"}


class NotAnEmailAddress(Refusal):
    """The text is not an address that mail can be sent to."""


@dataclass(frozen=True, slots=True)
class EmailAddress:
    """One address in two forms: `address` to write to, `canonical` to compare by.

    `canonical` is the same for every spelling that surely reaches one mailbox: lower case, the tag after a
    plus dropped, dots dropped where the provider ignores them. Never send to it; it only tells people apart.
    """

    address: str
    canonical: str

    def __str__(self) -> str:
        return self.address


def parse_email(text: str, *, allow_example: bool = False) -> EmailAddress:
    """Read an email address as people type it.

    Addresses under `.example` (RFC 2606) belong to nobody; only a demonstration or a test allows them. Raises
    `NotAnEmailAddress` with a sentence that says what is wrong.
    """
    entered = text.strip().strip("<>").removeprefix("mailto:").strip()
    if not entered:
        raise NotAnEmailAddress(
            "missing", gettext_noop("Enter an email address, for example ann@barset.example.")
        )
    try:
        checked = validate_email(entered, check_deliverability=False)
    except EmailNotValidError as fault:
        raise NotAnEmailAddress(
            "not_an_address",
            gettext_noop("“{entered}” is not a complete email address. {reason}"),
            entered=entered,
            reason=str(fault),
        ) from fault
    domain = checked.ascii_domain.lower()
    if not allow_example and (domain.endswith(".example") or domain in _EXAMPLE_DOMAINS):
        raise NotAnEmailAddress(
            "example",
            gettext_noop("Addresses at {domain} reach nobody. Enter the address where you read your email."),
            domain=domain,
        )
    return EmailAddress(address=checked.normalized, canonical=_canonical(checked.local_part, domain))


_EXAMPLE_DOMAINS = frozenset({"example.com", "example.org", "example.net"})


def _canonical(local: str, domain: str) -> str:
    mailbox = local.casefold()
    # An address that is nothing but a tag ("+x@…") stays as it is, or all of them would fall together.
    mailbox = mailbox.split("+", 1)[0] or mailbox
    if domain in _DOTS_IGNORED:
        mailbox = mailbox.replace(".", "") or mailbox
    return f"{mailbox}@{_SAME_PROVIDER.get(domain, domain)}"
