"""States of learners, made by the learner's own rules and without a journal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from roadworthy.journal.event import study_day
from roadworthy.learner.learning import Learning
from roadworthy.learner.state import LearnerState, Lesson, Response, Settings
from roadworthy.learner.syllabus import syllabus_of
from roadworthy.learner.weights import WEIGHTS
from roadworthy.learner.workbench import Workbench
from roadworthy.pack.model import Pack

NOW = datetime(2026, 11, 25, 18, tzinfo=UTC)
Studied = Callable[..., LearnerState]


@pytest.fixture
def now() -> datetime:
    """A Wednesday evening."""
    return NOW


def response(
    pack: Pack, decision: str, rules: Sequence[str], right: bool, at: datetime
) -> Response:
    """An answer that counts."""
    section = pack.section_of(pack.decisions[decision].considerations[0])
    return Response(
        presentation=f"{decision}{at}", session=None, form=None, at=at,
        day=study_day(at, "UTC"), decision=decision, section=section, kind="choice",
        length="brief", step="full", purpose="",
        situation=f"{decision}{at}", rules=tuple(rules), blamed=() if right else tuple(rules[:1]),
        right=right, confidence=2, seconds=40.0, reading_seconds=20.0, aided=False,
        repeated=False, options=4, weight=1.0, why_no_weight=None, misconception=None, chosen=(0,),
    )  # fmt: skip


@pytest.fixture
def studied(tiny_pack: Pack) -> Studied:
    """Makes a state: decisions taught and answered on some days before now."""

    def make(
        decisions: Sequence[str] = (),
        *,
        answers: int = 0,
        right: Callable[[int], bool] = lambda _: True,
        days_ago: float = 1.0,
        **settings: Any,
    ) -> LearnerState:
        bench = Workbench(LearnerState(enrolled_at=NOW, settings=Settings(**settings)))
        learning = Learning(bench, WEIGHTS)
        syllabus = syllabus_of(tiny_pack)
        at = NOW - timedelta(days=days_ago)
        for name in decisions:
            bench.own_lessons()[name] = Lesson({"brief": at})
            here = [rule for rule in syllabus.rules if rule.startswith(f"{name}.")]
            learning.taught(here, at)
            for number in range(answers):
                chosen = [here[(number + more) % len(here)] for more in range(3)]
                at_answer = at + timedelta(minutes=number + 1)
                learning.take(response(tiny_pack, name, chosen, right(number), at_answer))
        return bench.finished()

    return make


@pytest.fixture
def with_minutes() -> Callable[[LearnerState, dict[Any, float]], LearnerState]:
    """A state with minutes of study on some days."""
    return lambda state, minutes: replace(state, minutes_by_day=minutes)
