"""FSRS-6 of a log by py-fsrs, run as a script in .venv-bench: GIVEN.npz MADE.npz.

Given arrays of rows [n]: learner, rule, days, outcome (1, 0, -1 studied), train. Made: default [n]
and fitted [n], the retrievability before each row, nan at a learner's first sight of a rule. A card
of FSRS is a learner's rule; right is Good, wrong and studied are Again; no learning steps. The
fitted row takes fsrs-rs's parameters from the train learners.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, timezone

import fsrs
import fsrs_rs_python
import numpy as np

START = datetime(2020, 1, 1, tzinfo=timezone.utc)  # noqa: UP017


def retrievability(arrays, **parameters):  # type: ignore[no-untyped-def]
    """py-fsrs's retrievability before each row [n]; nan where there was no row before."""
    scheduler = fsrs.Scheduler(
        learning_steps=(), relearning_steps=(), enable_fuzzing=False, **parameters
    )
    states = {}
    p = np.full(len(arrays["days"]), np.nan)
    columns = [arrays[name].tolist() for name in ("learner", "rule", "days", "outcome")]
    for row, (learner, rule, days, outcome) in enumerate(zip(*columns, strict=True)):
        now = START + timedelta(days=days)
        state = states.get((learner, rule))
        if state is None:
            state = fsrs.Card(card_id=row, due=now)
        else:
            p[row] = scheduler.get_card_retrievability(state, now)
        rating = fsrs.Rating.Good if outcome == 1 else fsrs.Rating.Again
        states[learner, rule], _ = scheduler.review_card(state, rating, now)
    return p


def fitted(arrays):  # type: ignore[no-untyped-def]
    """fsrs-rs's 21 parameters from the train learners' rows.

    fsrs-rs counts whole days and learns from a history whose last gap is a day or more.
    """
    histories = {}
    items = []
    kept = arrays["train"]
    columns = [arrays[name][kept].tolist() for name in ("learner", "rule", "days", "outcome")]
    for learner, rule, days, outcome in zip(*columns, strict=True):
        reviews, last = histories.setdefault((learner, rule), ([], []))
        gap = int(days - last[-1]) if last else 0
        reviews.append(fsrs_rs_python.FSRSReview(3 if outcome == 1 else 1, gap))
        last.append(days)
        if gap > 0:
            items.append(fsrs_rs_python.FSRSItem(list(reviews)))
    return fsrs_rs_python.FSRS([]).compute_parameters(items)


def main(given: str, made: str) -> None:
    """Both rows of FSRS for the given log."""
    with np.load(given) as loaded:
        arrays = {name: loaded[name] for name in loaded.files}
    parameters = [float(value) for value in fitted(arrays)]
    np.savez(
        made,
        default=retrievability(arrays),
        fitted=retrievability(arrays, parameters=parameters),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
