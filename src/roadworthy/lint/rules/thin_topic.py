"""RW240: topics that are drilled on one decision, or never on a setting."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.pack.decision import ExhibitDecision
from roadworthy.problem import Problem

LEAST = 2


class ThinTopic(LintRule):
    """A written topic has fewer than two decisions, or none of the level ``configure``.

    What
        Decisions that name the topic are counted, exhibits left out. One of them must have
        ``level: configure``: how to set something up, not which service to take.

    Why
        One decision becomes familiar, and passes for the topic. An exam that asks an engineer asks
        for settings too: machine counts, windows, thresholds.

    Example
        Dataflow has `engine` (which service) and nothing on windows. Add a decision on windows and
        triggers with `level: configure`.
    """

    code = "RW240"
    slug = "thin-topic"
    severity = "warning"
    verifies = f"each written topic has {LEAST} decisions or more, one of them on a setting"

    def check(self, material: Material) -> Iterator[Problem]:
        for name, topic in material.pack.topics.items():
            if not topic.head.written:
                continue
            decisions = [
                one
                for one in material.decisions()
                if name in one.topics and not isinstance(one, ExhibitDecision)
            ]
            place = material.at_topic(name, "decisions")
            if len(decisions) < LEAST:
                count = len(decisions)
                yield self.found(
                    f"The topic `{name}` has {count} decision{'s' * (count != 1)}; {LEAST} are "
                    "wanted.",
                    place,
                    "Write another decision that it teaches.",
                )
            if not any(one.level == "configure" for one in decisions):
                yield self.found(
                    f"The topic `{name}` has no decision on a setting.",
                    place,
                    "Write one with `level: configure`, or mark the one that is.",
                )
