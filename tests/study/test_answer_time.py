from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from roadworthy.learner.state import LearnerState
from roadworthy.learner.syllabus import syllabus_of
from roadworthy.pack.model import Pack
from roadworthy.study.answer_time import LENGTH_SECONDS, pace_of, typical_seconds

Studied = Callable[..., LearnerState]


def test_own_pace_replaces_the_typical_one(studied: Studied, tiny_pack: Pack) -> None:
    """Forty brief answers of 40 seconds, reasons apart, move one decision's pace to about 1.15."""
    syllabus = syllabus_of(tiny_pack)
    pace = pace_of(studied(["stale-bread"], answers=40), syllabus)

    assert pace[syllabus.place["stale-bread.SB1"]] == pytest.approx(55 / 47.5, abs=0.05)
    assert pace[syllabus.place["new-oven.NO1"]] == 1.0


def test_pace_is_judged_by_length(studied: Studied, tiny_pack: Pack) -> None:
    """The same seconds on items of exam length are a quick pace."""
    state = studied(["stale-bread"], answers=40)
    long = replace(state, responses=tuple(replace(one, length="exam") for one in state.responses))
    syllabus = syllabus_of(tiny_pack)
    mine = syllabus.place["stale-bread.SB1"]

    assert pace_of(long, syllabus)[mine] < 0.7 < 1.0 < pace_of(state, syllabus)[mine]


def test_the_last_week_takes_longer_answers() -> None:
    """All items have exam length then; before, an answer takes between brief and exam length."""
    assert typical_seconds(3) == LENGTH_SECONDS["exam"]
    assert LENGTH_SECONDS["brief"] < typical_seconds(20) < LENGTH_SECONDS["exam"]
