"""Measure the imprint in what was read: the least contrast and the smallest letters of the words that make it."""

from collections.abc import Iterable, Sequence

from hustings.clearance.rules.facts import Measures, Responsible, Run
from hustings.clearance.rules.parts import postcodes_in, words_of


def measures_of(*, runs: Sequence[Run], named: Iterable[Responsible], measured: Measures) -> Measures:
    """Fill in the contrast and size of the imprint from the runs that hold a postcode of it, or its name with address words.

    What somebody measured by hand (`measured`) stands. Without such a run nothing is known.
    """
    people = list(named)
    postcodes = {code for one in people for code in postcodes_in(one.address)}
    names = [words_of(one.name) for one in people]
    held = [run for run in runs if postcodes & postcodes_in(run.text) or _names_one(run.text, names)]
    if not held:
        return measured
    contrasts = [run.contrast for run in held if run.contrast is not None]
    sizes = [run.px for run in held if run.px is not None]
    return Measures(
        contrast=measured.contrast if measured.contrast is not None else min(contrasts, default=None),
        smallest_px=measured.smallest_px if measured.smallest_px is not None else min(sizes, default=None),
        seconds_on_screen=measured.seconds_on_screen,
    )


def _names_one(text: str, names: Sequence[tuple[str, ...]]) -> bool:
    words = words_of(text)
    is_imprint = any(word in words for word in ("promoted", "hyrwyddwyd", "printed", "argraffwyd", "behalf"))
    return is_imprint and any(set(name) <= set(words) for name in names if name)
