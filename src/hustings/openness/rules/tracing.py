"""A few marks of a text by which its like are found among very many, without holding every two against each other.

Winnowing (Schleimer, Wilkerson, Aiken 2003) over runs of twelve letters: of so many neighbouring runs the one with the smallest
hash is kept. Of a short text every four runs give one, of a long one every sixteen: a text that shares a stretch of 15 letters
with a short material, or of 27 with a long one, is certain to share a mark with it; a scan with one letter in twenty wrong still
shares many. What a wide window keeps, a narrow one over the same letters keeps too, so a question always looks closely. Which
marks are worth asking for follows from how many materials bear them.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

RUN = 12
CLOSE, WIDE = 4, 16
#: A material of more letters is marked in wide windows, a question only from the second number on.
SHORT, LONG_QUESTION = 400, 20_000
_BITS = 48  # small enough for six bytes in a table
#: Odd numbers of 64 bits, multiplied without regard to what overflows (the last two are of SplitMix64).
_BASE = np.uint64(0x9E3779B97F4A7C15)
_STIR = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))

#: So many pairs of mark and material are read for one question, and so many materials are compared in full.
MOST_PAIRS, MOST_COMPARED = 20_000, 60


def marks_of_material(words: Sequence[str]) -> frozenset[int]:
    """The marks a material is kept under, given as its words; one of fewer than twelve letters has none."""
    return _winnowed("".join(words), up_to=SHORT)


def marks_of_question(words: Sequence[str]) -> frozenset[int]:
    """The marks by which a text asks for materials."""
    return _winnowed("".join(words), up_to=LONG_QUESTION)


def _winnowed(letters: str, *, up_to: int) -> frozenset[int]:
    """The smallest hash of each window of neighbouring runs; of equals all are the same mark."""
    runs = _hashes(letters)
    window = CLOSE if len(letters) <= up_to else WIDE
    if len(runs) <= window:
        return frozenset([int(runs.min())]) if len(runs) else frozenset()
    smallest = np.lib.stride_tricks.sliding_window_view(runs, window).min(axis=1)
    return frozenset(np.unique(smallest).tolist())


def _hashes(letters: str) -> "npt.NDArray[np.uint64]":
    """A hash of each run of letters: a polynomial of their code points, then stirred so that small is random."""
    points = np.frombuffer(letters.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    count = len(points) - RUN + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    runs = np.zeros(count, dtype=np.uint64)
    for place in range(RUN):
        runs = runs * _BASE + points[place : place + count]
    for times in _STIR:
        runs = (runs ^ (runs >> np.uint64(31))) * times
    return runs >> np.uint64(64 - _BITS)


def worth_asking(held: Mapping[int, int]) -> list[int]:
    """Of marks with the number of materials that bear each, the rarest, until `MOST_PAIRS` pairs would be read.

    What everybody writes (“thank you for your support”) tells nothing and would cost most. One mark is always asked for.
    """
    chosen: list[int] = []
    pairs = 0
    for mark, count in sorted(held.items(), key=lambda one: (one[1], one[0])):
        pairs += count
        if chosen and pairs > MOST_PAIRS:
            break
        chosen.append(mark)
    return chosen


def likeliest(found: Iterable[tuple[int, int]], *, held: Mapping[int, int]) -> list[int]:
    """The materials worth comparing, of pairs of material and mark: those that share most, a rare mark counting for more."""
    weight: dict[int, float] = {}
    for material, mark in found:
        weight[material] = weight.get(material, 0.0) + 1 + 1 / held[mark]
    ranked = sorted(weight, key=lambda material: (-weight[material], -material))
    return ranked[:MOST_COMPARED]
