"""What comes next in a session: teach before testing, mend what was wrong, then the best minute.

Pure: a view of the session, the learner's state and a ranking go in, one ``Step`` comes out. No
rule is met as an unaided item before its decision's brief was read, except in the opening item and
the diagnostic. The order of an evening follows DESIGN.md, section 10.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from roadworthy.items.item import Length, with_two_options
from roadworthy.pack.decision import ExhibitDecision
from roadworthy.study.answer_time import BRIEF_SHARE, LAST_WEEK_DAYS
from roadworthy.study.learn_time import KNOWN_MINUTES, LEARN_MINUTES
from roadworthy.study.mending import Mending
from roadworthy.study.recall_drill import next_limit
from roadworthy.study.step import Finished, Present, Read, Step
from roadworthy.study.teaching_order import ready_to_begin, taught_before
from roadworthy.study.two_at_once import two_at_once

DIAGNOSTIC_ITEMS = 8
REVIEW_SHARE = 0.25
REVIEW_AFTER = timedelta(hours=12)
LEARN = "learn"
TRACK_ITEMS = 3  # completion, pair, full
KNOWN_ITEMS = 1  # full


@dataclass(frozen=True)
class Evening(Mending):
    """The rules of a session over one state; make a new one for each step."""

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
                return decision if known and len(done) < self._track_items(decision) else None
        return None

    def _track_items(self, decision: str) -> int:
        """Items of a track: one alone where the decision is known and nothing was missed in it."""
        purpose = f"{LEARN}:{decision}"
        begun = [one for one in self.view.shown if one.purpose == purpose]
        plain = all(one.step == "full" and (one.right or one.answer is None) for one in begun)
        return KNOWN_ITEMS if decision in self.known and plain else TRACK_ITEMS

    def _continue_track(self) -> Step | None:
        decision = self._open_track()
        if decision is None:
            return None
        short = self._track_items(decision) == KNOWN_ITEMS
        if not short and (decision, "worked") not in self.view.read:
            item = self.generator.worked(decision, seed=self._seed("worked"))
            if item is not None:
                return Read(decision, "worked", "A situation worked out, before you try one.", item)
        purpose = f"{LEARN}:{decision}"
        done = [one for one in self.view.shown if one.purpose == purpose]
        if not done and not short:
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
        elif len(done) == 1 and done[0].step == "completion":
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
        """Teach the next decision not met yet: those of the plan, or one for 30 minutes."""
        begun = [decision for decision, step in self.view.read if step == "brief"]
        left = self.view.minutes_left()
        lessons, most = self.view.lessons or (), max(1, self.view.minutes // 30)
        if self.view.lessons is not None and (lessons or self._practicable()):
            most = len(lessons)
        if self.view.purpose == "rule" or len(begun) >= most:
            return None
        unmet = [name for name in self._scope() if not self._met(name)]
        if not unmet:
            return None
        unmet = ready_to_begin(unmet, self._met, taught_before(self.generator.pack))
        if self.view.purpose == "evening" and self.view.target:
            lessons = (self.view.target, *lessons)
        decision = next((one for one in lessons if one in unmet), unmet[0] if unmet else None)
        if decision is None:
            return None
        known = decision in self.known
        if left < min(KNOWN_MINUTES if known else LEARN_MINUTES, self.view.minutes / 2):
            return None  # its items would not fit any more; it opens the next evening
        why = "Your answers say that you know it: its brief, then one item without help."
        return Read(decision, "brief", why if known else "New: it is taught before it is tested.")

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
