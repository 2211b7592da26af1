"""RW215: compute items that cannot be asked, or whose values lie too close."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise
from random import Random

from roadworthy.items.compute import SHOWN
from roadworthy.items.scene import draw_numbers, evaluate
from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.pack.decision import ComputeDecision
from roadworthy.problem import Problem

DRAWS = 200
LEAST_APART = 0.90
LEAST_TO_DRAW_ANEW = 0.50
"""The engine draws anew where values are too close; under this share that skews what is asked."""


class NumbersTooClose(LintRule):
    """A quantity can never be asked, or the values of a draw lie too close together.

    What
        200 draws of the numbers are made. Each formula must have a value in each of them, and in
        90% the shown values must be ``min_gap`` apart, averaged over all sets of four quantities.
        The engine draws anew where they are not, so this is an error only under 50%. Each quantity
        must be confirmed, so that it can be the key.

    Why
        A formula that is never the key is soon known as a trap. Values that nearly agree test
        arithmetic, not the concept.

    Example
        With `tp` from 40 to 60 and `fp` from 40 to 60, precision and recall often differ by one
        percent. Widen a range, or lower ``min_gap``.
    """

    code = "RW215"
    slug = "numbers-too-close"
    verifies = "each quantity can be asked, and values are apart in 90% of draws"

    def check(self, material: Material) -> Iterator[Problem]:
        for decision in material.computes():
            values: list[dict[str, float]] = []
            failed: set[str] = set()
            for turn in range(DRAWS):
                random = Random(f"{material.seed} {decision.id} {turn}")
                draw = draw_numbers(random, decision.params, decision.derive)
                values.append(_values(decision, draw, failed))
            for name in sorted(failed):
                yield self.found(
                    f"`{name}` has no value in some draws: its formula divides by zero.",
                    material.at_decision(decision, "quantities", name, "formula"),
                    "Keep the draws away from zero.",
                )
            for name, quantity in decision.quantities.items():
                if quantity.status != "confirmed":
                    yield self.found(
                        f"`{name}` is unconfirmed, so it is never asked.",
                        material.at_decision(decision, "quantities", name),
                        "Confirm it, or drop it.",
                    )
            apart = _share_apart(decision, values)
            if apart < LEAST_APART:
                yield self.found(
                    f"Values are {decision.min_gap:g} apart in {apart:.0%} of draws; "
                    f"{LEAST_APART:.0%} are needed.",
                    material.at_decision(decision, "params"),
                    "Widen the ranges of the numbers, or lower `min_gap`.",
                    severity="error" if apart < LEAST_TO_DRAW_ANEW else "warning",
                )


def _values(
    decision: ComputeDecision, draw: Mapping[str, float], failed: set[str]
) -> dict[str, float]:
    """Value of each quantity as printed; a formula that fails goes into ``failed``."""
    found = {}
    for name, quantity in decision.quantities.items():
        try:
            value = evaluate(quantity.formula, draw)
        except ZeroDivisionError:
            failed.add(name)
            continue
        found[name] = value * 100 if quantity.show == "percent" else value
    return found


def _share_apart(decision: ComputeDecision, draws: list[dict[str, float]]) -> float:
    """Share of (draw, four quantities) whose values keep their distance."""
    good = count = 0
    for values in draws:
        for four in combinations(sorted(values.values()), SHOWN):
            count += 1
            good += all(high - low >= decision.min_gap for low, high in pairwise(four))
    return good / count if count else 0.0
