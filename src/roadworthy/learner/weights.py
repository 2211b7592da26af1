"""The numbers of the learner model, each with its unit, and where they come from.

They are priors, not fits to a real candidate: no answer of a real person went into them. Memory
and spreads follow fits on simulated candidates of two worlds that are not this model
(``tools/fit_weights.py``), rounded. What those fits leave nearly open is our guess: the two fastest
traces, self-ratings, help and the allowance. The starts stand higher than those worlds would have
them (it costs 0.0006 of log loss there), since people who book this exam are not beginners. A later
version may adopt others; forecasts name the version and the hash that they were made with.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

MODEL_VERSION = "learner-2"
MINUTE = 1 / 1440  # in days


@dataclass(frozen=True)
class Weights:
    """Named parameters. Logits unless a unit is given.

    Memory: right answers, wrong answers and readings each leave a trace for each of
    ``time_constants`` (days). ``memory`` holds a weight for each kind and constant, in that order,
    of ln(1 + memory_scale x trace); ``memory_met`` is added once a rule was met at all, and
    ``memory_gap`` x ln(1 + days since then / ten minutes). ``credit_*`` is what one event adds to
    its traces, where an unaided answer is 1. ``spacing``: exponent by which a repeat soon after
    the last one adds less to slow traces.

    Ability: logit of a rule = ``start_*`` of its section by self-rating + learner + section + rule,
    the last three Gaussian around 0 with ``sd_*``. ``felt_weak`` is added to the start of a section
    that felt weak in a failed exam. ``sd_item`` is the spread of items of one rule,
    ``slip`` the chance to miss what one knows, ``aid`` what help on the page adds, ``in_form`` what
    a mock exam adds to items of the same rules.

    Exam: ``transfer_*`` is how much harder the real exam is than our items. Forms: ``pass_shift``
    and ``pass_scale`` correct the logit of the chance to pass one (``recalibration.py``).
    """

    time_constants: tuple[float, ...] = (10 * MINUTE, 120 * MINUTE, 1.0, 7.0, 30.0)
    memory: tuple[float, ...] = (
        *(0.15, 0.12, 0.12, 0.25, 0.75),
        *(0.05, 0.05, 0.30, 0.08, 0.15),
        *(0.10, 0.08, 0.30, 0.10, 0.45),
    )
    memory_met: float = 0.3
    memory_gap: float = -0.02
    memory_scale: float = 4.0
    spacing: float = 0.25
    credit_aided: float = 0.4

    start_new: float = -1.0
    start_some: float = -0.5
    start_work: float = 0.0
    start_unsaid: float = -0.7
    felt_weak: float = -0.4
    sd_learner: float = 0.8
    sd_section: float = 0.5
    sd_rule: float = 0.4
    sd_item: float = 0.5
    slip: float = 0.05
    aid: float = 0.8
    in_form: float = 0.0

    transfer_mean: float = -0.4
    transfer_sd: float = 0.3
    pass_mark_sd: float = 0.03
    pass_shift: float = 0.0
    pass_scale: float = 1.0

    source: str = "simulated candidates of two memory worlds (tools/fit_weights.py), rounded"
    dated: date = date(2026, 11, 25)

    @cached_property
    def hash(self) -> str:
        """Names these numbers in forecasts: 16 hex digits over all of them."""
        text = json.dumps(asdict(self), sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @cached_property
    def memory_columns(self) -> NDArray[np.float64]:
        """The weights of the columns of ``memory.columns``, [17]."""
        return np.array([*self.memory, self.memory_met, self.memory_gap])

    def start(self, experience: str | None) -> float:
        """Prior logit of a section by self-rating: 'new', 'some', 'work' or None."""
        return {"new": self.start_new, "some": self.start_some, "work": self.start_work}.get(
            experience or "", self.start_unsaid
        )


WEIGHTS = Weights()
