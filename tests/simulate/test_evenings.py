from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from tests.simulate.conftest import PEOPLE, MakeMinds

from roadworthy.simulate.blueprint400 import Blueprint
from roadworthy.simulate.evenings import Course, Policy, study
from roadworthy.simulate.exam_hall import draw_forms, sit
from roadworthy.simulate.minds import Minds
from roadworthy.simulate.oracle import Oracle
from roadworthy.simulate.ours import Roadworthy
from roadworthy.simulate.rivals import FsrsDeck, Linear, Random, Weakest

POLICIES: list[Callable[[Minds], Policy]] = [
    lambda minds: Random(),
    lambda minds: Linear(),
    lambda minds: Weakest(),
    lambda minds: FsrsDeck(),
    lambda minds: Roadworthy(),
    Oracle,
]
NAMES = ["random", "linear", "weakest", "fsrs-cards", "roadworthy", "oracle"]


class Watched(Random):
    """Random, keeping what it was told."""

    def begin(self, course: Course) -> None:
        """Nothing was told yet."""
        super().begin(course)
        self.heard: list[tuple[np.ndarray, ...]] = []

    def told(self, *answer: np.ndarray) -> None:  # type: ignore[override]
        """Keep it."""
        self.heard.append(answer)


@pytest.mark.parametrize("make", POLICIES, ids=NAMES)
def test_every_policy_keeps_to_the_evening(
    minds: MakeMinds, course: Course, make: Callable[[Minds], Policy]
) -> None:
    """Nobody is asked for longer than the minutes of the evening, or on a day of absence."""
    made = minds()
    done = study(made, make(made), course)

    assert (done.seconds <= 60.0 * made.people.minutes).all()
    assert (done.answers[~made.people.there] == 0).all()
    # What is left would not hold one more wrong answer.
    left = 60.0 * made.people.minutes - done.seconds
    assert (left < 150.0 * made.people.pace)[made.people.there].all()


def test_same_seed_same_numbers(minds: MakeMinds, course: Course) -> None:
    """A course run twice is the same to the last answer."""
    one, two = (study(minds(), Weakest(), course) for _ in range(2))

    assert (one.right == two.right).all()
    assert (one.seconds == two.seconds).all()


def test_luck_does_not_depend_on_the_policy(minds: MakeMinds, course: Course) -> None:
    """On the first evening, policies that begin with the same rule get the same first answers."""
    firsts = []
    for policy in (Watched(), Watched()):
        if firsts:
            policy.luck = lambda day: np.ones((PEOPLE, 96))  # type: ignore[method-assign]
        study(minds(), policy, course)
        firsts.append(policy.heard[0])
    (rules, right, *_), (other_rules, other_right, *_) = firsts
    same = rules[:, 0] == other_rules[:, 0]

    assert 0 < same.sum() < len(same)
    assert (rules[same] == other_rules[same]).all()
    assert (right[same] == other_right[same]).all()


def test_no_rule_is_wished_twice_an_evening(minds: MakeMinds, course: Course) -> None:
    """Each evening's wished rules of a candidate are all different."""
    policy = Watched()
    study(minds(), policy, course)
    wished: dict[tuple[int, int], list[int]] = {}
    for rules, _, _, now, who in policy.heard:
        for one in np.flatnonzero(who):
            wished.setdefault((one, int(now[one])), []).append(int(rules[one, 0]))

    assert wished
    assert all(len(set(rules)) == len(rules) for rules in wished.values())


def test_oracle_beats_random(minds: MakeMinds, course: Course, blueprint: Blueprint) -> None:
    """Who sees true memory and weights raises the expected score more than chance does."""
    forms = draw_forms(blueprint, 7, forms=20)
    scores = []
    for make in (Oracle, lambda _: Random()):
        made = minds()
        study(made, make(made), course)
        scores.append(sit(made, forms, course.exam_at, 7).score)

    assert (scores[0] - scores[1]).mean() > 0.02


def test_linear_goes_on_where_it_stopped(course: Course) -> None:
    """The second evening begins with the rule after the first evening's last one."""
    policy = Linear()
    policy.begin(course)
    everybody = np.ones(PEOPLE, dtype=np.bool_)
    rules = np.tile([4, 1, -1], (PEOPLE, 1))
    policy.told(rules, everybody, np.full(PEOPLE, -1), np.zeros(PEOPLE), everybody)

    assert (policy.order(1, 1.8).argmax(axis=1) == 5).all()


def test_weakest_asks_what_went_wrong(course: Course) -> None:
    """After a wrong answer the blamed rule comes first, a right one goes behind its section."""
    policy = Weakest()
    policy.begin(course)
    right = np.arange(PEOPLE) % 2 == 0
    rules = np.tile([4, 1, -1], (PEOPLE, 1))
    everybody = np.ones(PEOPLE, dtype=np.bool_)
    policy.told(rules, right, np.where(right, -1, 1), np.zeros(PEOPLE), everybody)
    order = policy.order(1, 1.8)

    assert (order[~right].argmax(axis=1) == 1).all()
    assert (order[right][:, 4] < order[right][:, 2]).all()
