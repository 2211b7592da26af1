"""RW214: options whose lengths differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from roadworthy.items.phrase import fill
from roadworthy.lint.lengths import SPREAD
from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.pack.decision import ChoiceDecision, Option, Step, StepsDecision
from roadworthy.problem import Problem


class UnevenOptions(LintRule):
    """Options of one style differ in length by more than ten words, brief ones by more than six.

    What
        For each style, the longest and the shortest option are compared, in the frame in which
        they differ least.

    Why
        The longest option is what a guesser takes, so authors should not give it a chance; and
        an option half as long as the others looks like a joke.

    Example
        `do` of `retrain` has 34 words in the first style, `threshold` 17. Say more of how the
        threshold is found, or less of the training.
    """

    code = "RW214"
    slug = "uneven-options"
    severity = "warning"
    verifies = "options of a style are of like length"

    def check(self, material: Material) -> Iterator[Problem]:
        vocabulary = material.generator.vocabulary
        for decision in material.decisions():
            group: str
            options: Mapping[str, Option | Step]
            if isinstance(decision, ChoiceDecision):
                group, options = "options", decision.options
            elif isinstance(decision, StepsDecision):
                group, options = "steps", decision.steps
            else:
                continue
            numbers = dict.fromkeys(getattr(decision, "numbers", {}), "10")
            numbers |= dict.fromkeys(getattr(decision, "derive", {}), "10")
            frames = [
                vocabulary.words(frame, numbers)
                for frame in vocabulary.fitting(decision.scene.needs)
            ]
            for field, most in SPREAD.items():
                for style in range(len(getattr(next(iter(options.values())), field))):
                    spreads = [_spread(options, field, style, words) for words in frames]
                    if not spreads or min(spreads)[0] <= most:
                        continue
                    spread, short, long = min(spreads)
                    yield self.found(
                        f"Style {style + 1} of `{field}`: `{long}` has {spread} words more than "
                        f"`{short}`; {most} are the limit.",
                        material.at_decision(decision, group, long, field),
                        "Shorten the one or say more in the other.",
                    )


def _spread(
    options: Mapping[str, Option | Step], field: str, style: int, words: Mapping[str, str]
) -> tuple[int, str, str]:
    """(longest minus shortest, in words; name of the shortest; name of the longest)."""
    counts = sorted(
        (len(fill(texts[style], words).split()), name)
        for name, option in options.items()
        if style < len(texts := getattr(option, field))
    )
    return counts[-1][0] - counts[0][0], counts[0][1], counts[-1][1]
