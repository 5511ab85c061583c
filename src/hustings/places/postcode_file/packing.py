"""Whole lists of postcodes packed and judged at once, by the same rules as `basics.postcode` for one.

A list is joined, its bytes brought to upper case and freed of spaces in one pass, and cut again by the ends
of its lines; eight bytes read as one big-endian integer are the packed postcode.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]

WIDTH = 8
_LINE_END = 10
_UPPER = bytes(range(256)).upper()
_DROPPED = b" \t\r\x0b\x0c-.,'"

# One bit for each set of characters that some position may hold.
_FIRST, _SECOND, _DIGIT, _TENS, _THIRD, _FOURTH, _INWARD, _Z = (1 << bit for bit in range(8))
_SETS = {
    _FIRST: b"ABCDEFGHIJKLMNOPRSTUWYZ",
    _SECOND: b"ABCDEFGHKLMNOPQRSTUVWXY",
    _DIGIT: b"0123456789",
    _TENS: b"123456789",
    _THIRD: b"ABCDEFGHJKPSTUW",
    _FOURTH: b"ABEHMNPRVWXY",
    _INWARD: b"ABDEFGHJLNPQRSTUWXYZ",
    _Z: b"Z",
}
_OUTWARD_SHAPES = (
    (_FIRST, _DIGIT),
    (_FIRST, _TENS, _DIGIT),
    (_FIRST, _TENS, _THIRD),
    (_FIRST, _SECOND, _DIGIT),
    (_FIRST, _SECOND, _TENS, _DIGIT),
    (_FIRST, _SECOND, _DIGIT, _FOURTH),
    (_Z, _Z, _DIGIT),
    (_Z, _Z, _TENS, _DIGIT),
    (_Z, _Z, _DIGIT, _FOURTH),
)


def _character_sets() -> Bytes:
    table = np.zeros(256, dtype=np.uint8)
    for bit, characters in _SETS.items():
        table[np.frombuffer(characters, dtype=np.uint8)] |= bit
    return table


_MEMBERSHIP = _character_sets()


@dataclass(frozen=True, slots=True)
class Packed:
    """`keys[i]` is the i-th text packed, -1 where it is empty or too long; `characters` its eight bytes."""

    keys: Integers
    characters: Bytes
    lengths: Integers

    def shapes(self, rows: Integers) -> Flags:
        """Say for each of these rows whether its characters have the exact shape of a postcode."""
        characters, lengths = self.characters[rows], self.lengths[rows]
        members = _MEMBERSHIP[characters]
        good = np.zeros(len(rows), dtype=np.bool_)
        for shape in _OUTWARD_SHAPES:
            wanted = (*shape, _DIGIT, _INWARD, _INWARD)
            fits = lengths == len(wanted)
            for position, bit in enumerate(wanted):
                fits &= (members[:, position] & bit) != 0
            good |= fits
        good |= self.keys[rows] == _GIRO
        good |= _forces(characters, lengths)
        return good


_GIRO = int.from_bytes(b"GIR0AA\0\0", "big")


def _forces(characters: Bytes, lengths: Integers) -> Flags:
    """Rows that read BFPO and a number of one to four digits without leading nought."""
    fits: Flags = (lengths >= 5) & (characters[:, :4] == np.frombuffer(b"BFPO", dtype=np.uint8)).all(axis=1)
    members = _MEMBERSHIP[characters[:, 4:]]
    fits &= (members[:, 0] & _TENS) != 0
    for position in range(1, 4):
        fits &= (lengths <= 4 + position) | ((members[:, position] & _DIGIT) != 0)
    return fits


def pack_many(texts: Sequence[str] | npt.NDArray[np.str_]) -> Packed:
    """Pack every text, in any spacing and case; nothing is mended and nothing is refused here."""
    listed: Sequence[str] = texts.tolist() if isinstance(texts, np.ndarray) else texts
    joined = "\n".join(listed)
    if joined.count("\n") != max(len(listed) - 1, 0):
        joined = "\n".join(text.replace("\n", " ") for text in listed)
    blob = joined.encode("ascii", "replace").translate(_UPPER, _DROPPED)
    # Eight noughts behind the last text let every row be read eight bytes wide.
    buffer = np.frombuffer(blob + b"\n" + bytes(WIDTH), dtype=np.uint8)
    ends = np.flatnonzero(buffer[: len(blob) + 1] == _LINE_END)
    if not len(listed):
        ends = ends[:0]
    starts = np.empty_like(ends)
    if len(ends):
        starts[0] = 0
        np.add(ends[:-1], 1, out=starts[1:])
    lengths = ends - starts
    windows = np.lib.stride_tricks.sliding_window_view(buffer, WIDTH)
    characters = windows[starts]
    characters[np.arange(WIDTH) >= lengths[:, None]] = 0
    keys = characters.view(">i8").reshape(-1).astype(np.int64)
    keys[(lengths > WIDTH) | (lengths == 0)] = -1
    return Packed(keys=keys, characters=characters, lengths=lengths)
