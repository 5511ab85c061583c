"""A few marks of a text by which its like are found among very many, without holding every two against each other.

Winnowing (Schleimer, Wilkerson, Aiken 2003) over runs of twelve letters: of so many neighbouring runs the one with the smallest
hash is kept. Of a short text every four runs give one, of a long one every sixteen: a text that shares a stretch of 15 letters
with a short material, or of 27 with a long one, is certain to share a mark with it; a scan with one letter in twenty wrong still
shares many. What a wide window keeps, a narrow one over the same letters keeps too, so a question always looks closely. Which
marks are worth asking for follows from how many materials bear them.
"""

import hashlib
from collections import deque
from collections.abc import Iterable, Mapping, Sequence

RUN = 12
CLOSE, WIDE = 4, 16
#: A material of more letters is marked in wide windows, a question only from the second number on.
SHORT, LONG_QUESTION = 400, 20_000
_BITS = 48  # small enough for six bytes in a table

#: So many pairs of mark and material are read for one question, and so many materials are compared in full.
MOST_PAIRS, MOST_COMPARED = 20_000, 60


def marks_of_material(words: Sequence[str]) -> frozenset[int]:
    """The marks a material is kept under, given as its words; one of fewer than twelve letters has none."""
    return _winnowed("".join(words), up_to=SHORT)


def marks_of_question(words: Sequence[str]) -> frozenset[int]:
    """The marks by which a text asks for materials."""
    return _winnowed("".join(words), up_to=LONG_QUESTION)


def _winnowed(letters: str, *, up_to: int) -> frozenset[int]:
    runs = [_hashed(letters[place : place + RUN]) for place in range(len(letters) - RUN + 1)]
    window = CLOSE if len(letters) <= up_to else WIDE
    if len(runs) <= window:
        return frozenset([min(runs)]) if runs else frozenset()
    # The smallest of each window, kept up to date in one pass; of equals the later one, so that fewer are kept.
    kept: set[int] = set()
    ahead: deque[int] = deque()
    for place, one in enumerate(runs):
        while ahead and runs[ahead[-1]] >= one:
            ahead.pop()
        ahead.append(place)
        if ahead[0] <= place - window:
            ahead.popleft()
        if place >= window - 1:
            kept.add(runs[ahead[0]])
    return frozenset(kept)


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


def _hashed(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=_BITS // 8).digest(), "big")
