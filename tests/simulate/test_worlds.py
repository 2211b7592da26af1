"""Simulated candidates: worlds that remember and forget, and forecasts of forms."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from roadworthy.items.generate import Generator
from roadworthy.learner.form_forecast import form_forecast, item_chances, needed_to_pass
from roadworthy.learner.state import LearnerState
from roadworthy.learner.syllabus import syllabus_of
from roadworthy.pack.model import Pack
from roadworthy.simulate.activation import ActivationWorld
from roadworthy.simulate.answering import item_table, respond
from roadworthy.simulate.candidates import Candidates, draw_candidates
from roadworthy.simulate.courses import begin, material_of, study_day
from roadworthy.simulate.power_law import PowerLawWorld

WORLDS = [PowerLawWorld, ActivationWorld]
START = datetime(2026, 1, 5, tzinfo=UTC)
SECTIONS = np.repeat([0, 1], 10)


def candidates(count: int = 200, seed: int = 1) -> Candidates:
    """Candidates over twenty rules in two sections."""
    return draw_candidates(count, SECTIONS, np.random.default_rng(seed))


@pytest.mark.parametrize("kind", WORLDS, ids=lambda kind: kind.name)
def test_meeting_helps_and_time_takes_away(kind: type[PowerLawWorld]) -> None:
    """A rule met is recalled better at once, and less after a month, but better than before."""
    who = candidates()
    world = kind(who, SECTIONS, np.random.default_rng(2))
    rules = np.tile([3, 4], (who.count, 1))
    everyone = np.ones(who.count, dtype=bool)
    before = world.recall(rules, np.full(who.count, 0.0)).mean()
    world.meet(rules, np.full(who.count, 0.0), everyone)
    at_once = world.recall(rules, np.full(who.count, 0.01)).mean()
    later = world.recall(rules, np.full(who.count, 30.0)).mean()

    assert at_once > before + 0.1
    assert before < later < at_once


@pytest.mark.parametrize("kind", WORLDS, ids=lambda kind: kind.name)
def test_absent_candidates_learn_nothing(kind: type[PowerLawWorld]) -> None:
    """Who is not there meets nothing; a place without a rule is always recalled."""
    who = candidates()
    world = kind(who, SECTIONS, np.random.default_rng(2))
    rules = np.tile([3, -1], (who.count, 1))
    before = world.recall(rules, np.full(who.count, 1.0))
    world.meet(rules, np.full(who.count, 0.9), np.zeros(who.count, dtype=bool))

    assert (world.recall(rules, np.full(who.count, 1.0)) == before).all()
    assert (before[:, 1] == 1.0).all()


@pytest.mark.parametrize("kind", WORLDS, ids=lambda kind: kind.name)
def test_ability_shows_in_answers(kind: type[PowerLawWorld], tiny_pack: Pack) -> None:
    """Able candidates answer better than others, and nobody worse than a guess by much."""
    syllabus = syllabus_of(tiny_pack)
    items = list(Generator(tiny_pack).sample(40, seed=1, length="exam"))
    table = item_table(items, syllabus.place)
    who = draw_candidates(300, syllabus.section_of, np.random.default_rng(1))
    rng = np.random.default_rng(3)
    world = kind(who, syllabus.section_of, rng)
    right = np.zeros(who.count)
    for number in range(len(items)):
        places = np.full(who.count, number)
        choice, seconds = respond(world, who, table, places, np.zeros(who.count), rng)
        right += choice == table.key[number]
        assert (seconds > 0).all()
    ability = who.ability.mean(axis=1)

    assert np.corrcoef(ability, right)[0, 1] > 0.2
    assert right.mean() / len(items) > 0.2


def test_study_raises_what_the_model_expects(tiny_pack: Pack) -> None:
    """Courses of six days are told as the program would see them: answers count, forecasts rise."""
    generator = Generator(tiny_pack)
    syllabus = syllabus_of(tiny_pack)
    practice = list(generator.sample(120, seed=2))
    table = item_table(practice, syllabus.place)
    rules_of = {
        name: [syllabus.rules[one] for one in places]
        for name, places in zip(syllabus.decisions, syllabus.rules_of, strict=True)
    }
    material = material_of(practice, table, rules_of, syllabus.place)
    rng = np.random.default_rng(4)
    who = draw_candidates(6, syllabus.section_of, rng)
    world = PowerLawWorld(who, syllabus.section_of, rng)
    courses = begin(who.count)
    for day in range(6):
        study_day(
            world, who, material, courses, day=day, start=START, rng=rng,
            order=list(material.of_decision),
        )  # fmt: skip
    now = START + timedelta(days=6.4)
    form = practice[:15]
    blank = form_forecast(LearnerState(), tiny_pack, form, now, 1)
    states = [course.state() for course in courses]

    assert all(len(state.responses) > 20 for state in states)
    assert np.mean([form_forecast(one, tiny_pack, form, now, 1).p for one in states]) > blank.p


def test_forecast_of_a_form_is_its_items_counted(tiny_pack: Pack) -> None:
    """p is the mean over draws of the chance to reach the mark; the range holds most outcomes."""
    items = list(Generator(tiny_pack).sample(15, seed=2, length="exam"))
    state = LearnerState()
    made = form_forecast(state, tiny_pack, items, START, 1)
    chances = item_chances(state, tiny_pack, items, START, 1)
    drawn = np.random.default_rng(5).random((400, *chances.shape)) < chances
    scores = drawn.sum(axis=2).ravel()

    assert made.needed == needed_to_pass(15, 0.7) == 11
    assert made.p == pytest.approx((scores >= made.needed).mean(), abs=0.01)
    mean, low, high = made.score
    assert mean == pytest.approx(scores.mean() / 15, abs=0.01)
    assert ((scores / 15 >= low) & (scores / 15 <= high)).mean() >= 0.8


@pytest.mark.parametrize(("size", "mark", "needed"), [(50, 0.7, 35), (60, 0.7, 42), (15, 0.7, 11)])
def test_mark_is_the_least_number_that_reaches_it(size: int, mark: float, needed: int) -> None:
    """70% of 50 are 35, of 15 are 11 and not 10.5."""
    assert needed_to_pass(size, mark) == needed
