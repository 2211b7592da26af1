"""How often a wrong key is flagged, and a sound one: ``python -m bench.key_alarms``.

200 items with four options and a guess floor of 1/4, 50 answers a person; ten items are wrong. In
cases ``swapped`` their key stands on a distractor, in cases ``turned`` the able rather miss them.
The number in a case is that of answers an item; ``/unseen``: nobody kept which option was chosen.
Metrics: hit_rate and false_alarm_rate of flagged keys, and led, the share of runs with a flag of
this kind in which the first one is of a wrong item.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

import numpy as np

from bench.rows import OURS, Row, options, show
from roadworthy.learner.calibration.fit import fit
from roadworthy.learner.calibration.flags import flags_of
from roadworthy.simulate.chosen_options import choose_options, with_turned_curves, with_wrong_keys
from roadworthy.simulate.two_parameter import draw_answers

ITEMS, WRONG, FLOOR, OF_A_PERSON = 200, 10, 0.25, 50
RUNS = {30: 40, 60: 40, 120: 20, 300: 10, 1000: 5}
QUICK_RUNS = {30: 4, 60: 4, 120: 2}
SEED = 21


def main(arguments: Sequence[str]) -> int:
    """Print the rates; those of flags.py were read with another seed than its bar was set with."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=SEED)
    chosen, more = options("key_alarms", arguments, parser=parser)
    runs = QUICK_RUNS if chosen.quick else RUNS
    rows = [
        row
        for way in ("swapped", "turned")
        for seen in (True, False)
        for answers, count in runs.items()
        for row in _rates(way, seen, answers, [1000 * more.seed + n for n in range(count)])
    ]
    show("key-alarms", rows, chosen)
    return 0


def _rates(way: str, seen: bool, answers: int, seeds: Sequence[int]) -> Iterator[Row]:
    hits = false = led = told = 0
    for seed in seeds:
        flagged, wrong = _flagged(way, seen, answers, seed)
        hits += len(wrong & set(flagged))
        false += len(set(flagged) - wrong)
        told += bool(flagged)
        led += bool(flagged) and flagged[0] in wrong
    case = f"{way}-{answers}" + ("" if seen else "/unseen")
    for metric, part, of in (
        ("hit_rate", hits, WRONG * len(seeds)),
        ("false_alarm_rate", false, (ITEMS - WRONG) * len(seeds)),
        ("led", led, told),
    ):
        share = part / of if of else None
        se = None if share is None else float(np.sqrt(share * (1 - share) / of))
        yield Row(case, OURS, metric, share, se)


def _flagged(way: str, seen: bool, answers: int, seed: int) -> tuple[list[int], set[int]]:
    """Items whose key is flagged, gravest first, and the items that are wrong."""
    people = answers * ITEMS // OF_A_PERSON
    drawn = draw_answers(people, ITEMS, share=OF_A_PERSON / ITEMS, floor=FLOOR, seed=seed)
    rng = np.random.default_rng(seed)
    wrong = rng.choice(ITEMS, WRONG, replace=False).tolist()
    if way == "turned":
        drawn = with_turned_curves(drawn, wrong, floor=FLOOR, seed=seed + 1)
    choices = choose_options(drawn, seed=seed + 2)
    marked = with_wrong_keys(drawn, choices, wrong if way == "swapped" else [], seed=seed + 3)
    curves = fit([marked.answers], floor=FLOOR).curves
    # The number of answers varies by chance, so the least number is set below what is usual.
    found = flags_of(marked.answers, curves, choices=choices if seen else None, fewest=answers // 2)
    return [flag.item for flag in found if flag.kind == "key"], set(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
