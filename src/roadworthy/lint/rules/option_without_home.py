"""RW205: option sets that would tell the key."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem

SHOWN = 4


class OptionWithoutHome(LintRule):
    """The options alone would say something on the key, or practice never shows an option.

    What
        Four options form a symmetric set when each of them is the key of some practice situation
        in which the other three are fair distractors. Practice draws a symmetric set and then its
        key with even odds. A decision needs such sets, and each option must be in one. Four steps
        form such a set when each of them is the only one ready in some state of the work.

    Why
        Without a symmetric set some option that is shown can never be the key, so the options are
        a cue. An option that is in no symmetric set is never shown in practice.

    Example
        `tram` wins only where all rivals fall to two rules. Add a goal that `tram` serves best
        among three options that survive.
    """

    code = "RW205"
    slug = "option-without-home"
    verifies = "given the options that practice shows, each is the key once in four"

    def check(self, material: Material) -> Iterator[Problem]:
        count = 0
        for decision, maker in material.choices():
            sets = maker.practice
            if sets.symmetry < SHOWN:
                yield self.found(
                    f"In no set of four can each be the key; the best have {sets.symmetry}.",
                    material.at_decision(decision, "options"),
                    "Give each option situations that it wins while three others nearly do.",
                )
                continue
            count += len(sets.symmetric)
            shown = {place for options in sets.symmetric for place in options}
            for place, name in enumerate(maker.solver.options):
                if place not in shown:
                    yield self.found(
                        f"`{name}` is in none of the {len(sets.symmetric)} symmetric sets.",
                        material.at_decision(decision, "options", name),
                        "Let it win where three others fall to one rule or lose by the goal.",
                    )
        for steps, flow in material.steps():
            table = flow.tables["practice"]
            most = max(map(len, table.values()), default=0)
            if most < SHOWN:
                yield self.found(
                    f"In no set of four steps can each be the next; the best have {most}.",
                    material.at_decision(steps, "steps"),
                    "Add steps, or needs that part them, so that more states have one next step.",
                )
            count += sum(len(keys) == SHOWN for keys in table.values())
        self.figures = f"{count} symmetric sets"
