from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from roadworthy.learner.form_draws import pass_chances
from roadworthy.learner.weights import WEIGHTS
from roadworthy.simulate import mocks
from roadworthy.simulate.blueprint400 import Blueprint
from roadworthy.simulate.evenings import Course
from roadworthy.simulate.exam_hall import draw_forms
from roadworthy.simulate.mocks import Mocks, study_with_mocks
from roadworthy.simulate.people import draw_people
from roadworthy.simulate.ppe import PPE

PEOPLE, DAYS = 12, 4


@pytest.fixture(scope="module")
def sat(blueprint: Blueprint) -> Mocks:
    """Twelve candidates, four evenings, mocks on the second and the last."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mocks, "MOCK_DAYS", (1, 3))
        people = draw_people(PEOPLE, DAYS, blueprint, 7)
        course = Course(blueprint.section_of, blueprint.weight, PEOPLE, DAYS, 7)
        return study_with_mocks(PPE(blueprint, people), course, draw_forms(blueprint, 7, 30))


def said(sat: Mocks) -> np.ndarray:
    """The chance to pass each mock: [mocks, candidates]."""
    p = [pass_chances(chances, sat.needed).mean() for chances in sat.chances(WEIGHTS)]
    return np.array(p).reshape(sat.passed.shape)


def test_everybody_sits_a_form_of_their_own(sat: Mocks) -> None:
    """Two mocks of 55 items; no two candidates have the same items on the same day."""
    assert sat.forms.shape[:3] == (2, PEOPLE, 55)
    assert len({form.tobytes() for form in sat.forms[0]}) == PEOPLE
    assert sat.needed == 39


def test_answers_of_a_mock_are_told_together_and_marked(sat: Mocks) -> None:
    """The 55 turns from where a mock begins are in a form, at its hour; no other turn is."""
    marked = [bool(one.in_form.any()) for one in sat.happened]
    places = [n for begin in sat.begins for n in range(begin, begin + 55)]

    assert [n for n, one in enumerate(marked) if one] == places
    assert {float(sat.happened[sat.begins[0]].turn.day[0])} == {sat.at[0]}


def test_passing_is_what_the_answers_say(sat: Mocks) -> None:
    """Who reached 39 right of 55 passed."""
    for number, begin in enumerate(sat.begins):
        right = sum(one.turn.right.astype(int) for one in sat.happened[begin : begin + 55])
        assert ((right >= 39) == sat.passed[number]).all()


def test_a_mock_is_foretold_before_it_is_sat(sat: Mocks) -> None:
    """Other answers in a mock change what is said of the next one, and not of itself."""
    other = [
        replace(one, turn=replace(one.turn, right=~one.turn.right)) if one.in_form.any() else one
        for one in sat.happened
    ]
    changed = said(replace(sat, happened=other))

    assert changed[0].tolist() == said(sat)[0].tolist()
    assert not np.allclose(changed[1], said(sat)[1])
    assert ((changed >= 0) & (changed <= 1)).all()
