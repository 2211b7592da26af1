"""What a session stands on, and how it mends wrong beliefs.

Refutation comes with the feedback; here follow the contrast pair at once, the rule again after ten
minutes and another day, sure misses first, and after two misses the brief opened again.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime, timedelta

from roadworthy.items.generate import Generator
from roadworthy.items.identity import digest
from roadworthy.items.item import Item, Length
from roadworthy.learner.state import LearnerState, WrongBelief
from roadworthy.pack.decision import ChoiceDecision, ExhibitDecision
from roadworthy.study.session_view import SessionView, Shown
from roadworthy.study.step import Present, Ranking, Read, Step

AGAIN_AFTER = timedelta(minutes=10)
NEXT_DAY = timedelta(hours=16)


@dataclass(frozen=True)
class Mending:
    """A session over one state, and the steps that answer a miss. Make a new one for each step.

    ``known``: decisions that answers say are mostly known.
    """

    view: SessionView
    state: LearnerState
    generator: Generator
    ranking: Ranking
    telling: Ranking
    now: datetime
    known: frozenset[str] = frozenset()

    def _met(self, decision: str) -> bool:
        lesson = self.state.lessons.get(decision)
        return lesson is not None and "brief" in lesson.steps

    def _scope(self) -> list[str]:
        """Decisions of this session in teaching order: by topic number, then as the topic lists."""
        pack = self.generator.pack
        ordered = [
            name
            for topic in sorted(pack.topics.values(), key=lambda one: one.head.number)
            for name in topic.head.decisions
            if name in pack.decisions
        ]
        ordered += [name for name in pack.decisions if name not in ordered]
        target = self.view.target
        if self.view.purpose == "topic" and target is not None:
            topic = pack.topics.get(target)
            wanted = set(topic.head.decisions) if topic else {target}
            return [name for name in dict.fromkeys(ordered) if name in wanted]
        if self.view.purpose == "rule" and target is not None:
            return [name for name in ordered if name == target.split(".")[0]][:1]
        order = self.ranking([rule for name in ordered for rule in self.generator.rules[name]])
        place = {rule: number for number, rule in enumerate(order)}
        best = {
            name: min((place.get(rule, 10**6) for rule in self.generator.rules[name]), default=0)
            for name in ordered
        }
        return sorted(dict.fromkeys(ordered), key=lambda name: best[name])

    def _practicable(self) -> list[str]:
        """Rules that were taught and lie within the session's scope."""
        return [
            rule
            for name in self._scope()
            if self._met(name)
            for rule in self.generator.rules[name]
            if rule not in self.state.disputed_rules
        ]

    def _name(self, rule: str) -> str:
        """What to call a rule in a sentence: the title of its decision."""
        return self.generator.pack.decisions[rule.split(".")[0]].title

    def _generate(
        self, decision: str, length: Length, purpose: str, rule: str | None = None
    ) -> Item | None:
        return self.generator.generate(
            decision, seed=self._seed(purpose), length=length, rule=rule, seen=self.state.seen
        )

    def _seed(self, purpose: str) -> int:
        """A seed of its own for each step, so that a repeated call shows the same item."""
        return int(digest(self.view.seed, self.view.next_ordinal, purpose)[:7], 16)

    # -- mending wrong beliefs

    def _mend_last_miss(self) -> Step | None:
        """After a miss: a contrast pair at once; twice wrong reopens the brief."""
        last = self.view.last
        if last is None or last.answer is None or last.right or last.step == "pair":
            return None
        if last.item.decision not in self.generator.pack.decisions:
            return None
        belief = self._belief_of(last)
        if belief is not None and belief.misses >= 2:
            why = "You missed this rule twice; here is the decision again."
            if (belief.decision, "refutation") not in self.view.read:
                return Read(belief.decision, "refutation", why)
        item = self._pair_of(last)
        if item is None:
            return None
        return Present(
            item,
            "pair",
            f"mend:{last.presentation}",
            "The pair of the item that you missed: one thing differs.",
        )

    def _due_belief(self) -> Step | None:
        """A missed rule again after ten minutes, and again after a day; sure and wrong first."""
        if self.view.last is not None and self.view.last.purpose.startswith("again:"):
            return None
        due = [
            belief
            for belief in self.state.wrong.values()
            if belief.decision in self.generator.pack.decisions and self._is_due(belief)
        ]
        if self.view.purpose in ("topic", "rule"):
            scope = set(self._scope())
            due = [belief for belief in due if belief.decision in scope]
        for belief in sorted(due, key=lambda one: (not one.sure, -one.misses, one.since)):
            item = self._generate(belief.decision, "brief", f"again:{belief.rule}", belief.rule)
            if item is not None:
                sure = "You were certain and wrong here" if belief.sure else "You missed this rule"
                return Present(
                    item, "full", f"again:{belief.rule}", f"{sure}; a new situation asks it again."
                )
        return None

    def _is_due(self, belief: WrongBelief) -> bool:
        if not self._met(belief.decision):
            return False
        latest = max([belief.since, *belief.held])
        wait = AGAIN_AFTER if not belief.held else NEXT_DAY
        return self.now - latest >= wait

    def _belief_of(self, shown: Shown) -> WrongBelief | None:
        place = shown.chosen
        if place is None:
            return None
        beliefs = [self.state.wrong.get(rule) for rule in shown.item.options[place].rules]
        return max((one for one in beliefs if one), key=lambda one: one.misses, default=None)

    def _pair_of(self, shown: Shown) -> Item | None:
        item = shown.item
        pair = self._contrast(item)
        if pair is not None:
            return pair
        rules = shown.item.options[shown.chosen].rules if shown.chosen is not None else ()
        for rule in (*rules, *shown.item.rules):
            again = self._generate(rule.split(".")[0], item.length, "pair", rule)
            if again is not None:
                return again
        return None

    def _contrast(self, item: Item) -> Item | None:
        """The pair of an item; None where the pack has changed and lacks one of its options."""
        decision = self.generator.pack.decisions[item.decision]
        known: Container[str] = ()
        if isinstance(decision, ChoiceDecision):
            known = decision.options
        elif isinstance(decision, ExhibitDecision):
            known = decision.faults
        if not all(option.id in known for option in item.options):
            return None
        return self.generator.contrast(item, seed=self._seed("pair"))
