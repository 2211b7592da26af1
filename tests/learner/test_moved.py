from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from roadworthy.learner.moved import Moved, why_moved
from roadworthy.learner.state import LearnerState
from roadworthy.pack.model import Pack

Diary = Any  # the class of conftest.py, which tests cannot import


def moved(
    before: LearnerState, after: LearnerState, pack: Pack, then: datetime, now: datetime,
    days: float = 5.0, forget: bool = False,
) -> Moved:  # fmt: skip
    """What moved the forecast of one exam, or of an exam always five days ahead."""
    exam = now + timedelta(days=days)
    first = then + timedelta(days=days) if forget else exam
    return why_moved(
        before, after, pack, then=then, now=now, exam_before=first, exam_after=exam, seed=1
    )


def test_right_answers_are_named_with_their_decision(course: Any, tiny_pack: Pack) -> None:
    """Answers on one decision are told as so many of so many right, with a gain."""
    diary = course(24, lambda number: number % 2 == 0)
    before, then = diary.state(), diary.now
    for seed in range(100, 106):
        diary.answer(diary.item("delivery-route", seed=seed))
    result = moved(before, diary.state(), tiny_pack, then, diary.now)

    title = tiny_pack.decisions["delivery-route"].title
    assert f"6 of 6 right on “{title}”" in [cause.text for cause in result.causes]
    assert all(cause.points > 0 for cause in result.causes)


def test_causes_and_rest_sum_to_the_move(course: Any, tiny_pack: Pack) -> None:
    """Whatever is told, causes and rest are the difference of the two forecasts."""
    diary = course(24, lambda number: number % 2 == 0)
    before, then = diary.state(), diary.now
    for number, name in enumerate(tiny_pack.decisions):
        diary.answer(diary.item(name, seed=100 + number), right=number % 2 == 0)
    result = moved(before, diary.state(), tiny_pack, then, diary.now)

    assert len(result.causes) <= 3
    assert abs(sum(one.points for one in result.causes) + result.rest - result.points) < 1e-9
    assert abs(result.rest) < 0.5


def test_time_alone_is_forgetting(course: Any, tiny_pack: Pack) -> None:
    """Three days without an event, with an exam as far ahead, is three days of forgetting."""
    diary = course(40, lambda _: True)
    state, then = diary.state(), diary.now
    now = then + timedelta(days=3)
    result = moved(state, diary.state(), tiny_pack, then, now, forget=True)

    assert [cause.text for cause in result.causes] == ["3 days of forgetting"]
    assert result.causes[0].points < 0


def test_nothing_happened_nothing_told(course: Any, tiny_pack: Pack) -> None:
    """Two forecasts of the same exam from the same answers have no causes."""
    diary = course(10, lambda _: True)
    result = moved(diary.state(), diary.state(), tiny_pack, diary.now, diary.now)

    assert result == Moved(0.0, (), 0.0)


def test_changed_pass_mark_is_told(course: Any, tiny_pack: Pack) -> None:
    """A setting that moves the number is named before any answer."""
    diary = course(40, lambda _: True)
    before, then = diary.state(), diary.now
    diary.settings(pass_mark=0.8)
    result = moved(before, diary.state(), tiny_pack, then, diary.now)

    assert [cause.text for cause in result.causes] == ["The pass mark is now set to 80%"]
    assert result.causes[0].points < 0


def test_without_a_first_forecast_nothing_is_told(course: Any, tiny_pack: Pack) -> None:
    """The first forecast has nothing to be held against."""
    diary = course(4, lambda _: True)
    before, then = diary.state(), diary.now
    for seed in range(10):
        diary.answer(diary.item("delivery-route", seed=seed))

    assert moved(before, diary.state(), tiny_pack, then, diary.now) == Moved(0.0, (), 0.0)


def test_reading_is_told(course: Any, tiny_pack: Pack) -> None:
    """A lesson read without an answer is a cause of its own."""
    diary = course(40, lambda number: number % 3 > 0)
    before, then = diary.state(), diary.now
    diary.wait(hours=20)
    diary.read("stale-bread")
    result = moved(before, diary.state(), tiny_pack, then, diary.now)

    title = tiny_pack.decisions["stale-bread"].title
    assert [cause.text for cause in result.causes] == [f"You read about “{title}”"]
