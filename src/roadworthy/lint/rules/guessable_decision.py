"""RW219: decisions whose items a guesser solves."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.guessers import CHANCE, beyond_luck, guess_rates
from roadworthy.lint.material import LENGTHS, Material
from roadworthy.lint.options_only import options_only_rate
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem

OFF = 0.10
OFF_LEARNED = 0.11
LEARNER_LUCK = 4.2
"""The reader learns from the items that it is tried on, which spreads its rate by a fifth more."""
FEWEST = 100


class GuessableDecision(LintRule):
    """A rule of thumb solves more, or fewer, items of a decision than chance.

    What
        200 items of each length are given to guessers that take the longest option, the shortest,
        the one with most or least words of the stem, the one most or least like the others, or a
        fixed place; and to a reader who learns from the options alone. Outside 15 to 35%, or over
        36% for the reader, there is a cue; the limits are wider where there are fewer items.

    Why
        A candidate learns the cue instead of the rule, without knowing it.

    Example
        "most stem overlap 41%": an option repeats a noun that only its own fact uses. Say the fact
        as a symptom or a need, in other words than the option's.
    """

    code = "RW219"
    slug = "guessable-decision"
    severity = "warning"
    verifies = "no guesser does better or worse than chance in a decision"

    def check(self, material: Material) -> Iterator[Problem]:
        for decision in material.decisions():
            for length in LENGTHS:
                items = material.prose_items(decision.id, length)
                if len(items) < FEWEST:
                    continue
                off = beyond_luck(len(items), OFF)
                for name, rate in guess_rates(items).items():
                    if abs(rate - CHANCE) > off:
                        yield self.found(
                            f"The guesser `{name}` is right in {rate:.0%} of {len(items)} {length} "
                            "items.",
                            material.at_decision(decision, "options"),
                            _MENDS.get(name, "Even out the lengths and the words of the options."),
                        )
                rate = options_only_rate(items, seed=material.seed)
                if rate > CHANCE + beyond_luck(len(items), OFF_LEARNED, LEARNER_LUCK):
                    yield self.found(
                        f"A reader of options alone learns to find {rate:.0%} of the keys of "
                        f"{length} items.",
                        material.at_decision(decision, "options"),
                        "Look which nouns of frames stand in options of some situations only.",
                    )


_MENDS = {
    "most stem overlap": "Say the facts as symptoms and needs, not in the words of the options.",
    "least stem overlap": "Let distractors be as far from the words of the stem as the key.",
    "centroid": "Let options differ from each other in more than one way.",
    "odd one out": "Let the key share parts with its rivals.",
    **dict.fromkeys(
        (f"{place} position" for place in ("first", "second", "third", "fourth")),
        "Report this: the place of the key is drawn by the program.",
    ),
}
