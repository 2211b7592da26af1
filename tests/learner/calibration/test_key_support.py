from __future__ import annotations

import numpy as np
import pytest

from roadworthy.learner.calibration.fit import fit
from roadworthy.learner.calibration.flags import Flag, flags_of
from roadworthy.learner.calibration.key_support import ABILITY, support, support_of
from roadworthy.simulate.chosen_options import (
    Marked,
    choose_options,
    with_turned_curves,
    with_wrong_keys,
)
from roadworthy.simulate.two_parameter import Drawn, draw_answers

FLOOR = 0.25


def middling(drawn: Drawn) -> list[int]:
    """Three items of middle difficulty, whose answers tell most."""
    return np.argsort(np.abs(drawn.difficulty))[:3].tolist()


def keys_flagged(marked: Marked, *, seen: bool = True) -> list[Flag]:
    """Flags of keys, gravest first."""
    curves = fit([marked.answers], floor=FLOOR).curves
    choices = marked.choices if seen else None
    found = flags_of(marked.answers, curves, choices=choices)
    return [flag for flag in found if flag.kind == "key"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_wrong_keys_come_first(seed: int) -> None:
    """Three keys on distractors, 250 answers an item: they lead, and the true option is named."""
    drawn = draw_answers(500, 50, share=0.5, floor=FLOOR, seed=seed)
    wrong = middling(drawn)
    marked = with_wrong_keys(drawn, choose_options(drawn, seed=seed), wrong, seed=seed)

    found = keys_flagged(marked)

    assert {flag.item for flag in found[:3]} == set(wrong)
    assert len(found) <= 4
    assert all("the able choose option 0" in flag.why for flag in found[:3])


@pytest.mark.parametrize("seen", [True, False])
def test_items_that_the_able_miss_come_first(seen: bool) -> None:
    """A negative slope is flagged, whether or not it is known what was chosen."""
    drawn = draw_answers(500, 50, share=0.5, floor=FLOOR, seed=4)
    wrong = middling(drawn)
    drawn = with_turned_curves(drawn, wrong, floor=FLOOR, seed=5)
    marked = with_wrong_keys(drawn, choose_options(drawn, seed=4), [], seed=4)

    assert {flag.item for flag in keys_flagged(marked, seen=seen)[:3]} == set(wrong)


def test_few_sound_keys_are_flagged() -> None:
    """Of 200 sound items with 60 answers each, two at most are flagged."""
    drawn = draw_answers(240, 200, share=0.25, floor=FLOOR, seed=6)
    marked = with_wrong_keys(drawn, choose_options(drawn, seed=6), [], seed=6)

    assert len(keys_flagged(marked)) <= 2


def test_support_is_the_gain_in_log_likelihood() -> None:
    """What follows a curve gains by it, its mirror image loses, and a constant is worth nothing."""
    shown = np.full((3, len(ABILITY)), 20.0)
    rising = 1 / (1 + np.exp(-ABILITY))
    chosen = 20 * np.stack([rising, rising[::-1], np.full(len(ABILITY), 0.0)])

    gain, loss, nothing = support(chosen, shown, 1.0, np.zeros(3))

    said = (chosen * np.log(rising) + (20 - chosen) * np.log1p(-rising)).sum(axis=1)
    assert gain == pytest.approx(said[0] - 20 * len(ABILITY) * np.log(0.5))
    assert loss == pytest.approx(said[1] - 20 * len(ABILITY) * np.log(0.5))
    assert nothing == 0


def test_an_option_that_is_unknown_names_no_rival() -> None:
    """Without chosen options no rival is named and its support is zero."""
    answers = draw_answers(60, 5, seed=7).answers
    unknown = np.full(len(answers), -1)
    for option in (None, unknown):
        found = support_of(answers, option, np.zeros(len(answers)), 1.0, np.zeros(5))
        assert found.named.tolist() == [-1] * 5
        assert found.rival.tolist() == [0.0] * 5
