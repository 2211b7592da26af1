"""Which option each drawn answer chose, and answers as they look after a key was set wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.calibration.answers import Answers
from roadworthy.learner.calibration.flags import Choices
from roadworthy.simulate.two_parameter import Drawn

Integers = NDArray[np.integer]

SD_APPEAL = 0.7
SD_PULL = 0.3


@dataclass(frozen=True)
class Marked:
    """Answers as marked by keys, some of them wrong, and the option ``choices`` of each answer."""

    answers: Answers
    choices: Choices


def choose_options(drawn: Drawn, *, ways: int = 4, seed: int) -> Choices:
    """Option 0 is each item's key; who is wrong chooses one of the ``ways - 1`` distractors.

    A distractor draws by exp(appeal + pull x ability), appeal ~ N(0, 0.7²), pull ~ N(0, 0.3²): some
    are chosen often, and some rather by those who nearly know. Both are our own assumption.
    """
    rng = np.random.default_rng(seed)
    answers, distractors = drawn.answers, ways - 1
    appeal = rng.normal(0, SD_APPEAL, (answers.items, distractors))
    pull = rng.normal(0, SD_PULL, (answers.items, distractors))
    logits = appeal[answers.item] + pull[answers.item] * drawn.ability[answers.person, None]
    # The highest of logits with Gumbel noise is a draw by their softmax.
    wrong = 1 + (logits + rng.gumbel(size=logits.shape)).argmax(axis=1)
    option = np.where(answers.right > 0, 0, wrong)
    return Choices(option, tuple(f"option {n}" for n in range(ways)))


def with_wrong_keys(drawn: Drawn, choices: Choices, items: Sequence[int], *, seed: int) -> Marked:
    """Answers marked as if the key of ``items`` stood on a distractor, which is drawn by seed."""
    rng = np.random.default_rng(seed)
    key = np.zeros(drawn.answers.items, int)
    key[list(items)] = rng.integers(1, len(choices.names), len(items))
    right = (choices.option == key[drawn.answers.item]).astype(np.uint8)
    return Marked(replace(drawn.answers, right=right), choices)


def with_turned_curves(drawn: Drawn, items: Sequence[int], *, floor: float, seed: int) -> Drawn:
    """Answers in which ``items`` have the negative of their slope: the able rather miss them."""
    rng = np.random.default_rng(seed)
    answers = drawn.answers
    slope, difficulty = drawn.slope[answers.item], drawn.difficulty[answers.item]
    knows = 1 / (1 + np.exp(slope * (drawn.ability[answers.person] - difficulty)))
    anew = rng.random(len(answers)) < floor + (1 - floor) * knows
    right = np.where(np.isin(answers.item, items), anew, answers.right).astype(np.uint8)
    return replace(drawn, answers=replace(answers, right=right))
