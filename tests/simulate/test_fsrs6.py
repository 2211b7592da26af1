from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from roadworthy.simulate.evenings import Course
from roadworthy.simulate.fsrs6 import Fsrs6
from roadworthy.simulate.rivals import FsrsDeck

EVERYBODY = np.ones(2, dtype=np.bool_)
GOLDEN = (1.5048620121071432, 7.38007426350719)


def reviewed(days: list[float], good: list[bool]) -> Fsrs6:
    """One memory after reviews on these days."""
    memory = Fsrs6((1, 1))
    for day, right in zip(days, good, strict=True):
        memory.review(np.array([0]), np.array([0]), np.array([right]), np.array([day]))
    return memory


def test_golden_states_of_py_fsrs() -> None:
    """Stability and difficulty after Good, Good, Again, Good are those that py-fsrs 6.3.2 gives."""
    memory = reviewed([0.0, 2.0, 9.0, 9.5], [True, True, False, True])

    assert memory.stability[0, 0] == pytest.approx(GOLDEN[0], rel=1e-9)
    assert memory.difficulty[0, 0] == pytest.approx(GOLDEN[1], rel=1e-9)


def test_states_are_those_of_py_fsrs() -> None:
    """Where py-fsrs is installed, a random log gives the same states in both."""
    fsrs = pytest.importorskip("fsrs")
    rng = np.random.default_rng(1)
    days = rng.exponential(2.0, 30).cumsum().tolist()
    good = (rng.random(30) < 0.7).tolist()
    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    start = datetime(2026, 1, 5, tzinfo=UTC)
    theirs = fsrs.Card(card_id=1, due=start)
    for day, right in zip(days, good, strict=True):
        rating = fsrs.Rating.Good if right else fsrs.Rating.Again
        theirs, _ = scheduler.review_card(theirs, rating, start + timedelta(days=day))
    memory = reviewed(days, good)

    assert memory.stability[0, 0] == pytest.approx(theirs.stability, rel=1e-6)
    assert memory.difficulty[0, 0] == pytest.approx(theirs.difficulty, rel=1e-6)


def test_recall_is_nine_in_ten_after_the_stability() -> None:
    """Retrievability is 1 at once and .9 when as many days as the stability have gone."""
    memory = reviewed([0.0, 3.0, 10.0], [True, True, True])
    stability = float(memory.stability[0, 0])
    memory.stability[0, 0] = 40.0

    assert stability > 10
    assert memory.retrievability(10.0)[0, 0] == pytest.approx(1.0)
    assert memory.retrievability(50.0)[0, 0] == pytest.approx(0.9)
    assert memory.interval(0.9)[0, 0] == 40


def test_deck_asks_due_before_new_before_the_rest() -> None:
    """A forgotten rule that is due comes first, then new ones in order, then what is not due."""
    policy = FsrsDeck()
    policy.begin(Course(np.zeros(5, dtype=np.int64), np.full(5, 0.2), 2, 10, 1))
    for day, rule, right in ((0.8, 3, False), (0.9, 4, True)):
        policy.told(
            np.array([[rule], [rule]]), np.full(2, right), np.full(2, -1 if right else rule),
            np.full(2, day), EVERYBODY,
        )  # fmt: skip
    order = np.argsort(-policy.order(1, 1.8), axis=1)

    assert order.tolist() == [[3, 0, 1, 2, 4]] * 2
