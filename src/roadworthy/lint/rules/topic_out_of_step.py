"""RW227: topics and decisions that do not know of each other."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.lint.material import Material
from roadworthy.lint.rule import LintRule
from roadworthy.problem import Problem


class TopicOutOfStep(LintRule):
    """A topic names a decision that is not there or does not name it, or the other way round.

    What
        The decisions in the head of a written topic must exist and name the topic; each decision
        that names a written topic must stand in its head.

    Why
        The head gives the order in which a topic is taught. A decision that is missing there is
        practised and never introduced.

    Example
        `upload-protection` has ``topics: [privacy]``, and the head of 09-privacy.md lists only
        `quarantine-flow`. Add it where it belongs in the order.
    """

    code = "RW227"
    slug = "topic-out-of-step"
    verifies = "topics and decisions name each other"

    def check(self, material: Material) -> Iterator[Problem]:
        pack = material.pack
        for name, topic in pack.topics.items():
            for number, id_ in enumerate(topic.head.decisions):
                decision = pack.decisions.get(id_)
                if decision is None:
                    message = f"There is no decision `{id_}`."
                elif name not in decision.topics:
                    message = f"`{id_}` does not name the topic `{name}`."
                else:
                    continue
                yield self.found(
                    message,
                    material.at_topic(name, "decisions", number),
                    "Name them in both places, or in none.",
                )
        for decision in material.decisions():
            for number, name in enumerate(decision.topics):
                head = pack.topics[name].head if name in pack.topics else None
                if head is not None and head.written and decision.id not in head.decisions:
                    yield self.found(
                        f"The lesson `{name}` does not list this decision.",
                        material.at_decision(decision, "topics", number),
                        "Add it to `decisions` in the head of the lesson, in teaching order.",
                    )
