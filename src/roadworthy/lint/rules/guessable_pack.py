"""RW220: a pack whose items a guesser solves."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.guessers import CHANCE, beyond_luck, guess_rates
from roadworthy.lint.material import LENGTHS, Material
from roadworthy.lint.options_only import options_only_rate
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem

OFF = 0.04
OFF_LEARNED = 0.06
LEARNER_LUCK = 4.2
FEWEST = 100


class GuessablePack(LintRule):
    """Over all decisions, a rule of thumb solves more, or fewer, items than chance.

    What
        The same guessers as for a decision, over the samples of all decisions: outside 25 ± 4%,
        or over 31% for the reader of options alone, the pack has a cue. With fewer than 1,300
        items the limits are wider, so that luck is not reported.

    Why
        A small lean in the same direction in each decision is invisible there and worth points in
        an exam.

    Example
        "longest 31%": authors write more on what is right. Even out the lengths in the decisions
        that lean most; `pack try ID` shows each.
    """

    code = "RW220"
    slug = "guessable-pack"
    severity = "warning"
    verifies = "no guesser does better or worse than chance over the pack"

    def check(self, material: Material) -> Iterator[Problem]:
        said = []
        for length in LENGTHS:
            items = [
                item
                for decision in material.decisions()
                for item in material.prose_items(decision.id, length)
            ]
            if len(items) < FEWEST:
                continue
            rates = guess_rates(items)
            learned = options_only_rate(items, seed=material.seed)
            said.append(
                f"{length}: {min(rates.values()):.0%} to {max(rates.values()):.0%}, options alone "
                f"{learned:.0%}"
            )
            for name, rate in rates.items():
                if abs(rate - CHANCE) > beyond_luck(len(items), OFF):
                    yield self.found(
                        f"The guesser `{name}` is right in {rate:.1%} of {len(items)} {length} "
                        "items.",
                        material.at("pack.yaml"),
                        "See with `pack try` which decisions lean that way, and even them out.",
                    )
            if learned > CHANCE + beyond_luck(len(items), OFF_LEARNED, LEARNER_LUCK):
                yield self.found(
                    f"A reader of options alone learns to find {learned:.1%} of the keys of "
                    f"{length} items.",
                    material.at("pack.yaml"),
                    "See RW219 for the decisions that it learns most from.",
                )
        self.figures = "; ".join(said)
