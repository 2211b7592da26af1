from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.learner.stream.logs import course

from roadworthy.learner import memory
from roadworthy.learner.stream.columns import OWN, SHARED, Recollection, walk
from roadworthy.learner.stream.fitting import STREAM_WEIGHTS
from roadworthy.learner.stream.history import Ints, asked_days

RULE = slice(1, 1 + memory.COLUMNS)
ITEM = slice(1 + memory.COLUMNS, 1 + 2 * memory.COLUMNS)


def one(value: int) -> Ints:
    """A number as an array of one."""
    return np.array([value])


@pytest.fixture
def known() -> Recollection:
    """One learner who met items 0, 1, 2 on rules 0, 1, 2, a day apart: right, wrong, read."""
    found = Recollection(1, 4, 3, STREAM_WEIGHTS)
    for number, outcome in enumerate((1, 0, -1)):
        found.note(one(0), one(number), one(number), np.array([number / 1.0]), one(outcome))
    return found


def test_nothing_met_is_all_zero_but_the_intercept() -> None:
    """A learner without rows brings an intercept and an even recent share, and nothing else."""
    found = Recollection(1, 4, 3, STREAM_WEIGHTS).columns(one(0), one(3), one(2), np.array([1.0]))

    assert found.shared.shape == (1, SHARED) and found.own.shape == (1, OWN)
    assert found.shared[0, 0] == 1
    assert found.shared[0, 1:] == pytest.approx(np.zeros(SHARED - 1))
    assert not found.own.any()


def test_an_unknown_rule_has_no_memory(known: Recollection) -> None:
    """Rule -1 has empty memory although the first and the last rule were met."""
    found = known.columns(one(0), one(3), one(-1), np.array([3.0]))

    assert not found.shared[0, RULE].any()
    assert known.columns(one(0), one(3), one(0), np.array([3.0])).shared[0, RULE].any()


def test_rule_and_item_remember_apart(known: Recollection) -> None:
    """A new item on a rule that was met has memory of the rule, none of the item."""
    found = known.columns(one(0), one(3), one(1), np.array([3.0]))

    assert found.shared[0, RULE].any()
    assert not found.shared[0, ITEM].any() and not found.own.any()


def test_traces_fade(known: Recollection) -> None:
    """A week later every trace of what was right is lower, and the gap is longer."""
    soon, late = (
        known.columns(one(0), one(0), one(0), np.array([day])).shared[0, ITEM] for day in (1.0, 8.0)
    )

    assert (late[: memory.CONSTANTS] < soon[: memory.CONSTANTS]).all()
    assert late[-1] > soon[-1]


def test_columns_come_before_the_row() -> None:
    """The first row of each learner starts from nothing, the last row's outcome is in no column."""
    log = course(5)
    first = np.flatnonzero(np.r_[True, np.diff(log.learner) != 0])
    outcome = log.outcome.copy()
    outcome[np.r_[first[1:] - 1, -1]] ^= 1
    columns, _ = walk(log, asked_days(log), STREAM_WEIGHTS)
    other, _ = walk(replace(log, outcome=outcome), asked_days(log), STREAM_WEIGHTS)

    assert (columns.shared[first, 1:] == 0).all()
    assert np.array_equal(columns.shared, other.shared)
    assert (columns.shared[first + 2, 1:] != 0).any(axis=1).all()
