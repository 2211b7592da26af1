from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from roadworthy.items.item import with_two_options
from roadworthy.learner.predict import predict, rule_chances
from roadworthy.learner.state import LearnerState
from roadworthy.learner.syllabus import syllabus_of
from roadworthy.pack.model import Pack

Diary = Any  # the class of conftest.py, which tests cannot import


def test_no_items_no_chances(diary: Diary) -> None:
    """An empty list gives an empty array."""
    assert predict(LearnerState(), [], diary.now).shape == (0,)


def test_stranger_is_a_little_above_guessing(diary: Diary) -> None:
    """Without evidence the chance lies between the guess and one half."""
    chances = predict(LearnerState(), [diary.item("delivery-route")], diary.now)

    assert 0.25 < chances[0] < 0.6


def test_two_options_raise_the_floor(diary: Diary) -> None:
    """Fewer options are easier to guess among."""
    item = diary.item("delivery-route")
    wrong = next(n for n, one in enumerate(item.options) if not one.correct)
    four, two = predict(LearnerState(), [item, with_two_options(item, wrong)], diary.now)

    assert two > four


def test_practice_lifts_and_time_lowers(diary: Diary) -> None:
    """Right answers raise the chance of their rules, and forgetting takes some of it back."""
    item = diary.item("delivery-route")
    before = predict(diary.state(), [item], diary.now)[0]
    for seed in range(4):
        diary.answer(diary.item("delivery-route", seed=seed))
    state = diary.state()
    fresh = predict(state, [item], diary.now)[0]
    later = predict(state, [item], diary.now + timedelta(days=20))[0]

    assert before < later < fresh


def test_miss_teaches_less_than_a_right_answer(diary: Diary, course: Any) -> None:
    """The reason of a miss was read, so it leaves some memory, but far less than a right answer."""
    tomorrow = diary.now + timedelta(days=1)
    item = diary.item("oven-rounds", seed=99)
    right, wrong = (course(8, lambda _, held=held: held).state() for held in (True, False))

    assert predict(right, [item], tomorrow)[0] > predict(wrong, [item], tomorrow)[0] + 0.1


def test_many_items_at_once_are_the_same_as_one_by_one(diary: Diary) -> None:
    """Prediction does not depend on what else is asked."""
    for seed in range(3):
        diary.answer(diary.item("delivery-route", seed=seed))
    state = diary.state()
    items = [diary.item(name) for name in diary.pack.decisions]

    together = predict(state, items, diary.now)
    alone = [predict(state, [one], diary.now)[0] for one in items]

    assert together == pytest.approx(alone, abs=1e-6)


def test_rule_chances_cover_the_syllabus(diary: Diary, tiny_pack: Pack) -> None:
    """Every served rule has a chance between 0 and 1."""
    syllabus = syllabus_of(tiny_pack)
    chances = rule_chances(
        diary.state(), syllabus.rules, syllabus.section_of, syllabus.sections, diary.now
    )

    assert chances.shape == (len(syllabus.rules),)
    assert np.all((chances > 0) & (chances < 1))
