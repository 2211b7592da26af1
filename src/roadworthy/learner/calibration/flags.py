"""Which items look wrong: a suspicious key first, then misfit, then too few answers.

Each answer is held against what the person's other answers say: the posterior without the item. So
an item does not judge itself. A key is suspicious where another option behaves more like a key
(``key_support``), or where a chance that does not depend on ability suits it better than any usual
curve. Misfit compares right answers with
expected ones in five bands of ability, as Orlando & Thissen's S-X2 does by score (2000, Applied
Psychological Measurement 24:50).

How good flags of keys are: 200 items with four options, ten of them wrong, answers drawn from the
model, ``python -m bench.key_alarms`` (seed 21; the bar was set on seed 5).

    answers an item                           30    60   120   300  1000
    key on a distractor, options known       16%   43%   72%   92%   98%   are flagged
    the same, options not known               0%    7%   38%   75%   92%
    the able rather miss it, options known   13%   65%   95%   99%  100%
    sound, options known                    0.2%  0.2%  0.3%  0.4%  0.2%
    first flag is of a wrong item            86%   95%  100%  100%  100%   of runs

Without options 0.05% of sound items are flagged at most. So with 30 answers most wrong keys are
still missed; what is flagged is mostly wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.calibration.answers import Answers
from roadworthy.learner.calibration.counts import shares_of_people
from roadworthy.learner.calibration.curves import Curves, Floats, Grid, logistic
from roadworthy.learner.calibration.key_support import Support, support_of

Integers = NDArray[np.integer]
Truths = NDArray[np.bool_]
Kind = Literal["key", "misfit", "few"]

FEWEST_ANSWERS: Final = 30
BANDS: Final = 5
# A band with fewer answers says nothing about itself.
FEWEST_IN_BAND: Final = 5
# A key is reported at odds of e³, 20 to 1; a misfit when as rare as this over all items.
KEY_ODDS: Final = 3.0
MISFIT_CHANCE: Final = 0.01
NO_OPTION: Final = -1


@dataclass(frozen=True)
class Flag:
    """One thing about one item. ``size``: how bad within its kind, larger is worse."""

    item: int
    kind: Kind
    why: str
    size: float


@dataclass(frozen=True)
class Choices:
    """Which option each answer chose: ``option[n]``, -1 if unknown; names of all options."""

    option: Integers
    names: Sequence[str]


@dataclass(frozen=True)
class _Held:
    """Of each answer: ability by the other answers, and the chance of a right one by them."""

    ability: Floats
    expected: Floats


def flags_of(
    answers: Answers,
    curves: Curves,
    *,
    choices: Choices | None = None,
    nodes: int = 31,
    fewest: int = FEWEST_ANSWERS,
) -> list[Flag]:
    """Flags of all items, the gravest first: keys, misfits, items with few answers.

    Items below ``fewest`` answers are only flagged as such.
    """
    held = _held_against_the_rest(answers, curves, Grid.of(nodes))
    seen = answers.seen_of_items()
    order = np.argsort(answers.item, kind="stable")
    ends = np.cumsum(seen)
    judged = [item for item in range(answers.items) if seen[item] >= fewest]
    of_item = {item: order[ends[item] - seen[item] : ends[item]] for item in judged}
    # What an item of this difficulty would show if it told people apart as well as most do.
    slope = float(np.median(curves.slope[judged])) if judged else 1.0
    usual = Curves(np.full_like(curves.slope, slope), curves.easiness, curves.floor)
    option = None if choices is None else choices.option
    support = support_of(answers, option, held.ability, slope, curves.floor)
    flags = []
    for item, mine in of_item.items():
        right = answers.right[mine] > 0
        flag = _key_flag(item, mine, right, usual, held, choices, support)
        flag = flag or _misfit_flag(item, mine, right, held, len(judged))
        if flag:
            flags.append(flag)
    for item in np.flatnonzero((seen > 0) & (seen < fewest)).tolist():
        why = f"{seen[item]} answers; {fewest} are needed to say anything"
        flags.append(Flag(item, "few", why, float(fewest - seen[item])))
    rank = {"key": 0, "misfit": 1, "few": 2}
    return sorted(flags, key=lambda flag: (rank[flag.kind], -flag.size, flag.item))


def _held_against_the_rest(answers: Answers, curves: Curves, grid: Grid) -> _Held:
    shares, _ = shares_of_people(answers, curves, grid)
    # Dividing a person's posterior by the chance of this answer takes the answer out of it.
    without = np.exp(-curves.log_chances(grid.ability))
    chances = np.concatenate([curves.chances(grid.ability)] * 2)
    weights = np.stack([without, without * grid.ability, without * chances], axis=2)
    sums = answers.by_outcome.products(shares, weights)
    return _Held(sums[:, 1] / sums[:, 0], sums[:, 2] / sums[:, 0])


def _correlation(chosen: Truths, ability: Floats) -> float:
    """Point-biserial; 0 where all or none chose it."""
    spread = float(chosen.std() * ability.std())
    if spread == 0:
        return 0.0
    return float(((chosen - chosen.mean()) * (ability - ability.mean())).mean() / spread)


def _expected_correlation(curves: Curves, item: int, ability: Floats) -> float:
    """Point-biserial of right answers that follow the curve of ``item``."""
    floor = curves.floor[item]
    chance = floor + (1 - floor) * logistic(curves.slope[item] * ability + curves.easiness[item])
    spread = ability.std() * np.sqrt(chance.mean() * (1 - chance.mean()))
    if spread == 0:
        return 0.0
    return float(((ability - ability.mean()) * chance).mean() / spread)


def _key_flag(
    item: int,
    mine: Integers,
    right: Truths,
    usual: Curves,
    held: _Held,
    choices: Choices | None,
    support: Support,
) -> Flag | None:
    """The key against ability, beside what is usual for these items and beside other options."""
    odds = float(support.against[item])
    weak = -float(support.key[item])
    if max(odds, weak) < KEY_ODDS:
        return None
    relation = _correlation(right, held.ability[mine])
    expected = _expected_correlation(usual, item, held.ability[mine])
    why = f"the key goes with ability by {relation:+.2f}, usual is {expected:+.2f}"
    named = int(support.named[item])
    if choices is not None and named >= 0:
        rival = _correlation(~right & (choices.option[mine] == named), held.ability[mine])
        if rival > relation:
            why += f"; the able choose {choices.names[named]} ({rival:+.2f})"
    return Flag(item, "key", why, max(odds, weak))


def _misfit_flag(item: int, mine: Integers, right: Truths, held: _Held, judged: int) -> Flag | None:
    """Right answers against expected ones in bands of ability."""
    order = np.argsort(held.ability[mine], kind="stable")
    total, worst = 0.0, (0.0, 0.0, 0.0, 0)
    bands = [band for band in np.array_split(order, BANDS) if len(band) >= FEWEST_IN_BAND]
    for number, band in enumerate(bands):
        expected = held.expected[mine[band]]
        spread = float((expected * (1 - expected)).sum())
        residual = float((right[band] - expected).sum())
        residual /= max(np.sqrt(spread), 1e-6)
        total += residual**2
        if abs(residual) >= abs(worst[0]):
            worst = (residual, float(right[band].mean()), float(expected.mean()), number)
    if len(bands) < 3 or chi_square_tail(total, len(bands) - 2) > MISFIT_CHANCE / judged:
        return None
    residual, came, said, number = worst
    why = (
        f"in ability band {number + 1} of {len(bands)} {came:.0%} are right, "
        f"{said:.0%} are expected ({residual:+.1f} standard errors)"
    )
    return Flag(item, "misfit", why, total)


def chi_square_tail(value: float, degrees: int) -> float:
    """Chance of a larger chi-square value, by Wilson & Hilferty (1931, PNAS 17:684)."""
    if value <= 0:
        return 1.0
    spread = 2 / (9 * degrees)
    return 0.5 * erfc(((value / degrees) ** (1 / 3) - 1 + spread) / sqrt(2 * spread))
