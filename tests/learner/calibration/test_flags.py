from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from roadworthy.learner.calibration.answers import Answers
from roadworthy.learner.calibration.fit import fit
from roadworthy.learner.calibration.flags import Choices, Flag, chi_square_tail, flags_of
from roadworthy.simulate.two_parameter import Drawn, draw_answers

FLIPPED, ODD, RARE = 7, 11, 13


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    """600 people, 50 items, half of the pairs answered."""
    return draw_answers(600, 50, share=0.5, seed=5)


def flags(answers: Answers, choices: Choices | None = None) -> list[Flag]:
    """Flags of the answers by curves fitted to them."""
    return flags_of(answers, fit([answers]).curves, choices=choices)


def flipped(answers: Answers) -> Answers:
    """The answers with the key of one item on a wrong option."""
    return replace(
        answers, right=np.where(answers.item == FLIPPED, 1 - answers.right, answers.right)
    )


def test_sound_items_are_not_flagged(drawn: Drawn) -> None:
    """Items that follow the model give no flag."""
    assert flags(drawn.answers) == []


def test_a_flipped_key_comes_first(drawn: Drawn) -> None:
    """The item whose key is wrong leads, before one of another curve and one of few answers."""
    answers = flipped(drawn.answers)
    # An item that only the best third get right, all of them: too steep where it matters.
    by_step = drawn.ability[answers.person] > 0.4
    odd = np.where(answers.item == ODD, by_step ^ (answers.person % 5 == 0), answers.right)
    keep = (answers.item != RARE) | (answers.person < 20)
    answers = Answers(answers.person[keep], answers.item[keep], odd[keep].astype(int), 600, 50)

    found = flags(answers)

    assert (found[0].item, found[0].kind) == (FLIPPED, "key")
    assert (found[-1].item, found[-1].kind) == (RARE, "few")
    assert {flag.item for flag in found} <= {FLIPPED, ODD, RARE}


def test_the_option_that_the_able_choose_is_named(drawn: Drawn) -> None:
    """Where options are known, the flag says which one goes with ability instead of the key."""
    answers = flipped(drawn.answers)
    spread = (answers.person + answers.item) % 2
    mine = answers.item == FLIPPED
    option = np.where(answers.right > 0, 0, np.where(mine, 1, 1 + spread))

    first = flags(answers, Choices(option, ("key", "rival", "third")))[0]

    assert first.item == FLIPPED
    assert "the able choose rival" in first.why


def test_a_curve_that_does_not_fit_is_told_with_its_band(drawn: Drawn) -> None:
    """An item that the able know and the rest guess half the time is misfit, and its key stands."""
    answers = drawn.answers
    able = drawn.ability[answers.person]
    odd = (able > 0.9) | ((able < 0.1) & (answers.person % 2 == 0))
    answers = replace(answers, right=np.where(answers.item == ODD, odd, answers.right).astype(int))

    found = flags(answers)

    assert [(flag.item, flag.kind) for flag in found] == [(ODD, "misfit")]
    assert "in ability band" in found[0].why


@pytest.mark.parametrize(
    ("value", "degrees", "chance"), [(3.84, 1, 0.05), (11.34, 3, 0.01), (16.27, 3, 0.001)]
)
def test_chi_square_tail_is_near_the_tables(value: float, degrees: int, chance: float) -> None:
    """Table values of the distribution come out within a sixth of their chance."""
    assert chi_square_tail(value, degrees) == pytest.approx(chance, rel=0.16)
