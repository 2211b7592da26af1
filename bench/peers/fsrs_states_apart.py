"""States of py-fsrs after a log, run as a script in .venv-bench: GIVEN.npz MADE.npz.

Given arrays of rows [n] in order of time: place (of the memory), days, good. Made: stability,
difficulty and retrievability at ``now`` [1] of each memory [places].
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, timezone

import fsrs
import numpy as np

START = datetime(2020, 1, 1, tzinfo=timezone.utc)  # noqa: UP017


def main(given: str, made: str) -> None:
    """Every memory's state after the given log."""
    with np.load(given) as loaded:
        arrays = {name: loaded[name] for name in loaded.files}
    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    states = {}
    columns = [arrays[name].tolist() for name in ("place", "days", "good")]
    for place, days, good in zip(*columns, strict=True):
        now = START + timedelta(days=days)
        state = states.get(place) or fsrs.Card(card_id=place, due=now)
        rating = fsrs.Rating.Good if good else fsrs.Rating.Again
        states[place], _ = scheduler.review_card(state, rating, now)
    now = START + timedelta(days=float(arrays["now"][0]))
    kept = [states[place] for place in range(len(states))]
    np.savez(
        made,
        stability=[one.stability for one in kept],
        difficulty=[one.difficulty for one in kept],
        retrievability=[scheduler.get_card_retrievability(one, now) for one in kept],
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
