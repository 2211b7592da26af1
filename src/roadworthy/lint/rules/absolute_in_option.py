"""RW229: absolute and hedging words in options."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.pack.decision import ChoiceDecision, Option, Step, StepsDecision
from roadworthy.problem import Problem

_TELLING = re.compile(
    r"(?<!how )\b(always|never|only|completely|entirely|maybe|perhaps|usually|often|sometimes"
    r"|generally|probably|possibly)\b",
    re.IGNORECASE,
)
MOST_ALIKE = 0.5


class AbsoluteInOption(LintRule):
    """An option has an absolute or hedging word that most of its rivals do not have.

    What
        Words such as always, never, only, entirely, usually or perhaps, in a style of an option
        where fewer than half of the other options have one.

    Why
        Test-wise candidates strike out what says "always" and take what says "usually".

    Example
        "Always retrain on all data" stands beside three options without such words. Write
        "Retrain on the data of the last year".
    """

    code = "RW229"
    slug = "absolute-in-option"
    severity = "warning"
    verifies = "no option stands out by an absolute or hedging word"

    def check(self, material: Material) -> Iterator[Problem]:
        for decision in material.decisions():
            group: str
            options: Mapping[str, Option | Step]
            if isinstance(decision, ChoiceDecision):
                group, options = "options", decision.options
            elif isinstance(decision, StepsDecision):
                group, options = "steps", decision.steps
            else:
                continue
            for field in ("do", "brief"):
                styles = {name: getattr(option, field) for name, option in options.items()}
                for name, style, words in _standing_out(styles):
                    yield self.found(
                        f"`{name}` says {' and '.join(f'`{word}`' for word in words)}, and most "
                        "of its rivals say nothing of that kind.",
                        material.at_decision(decision, group, name, field, style),
                        "Say what is done and to what, without the word.",
                    )


def _standing_out(styles: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, int, list[str]]]:
    for style in range(max(map(len, styles.values()))):
        said = {
            name: sorted({word.lower() for word in _TELLING.findall(texts[style])})
            for name, texts in styles.items()
            if style < len(texts)
        }
        share = sum(bool(words) for words in said.values()) / len(said)
        if share <= MOST_ALIKE:
            yield from ((name, style, words) for name, words in said.items() if words)
