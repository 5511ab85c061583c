"""The letters by which answers stand on a sheet."""

#: Letters for parties: none that stands for another answer (S, G, X, L, U, N, W), none that is mistaken for a figure.
_LETTERS = "ABCDEFHJKMPQRTVYZ"


def sign_of(*, place: int) -> str:
    """The sign of the party in that place: A, B … Z, then A2, B2 …

    >>> sign_of(place=0), sign_of(place=17)
    ('A', 'A2')
    """
    turn, place = divmod(place, len(_LETTERS))
    return _LETTERS[place] + (str(turn + 1) if turn else "")
