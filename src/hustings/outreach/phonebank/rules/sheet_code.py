"""The code of a call list on paper: five letters that cannot be misread, and a sixth that notices a slip of the pen."""

from hustings.basics.refusals import Refusal, gettext_noop

#: Without what looks alike in handwriting: 0 O, 1 I L, 2 Z, 5 S, U V.
LETTERS = "ABCDEFGHJKMNPQRTWXY346789"
_LENGTH = 5


class NotASheetCode(Refusal):
    """No sheet can have this code."""


def code_of(*, number: int) -> str:
    """The code for a number below 25 to the fifth.

    >>> code_of(number=0), code_of(number=1)
    ('AAAAAA', 'AAAABH')
    """
    letters = []
    for _ in range(_LENGTH):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    body = "".join(reversed(letters))
    return body + _check(body)


def how_many() -> int:
    """How many codes there are."""
    return int(len(LETTERS) ** _LENGTH)


def read_code(*, entered: str) -> str:
    """The code as it is kept; raises `NotASheetCode` where a letter is wrong, missing or too many.

    >>> read_code(entered=" aaa-abh ")
    'AAAABH'
    """
    code = "".join(letter for letter in entered.upper() if letter.isalnum())
    is_one = len(code) == _LENGTH + 1 and set(code) <= set(LETTERS)
    if not is_one or _check(code[:-1]) != code[-1]:
        raise NotASheetCode(
            "code",
            gettext_noop("“{entered}” is not the code of a sheet. It stands at the top right: six letters."),
            entered=entered.strip()[:20],
        )
    return code


def _check(body: str) -> str:
    # Weights without a common factor with 25: each changed letter, and each swapped pair, gives another letter.
    weights = (2, 4, 8, 16, 7)
    total = sum(weight * LETTERS.index(letter) for weight, letter in zip(weights, body, strict=True))
    return LETTERS[total % len(LETTERS)]
