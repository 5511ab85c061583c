"""Telephone numbers as people in the United Kingdom write them."""

from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from hustings.basics.refusals import Refusal, gettext_noop


class PhoneKind(StrEnum):
    """What a number reaches, as far as its digits tell."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    FREEPHONE = "freephone"
    NON_GEOGRAPHIC = "non_geographic"
    PREMIUM = "premium"
    PERSONAL = "personal"
    OTHER = "other"


class NotAPhoneNumber(Refusal):
    """The text is not a telephone number that can be rung."""


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number in its international form (`e164`, "+447700900123") and as it is written at home (`national`).

    `is_fictional` is true for the ranges that Ofcom keeps for drama: they reach nobody.
    """

    e164: str
    national: str
    kind: PhoneKind
    is_fictional: bool = False

    def __str__(self) -> str:
        return self.national


# Ofcom, "Telephone numbers for use in TV and radio drama programmes": a thousand numbers in each range. As
# (digits after +44 without the last ones, how they are grouped at home, kind).
_DRAMA = (
    ("1632960", (5, 6), PhoneKind.LANDLINE),
    *((f"1{area}4960", (4, 3, 4), PhoneKind.LANDLINE) for area in range(13, 19)),
    *((f"1{area}14960", (4, 3, 4), PhoneKind.LANDLINE) for area in range(2, 7)),
    ("1914980", (4, 3, 4), PhoneKind.LANDLINE),
    ("2079460", (3, 4, 4), PhoneKind.LANDLINE),
    ("2896496", (3, 4, 4), PhoneKind.LANDLINE),
    ("2920180", (3, 4, 4), PhoneKind.LANDLINE),
    ("7700900", (5, 6), PhoneKind.MOBILE),
    ("8081570", (4, 3, 4), PhoneKind.FREEPHONE),
    ("9098790", (4, 3, 4), PhoneKind.PREMIUM),
    ("3069990", (5, 6), PhoneKind.NON_GEOGRAPHIC),
)

_KINDS = {
    PhoneNumberType.MOBILE: PhoneKind.MOBILE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE: PhoneKind.MOBILE,
    PhoneNumberType.FIXED_LINE: PhoneKind.LANDLINE,
    PhoneNumberType.TOLL_FREE: PhoneKind.FREEPHONE,
    PhoneNumberType.UAN: PhoneKind.NON_GEOGRAPHIC,
    PhoneNumberType.VOIP: PhoneKind.NON_GEOGRAPHIC,
    PhoneNumberType.SHARED_COST: PhoneKind.NON_GEOGRAPHIC,
    PhoneNumberType.PREMIUM_RATE: PhoneKind.PREMIUM,
    PhoneNumberType.PERSONAL_NUMBER: PhoneKind.PERSONAL,
}


def parse_phone(text: str) -> PhoneNumber:
    """Read a number in any usual spelling; without a country it is taken as one of the United Kingdom.

    Raises `NotAPhoneNumber` with a sentence. Whether somebody answers cannot be told from the digits.
    """
    entered = text.strip()
    if not entered:
        raise NotAPhoneNumber("missing", gettext_noop("Enter a phone number, for example 01632 960123."))
    try:
        number = phonenumbers.parse(entered, "GB")
    except NumberParseException as fault:
        raise NotAPhoneNumber(
            "not_a_number",
            gettext_noop(
                "“{entered}” is not a phone number. Write only its digits, for example 01632 960123."
            ),
            entered=entered,
        ) from fault
    if number.extension:
        raise NotAPhoneNumber(
            "extension",
            gettext_noop("Leave out the extension {extension}, and put it in the notes if it is needed."),
            extension=number.extension,
        )
    digits = phonenumbers.national_significant_number(number)
    if number.country_code == 44 and (drama := _drama_number(digits)) is not None:
        return drama
    if not phonenumbers.is_valid_number(number):
        raise _invalid(number, entered)
    abroad = number.country_code != 44
    return PhoneNumber(
        e164=phonenumbers.format_number(number, PhoneNumberFormat.E164),
        national=phonenumbers.format_number(
            number, PhoneNumberFormat.INTERNATIONAL if abroad else PhoneNumberFormat.NATIONAL
        ),
        kind=_KINDS.get(phonenumbers.number_type(number), PhoneKind.OTHER),
    )


def _invalid(number: phonenumbers.PhoneNumber, entered: str) -> NotAPhoneNumber:
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason in {
        phonenumbers.ValidationResult.TOO_SHORT,
        phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY,
    }:
        return NotAPhoneNumber(
            "too_short",
            gettext_noop("“{entered}” has too few digits. Enter the whole number with its area code."),
            entered=entered,
        )
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        return NotAPhoneNumber(
            "too_long", gettext_noop("“{entered}” has too many digits for a phone number."), entered=entered
        )
    return NotAPhoneNumber(
        "not_in_use",
        gettext_noop(
            "“{entered}” is not a number in use. Check it; a number abroad begins with + and the country."
        ),
        entered=entered,
    )


def _drama_number(digits: str) -> PhoneNumber | None:
    """The number as Ofcom's list has it; the library refuses two of these ranges and groups one wrongly."""
    if len(digits) != 10:
        return None
    for prefix, groups, kind in _DRAMA:
        if digits.startswith(prefix):
            rest, parts = f"0{digits}", []
            for size in groups:
                parts.append(rest[:size])
                rest = rest[size:]
            return PhoneNumber(e164=f"+44{digits}", national=" ".join(parts), kind=kind, is_fictional=True)
    return None
