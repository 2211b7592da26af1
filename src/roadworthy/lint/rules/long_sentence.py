"""RW210: sentences of more than 28 words."""

from __future__ import annotations

from collections.abc import Iterator

from roadworthy.items.phrase import fill
from roadworthy.lint.lengths import LEAD_AND_GOAL, LONGEST_SENTENCE
from roadworthy.lint.limits import limit_texts
from roadworthy.lint.material import Material
from roadworthy.lint.phrases import phrases, shown
from roadworthy.lint.rule import LintRule
from roadworthy.lint.wording import longest_sentence, plain
from roadworthy.pack.decision import ChoiceDecision, Decision
from roadworthy.pack.marks import Loc
from roadworthy.pack.pair import Pair
from roadworthy.problem import Place, Problem, Severity

MOST_LONG_RATIONALES = 0.05


class LongSentence(LintRule):
    """A sentence that a candidate reads has more than 28 words.

    What
        Each phrase in each frame, those of pairs and limits too, each pair of lead and goal (they
        become one sentence), the brief, beliefs and refutations. An option is one sentence too;
        there it is a warning, since options of the real exam may run longer. So it is for
        rationales, which join a fact and a reason: more than 5% of them with a long sentence are
        reported, and the longest is quoted with the rules or costs that it comes from.

    Why
        The clock runs. A long sentence tests the reader's memory instead of the rule.

    Example
        "You must decide what starts the training runs that …, and you want …" has 31 words. Cut
        the lead to 14.
    """

    code = "RW210"
    slug = "long-sentence"
    verifies = f"no sentence has more than {LONGEST_SENTENCE} words"

    def check(self, material: Material) -> Iterator[Problem]:
        for place, _, text in limit_texts(material):
            if (words := longest_sentence(text)) > LONGEST_SENTENCE:
                yield self._long(words, place)
        for pair, _ in material.pairs():
            yield from self._phrases(material, pair)
        for decision in material.decisions():
            yield from self._phrases(material, decision)
            if isinstance(decision, ChoiceDecision):
                yield from self._leads(material, decision)
            yield from self._rationales(material, decision)
            yield from self._lesson(material, decision)

    def _phrases(self, material: Material, owner: Decision | Pair) -> Iterator[Problem]:
        for phrase in phrases(material, owner):
            texts = (one.text for one in shown(material, owner, phrase))
            words = max(map(longest_sentence, texts), default=0)
            if words > LONGEST_SENTENCE:
                mild = phrase.kind in ("option", "reason")
                yield self._long(words, phrase.place, severity="warning" if mild else "error")

    def _long(self, words: int, place: Place, severity: Severity = "error") -> Problem:
        return self.found(
            f"The sentence has up to {words} words; {LONGEST_SENTENCE} are the limit.",
            place,
            "Shorten it, or make two of it.",
            severity=severity,
        )

    def _leads(self, material: Material, decision: ChoiceDecision) -> Iterator[Problem]:
        """'lead, and goal.' is one sentence, whichever lead and goal are drawn."""
        frames = material.generator.vocabulary.fitting(decision.scene.needs)
        words = [material.generator.vocabulary.words(frame) for frame in frames]
        for name, goal in decision.goals.items():
            longest = max(
                (
                    f"{fill(lead, one)}, and {fill(say, one)}"
                    for one in words
                    for lead in decision.scene.lead
                    for say in goal.say
                    if not decision.numbers
                ),
                key=lambda one: len(one.split()),
                default="",
            )
            if (count := len(longest.split())) > LONGEST_SENTENCE:
                yield self.found(
                    f'Lead and goal `{name}` make a sentence of up to {count} words: "{longest}".',
                    material.at_decision(decision, "goals", name, "say"),
                    f"Shorten them: together they may have {LEAD_AND_GOAL}.",
                )

    def _rationales(self, material: Material, decision: Decision) -> Iterator[Problem]:
        """A rationale begins 'fact: because.', so both must be short."""
        shown = [
            (longest_sentence(option.rationale), option)
            for item in material.items(decision.id, "brief")
            for option in item.options
        ]
        share = sum(words > LONGEST_SENTENCE for words, _ in shown) / max(1, len(shown))
        if share > MOST_LONG_RATIONALES:
            most, longest = max(shown, key=lambda one: one[0])
            yield self.found(
                f"{share:.0%} of the rationales have a sentence of more than {LONGEST_SENTENCE} "
                f"words, the longest {most}, for `{longest.id}` by "
                f'{" and ".join(longest.rules) or "its `fits`"}: "{longest.rationale}"',
                material.at_decision(decision, "steps" if decision.kind == "steps" else "rules"),
                "Shorten `short` of the facts and `because` of the rules and costs.",
                severity="warning",
            )

    def _lesson(self, material: Material, decision: Decision) -> Iterator[Problem]:
        teach = decision.teach
        texts: dict[Loc, str] = {("brief",): plain(teach.brief)}
        for name, one in teach.misconceptions.items():
            texts[("misconceptions", name, "belief")] = one.belief
            texts[("misconceptions", name, "refutation")] = one.refutation
        for loc, text in texts.items():
            words = longest_sentence(material.named(text))
            if words > LONGEST_SENTENCE:
                yield self.found(
                    f"A sentence has {words} words; {LONGEST_SENTENCE} are the limit.",
                    material.at_decision(decision, "teach", *loc),
                    "Make two of it.",
                )
