"""Do more gifts lie just below a threshold than a smooth ledger would have? A test of the whole ledger, never of a donor.

Amounts between four and sixteen tenths of the threshold are counted in bins of a fiftieth of it, round amounts left out (people
like them for their own sake). A Poisson regression of the counts outside the window below the threshold, a cubic in the amount
with a step for bins that lost their round amount, says what the window should hold. The chance of as many or more gifts is the
tail of a gamma-Poisson whose variance holds the noise of the counts, their overdispersion and the uncertainty of the fit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_BINS_TO_THRESHOLD = 50
_FIRST_BIN, _LAST_BIN = 20, 80
_WINDOW_BINS = 5
_LEAST_GIFTS = 30
_MOST_DEGREE = 3
_STEPS = 60
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(41)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bin: from an amount on, how many gifts it has and how many the smooth curve expects."""

    from_pence: int
    observed: int
    expected: float
    is_window: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bunching:
    """The test of one threshold. `p_value` is the chance of so many gifts just below it, were the ledger smooth; none where
    there are too few gifts to say (`gifts` in the range looked at).
    """

    threshold_pence: int
    from_pence: int
    gifts: int
    observed: int
    expected: float
    p_value: float | None
    bars: tuple[Bar, ...]

    @property
    def sentence(self) -> str:
        """The finding in words."""
        if self.p_value is None:
            return f"Only {self.gifts} gifts lie near this threshold: too few to say anything."
        verdict = (
            "more than a smooth ledger would have by chance"
            if self.p_value < 0.01
            else "no more than a smooth ledger may have by chance"
        )
        return (
            f"{self.observed} gifts lie just below the threshold where {self.expected:.1f} are expected: {verdict} "
            f"(p = {self.p_value:.3g})."
        )


def bunching_below(*, amounts_pence: Iterable[int], threshold_pence: int, round_pence: int) -> Bunching:
    """Test the gifts just below a threshold (the last tenth) against the smooth curve through all others.

    `round_pence`: multiples of it are round amounts and left out (£50 for £500, £5 for £50, £500 for £11,180).
    """
    width = threshold_pence // _BINS_TO_THRESHOLD
    edges = [width * number for number in range(_FIRST_BIN, _LAST_BIN)]
    counts = np.zeros(len(edges))
    for amount in amounts_pence:
        place = amount // width - _FIRST_BIN
        if 0 <= place < len(edges) and amount % round_pence:
            counts[place] += 1
    window = np.array([threshold_pence - _WINDOW_BINS * width <= edge < threshold_pence for edge in edges])
    gifts = int(counts.sum())
    if gifts < _LEAST_GIFTS:
        return _result(threshold_pence, edges, width, counts, window, None, None, gifts)
    fits = [
        _poisson_fit(_design(edges, width, threshold_pence, round_pence, degree), counts, window)
        for degree in range(_MOST_DEGREE + 1)
    ]
    fit = min(fits, key=lambda one: one.criterion)
    p_value = _tail(int(counts[window].sum()), fit)
    return _result(threshold_pence, edges, width, counts, window, fit.curve, p_value, gifts)


@dataclass(frozen=True, slots=True)
class _Fit:
    """A fitted curve: the window's expected sum, the standard error of its logarithm, the overdispersion (one at least)."""

    curve: NDArray[np.float64]
    expected: float
    log_error: float
    dispersion: float
    criterion: float


def _design(
    edges: Sequence[int], width: int, threshold: int, round_pence: int, degree: int
) -> NDArray[np.float64]:
    middle = (np.array(edges, dtype=float) + width / 2) / threshold - 1
    lost_round = np.array(
        [any((edge + pence) % round_pence == 0 for pence in range(width)) for edge in edges]
    )
    columns = [middle**power for power in range(degree + 1)]
    if 0 < lost_round.sum() < len(edges):
        columns.append(lost_round.astype(float))
    return np.stack(columns, axis=1)


def _poisson_fit(design: NDArray[np.float64], counts: NDArray[np.float64], window: NDArray[np.bool_]) -> _Fit:
    """Poisson regression outside the window by iterated weighted least squares, with a pinch of ridge. One gift more than there
    is, spread over all bins, keeps an empty ledger from expecting nothing at all.
    """
    x, y = design[~window], counts[~window] + 1 / int((~window).sum())
    ridge = 1e-6 * np.eye(x.shape[1])
    beta = np.zeros(x.shape[1])
    beta[0] = np.log(y.mean())
    for _ in range(_STEPS):
        mean = np.exp(np.clip(x @ beta, -20, 20))
        information = x.T @ (mean[:, None] * x) + ridge
        step = np.linalg.solve(information, x.T @ (y - mean) - ridge @ beta)
        beta = beta + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-8:
            break
    mean = np.exp(np.clip(x @ beta, -20, 20))
    covariance = np.linalg.inv(x.T @ (mean[:, None] * x) + ridge)
    freedom = max(1, len(y) - x.shape[1])
    dispersion = max(1.0, float(((y - mean) ** 2 / np.maximum(mean, 1e-9)).sum()) / freedom)
    curve = np.exp(np.clip(design @ beta, -20, 20))
    expected = float(curve[window].sum())
    # The delta method: the gradient of the logarithm of the window's sum by the coefficients.
    gradient = (curve[window][:, None] * design[window]).sum(axis=0) / expected
    return _Fit(
        curve=curve,
        expected=expected,
        log_error=float(np.sqrt(dispersion * max(0.0, float(gradient @ covariance @ gradient)))),
        dispersion=dispersion,
        criterion=float(2 * x.shape[1] - 2 * _log_likelihood(y, mean) / dispersion),
    )


def _log_likelihood(counts: NDArray[np.float64], mean: NDArray[np.float64]) -> float:
    return float((counts * np.log(np.maximum(mean, 1e-12)) - mean).sum())


def _tail(observed: int, fit: _Fit) -> float:
    """The chance of so many or more, averaged over a log-normal error of the expected number."""
    # A second to import: only where it is needed.
    from scipy.stats import nbinom, poisson

    means = fit.expected * np.exp(np.clip(fit.log_error * _NODES, -20, 20))
    if fit.dispersion <= 1 + 1e-9:
        tails = poisson.sf(observed - 1, means)
    else:
        sizes = means / (fit.dispersion - 1)
        tails = nbinom.sf(observed - 1, sizes, 1 / fit.dispersion)
    return float(np.clip((_WEIGHTS * tails).sum() / _WEIGHTS.sum(), 0, 1))


def _result(
    threshold: int,
    edges: Sequence[int],
    width: int,
    counts: NDArray[np.float64],
    window: NDArray[np.bool_],
    fitted: NDArray[np.float64] | None,
    p_value: float | None,
    gifts: int,
) -> Bunching:
    expected = np.zeros(len(edges)) if fitted is None else fitted
    return Bunching(
        threshold_pence=threshold,
        from_pence=threshold - _WINDOW_BINS * width,
        gifts=gifts,
        observed=int(counts[window].sum()),
        expected=float(expected[window].sum()),
        p_value=p_value,
        bars=tuple(
            Bar(edge, int(count), float(curve), bool(inside))
            for edge, count, curve, inside in zip(edges, counts, expected, window, strict=True)
        ),
    )
