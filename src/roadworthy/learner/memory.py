"""Memory of rules: traces that decay at five speeds, and what they add to a logit.

Of each rule there are traces of right answers, wrong answers and readings, one for each of five
time constants: together they forget like a power of time. The form follows knowledge tracing with
decayed counts (DAS3H, Choffin et al. 2019; LKT, Pavlik and Eglington). Our addition, in the
spirit of the spacing effect (Walsh et al. 2018): what a repeat adds to a slow trace depends on the
gap, so five answers in one evening are worth less in a month than five on five evenings.

Arrays of traces have the shape [..., 3, 5]: kinds, then time constants.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.weights import Weights

DAY_SECONDS = 86_400.0
GAP_UNIT = 10 / 1440
"""Ten minutes, in days: the gap's logarithm bends there."""
SUCCESS, FAILURE, READING = 0, 1, 2
KINDS = 3
CONSTANTS = 5
COLUMNS = KINDS * CONSTANTS + 2
Floats = NDArray[np.float64]


def days_between(earlier: datetime, later: datetime) -> float:
    """Days from ``earlier`` to ``later``, at least 0."""
    return max(0.0, (later - earlier).total_seconds() / DAY_SECONDS)


def columns(traces: Floats, days: Floats, weights: Weights) -> Floats:
    """What memory is made of: traces [..., 3, 5] as noted ``days`` [...] ago -> [..., 17].

    ln(1 + scale x decayed trace) for each kind and time constant, whether anything ever happened,
    and ln(1 + days since then / ten minutes). ``days`` is infinite, and all is 0, where nothing
    did.
    """
    met = np.isfinite(days)
    gap = np.where(met, days, 0.0)
    fading = np.exp(-gap[..., None, None] / np.asarray(weights.time_constants))
    told = np.log1p(weights.memory_scale * traces * fading)
    last = np.stack([met, np.log1p(gap / GAP_UNIT)], axis=-1)
    every = np.concatenate([told.reshape(*days.shape, KINDS * CONSTANTS), last], axis=-1)
    result: Floats = np.where(met[..., None], every, 0.0)
    return result


def memory_logits(traces: Floats, days: Floats, weights: Weights) -> Floats:
    """What memory adds to logits: traces [..., 3, 5] and days since noted [...] -> [...]."""
    result: Floats = columns(traces, days, weights) @ weights.memory_columns
    return result


def strengthened_all(
    traces: Floats, days: Floats, kind: int, credit: Floats | float, weights: Weights
) -> Floats:
    """Traces after an event of a kind, ``days`` [...] after the last one: [..., 3, 5].

    A trace of that kind becomes its decayed value + credit x (1 - full x (1 - spread)), where
    ``full`` is the decayed value, at most 1, and ``spread`` is (days / time constant) ** spacing,
    at most 1. So an empty trace takes all, and a full one takes little when the last event was a
    moment ago. Use infinite ``days`` where nothing happened before.
    """
    constants = np.asarray(weights.time_constants)
    gap = days[..., None]
    left: Floats = traces * np.exp(-gap / constants)[..., None, :]
    spread = np.minimum(1.0, gap / constants) ** weights.spacing
    added = 1.0 - np.minimum(1.0, left[..., kind, :]) * (1.0 - spread)
    left[..., kind, :] += np.asarray(credit)[..., None] * added
    return left


# -- one rule of one learner, in plain numbers: replay meets thousands


def strengthened(
    traces: Sequence[float], days: float | None, kind: int, credit: float, weights: Weights
) -> tuple[float, ...]:
    """``strengthened_all`` for 15 numbers, kind by kind; ``days`` None and no traces: the first."""
    if days is None or not traces:
        fresh = [0.0] * (KINDS * CONSTANTS)
        fresh[kind * CONSTANTS : (kind + 1) * CONSTANTS] = [credit] * CONSTANTS
        return tuple(fresh)
    result = []
    for place, trace in enumerate(traces):
        constant = weights.time_constants[place % CONSTANTS]
        left = trace * math.exp(-days / constant)
        if place // CONSTANTS == kind:
            spread = min(1.0, days / constant) ** weights.spacing
            left += credit * (1.0 - min(1.0, left) * (1.0 - spread))
        result.append(left)
    return tuple(result)


def memory_logit(traces: Sequence[float], days: float, weights: Weights) -> float:
    """What memory adds to a rule's logit, ``days`` after ``traces`` were noted; 0 without any."""
    if not traces:
        return 0.0
    fading = [math.exp(-days / constant) for constant in weights.time_constants]
    scale = weights.memory_scale
    told = sum(
        weight * math.log1p(scale * trace * fading[place % CONSTANTS])
        for place, (weight, trace) in enumerate(zip(weights.memory, traces, strict=True))
    )
    return told + weights.memory_met + weights.memory_gap * math.log1p(days / GAP_UNIT)
