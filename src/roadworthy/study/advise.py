"""Advice on an item that a candidate brings: what its words say, which options fall and why.

Conservative by design. An option falls only by a rule whose facts are all stated in words that the
pack knows. Where nothing fires there is no ranking, and where all options would fall, or fewer
are left than are asked for, all claims are withdrawn: then the item was misread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from roadworthy.pack.advice import AdviceRule
from roadworthy.pack.decision import Rule
from roadworthy.pack.model import Pack
from roadworthy.pack.tokens import SLOT, replace_terms
from roadworthy.pack.word_pattern import as_written, plain_words
from roadworthy.study.advice_ear import Ear, NameToday
from roadworthy.study.advice_models import Models, Solved
from roadworthy.study.brought import Brought

NO_RULE: Final = "no rule known"
NO_ORDER: Final = "no rule orders the options that are left"
_TURNED: Final = re.compile(
    r" (?:which|what)\b.* (?:not|least|except|incorrect|wrong|avoid) |(?:all|each) of .*except "
)
_MANY: Final = re.compile(r" (?:choose|select|pick|which) (?:the )?(two|three|2|3) ")
_COUNTS: Final = {"two": 2, "2": 2, "three": 3, "3": 3}


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that lets an option fall, with its evidence."""

    rule: str
    because: str
    strength: str
    source: str
    page: str
    checked: date
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OptionAdvice:
    """What is known of one option."""

    text: str
    reasons: tuple[Reason, ...] = ()

    @property
    def falls(self) -> bool:
        return bool(self.reasons)


@dataclass(frozen=True, slots=True)
class Matched:
    """A decision of the pack that the item touches, and the rules that spoke."""

    id: str
    title: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemAdvice:
    """Advice on one item. ``ranking``: positions from 0, best first; None: no rule orders them."""

    stem: str
    keywords: tuple[str, ...]
    goal: str | None
    names: tuple[NameToday, ...]
    decisions: tuple[Matched, ...]
    options: tuple[OptionAdvice, ...]
    ranking: tuple[int, ...] | None
    says: tuple[str, ...] = field(default=())

    @property
    def spoke(self) -> bool:
        """Whether a rule lets an option fall."""
        return any(one.falls for one in self.options)

    @property
    def stands(self) -> str:
        """What is said of an option that does not fall."""
        return "no rule against it" if self.spoke else NO_RULE

    @property
    def note(self) -> str:
        """Why nothing is ranked; empty where a ranking is given."""
        if self.ranking is not None:
            return ""
        return NO_ORDER if self.spoke else NO_RULE

    def as_json(self) -> dict[str, Any]:
        """The advice as one line of output shows it."""
        return {
            "keywords": list(self.keywords),
            "goal": self.goal,
            "terms": [
                {"written": one.written, "today": one.today, "status": one.status}
                for one in self.names
            ],
            "decisions": [
                {"id": one.id, "title": one.title, "rules": list(one.rules)}
                for one in self.decisions
            ],
            "options": [
                {
                    "falls": one.falls,
                    "rules": [
                        {
                            "id": reason.rule,
                            "because": reason.because,
                            "source": reason.source,
                            "page": reason.page,
                            "checked": reason.checked.isoformat(),
                        }
                        for reason in one.reasons
                    ],
                }
                for one in self.options
            ],
            "ranking": None if self.ranking is None else list(self.ranking),
            "note": self.note,
        }


class Adviser:
    """Advises with one pack; keeps nothing of what it is asked."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._ear = Ear(pack)
        self._models = Models(pack)

    def advise(self, item: Brought) -> ItemAdvice:
        """All that is known about an item."""
        cues = self._ear.cues(item.stem)
        marks = [self._ear.marks(option) for option in item.options]
        lifting = self._ear.touched(item.stem)
        solved = self._models.solve(item.stem, item.options, self._ear.doubts(item.stem))
        reasons: list[list[Reason]] = [[] for _ in item.options]
        helped: set[int] = set()
        leaned: dict[str, set[str]] = {}
        for rule in self._rules():
            for place in self._falling(rule, set(cues), lifting, marks):
                reasons[place].append(self._reason_of(rule, cues, marks[place]))
                helped.update(at for at, one in enumerate(marks) if set(rule.rival) & set(one))
                for name in rule.rules:
                    leaned.setdefault(name.split(".")[0], set()).add(name)
        if solved is not None:
            leaned.setdefault(solved.decision.id, set())
            for place, rules in solved.fired.items():
                for model_rule in rules:
                    reasons[place].append(self._model_reason(solved, model_rule))
                    leaned[solved.decision.id].add(f"{solved.decision.id}.{model_rule.id}")
        if not self._holds_together(item, reasons):
            reasons, leaned = [[] for _ in item.options], {name: set() for name in leaned}
        decisive = solved.words if solved else ()
        heard = [*cues.values(), *(as_written(words, item.stem) for words in decisive)]
        return ItemAdvice(
            stem=item.stem,
            keywords=tuple(dict.fromkeys(heard)),
            goal=self._goal(cues, solved),
            names=tuple(self._ear.names(" . ".join([item.stem, *item.options]))),
            decisions=tuple(self._matched(leaned)),
            options=tuple(
                OptionAdvice(text, _each_once(found))
                for text, found in zip(item.options, reasons, strict=True)
            ),
            ranking=self._ranking(reasons, helped, solved),
            says=tuple(self._pack.advice.cues[cue].says for cue in cues)
            if self._pack.advice
            else (),
        )

    def _rules(self) -> list[AdviceRule]:
        known = self._pack.advice.rules if self._pack.advice else []
        return [rule for rule in known if rule.status == "confirmed"]

    @staticmethod
    def _falling(
        rule: AdviceRule, cues: set[str], lifting: set[str], marks: list[dict[str, str]]
    ) -> list[int]:
        """Positions of the options that a rule lets fall; any of ``lifting`` can lift it."""
        if not set(rule.when) <= cues or set(rule.unless) & lifting:
            return []
        falling = [
            place
            for place, one in enumerate(marks)
            if rule.out in one and not set(rule.spare) & set(one)
        ]
        if rule.rival and not any(
            set(rule.rival) & set(one) for place, one in enumerate(marks) if place not in falling
        ):
            return []
        return falling

    @staticmethod
    def _holds_together(item: Brought, reasons: list[list[Reason]]) -> bool:
        """Whether the claims can be true together: enough options are left to choose."""
        asked = plain_words(item.stem)
        if _TURNED.search(plain_words(re.split(r"(?<=[.!])\s", item.stem.strip())[-1])):
            return False
        many = _MANY.search(asked)
        return sum(not found for found in reasons) >= (_COUNTS[many[1]] if many else 1)

    @staticmethod
    def _ranking(
        reasons: list[list[Reason]], helped: set[int], solved: Solved | None
    ) -> tuple[int, ...] | None:
        """Options that stand before those that fall; among the former, the goal's costs decide.

        None where no rule puts one of those that stand before another.
        """
        if not any(reasons):
            return None
        costs = solved.costs if solved else {}
        order = [(at not in helped, costs.get(at, 0)) for at in range(len(reasons))]
        stand = [order[at] for at, found in enumerate(reasons) if not found]
        if len(stand) > 1 and len(set(stand)) == 1:
            return None
        return tuple(sorted(range(len(reasons)), key=lambda at: (len(reasons[at]), *order[at], at)))

    def _goal(self, cues: dict[str, str], solved: Solved | None) -> str | None:
        if solved is not None and solved.goal is not None:
            return self._plain(dict(solved.decision.goals)[solved.goal].name)  # type: ignore[index]
        known = self._pack.advice.cues if self._pack.advice else {}
        return next((known[cue].says for cue in cues if known[cue].goal), None)

    def _reason_of(self, rule: AdviceRule, cues: dict[str, str], marks: dict[str, str]) -> Reason:
        source = self._pack.sources[rule.source]
        words = (*(cues[cue] for cue in rule.when), marks[rule.out])
        return Reason(
            rule.id, self._plain(rule.because), rule.strength, source.title, source.url,
            rule.checked, words,
        )  # fmt: skip

    def _model_reason(self, solved: Solved, rule: Rule) -> Reason:
        source = self._pack.sources[rule.source]
        return Reason(
            f"{solved.decision.id}.{rule.id}", self._plain(rule.because), rule.strength,
            source.title, source.url, rule.checked,
        )  # fmt: skip

    def _matched(self, leaned: dict[str, set[str]]) -> list[Matched]:
        return [
            Matched(id_, self._plain(self._pack.decisions[id_].title), tuple(sorted(rules)))
            for id_, rules in leaned.items()
            if id_ in self._pack.decisions
        ]

    def _plain(self, text: str) -> str:
        """A text of the pack with today's names; a slot of a frame becomes 'these cases'."""
        named = replace_terms(text, lambda term: self._pack.terms[term].name)
        return SLOT.sub("the cases", named)


def _each_once(reasons: list[Reason]) -> tuple[Reason, ...]:
    """Reasons without those that say the same on the same page."""
    said: dict[tuple[str, str], Reason] = {}
    for one in reasons:
        said.setdefault((one.because, one.page), one)
    return tuple(said.values())
