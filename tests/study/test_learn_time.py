from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from roadworthy.learner.learning import Learning
from roadworthy.learner.state import LearnerState, Settings
from roadworthy.learner.syllabus import syllabus_of
from roadworthy.learner.weights import WEIGHTS
from roadworthy.learner.workbench import Workbench
from roadworthy.pack.model import Pack
from roadworthy.study.learn_time import KNOWN_MINUTES, known_decisions, learn_minutes
from roadworthy.study.plan import plan

from .conftest import NOW, response

Studied = Callable[..., LearnerState]
EXAM = NOW.date() + timedelta(days=28)


def test_experience_scales_the_lessons(studied: Studied, tiny_pack: Pack) -> None:
    """Who is new to a section gets longer lessons, who works with it shorter ones."""
    syllabus = syllabus_of(tiny_pack)
    lengths = {
        said: learn_minutes(
            studied(experience=dict.fromkeys(syllabus.sections, said)),
            syllabus, frozenset(), frozenset(),
        )
        for said in ("new", "some", "work")
    }  # fmt: skip
    assert [set(lengths[said]) for said in ("new", "some", "work")] == [{15}, {12}, {9}]

    every = dict.fromkeys(syllabus.sections, "work")
    state = studied(experience=every, exam_date=EXAM)
    made = plan(state, tiny_pack, today=NOW.date(), now=NOW, seed=1)
    taught = [block for day in made.days for block in day.blocks if block.kind == "learn"]
    assert {block.minutes for block in taught} == {9}


def test_nothing_is_known_before_the_diagnostic(studied: Studied, tiny_pack: Pack) -> None:
    """Self-rating alone shortens no lesson to a brief and one item."""
    every = dict.fromkeys(tiny_pack.blueprint.sections, "work")

    assert known_decisions(studied(experience=every), tiny_pack, NOW) == frozenset()


def diagnosed(pack: Pack, right: bool) -> LearnerState:
    """Sixteen answers before any lesson, over all decisions, at work in every section."""
    settings = Settings(exam_date=EXAM, experience=dict.fromkeys(pack.blueprint.sections, "work"))
    bench = Workbench(LearnerState(enrolled_at=NOW, settings=settings))
    rules = syllabus_of(pack).rules
    for number in range(16):
        rule = rules[number * len(rules) // 16]
        at = NOW - timedelta(minutes=60 - number)
        Learning(bench, WEIGHTS).take(response(pack, rule.split(".")[0], [rule], right, at))
    return bench.finished()


def test_right_answers_make_a_lesson_short(tiny_pack: Pack) -> None:
    """After many right answers unmet decisions count as known; after as many wrong ones none."""
    right = diagnosed(tiny_pack, True)
    known = known_decisions(right, tiny_pack, NOW)

    assert known
    assert known_decisions(diagnosed(tiny_pack, False), tiny_pack, NOW) == frozenset()
    made = plan(right, tiny_pack, today=NOW.date(), now=NOW, seed=1)
    short = {
        block.target: block for day in made.days for block in day.blocks if block.kind == "learn"
    }
    for name in known:
        assert short[name].minutes == KNOWN_MINUTES
        assert "brief and one item" in short[name].why
