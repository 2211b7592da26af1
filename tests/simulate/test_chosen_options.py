from __future__ import annotations

import numpy as np
import pytest

from roadworthy.simulate.chosen_options import choose_options, with_turned_curves, with_wrong_keys
from roadworthy.simulate.two_parameter import Drawn, draw_answers


@pytest.fixture
def drawn() -> Drawn:
    """800 people who answered all of 10 items with four options."""
    return draw_answers(800, 10, floor=0.25, seed=1)


def test_right_answers_choose_the_key_and_wrong_ones_a_distractor(drawn: Drawn) -> None:
    """Option 0 is chosen by those who are right, and each distractor of an item by some."""
    chosen = choose_options(drawn, seed=2).option

    assert ((chosen == 0) == (drawn.answers.right > 0)).all()
    counts = np.bincount(4 * drawn.answers.item + chosen, minlength=40).reshape(10, 4)
    assert (counts > 0).all()


def test_a_wrong_key_marks_who_chose_one_distractor(drawn: Drawn) -> None:
    """Of the named items one distractor is right for all, the others stay as they were."""
    choices = choose_options(drawn, seed=2)
    marked = with_wrong_keys(drawn, choices, [3, 5], seed=3)

    touched = np.isin(drawn.answers.item, [3, 5])
    assert (marked.answers.right[~touched] == drawn.answers.right[~touched]).all()
    for item in (3, 5):
        mine = drawn.answers.item == item
        said = set(choices.option[mine & (marked.answers.right > 0)].tolist())
        assert len(said) == 1
        assert said != {0}


def test_a_turned_curve_is_missed_by_the_able(drawn: Drawn) -> None:
    """On a turned item the upper half is right less often, and only there."""
    turned = with_turned_curves(drawn, [4], floor=0.25, seed=4).answers
    able = drawn.ability[turned.person] > 0

    for item, answers in ((4, turned), (4, drawn.answers)):
        mine = answers.item == item
        gap = answers.right[mine & able].mean() - answers.right[mine & ~able].mean()
        assert (gap < -0.1) == (answers is turned)
    other = turned.item != 4
    assert (turned.right[other] == drawn.answers.right[other]).all()
