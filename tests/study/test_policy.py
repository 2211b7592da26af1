from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from roadworthy.learner.cohort import RuleStates
from roadworthy.learner.memory import SUCCESS
from roadworthy.learner.state import LearnerState
from roadworthy.learner.syllabus import syllabus_of
from roadworthy.pack.model import Pack
from roadworthy.study.policy import (
    horizon,
    order_rules,
    rank,
    rule_states,
    scores,
    why,
)

Studied = Callable[..., LearnerState]


def some_states(count: int = 4, learners: int = 1) -> RuleStates:
    """Rules that nobody met, all alike."""
    shape = (learners, count)
    return RuleStates(
        mean=np.full(shape, -0.4),
        spread=np.full(shape, 1.0),
        traces=np.zeros((*shape, 3, 5)),
        days=np.full(shape, np.inf),
    )


def ranked(states: RuleStates, now: datetime, days: float = 7.0, **changes: object) -> np.ndarray:
    """Scores of one learner with even weights and times, or those given."""
    size = states.mean.shape[1]
    weights = np.asarray(changes.get("weights", np.full(size, 1 / size)))
    seconds = np.asarray(changes.get("seconds", np.full(size, 60.0)))
    return rank(states, weights, seconds, now, now + timedelta(days=days), 1)[0]


def test_weight_and_time_decide_among_equals(now: datetime) -> None:
    """Twice the exam weight, or half the seconds, doubles the score."""
    heavy = ranked(some_states(2), now, weights=[0.2, 0.1])
    quick = ranked(some_states(2), now, seconds=[30.0, 60.0])

    assert heavy[0] / heavy[1] == pytest.approx(2.0, rel=1e-6)
    assert quick[0] / quick[1] == pytest.approx(2.0, rel=1e-6)


def test_what_holds_already_buys_little(now: datetime) -> None:
    """A rule practised a moment ago scores far below one never met."""
    states = some_states(2)
    states.traces[0, 0, SUCCESS] = 3.0
    states.days[0, 0] = 0.01
    score = ranked(states, now)

    assert score[0] < 0.3 * score[1]


def test_forgotten_rule_comes_back(now: datetime) -> None:
    """The longer ago a rule was practised, the more an answer buys."""
    states = some_states(3)
    states.traces[:, :, SUCCESS] = 1.0
    states.days[0] = [0.1, 3.0, 20.0]
    score = ranked(states, now)

    assert score[0] < score[1] < score[2]


def test_practice_near_the_exam_buys_more(now: datetime) -> None:
    """The same answer a day before the exam is worth more than a month before."""
    assert ranked(some_states(), now, days=1.0)[0] > ranked(some_states(), now, days=28.0)[0] > 0


def test_many_learners_at_once_are_the_same_as_one_by_one(now: datetime) -> None:
    """Learners do not influence each other."""
    states = some_states(5, learners=3)
    states.mean[:] = np.linspace(-2, 2, 15).reshape(3, 5)
    weights, seconds = np.linspace(0.1, 0.3, 5), np.full(5, 60.0)
    exam = now + timedelta(days=9)
    together = rank(states, weights, seconds, now, exam, 4)
    for learner in range(3):
        alone = RuleStates(
            *(part[learner : learner + 1] for part in
              (states.mean, states.spread, states.traces, states.days))
        )  # fmt: skip
        assert rank(alone, weights, seconds, now, exam, 4)[0] == pytest.approx(
            together[learner], rel=1e-8
        )


def test_seed_breaks_ties_and_nothing_else(now: datetime) -> None:
    """Equal rules come in an order that the seed decides; the same seed gives the same."""
    states, weights, seconds = some_states(8), np.full(8, 0.125), np.full(8, 60.0)
    exam = now + timedelta(days=9)
    orders = [np.argsort(rank(states, weights, seconds, now, exam, seed)[0]) for seed in range(6)]

    assert len({tuple(order) for order in orders}) > 1
    assert np.array_equal(orders[2], np.argsort(rank(states, weights, seconds, now, exam, 2)[0]))


def test_order_keeps_every_rule_and_puts_strangers_last(
    studied: Studied, tiny_pack: Pack, now: datetime
) -> None:
    """All rules come back once, those that the pack does not serve at the end."""
    rules = ["gone.X1", *syllabus_of(tiny_pack).rules]
    order = order_rules(studied(), tiny_pack, rules, now=now, seed=3)

    assert sorted(order) == sorted(rules)
    assert order[-1] == "gone.X1"


def test_fresh_decision_falls_behind(studied: Studied, tiny_pack: Pack, now: datetime) -> None:
    """After a decision was practised this evening, its best rule no longer leads."""
    rules = list(syllabus_of(tiny_pack).rules)
    before = order_rules(studied(), tiny_pack, rules, now=now, seed=3)
    leading = before[0].split(".")[0]
    state = studied([leading], answers=20, days_ago=0.02)
    after = order_rules(state, tiny_pack, rules, now=now, seed=3)

    assert after[0].split(".")[0] != leading


def test_scores_are_points_a_minute(studied: Studied, tiny_pack: Pack, now: datetime) -> None:
    """All served rules have a score above nothing and below the whole exam."""
    values = scores(studied(), tiny_pack, now=now, seed=3)

    assert set(values) == set(syllabus_of(tiny_pack).rules)
    assert all(0 < value < 100 for value in values.values())


def test_an_answer_that_does_not_fit_any_more_scores_nothing(now: datetime) -> None:
    """With a minute and a half left only short answers count."""
    states = some_states(2)
    exam = now + timedelta(days=1)
    score = rank(states, np.ones(2), np.array([60.0, 120.0]), now, exam, 1, minutes=1.5)[0]

    assert score[0] > 0
    assert score[1] == 0


def test_horizon_is_the_exam_or_four_weeks(studied: Studied, now: datetime) -> None:
    """The exam's noon, 28 days ahead without a date, and never the past."""
    dated = studied(exam_date=date(2026, 12, 20))
    past = studied(exam_date=date(2026, 11, 1))

    assert horizon(dated, now).isoformat() == "2026-12-20T12:00:00+00:00"
    assert horizon(studied(), now) == now + timedelta(days=28)
    assert horizon(past, now) == now


def test_states_follow_the_answers(studied: Studied, tiny_pack: Pack, now: datetime) -> None:
    """Right answers lift the mean and narrow the spread of their rules."""
    syllabus = syllabus_of(tiny_pack)
    before = rule_states(studied(), syllabus, now)
    after = rule_states(studied(["stale-bread"], answers=12), syllabus, now)
    place = syllabus.place["stale-bread.SB1"]

    assert after.mean[0, place] > before.mean[0, place]
    assert after.spread[0, place] < before.spread[0, place]
    assert np.isinf(before.days).all()


@pytest.mark.parametrize(
    ("answers", "days_ago", "begins"),
    [
        (None, 0.0, "You have not met it yet"),
        (0, 1.0, "You have read it but not answered on it yet"),
        (6, 3.5, "You met it 3 days ago"),
        (6, 1.2, "You met it one day ago"),
        (6, 0.1, "You met it today"),
    ],
)
def test_why_says_when_it_was_met(
    studied: Studied, tiny_pack: Pack, now: datetime, answers: int | None, days_ago: float,
    begins: str,
) -> None:  # fmt: skip
    """The reason names the last meeting, the chance on the exam day and the weight."""
    if answers is None:
        state = studied()
    else:
        state = studied(["stale-bread"], answers=answers, days_ago=days_ago)
    sentence = why(state, tiny_pack, "stale-bread.SB1", now=now)

    assert sentence.startswith(begins)
    assert "in 100" in sentence
    assert "% of the exam" in sentence
