"""Whether our FSRS-6 for arrays is the FSRS-6 of py-fsrs: both read the same random log."""

from __future__ import annotations

import numpy as np

from bench.peers import apart
from roadworthy.simulate.fsrs6 import Fsrs6

PLACES, ROUNDS, NOW = 50, 12, 60.0
CLOSE = 1e-9
NAMES = ("stability", "difficulty", "retrievability")


def random_log(seed: int) -> dict[str, np.ndarray]:
    """``place``, ``days`` and ``good`` [600] in order of time, with repeats on the same day."""
    rng = np.random.default_rng(seed)
    gaps = np.where(rng.random((ROUNDS, PLACES)) < 0.3, 0.2, 4.0) * rng.random((ROUNDS, PLACES))
    days = np.round(gaps.cumsum(axis=0), 3)
    return {
        "place": np.tile(np.arange(PLACES), ROUNDS),
        "days": days.ravel(),
        "good": rng.random(days.size) < 0.7,
        "now": np.array([NOW]),
    }


def ours(log: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Our states after the log: ``NAMES`` [places]."""
    memory = Fsrs6((1, PLACES))
    for start in range(0, PLACES * ROUNDS, PLACES):
        rows = slice(start, start + PLACES)
        place = log["place"][rows]
        memory.review(np.zeros_like(place), place, log["good"][rows], log["days"][rows])
    return {
        "stability": memory.stability[0],
        "difficulty": memory.difficulty[0],
        "retrievability": memory.retrievability(NOW)[0],
    }


def compared(seed: int) -> str:
    """A line that says whether the states agree; raises PeerMissingError without .venv-bench."""
    log = random_log(seed)
    theirs = apart.run(".venv-bench", "fsrs_states_apart.py", log)
    mine = ours(log)
    far = max(float(np.abs(mine[name] / theirs[name] - 1.0).max()) for name in NAMES)
    if far > CLOSE:
        return f"FSRS-6: our states DIFFER from py-fsrs by up to {far:.2g} of their value"
    return f"FSRS-6: our states agree with py-fsrs to {far:.1g} of their value on {PLACES} memories"
