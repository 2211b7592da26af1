"""RW222: items in which no change would make a distractor right."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.items.choice import ChoiceItems
from roadworthy.items.item import Item
from roadworthy.lint.material import LENGTHS, Material
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem

LEAST = 0.70


class KeySeldomMoves(LintRule):
    """In fewer than 70% of the choice items one change would make a shown distractor the key.

    What
        A stated fact, or the goal, is changed, added or dropped. The share of items in which that
        makes another shown option the key is an error for the pack, a warning for a decision. The
        share in which it does so for two of them is said as well; more is better.

    Why
        Flip and contrast pair teach by the smallest change that moves the key. Distractors that
        nothing could make right are padding.

    Example
        `oversample` falls to two facts in each item. Let one of them suffice.
    """

    code = "RW222"
    slug = "key-seldom-moves"
    verifies = "one change moves the key in 70% of choice items or more"

    def check(self, material: Material) -> Iterator[Problem]:
        once, twice = [], []
        for decision, maker in material.choices():
            items = [item for length in LENGTHS for item in material.items(decision.id, length)]
            if decision.kind != "choice" or not items:
                continue
            counts = [movable(maker, item) for item in items]
            once.append(sum(count >= 1 for count in counts) / len(counts))
            twice.append(sum(count >= 2 for count in counts) / len(counts))
            if once[-1] < LEAST:
                yield self.found(
                    f"One change moves the key in {once[-1]:.0%} of its items; {LEAST:.0%} are "
                    "wanted.",
                    material.at_decision(decision, "facts"),
                    "Let single facts or the goal part rivals that now differ in two.",
                    severity="warning",
                )
        if not once:
            return
        mean, both = sum(once) / len(once), sum(twice) / len(twice)
        self.figures = f"to one distractor in {mean:.0%}, to either of two in {both:.0%}"
        if mean < LEAST:
            yield self.found(
                f"One change moves the key in {mean:.0%} of the choice items; {LEAST:.0%} are "
                f"needed (to either of two distractors in {both:.0%}).",
                material.at("pack.yaml"),
                "Begin with the decisions that are warned of.",
            )


def movable(maker: ChoiceItems, item: Item) -> int:
    """How many shown distractors one change of a fact or of the goal would make the key."""
    situation = maker.solver.situation(item.facts, item.goal)
    if situation is None:
        return 0
    shown = tuple(sorted(maker.solver.options.index(option.id) for option in item.options))
    keys = {change.key for change in maker.reasons.changes(situation, shown)}
    return len(keys - {None, situation.key})
