"""A smaller year of both makers of gifts: recall and precision keep above what was measured, less some room for chance."""

import pytest

from bench._gifts_planted import PlantedYear
from bench._gifts_tuned import tuned_year
from bench._gifts_unseen import unseen_year
from bench.splitting import SETTINGS, by_grade, measure, spreadsheet
from hustings.money.rules.splitting.flags import find_flags


@pytest.mark.parametrize(
    ("year", "least_precision", "least_recall"),
    [
        (tuned_year(gifts=6_000, splitters=5, seed=11), 0.85, 0.80),
        (unseen_year(gifts=6_000, splitters=5, seed=11), 0.85, 0.70),
    ],
    ids=["tuned on", "never tuned on"],
)
def test_splitters_are_found_and_others_left_alone(
    year: PlantedYear, least_precision: float, least_recall: float
) -> None:
    """Questions find most splitters, most questions are right, and the spreadsheet does worse at both."""
    flags = find_flags(gifts=year.gifts, settings=SETTINGS)
    found = measure(year=year, groups=by_grade(flags=flags, grades=frozenset({"question"})))
    peer = measure(year=year, groups=spreadsheet(year=year))
    assert found.total_precision >= least_precision
    assert found.total_recall >= least_recall
    assert found.total_precision > peer.total_precision
    assert found.total_recall > peer.total_recall
