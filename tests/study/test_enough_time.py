from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from roadworthy.learner.state import LearnerState
from roadworthy.pack.model import Pack
from roadworthy.study.enough_time import TooShort, minutes_a_day, too_short
from roadworthy.study.plan import Plan, plan

from .conftest import NOW

Studied = Callable[..., LearnerState]
TODAY = NOW.date()


def found(state: LearnerState, pack: Pack) -> tuple[TooShort | None, Callable[..., Plan]]:
    """What is too short about a state's plan, and the maker of other plans."""

    def planned(minutes: int, assumed: frozenset[str] = frozenset()) -> Plan:
        other = replace(state, settings=replace(state.settings, minutes_per_day=minutes))
        return plan(other, pack, today=TODAY, now=NOW, assumed=assumed, seed=1)

    usual = planned(state.settings.minutes_per_day)
    return too_short(state, pack, usual, planned), planned


def in_days(count: int) -> date:
    """The date of so many days from today."""
    return TODAY + timedelta(days=count)


def test_a_plan_with_room_is_not_too_short(studied: Studied, tiny_pack: Pack) -> None:
    """Four decisions fit into four weeks, and without a date nothing can be short."""
    assert found(studied(exam_date=in_days(28)), tiny_pack)[0] is None
    assert found(studied(minutes_per_day=10), tiny_pack)[0] is None


def test_the_figure_is_the_least_that_a_plan_bears_out(studied: Studied, tiny_pack: Pack) -> None:
    """With the named minutes the plan teaches all; with the step below it does not."""
    short, planned = found(studied(exam_date=in_days(4), minutes_per_day=10), tiny_pack)

    assert short is not None
    assert short.needed is not None
    assert planned(short.needed).untaught == ()
    assert planned(short.needed - 15).untaught != ()
    assert len(short.left) == len(planned(10).untaught) > 0
    assert short.of == len(tiny_pack.decisions)


def test_skipping_by_diagnostic_takes_fewer_minutes(studied: Studied, tiny_pack: Pack) -> None:
    """Sections rated 'at work' make the second figure, and a plan bears it out as well."""
    every = dict.fromkeys(tiny_pack.blueprint.sections, "work")
    state = studied(exam_date=in_days(4), minutes_per_day=10, experience=every)
    short, planned = found(state, tiny_pack)

    assert short is not None
    assert short.needed is not None
    assert short.skipping is not None
    assert short.skipping < short.needed
    assert planned(short.skipping, frozenset(every)).untaught == ()


def test_no_minutes_are_enough_for_one_day(studied: Studied, tiny_pack: Pack) -> None:
    """On the last days nothing new is begun, so only a later date helps."""
    short, _ = found(studied(["stale-bread"], exam_date=in_days(1)), tiny_pack)

    assert short is not None
    assert (short.needed, short.skipping) == (None, None)
    assert "Even 4 h a day would not be enough; a later date would." in short.sentences()


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        (
            {},
            "At 1 h a day 20 of 35 decisions have no place before the exam. All fit with 2 h a "
            "day, or 1 h 15 min if you skip by diagnostic: if it shows that you know A.",
        ),
        (
            {"skipping": None, "bare": ("A", "B", "C")},
            "At 1 h a day 20 of 35 decisions have no place before the exam, among them all of A, "
            "B and 1 more section. All fit with 2 h a day.",
        ),
    ],
)
def test_sentences(changes: dict[str, Any], sentences: str) -> None:
    """The finding first, then the minutes that would do."""
    usual: dict[str, Any] = {
        "minutes": 60, "left": tuple("x" * 20), "of": 35, "bare": (), "needed": 120,
        "skipping": 75, "skipped": ("A",),
    }  # fmt: skip
    assert TooShort(**usual | changes).sentences() == sentences


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (150, "2 h 30 min")]
)
def test_minutes_are_said_in_hours(minutes: int, words: str) -> None:
    """From an hour on, hours."""
    assert minutes_a_day(minutes) == words
