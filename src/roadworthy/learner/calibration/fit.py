"""Marginal maximum likelihood by EM, accelerated: item curves from sparse answers.

Each round takes expected counts from every partition, adds them and maximizes. EM alone crawls
along the few directions in which all items move together; Anderson's mixing of the last rounds
(Walker & Ni 2011, SIAM J. Numer. Anal. 49:1715) takes those out. A mixed point that lowers the
posterior density is dropped for the plain EM step, so the density rises from one kept point to the
next as it does in EM.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import DTypeLike

from roadworthy.errors import BadInput
from roadworthy.learner.calibration.answers import Answers
from roadworthy.learner.calibration.counts import ExpectedCounts, expected_counts
from roadworthy.learner.calibration.curves import Curves, Floats, Grid
from roadworthy.learner.calibration.maximize import Priors, maximized

TOLERANCE = 1e-3
MOST_ROUNDS = 500
REMEMBERED = 6
# A fall of the log likelihood by less than this share of it may be noise of single precision.
NOISE = 1e-7


@dataclass(frozen=True)
class Fit:
    """What came out: the curves, after how many rounds, and whether the steps became small."""

    curves: Curves
    rounds: int
    converged: bool
    log_likelihood: float


def fit(
    partitions: Sequence[Answers],
    *,
    floor: float | Floats = 0.0,
    nodes: int = 31,
    tolerance: float = TOLERANCE,
    priors: Priors | None = None,
    precision: DTypeLike = np.float32,
    workers: int | None = None,
    most_rounds: int = MOST_ROUNDS,
) -> Fit:
    """Item curves by MML-EM; person abilities are N(0, 1).

    ``floor``: guess floor of all items or ``[I]``, fixed; 0 gives the plain two-parameter model.
    ``tolerance``: the rounds end when no log slope and no easiness would move by more in a plain
    EM step. ``workers``: threads, at most 2 by default. BadInput without a partition, or where
    partitions differ in their items.
    """
    items = _items_of(partitions)
    grid, priors = Grid.of(nodes), priors or Priors()
    floors = np.broadcast_to(np.asarray(floor, np.float64), (items,)).copy()
    if not ((floors >= 0) & (floors < 1)).all():
        raise BadInput("A guess floor is not within 0 to 1.", mend="Use 1 / number of options.")
    count = min(2, os.cpu_count() or 1) if workers is None else workers
    with ThreadPoolExecutor(max(1, count)) as pool:
        threads = pool if count > 1 else None
        return _climb(
            partitions,
            _start(partitions, floors),
            grid,
            priors,
            tolerance,
            precision,
            threads,
            most_rounds,
        )


def _climb(
    partitions: Sequence[Answers],
    start: Curves,
    grid: Grid,
    priors: Priors,
    tolerance: float,
    precision: DTypeLike,
    threads: Executor | None,
    most_rounds: int,
) -> Fit:
    mixing = _Mixing()
    point, fallback, best = start, start, -np.inf
    for number in range(1, most_rounds + 1):
        counts = _added(partitions, point, grid, precision, threads)
        height = counts.log_likelihood + priors.log_density(point)
        if height < best - NOISE * abs(best) and fallback is not point:
            point = fallback
            mixing.forget()
            continue
        best = height
        fallback = maximized(counts, point, grid, priors)
        step = float(np.abs(_flat(fallback) - _flat(point)).max(initial=0.0))
        # The last point is mixed as well: it costs nothing, and ends nearer to the mode than EM's.
        point = _curves(mixing.next(_flat(point), _flat(fallback)), start.floor)
        if step < tolerance:
            return Fit(point, number, True, counts.log_likelihood)
    return Fit(fallback, most_rounds, False, best)


class _Mixing:
    """Anderson's mixing: the combination of the last points whose EM steps cancel best."""

    def __init__(self) -> None:
        self._points: list[Floats] = []
        self._mapped: list[Floats] = []

    def forget(self) -> None:
        self._points.clear()
        self._mapped.clear()

    def next(self, point: Floats, mapped: Floats) -> Floats:
        """Where to go from ``point``, which EM takes to ``mapped``."""
        self._points = [*self._points, point][-REMEMBERED:]
        self._mapped = [*self._mapped, mapped][-REMEMBERED:]
        if len(self._points) == 1:
            return mapped
        steps = np.stack(self._mapped) - np.stack(self._points)
        shares = np.linalg.lstsq(np.diff(steps, axis=0).T, steps[-1], rcond=1e-8)[0]
        there: Floats = mapped - shares @ np.diff(np.stack(self._mapped), axis=0)
        return there


def _added(
    partitions: Sequence[Answers],
    curves: Curves,
    grid: Grid,
    precision: DTypeLike,
    threads: Executor | None,
) -> ExpectedCounts:
    each = (
        expected_counts(one, curves, grid, precision=precision, threads=threads)
        for one in partitions
    )
    return reduce(add, each)


def _start(partitions: Sequence[Answers], floor: Floats) -> Curves:
    """Slope 1, and the easiness that gives the share right, pulled a little toward one half."""
    seen = sum(one.seen_of_items() for one in partitions)
    right = sum(one.right_of_items() for one in partitions)
    share = (right + 1.0) / (seen + 2.0)
    share = np.clip((share - floor) / (1 - floor), 0.02, 0.98)
    return Curves(np.ones(len(floor)), 1.15 * np.log(share / (1 - share)), floor)


def _items_of(partitions: Sequence[Answers]) -> int:
    sizes = {one.items for one in partitions}
    if len(sizes) != 1:
        raise BadInput(
            "There is nothing to calibrate from." if not sizes else "Partitions differ in items.",
            where="calibration",
            mend="Give partitions that number the same items.",
        )
    return sizes.pop()


def _flat(curves: Curves) -> Floats:
    return np.concatenate([np.log(curves.slope), curves.easiness])


def _curves(flat: Floats, floor: Floats) -> Curves:
    items = len(floor)
    return Curves(np.exp(np.clip(flat[:items], -5, 3)), flat[items:], floor)
