"""The E step: expected counts, the only thing that a partition has to hand over.

For every item and node: how many people of that ability are expected among those who saw the item,
and among those who had it right (Bock & Aitkin 1981, Psychometrika 46:443). Counts of partitions
add up, so answers may stay where they are.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike, NDArray

from roadworthy.errors import BadInput
from roadworthy.learner.calibration.answers import Answers
from roadworthy.learner.calibration.curves import Curves, Floats, Grid

Reals = NDArray[np.floating]


@dataclass(frozen=True)
class ExpectedCounts:
    """``seen[I, Q]`` and ``right[I, Q]`` people; ``log_likelihood`` of ``people``, in nats."""

    seen: Floats
    right: Floats
    log_likelihood: float
    people: int

    def __add__(self, other: ExpectedCounts) -> ExpectedCounts:
        if self.seen.shape != other.seen.shape:
            raise BadInput(
                "Counts of different items or nodes do not add up.",
                where=f"{self.seen.shape} and {other.seen.shape}",
                mend="Take both with the same items and the same grid.",
            )
        return ExpectedCounts(
            self.seen + other.seen,
            self.right + other.right,
            self.log_likelihood + other.log_likelihood,
            self.people + other.people,
        )


def expected_counts(
    answers: Answers,
    curves: Curves,
    grid: Grid,
    *,
    precision: DTypeLike = np.float64,
    threads: Executor | None = None,
) -> ExpectedCounts:
    """Expected counts of one partition under ``curves``.

    In double precision, halves add up to the whole within 1e-9 of it. The fit takes single
    precision: on 500,000 answers 11 ms instead of 17, and counts off by 1e-6 of themselves.
    """
    shares, log_likelihood = shares_of_people(
        answers, curves, grid, precision=precision, threads=threads
    )
    outcomes = answers.by_outcome.of(shares, threads=threads).astype(np.float64)
    right = outcomes[answers.items :]
    return ExpectedCounts(outcomes[: answers.items] + right, right, log_likelihood, answers.people)


def shares_of_people(
    answers: Answers,
    curves: Curves,
    grid: Grid,
    *,
    precision: DTypeLike = np.float64,
    threads: Executor | None = None,
) -> tuple[Reals, float]:
    """Each person's posterior over the nodes, ``[people + 1, Q]``, and the log likelihood.

    The last row is zero: ``Sums`` takes it as padding.
    """
    outcomes, nodes = 2 * answers.items, len(grid.ability)
    table = np.zeros((outcomes + 1, nodes), precision)
    table[:outcomes] = curves.log_chances(grid.ability)
    shares = np.empty((answers.people + 1, nodes), precision)
    logs = answers.by_person.of(table, out=shares[:-1], threads=threads)
    logs += grid.log_share.astype(precision)
    highest = logs.max(axis=1, keepdims=True)
    np.exp(np.subtract(logs, highest, out=logs), out=logs)
    # One dot product a row: BLAS may put a product this thin on all cores, and wait for them.
    total = np.vecdot(logs, np.ones(nodes, precision))[:, None]
    logs /= total
    shares[-1] = 0
    log_likelihood = highest.sum(dtype=np.float64) + np.log(total, dtype=np.float64).sum()
    return shares, float(log_likelihood)
