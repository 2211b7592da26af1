"""RW232: symptoms of exhibits that name their fault."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem

LEAST = 4


class LonelySymptom(LintRule):
    """Fewer than four faults of an exhibit share a symptom.

    What
        For each symptom, the confirmed faults that show it are counted; four options need four.

    Why
        The stem tells the symptom. Where the options have different symptoms, the stem alone
        decides, and nobody reads the exhibit.

    Example
        `slow` belongs to one fault and `wrong` to four. Give `slow` three faults more, or let its
        fault show `wrong` too.
    """

    code = "RW232"
    slug = "lonely-symptom"
    severity = "warning"
    verifies = f"each symptom of an exhibit is shared by {LEAST} faults or more"

    def check(self, material: Material) -> Iterator[Problem]:
        for decision in material.exhibits():
            for symptom in decision.symptoms:
                count = sum(
                    fault.symptom == symptom and fault.status == "confirmed"
                    for fault in decision.faults.values()
                )
                if count < LEAST:
                    yield self.found(
                        f"{count} of its faults show `{symptom}`; {LEAST} are wanted.",
                        material.at_decision(decision, "symptoms", symptom),
                        "Add faults that show it, or tell them by a symptom that others share.",
                    )
