"""Memory of one rule: traces that decay at five speeds, and what they add to a logit.

The form follows knowledge tracing with decayed counts (DAS3H, Choffin et al. 2019; LKT, Pavlik and
Eglington): several exponential traces together forget like a power of time. Our addition, in the
spirit of the spacing effect (Walsh et al. 2018): what a repeat adds to a slow trace depends on the
gap, so five answers in one evening are worth less in a month than five on five evenings.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.weights import Weights

DAY_SECONDS = 86_400.0
Floats = NDArray[np.float64]


def days_between(earlier: datetime, later: datetime) -> float:
    """Days from ``earlier`` to ``later``, at least 0."""
    return max(0.0, (later - earlier).total_seconds() / DAY_SECONDS)


def decayed(traces: Sequence[float], days: float, weights: Weights) -> tuple[float, ...]:
    """Traces after some days without practice: each times exp(-days / its time constant)."""
    return tuple(
        trace * math.exp(-days / constant)
        for trace, constant in zip(traces, weights.time_constants, strict=True)
    )


def strengthened(
    traces: Sequence[float], days: float | None, credit: float, weights: Weights
) -> tuple[float, ...]:
    """Traces after an event of some credit, ``days`` after the last one (None: the first).

    Trace k becomes its decayed value + credit * (1 - full * (1 - spread)), where ``full`` is the
    decayed value, at most 1, and ``spread`` is (days / time constant) ** spacing, at most 1. So an
    empty trace takes all, and a full one takes little when the last event was a moment ago.
    """
    if days is None or not traces:
        return (credit,) * len(weights.time_constants)
    result = []
    for trace, constant in zip(traces, weights.time_constants, strict=True):
        left = trace * math.exp(-days / constant)
        spread = min(1.0, days / constant) ** weights.spacing
        result.append(left + credit * (1.0 - min(1.0, left) * (1.0 - spread)))
    return tuple(result)


def memory_logit(traces: Sequence[float], days: float, weights: Weights) -> float:
    """What memory adds to a rule's logit, ``days`` after ``traces`` were noted; 0 without any."""
    if not traces:
        return 0.0
    total = sum(
        share * trace * math.exp(-days / constant)
        for share, trace, constant in zip(
            weights.trace_shares, traces, weights.time_constants, strict=True
        )
    )
    return weights.memory_gain * math.log1p(weights.memory_scale * total)


def memory_logits(traces: Floats, days: Floats, weights: Weights) -> Floats:
    """``memory_logit`` for arrays: traces [..., 5] and days [...] -> logits [...]."""
    fading = np.exp(-days[..., None] / np.asarray(weights.time_constants))
    total = (traces * fading) @ np.asarray(weights.trace_shares)
    result: Floats = weights.memory_gain * np.log1p(weights.memory_scale * total)
    return result


def strengthened_all(
    traces: Floats, days: Floats, credit: Floats | float, weights: Weights
) -> Floats:
    """``strengthened`` for arrays: traces [..., 5], days and credit [...] -> traces [..., 5].

    Use infinite ``days`` where nothing happened before.
    """
    constants = np.asarray(weights.time_constants)
    left = traces * np.exp(-days[..., None] / constants)
    spread = np.minimum(1.0, days[..., None] / constants) ** weights.spacing
    added = 1.0 - np.minimum(1.0, left) * (1.0 - spread)
    result: Floats = left + np.asarray(credit)[..., None] * added
    return result
