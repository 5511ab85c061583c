"""The test of the whole ledger: quiet on a smooth one, loud on one that bunches, silent where there is too little."""

import numpy as np

from hustings.money.rules.splitting.bunching import bunching_below


def _smooth(*, seed: int, gifts: int) -> list[int]:
    generator = np.random.default_rng(seed)
    return [int(amount) for amount in np.exp(generator.normal(10, 1.2, gifts))]


def test_a_smooth_ledger_is_called_unusual_about_as_often_as_it_says() -> None:
    """Among a hundred smooth ledgers few have a p-value under a twentieth, and none under one in ten thousand."""
    found = [
        bunching_below(
            amounts_pence=_smooth(seed=seed, gifts=8_000), threshold_pence=50_000, round_pence=5_000
        ).p_value
        for seed in range(100)
    ]
    values = [value for value in found if value is not None]
    assert len(values) == 100
    assert sum(value < 0.05 for value in values) <= 12
    assert min(values) > 1e-4


def test_eighty_gifts_too_many_just_below_are_found() -> None:
    """A smooth ledger with eighty more at £495."""
    amounts = [*_smooth(seed=1, gifts=8_000), *([49_500] * 80)]
    found = bunching_below(amounts_pence=amounts, threshold_pence=50_000, round_pence=5_000)
    assert found.p_value is not None
    assert found.p_value < 1e-4
    assert found.observed > found.expected + 60
    assert "more than a smooth ledger" in found.sentence


def test_round_amounts_are_left_out() -> None:
    """A thousand gifts of exactly £500 or £450 say nothing: people like round sums."""
    amounts = [*_smooth(seed=2, gifts=8_000), *([50_000, 45_000] * 1_000)]
    plain = bunching_below(
        amounts_pence=_smooth(seed=2, gifts=8_000), threshold_pence=50_000, round_pence=5_000
    )
    found = bunching_below(amounts_pence=amounts, threshold_pence=50_000, round_pence=5_000)
    assert found.p_value == plain.p_value


def test_too_few_gifts_give_no_p_value() -> None:
    """Nothing is said of a handful."""
    found = bunching_below(amounts_pence=[49_500] * 5, threshold_pence=50_000, round_pence=5_000)
    assert found.p_value is None
    assert "too few" in found.sentence


def test_bars_add_up() -> None:
    """The picture's bars hold every gift that was looked at; five of them are the window."""
    found = bunching_below(
        amounts_pence=_smooth(seed=3, gifts=8_000), threshold_pence=1_118_000, round_pence=50_000
    )
    assert sum(bar.observed for bar in found.bars) == found.gifts
    assert sum(bar.is_window for bar in found.bars) == 5
