"""Which option behaves as a key does: for each item, the recorded one or another.

The key of a sound item is chosen the more, the abler people are, along a curve of about the usual
slope; of distractors the opposite holds. So each option is given its chance of being the key: the
log likelihood of who chose it and who did not, under such a curve, less that under a chance that
does not depend on ability. The unconditional model of options is Bock's (1972, Psychometrika 37:29)
with one option that goes with ability; its other terms are the same for all options and cancel.

How well it tells keys apart: ``python -m bench.key_alarms``, figures in ``flags``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.calibration.answers import Answers
from roadworthy.learner.calibration.curves import Floats, logistic

Integers = NDArray[np.integer]

# Abilities by the other answers are taken to the nearest of these, a fifth of a deviation apart.
ABILITY: Floats = np.linspace(-4, 4, 41)
# A key may be flatter or steeper than is usual and still be a key; a rival must be as steep.
KEY_CURVES = ((0.5, True), (1.0, True), (1.5, True), (0.5, False), (1.0, False))
RIVAL_CURVES = ((1.0, True), (1.0, False))
STEPS = 8
ROOM = 0.02


@dataclass(frozen=True)
class Support:
    """In nats; ``key[I]`` of the recorded key. ``rival[I]`` of the wrong option with most of it.

    ``named[I]``: which option that is, -1 where none is known; its support is then 0: the answers
    that are not the key's are taken as a wrong option that nobody chose for its content.
    """

    key: Floats
    rival: Floats
    named: Integers

    @property
    def against(self) -> Floats:
        """``[I]``: log odds that the rival is the key, and not the recorded one."""
        result: Floats = self.rival - np.maximum(self.key, 0)
        return result


def support_of(
    answers: Answers, option: Integers | None, ability: Floats, slope: float, floor: Floats
) -> Support:
    """Support of keys and rivals.

    ``option[n]``: what each answer chose, below 0 if unknown. ``ability[n]``: of who gave it, by
    their other answers. ``slope``: the usual one. ``floor[I]``: guess floors.
    """
    place = np.rint((ability - ABILITY[0]) / (ABILITY[1] - ABILITY[0])).astype(np.int64)
    place = np.clip(place, 0, len(ABILITY) - 1)
    right = answers.right > 0
    shown = _counts(answers.item, place, answers.items)
    keyed = _counts(answers.item[right], place[right], answers.items)
    key = _best(keyed, shown, slope, floor, KEY_CURVES)
    rival, named = np.zeros(answers.items), np.full(answers.items, -1)
    if option is not None:
        told = np.flatnonzero(~right & (option >= 0))
        if len(told):
            width = int(option.max()) + 1
            codes = answers.item[told].astype(np.int64) * width + option[told]
            pairs, row = np.unique(codes, return_inverse=True)
            item, chosen = pairs // width, pairs % width
            found = _best(
                _counts(row, place[told], len(pairs)), shown[item], slope, floor[item], RIVAL_CURVES
            )
            order = np.argsort(found, kind="stable")  # the best of an item is written last
            rival[item[order]], named[item[order]] = found[order], chosen[order]
    return Support(key, rival, named)


def _counts(row: Integers, place: Integers, rows: int) -> Floats:
    width = len(ABILITY)
    flat = np.bincount(row.astype(np.int64) * width + place, minlength=rows * width)
    result: Floats = flat.reshape(rows, width).astype(np.float64)
    return result


def _best(
    chosen: Floats,
    shown: Floats,
    slope: float,
    floor: Floats,
    curves: tuple[tuple[float, bool], ...],
) -> Floats:
    """The best support over curves, each a factor of the slope, with the guess floor or without."""
    nothing = np.zeros_like(floor)
    each = [
        support(chosen, shown, factor * slope, floor if guessed else nothing)
        for factor, guessed in curves
    ]
    result: Floats = np.max(each, axis=0)
    return result


def support(chosen: Floats, shown: Floats, slope: float, floor: Floats) -> Floats:
    """Support of each row's option, ``[R]`` nats, by one curve.

    ``chosen[R, B]`` of ``shown[R, B]`` people at each place of ``ABILITY`` chose it. The curve's
    easiness is such that as many are expected to choose it as did.
    """
    total = shown.sum(axis=1)
    share = chosen.sum(axis=1) / np.maximum(total, 1)
    room = (1 - floor)[:, None]
    wanted = np.clip(share, floor + ROOM, 1 - ROOM)
    easiness = np.log((wanted - floor) / (1 - wanted))
    for _ in range(STEPS):
        inner = logistic(slope * ABILITY + easiness[:, None])
        expected = (shown * (floor[:, None] + room * inner)).sum(axis=1)
        rise = (shown * room * inner * (1 - inner)).sum(axis=1)
        step = (wanted * total - expected) / np.maximum(rise, ROOM)
        easiness = easiness + np.clip(step, -2, 2)
    chance = floor[:, None] + room * logistic(slope * ABILITY + easiness[:, None])
    chance = np.clip(chance, 1e-9, 1 - 1e-9)
    told = (chosen * np.log(chance) + (shown - chosen) * np.log1p(-chance)).sum(axis=1)
    flat = np.clip(share, 1e-9, 1 - 1e-9)
    constant = total * (flat * np.log(flat) + (1 - flat) * np.log1p(-flat))
    result: Floats = np.where((share > 0) & (share < 1), told - constant, 0.0)
    return result
