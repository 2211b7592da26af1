"""What comes next in a session: teach before testing, mend what was wrong, then the best minute.

Pure: a view of the session, the learner's state and a ranking go in, one ``Step`` comes out. No
rule is met as an unaided item before its decision's brief was read, except in the opening item and
the diagnostic. The order of an evening follows DESIGN.md, section 10.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from roadworthy.items.generate import Generator
from roadworthy.items.identity import digest
from roadworthy.items.item import Item, Length, with_two_options
from roadworthy.learner.state import LearnerState, WrongBelief
from roadworthy.pack.decision import ChoiceDecision, ExhibitDecision
from roadworthy.study.answer_time import BRIEF_SHARE, LAST_WEEK_DAYS
from roadworthy.study.recall_drill import next_limit
from roadworthy.study.session_view import SessionView, Shown
from roadworthy.study.teaching_order import ready_to_begin, taught_before
from roadworthy.study.two_at_once import two_at_once

DIAGNOSTIC_ITEMS = 8
REVIEW_SHARE = 0.25
AGAIN_AFTER = timedelta(minutes=10)
NEXT_DAY = timedelta(hours=16)
REVIEW_AFTER = timedelta(hours=12)
LEARN = "learn"
TRACK_ITEMS = 3  # completion, pair, full


@dataclass(frozen=True, slots=True)
class Read:
    """Show a lesson step of a decision.

    'brief' holds the table of its rules, 'worked' a situation with its trace; 'refutation' is the
    brief opened again after two misses.
    """

    decision: str
    step: Literal["brief", "worked", "refutation"]
    why: str
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """Show an item. ``why`` answers "why this item?" in a sentence."""

    item: Item
    step: str
    purpose: str
    why: str
    aided: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """The session has reached its end."""

    why: str


Step = Read | Present | Finished
Ranking = Callable[[Sequence[str]], list[str]]
"""Rules in, rules out: the most useful next minute first (``study/policy.py``), or the most telling
answer first (``study/diagnostic.py``)."""


@dataclass(frozen=True)
class Evening:
    """The rules of a session over one state; make a new one for each step."""

    view: SessionView
    state: LearnerState
    generator: Generator
    ranking: Ranking
    telling: Ranking
    now: datetime

    def next_step(self) -> Step:
        """The step that follows what was shown and read so far."""
        purpose = self.view.purpose
        if purpose == "opening":
            return self._opening()
        if purpose == "diagnostic":
            return self._diagnostic()
        if purpose == "recall":
            return self._recall()
        if self.view.minutes_left() <= 0.5 and not self._open_track():
            return Finished("The planned minutes are used.")
        return (
            self._continue_track()
            or self._mend_last_miss()
            or self._due_belief()
            or self._review()
            or self._begin_track()
            or self._practice()
            or Finished("Nothing is left to practise on these rules today.")
        )

    def _recall(self) -> Step:
        """Limits, one after the other, while time is left and something is due."""
        pack = self.generator.pack
        if self.view.minutes_left() <= 0:
            return Finished("The planned minutes are used.")
        asked = [one.item.facts.get("limit", "") for one in self.view.shown]
        limit = next_limit(pack.limits, self.state.limits, asked, self.now)
        if limit is None:
            return Finished("Nothing is due: each limit was recalled lately.")
        item = self.generator.recall(limit, seed=self._seed("recall"))
        return Present(item, "full", "recall", "A number or word to know by heart.")

    def _opening(self) -> Step:
        if self.view.shown:
            return Finished("The opening item is done.")
        decision = self.generator.pack.head.opening
        item = self._generate(decision, "exam", "opening")
        if item is None:
            return Finished("The pack has no opening item.")
        return Present(item, "opening", "opening", "One item to see what this is about.")

    def _diagnostic(self) -> Step:
        if len(self.view.shown) >= DIAGNOSTIC_ITEMS:
            return Finished("Eight items are enough for a first forecast.")
        pack = self.generator.pack
        asked = {rule for shown in self.view.shown for rule in shown.item.rules}
        open_rules = [
            rule
            for name, rules in self.generator.rules.items()
            if not isinstance(pack.decisions[name], ExhibitDecision)
            for rule in rules
            if rule not in asked
        ]
        sections = {shown.item.section for shown in self.view.shown}
        decisions = {shown.item.decision for shown in self.view.shown}

        def asked_before(rule: str) -> tuple[bool, bool]:
            """Sections, then decisions, that were not asked yet come before the doubt decides."""
            name = rule.split(".", 1)[0]
            section = pack.section_of(pack.decisions[name].considerations[0])
            return section in sections, name in decisions

        for rule in sorted(self.telling(open_rules), key=asked_before):
            item = self._generate(rule.split(".", 1)[0], "brief", "diagnostic", rule)
            if item is not None:
                number, title = item.section, pack.blueprint.sections[item.section].title
                why = f"Its answer tells most about where you stand: section {number}, {title}."
                return Present(item, "diagnostic", "diagnostic", why)
        return Finished("The pack has no further items for a diagnostic.")

    # -- learning a decision: brief, worked situation, two options, contrast pair, full item

    def _open_track(self) -> str | None:
        """The decision whose track was begun in this session and is not at its end."""
        for decision, step in reversed(self.view.read):
            if step == "brief":
                done = [one for one in self.view.shown if one.purpose == f"{LEARN}:{decision}"]
                known = decision in self.generator.pack.decisions
                return decision if known and len(done) < TRACK_ITEMS else None
        return None

    def _continue_track(self) -> Step | None:
        decision = self._open_track()
        if decision is None:
            return None
        if (decision, "worked") not in self.view.read:
            item = self.generator.worked(decision, seed=self._seed("worked"))
            if item is not None:
                return Read(decision, "worked", "A situation worked out, before you try one.", item)
        purpose = f"{LEARN}:{decision}"
        done = [one for one in self.view.shown if one.purpose == purpose]
        if not done:
            item = self._generate(decision, "brief", purpose)
            if item is not None:
                near = next(
                    (
                        place
                        for place, one in enumerate(item.options)
                        if not one.correct and one.rules
                    ),
                    0,
                )
                return Present(
                    with_two_options(item, near),
                    "completion",
                    purpose,
                    "Two options only: find the fact that decides.",
                    aided=True,
                )
        elif len(done) == 1:
            item = self._pair_of(done[0])
            if item is not None:
                return Present(
                    item, "pair", purpose, "One thing differs from the item before.", aided=True
                )
        item = self._generate(decision, "brief", purpose)
        if item is None:
            return None
        return Present(item, "full", purpose, "The same decision, a new situation, no help.")

    def _begin_track(self) -> Step | None:
        """Teach the next decision that was not met yet: one a session, more in long ones."""
        begun = [decision for decision, step in self.view.read if step == "brief"]
        if self.view.purpose == "rule" or len(begun) >= max(1, self.view.minutes // 30):
            return None
        unmet = [name for name in self._scope() if not self._met(name)]
        if not unmet:
            return None
        unmet = ready_to_begin(unmet, self._met, taught_before(self.generator.pack))
        return Read(unmet[0], "brief", "New: it is taught before it is tested.")

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

    # -- reviews and practice

    def _review(self) -> Step | None:
        """Brief reviews of rules last seen half a day ago or longer, in the first quarter."""
        if self.view.share_used() > REVIEW_SHARE or self.view.purpose == "rule":
            return None
        old = []
        for rule in self._practicable():
            last = self.state.rules[rule].last_seen if rule in self.state.rules else None
            if last is not None and self.now - last >= REVIEW_AFTER:
                old.append(rule)
        if len(old) < 3:
            return None
        return self._best(old, "brief", "review", "It is due: you saw it a while ago")

    def _practice(self) -> Step | None:
        rules = self._practicable()
        if self.view.purpose == "rule" and self.view.target in rules:
            rules = [str(self.view.target)]
        return self._best(rules, self._length(), "practice", "It buys most for the exam now")

    def _practicable(self) -> list[str]:
        """Rules that were taught and lie within the session's scope."""
        return [
            rule
            for name in self._scope()
            if self._met(name)
            for rule in self.generator.rules[name]
            if rule not in self.state.disputed_rules
        ]

    def _best(self, rules: list[str], length: Length, purpose: str, why: str) -> Step | None:
        """The best-ranked rule of another decision than the last, then any."""
        order = self.ranking(rules)
        last = self.view.last.item.decision if self.view.last else None
        recent = {rule for shown in self.view.shown[-4:] for rule in shown.item.rules}
        order.sort(key=lambda rule: (rule.split(".")[0] == last) + (rule in recent))
        both = None
        if purpose == "practice" and length == "exam" and self.view.purpose != "rule":
            seed = self._seed(purpose)
            both = two_at_once(
                self.generator, order[:12], met=self._met, seen=self.state.seen, seed=seed
            )
        if both is not None:
            return Present(both[0], "full", purpose, f"{why}: {self._name(both[1])}.")
        for rule in order[:12]:
            item = self._generate(rule.split(".")[0], length, purpose, rule)
            if item is not None:
                return Present(item, "full", purpose, f"{why}: {self._name(rule)}.")
        return None

    def _length(self) -> Length:
        """Brief first, exam length for the last part of a session and in the last week."""
        exam = self.state.settings.exam_date
        if exam is not None and (exam - self.now.date()).days <= LAST_WEEK_DAYS:
            return "exam"
        return "brief" if self.view.share_used() < BRIEF_SHARE else "exam"

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
