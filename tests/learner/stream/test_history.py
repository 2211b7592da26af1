from __future__ import annotations

import numpy as np
import pytest
from tests.learner.stream.logs import course

from roadworthy.learner.stream.fitting import STREAM_WEIGHTS
from roadworthy.learner.stream.history import History, asked_days, steps

MINUTE = 1 / 1440


def test_steps_take_every_row_once_and_no_learner_twice() -> None:
    """Each step has one row a learner, in order of time, and all rows come."""
    learner = np.array([0, 0, 0, 2, 2, 5])
    taken = list(steps(learner, 7))

    assert [rows.tolist() for rows in taken] == [[0, 3, 5], [1, 4], [2]]


def test_asked_when_the_row_before_was_done() -> None:
    """Within a sitting an item was asked at the last stamp; after a pause, at its own."""
    log = course(2)
    days = np.array([0.0, 3 * MINUTE, 3 * MINUTE + 1.0])
    three = log.keep((log.learner == 0) & (np.arange(len(log.learner)) < 3))
    stamped = type(three)(**{**three.__dict__, "days": days})

    assert asked_days(stamped) == pytest.approx([0.0, 0.0, days[2]])


def test_sight_tells_what_was_noted_of_this_key_only() -> None:
    """Counts, last kind and days since; nothing of other learners or other keys."""
    known = History(3, 4, STREAM_WEIGHTS)
    known.note(np.array([0, 2]), np.array([1, 1]), np.array([1.0, 2.0]), np.array([0, 1]))
    known.note(np.array([0]), np.array([1]), np.array([3.0]), np.array([1]))
    sight = known.sight(np.array([0, 1, 2, 0]), np.array([1, 1, 1, 0]), np.full(4, 5.0))

    assert sight.counts.tolist() == [[1, 1, 0], [0, 0, 0], [0, 1, 0], [0, 0, 0]]
    assert sight.last.tolist() == [1, -1, 1, -1]
    assert sight.gap.tolist() == [2.0, np.inf, 3.0, np.inf]
    assert (sight.traces[[1, 3]] == 0).all() and (sight.traces[0, :2] > 0).all()
