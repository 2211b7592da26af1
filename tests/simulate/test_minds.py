from __future__ import annotations

import numpy as np
import pytest
from tests.simulate.conftest import PEOPLE, MakeMinds

from roadworthy.simulate.blueprint400 import blueprint400

EVERYBODY = np.ones(PEOPLE, dtype=np.bool_)
STICKS = np.zeros((PEOPLE, 1))
"""Luck with which every explanation is kept."""


def at(day: float) -> np.ndarray:
    """The same time for everybody, in days."""
    return np.full(PEOPLE, day)


def test_without_study_knowledge_fades(minds: MakeMinds) -> None:
    """Nobody's chance to recall a rule rises while nothing is met, and the mean falls."""
    made = minds()
    now, later = made.recall_all(0.0), made.recall_all(28.0)

    assert (later <= now + 1e-12).all()
    assert later.mean() < now.mean() - 0.01


def test_meeting_a_rule_helps_if_it_sticks(minds: MakeMinds) -> None:
    """A rule met by everybody is recalled better; without luck or presence nothing changes."""
    made = minds()
    rule = np.full((PEOPLE, 1), 3)
    before = made.recall(rule, at(1.0))
    made.meet(rule, at(0.9), EVERYBODY, STICKS + 0.9999)
    made.meet(rule, at(0.9), ~EVERYBODY, STICKS)
    unchanged = made.times.copy()
    made.meet(rule, at(0.9), EVERYBODY, STICKS)

    assert (unchanged[~np.isnan(unchanged)] < 0).all()
    assert (made.recall(rule, at(1.0)) > before).mean() > 0.95


def test_spacing_beats_massing_on_a_delayed_test(minds: MakeMinds) -> None:
    """Four meetings on four days are worth more three weeks later than four on one evening."""
    massed, spaced = minds(), minds()
    rule = np.full((PEOPLE, 1), 5)
    for number in range(4):
        massed.meet(rule, at(6.0 + number / 400), EVERYBODY, STICKS)
        spaced.meet(rule, at(2.0 * number), EVERYBODY, STICKS)
    later = at(27.0)

    assert spaced.recall(rule, later).mean() > massed.recall(rule, later).mean() + 0.02


def test_chance_once_met_is_what_comes_of_a_meeting(minds: MakeMinds) -> None:
    """What the oracle is told of one meeting is exactly what the memory then does."""
    made = minds()
    rule = np.full((PEOPLE, 1), 8)
    made.meet(rule, at(1.0), EVERYBODY, STICKS)
    section = made.blueprint.section_of[8]
    told = made.chances_once_met(3.0, 10.0)[:, 8]
    made.meet(rule, at(3.0), EVERYBODY, STICKS)
    made.in_section[:, section] -= 1  # the oracle leaves out what a meeting adds to the gist

    assert told == pytest.approx(made.recall(rule, at(10.0))[:, 0], rel=1e-9)


def test_all_chances_are_those_of_single_rules(minds: MakeMinds) -> None:
    """Recall of all rules and recall of listed ones agree; a place without a rule is certain."""
    made = minds()
    made.meet(np.full((PEOPLE, 1), 2), at(0.5), EVERYBODY, STICKS)
    rules = np.tile([2, 9, -1], (PEOPLE, 1))
    listed = made.recall(rules, at(4.0))

    assert listed[:, :2] == pytest.approx(made.recall_all(4.0)[:, [2, 9]])
    assert (listed[:, 2] == 1.0).all()


def test_twenty_newest_meetings_are_kept(minds: MakeMinds) -> None:
    """The twenty-first meeting pushes the oldest out and leaves the chances finite."""
    made = minds()
    rule = np.full((PEOPLE, 1), 4)
    for number in range(25):
        made.meet(rule, at(number / 10), EVERYBODY, STICKS)

    assert (made.times[:, 4, 0] == 0.5).all()
    assert np.isfinite(made.recall(rule, at(20.0))).all()


def test_syllabus_of_the_worlds_is_fixed() -> None:
    """400 rules in sections of 90, 80, 70, 60, 60 and 40, weights that sum to the exam's shares."""
    made = blueprint400()

    assert np.bincount(made.section_of).tolist() == [90, 80, 70, 60, 60, 40]
    assert np.bincount(made.section_of, made.weight) == pytest.approx(made.shares)
    assert made.estimated(1).sum() == pytest.approx(1.0)
    ratio = np.log(made.estimated(1) / made.weight)
    assert ratio.std() == pytest.approx(0.5, abs=0.05)
