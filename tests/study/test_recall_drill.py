"""The order of limits: missed, then due, then new; nothing is asked before its time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from roadworthy.learner.state import LimitMemory
from roadworthy.pack.limit import Limit
from roadworthy.pack.model import Pack
from roadworthy.study.recall_drill import next_limit, standing_of

NOW = datetime(2026, 11, 25, 19, tzinfo=UTC)


@pytest.fixture
def limits(tiny_pack: Pack) -> dict[str, Limit]:
    """Five limits; what they ask does not matter here."""
    one = next(iter(tiny_pack.limits.values()))
    return dict.fromkeys("abcde", one)


def answers(*told: tuple[float, bool]) -> LimitMemory:
    """Answers so many days ago, oldest first, each right or not."""
    return LimitMemory(tuple(("p", NOW - timedelta(days=days), right) for days, right in told))


def test_new_limits_come_in_the_order_of_the_file(limits: dict[str, Limit]) -> None:
    """Nobody has answered anything: the first one first, then the second."""
    assert next_limit(limits, {}, [], NOW) == "a"
    assert next_limit(limits, {}, ["a"], NOW) == "b"


def test_a_missed_one_comes_again_after_three_others(limits: dict[str, Limit]) -> None:
    """Not at once, when it would be read from the screen before, but soon."""
    memory = {"c": answers((0.001, False))}
    assert next_limit(limits, memory, ["c", "a", "b"], NOW) == "d"
    assert next_limit(limits, memory, ["c", "a", "b", "d"], NOW) == "c"


@pytest.mark.parametrize(("rights", "days"), [(1, 1), (2, 3), (3, 7), (4, 21), (9, 21)])
def test_each_recall_in_a_row_makes_the_wait_longer(rights: int, days: int) -> None:
    """One, three, seven, then twenty-one days."""
    memory = LimitMemory(tuple(("p", NOW, True) for _ in range(rights)))
    assert standing_of("a", memory).due == NOW + timedelta(days=days)


def test_a_miss_starts_the_ladder_anew() -> None:
    """After a miss the next recall waits a day, whatever came before."""
    standing = standing_of("a", answers((9, True), (8, True), (5, False), (0.5, True)))
    assert standing.held == 1
    assert standing.due == NOW + timedelta(days=0.5)


def test_nothing_is_asked_before_its_time(limits: dict[str, Limit]) -> None:
    """All were recalled an hour ago, so the drill ends."""
    memory = dict.fromkeys(limits, answers((0.04, True)))
    assert next_limit(limits, memory, [], NOW) is None
