"""Money is whole pence in an `int`; pounds exist only on the screen and on paper."""

import re

from hustings.basics.refusals import Refusal, gettext_noop

# Amounts above a billion pounds are slips of the keyboard, and every database's 64-bit integer holds this.
LARGEST_PENCE = 10**11

_POUNDS = re.compile(
    r"(?P<sign>[-−+]?)£?(?P<sign_after>[-−]?)"
    r"(?P<pounds>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.(?P<pence>[0-9]{1,2}))?"
)
_PENCE_ONLY = re.compile(r"(?P<sign>[-−+]?)(?P<pence>[0-9]{1,2})p", re.IGNORECASE)


class NotAnAmount(Refusal):
    """The text does not say an amount of money."""


def format_pence(pence: int) -> str:
    """Write pence as pounds: `format_pence(123456)` is "£1,234.56"; below nought the minus comes first."""
    pounds, rest = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}£{pounds:,}.{rest:02d}"


def parse_pounds(text: str) -> int:
    """Read an amount in pounds as people type it ("£1,234.56", "1234.5", "-3", "50p") and return pence.

    Raises `NotAnAmount` for anything else: an empty text, a misplaced comma ("1,23" may be a continental
    decimal or a slip, and guessing would change the amount a hundredfold), more than two decimals, or more
    than a billion pounds.
    """
    compact = "".join(text.split())
    if not compact:
        raise NotAnAmount("missing", gettext_noop("Enter an amount, for example £12.50."))
    if match := _PENCE_ONLY.fullmatch(compact):
        pence = int(match["pence"])
        return -pence if match["sign"] in {"-", "−"} else pence
    match = _POUNDS.fullmatch(compact)
    if match is None or (match["pounds"] is None and match["pence"] is None):
        raise NotAnAmount(
            "not_an_amount",
            gettext_noop(
                "“{entered}” is not an amount in pounds. Write it like £1,234.56, with at most two decimals."
            ),
            entered=text.strip(),
        )
    if match["sign"] and match["sign_after"]:
        raise NotAnAmount(
            "two_signs",
            gettext_noop("“{entered}” has two signs. Write one minus, like -£3.20."),
            entered=text.strip(),
        )
    digits = (match["pounds"] or "0").replace(",", "")
    if len(digits) > 12:
        raise _too_large(text)
    pence = int(digits) * 100 + int((match["pence"] or "").ljust(2, "0"))
    if pence > LARGEST_PENCE:
        raise _too_large(text)
    negative = match["sign"] in {"-", "−"} or match["sign_after"] != ""
    return -pence if negative else pence


def _too_large(text: str) -> NotAnAmount:
    return NotAnAmount(
        "too_large",
        gettext_noop("“{entered}” is more than a billion pounds. Check the number of digits."),
        entered=text.strip(),
    )
