"""Uncertain exam weights: what to expect of a rule's share when the shares told are rough.

The policy's gain is linear in a rule's share, so its mean is all that it needs. If true shares and
their errors are lognormal within a section, the mean of what is true given what is told is a power
of what is told (Efron and Morris 1975, on estimates drawn to their mean): the rougher the figures,
the nearer to equal shares. A section's total is published and stays. For a pack the same is done
once, by halves, where documented shares are mixed with even ones (``pack/blueprint.py``).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def expected_shares(told: Floats, section_of: Ints, error: float) -> Floats:
    """Expected exam shares [K] of rules that are told as ``told`` [K], positive.

    ``error``: standard deviation of the logarithm of what is told around what is true; 0 leaves
    the shares as they are. The spread of true shares is what is left of the spread told.
    """
    if error == 0.0:
        return told
    logs = np.log(told)
    count = np.bincount(section_of)
    inside = logs - (np.bincount(section_of, logs) / count)[section_of]
    spread = float((inside**2).sum() / max(len(told) - len(count), 1))
    drawn = told ** max(0.0, 1.0 - error**2 / max(spread, 1e-12))
    total = np.bincount(section_of, told) / np.bincount(section_of, drawn)
    result: Floats = drawn * total[section_of]
    return result
