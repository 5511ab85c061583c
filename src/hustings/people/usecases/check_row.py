"""Read what was written down about one person, part by part."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from hustings.basics.email_address import EmailAddress, parse_email
from hustings.basics.phone import PhoneNumber, parse_phone
from hustings.basics.postcode import parse_postcode
from hustings.basics.refusals import Refusal, gettext_noop

_LONGEST = {"given_name": 80, "family_name": 80, "address_line": 160}


class NobodyNamed(Refusal):
    """A row names nobody: no name, no email, no telephone number."""


class TooLong(Refusal):
    """A name or an address is longer than any real one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """What is known about one person, as it was written down."""

    given_name: str = ""
    family_name: str = ""
    email: str = ""
    phone: str = ""
    other_phone: str = ""
    postcode: str = ""
    address_line: str = ""
    language: str = ""
    adult_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRow:
    """A row whose every part was read and found good; `postcode` is as on an envelope."""

    given_name: str
    family_name: str
    email: EmailAddress | None
    phones: tuple[PhoneNumber, ...]
    postcode: str
    address_line: str
    language: str
    adult_on: date | None


def check_row(*, row: PersonRow) -> CheckedRow:
    """Read every part of a row, or raise the `Refusal` (of an email, a phone, a postcode …) that says what is wrong.

    Addresses under `.example` reach nobody; a live installation refuses them.
    """
    texts = {name: _tidy(getattr(row, name)) for name in _LONGEST}
    for name, text in texts.items():
        if len(text) > _LONGEST[name]:
            raise TooLong(
                "too_long",
                gettext_noop("“{start}…” is longer than {longest} letters. Shorten it."),
                start=text[:30],
                longest=_LONGEST[name],
            )
    email = (
        parse_email(row.email, allow_example=settings.HUSTINGS_MODE != "live") if row.email.strip() else None
    )
    phones = tuple(parse_phone(text) for text in (row.phone, row.other_phone) if text.strip())
    if not (texts["given_name"] or texts["family_name"] or email or phones):
        raise NobodyNamed(
            "nobody", gettext_noop("This names nobody. Give a name, an email address or a phone number.")
        )
    return CheckedRow(
        given_name=texts["given_name"],
        family_name=texts["family_name"],
        email=email,
        phones=tuple(dict.fromkeys(phones)),
        postcode=parse_postcode(row.postcode).spaced if row.postcode.strip() else "",
        address_line=texts["address_line"],
        language=row.language,
        adult_on=row.adult_on,
    )


def _tidy(text: str) -> str:
    """One line of printable letters with single spaces."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
