"""The interval of a share that was counted."""

from __future__ import annotations

import math

EIGHT_OF_TEN = 1.2816
"""Standard normal quantile of an interval that holds 8 of 10, as all that we show."""


def wilson(right: int, of: int, z: float) -> tuple[float, float]:
    """Wilson's score interval of a share, 0 to 1; (0, 1) where nothing was counted.

    Wilson (1927), Probable inference, the law of succession, and statistical inference, Journal of
    the American Statistical Association 22.
    """
    if of == 0:
        return 0.0, 1.0
    share = right / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)
