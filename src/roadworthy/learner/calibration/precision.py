"""Standard errors of item curves, from the observed information at the mode.

Information of an item's two parameters, by Louis (1982, J. R. Stat. Soc. B 44:226): the expected
curvature of the complete log likelihood, less what is lost because abilities are not seen, plus the
priors' share. Blocks of two are inverted item by item: what items share through the scale of
ability is left out. So errors come out too small: held against the inverse of the whole matrix, on
50 to 200 items with 50 answers a person, by 1 to 2% for slopes and 2 to 6% for difficulties in the
median.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from roadworthy.learner.calibration.answers import Answers
from roadworthy.learner.calibration.counts import shares_of_people
from roadworthy.learner.calibration.curves import Curves, Floats, Grid, logistic
from roadworthy.learner.calibration.maximize import Priors

SMALL = 1e-12
# Information that is taken for granted, so that without answers and priors errors are finite.
LEAST = 1e-6


@dataclass(frozen=True)
class StandardErrors:
    """Of ``slope`` and ``easiness``, and by the delta method of ``difficulty``; each ``[I]``."""

    slope: Floats
    easiness: Floats
    difficulty: Floats


def standard_errors(
    partitions: Sequence[Answers],
    curves: Curves,
    *,
    nodes: int = 31,
    priors: Priors | None = None,
) -> StandardErrors:
    """Standard errors of ``curves`` at the mode, from the answers that they were fitted to.

    An item without answers gets those of the priors. All are finite, with flat priors as well.
    """
    grid, priors = Grid.of(nodes), priors or Priors()
    information = reduce(np.add, (information_of(one, curves, grid) for one in partitions))
    first = np.maximum(information[:, 0] + 1 / priors.sd_log_slope**2, LEAST)
    mixed = information[:, 1]
    second = np.maximum(information[:, 2] + 1 / priors.sd_easiness**2, LEAST)
    determinant = np.maximum(first * second - mixed**2, LEAST**2)
    log_slope, easiness, both = second / determinant, first / determinant, -mixed / determinant
    # b = -d / a, so db = -b dlog(a) - dd / a
    by_slope, by_easiness = -curves.difficulty, -1 / curves.slope
    difficulty = (
        by_slope**2 * log_slope + by_easiness**2 * easiness + 2 * by_slope * by_easiness * both
    )
    return StandardErrors(
        curves.slope * np.sqrt(log_slope), np.sqrt(easiness), np.sqrt(np.maximum(difficulty, 0))
    )


def information_of(answers: Answers, curves: Curves, grid: Grid) -> Floats:
    """One partition's share of the information, ``[I, 3]``: (1,1), (1,2), (2,2).

    The first parameter is log slope, the second easiness. Shares of partitions add up.
    """
    shares, _ = shares_of_people(answers, curves, grid)
    people = answers.by_outcome.of(shares)
    score, bend = _derivatives(curves, grid)
    outward = np.concatenate([curves.slope, curves.slope])[:, None] * grid.ability
    complete = np.stack(
        [
            (people * (bend * outward**2 - score * outward)).sum(axis=1),
            (people * bend * outward).sum(axis=1),
            (people * bend).sum(axis=1),
        ],
        axis=1,
    )
    squares = people * score**2
    scores = np.stack(
        [(squares * outward**2).sum(axis=1), (squares * outward).sum(axis=1), squares.sum(axis=1)],
        axis=1,
    )
    means = answers.by_outcome.products(shares, np.stack([score * outward, score], axis=2))
    mean_squares = [means[:, 0] ** 2, means[:, 0] * means[:, 1], means[:, 1] ** 2]
    known = np.stack(
        [np.bincount(answers.item, one, minlength=answers.items) for one in mean_squares], axis=1
    )
    both = complete - scores
    total: Floats = both[: answers.items] + both[answers.items :] + known
    return total


def _derivatives(curves: Curves, grid: Grid) -> tuple[Floats, Floats]:
    """Of the log chance of each outcome by its logit, ``[2 I, Q]``: first, and minus second."""
    logits = curves.logits(grid.ability)
    inner = logistic(logits)
    # share of a right answer that is knowledge, not a guess: exp z / (c + exp z)
    floor = curves.floor[:, None]
    known = inner / np.maximum(inner + floor * (1 - inner), SMALL)
    bend = inner * (1 - inner)
    return (
        np.concatenate([-inner, known - inner]),
        np.concatenate([bend, bend - known * (1 - known)]),
    )
