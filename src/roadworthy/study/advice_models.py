"""Decisions of the pack in a brought item: facts and options by the pack's own phrases.

A phrase of the pack holds slots, which any words may fill. A fact counts as stated only where one
sentence holds all decisive words of one of its phrasings in their order, and an option is known
only where one style of one option fits whole. Other wording is left to ``advise.yaml``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from roadworthy.items.solve import ChoiceSolver
from roadworthy.pack.decision import ChoiceDecision, Fact, Rule
from roadworthy.pack.model import Pack
from roadworthy.pack.tokens import SLOT, TERM
from roadworthy.pack.word_pattern import names_pattern, plain_words, sentences_of
from roadworthy.study.advice_veto import NO_DOUBT, Doubt, Said

_DECISIVE = re.compile(r"\[([^\]]+)\]")
_ANY = r"(?:\S+ ){1,8}"
FEWEST_WORDS = 2
FEWEST_OPTIONS = 2
"""A decision is the one that is asked only where two of its options are on the sheet."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A decision that an item asks: what it states, and what the rules say of its options.

    ``places`` maps positions of the item to options; ``fired`` to rules; ``costs`` to the level
    on the goal, where one is stated.
    """

    decision: ChoiceDecision
    stated: Mapping[str, str]
    words: tuple[str, ...]
    goal: str | None
    places: Mapping[int, str]
    fired: Mapping[int, tuple[Rule, ...]]
    costs: Mapping[int, int]


class Models:
    """The choice decisions of a pack, with their phrases compiled at first use."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._names = {
            id_: [term.name, *(one.name for one in term.former)] for id_, term in pack.terms.items()
        }

    def solve(
        self, stem: str, options: Sequence[str], doubts: Sequence[Doubt] | None = None
    ) -> Solved | None:
        """The decision that an item asks; None where none is clear.

        ``doubts``: what stands against each sentence of the stem.
        """
        sheet = [plain_words(option) for option in options]
        found: list[tuple[int, _Model, dict[int, str]]] = []
        for model in self._models:
            places = model.options_in(sheet)
            if len(places) >= FEWEST_OPTIONS:
                found.append((len(places), model, places))
        found.sort(key=lambda one: -one[0])
        if not found or (len(found) > 1 and found[0][0] == found[1][0]):
            return None
        _, model, places = found[0]
        sentences = sentences_of(stem)
        against = [NO_DOUBT] * len(sentences) if doubts is None else doubts
        return model.solved([*zip(sentences, against, strict=True)], places)

    @cached_property
    def _models(self) -> list[_Model]:
        return [
            _Model(decision, self._facts(decision), self._names)
            for decision in self._pack.decisions.values()
            if isinstance(decision, ChoiceDecision)
        ]

    def _facts(self, decision: ChoiceDecision) -> dict[str, Fact]:
        shared = self._pack.facts.facts
        return {
            name: shared[fact] if isinstance(fact, str) else fact
            for name, fact in decision.facts.items()
        }


class _Model:
    def __init__(
        self, decision: ChoiceDecision, facts: dict[str, Fact], names: Mapping[str, list[str]]
    ) -> None:
        self._solver = ChoiceSolver(decision, facts)
        self._decision = decision
        self._options = [
            (id_, _phrase(text, names, whole=True))
            for id_, option in decision.options.items()
            for text in (*option.do, *option.brief)
        ]
        self._values = [
            (name, value, Said(_phrase(text, names), plain_words(text)))
            for name, fact in facts.items()
            if fact.role != "colour"
            for value, said in fact.values.items()
            for text in _decisive([*said.say, *said.brief])
        ]
        self._goals = [
            (id_, Said(_phrase(text, names), plain_words(text)))
            for id_, goal in decision.goals.items()
            for text in _decisive([*goal.say, *goal.brief])
        ]

    def options_in(self, sheet: Sequence[str]) -> dict[int, str]:
        """Position -> option, of those that are known; none where two would be the same."""
        places: dict[int, str] = {}
        for place, text in enumerate(sheet):
            ids = {id_ for id_, phrase in self._options if phrase.search(text)}
            if len(ids) == 1:
                places[place] = ids.pop()
        twice = {id_ for id_, count in Counter(places.values()).items() if count > 1}
        return {place: id_ for place, id_ in places.items() if id_ not in twice}

    def solved(self, sentences: list[tuple[str, Doubt]], places: dict[int, str]) -> Solved:
        """What the rules say of the known options under the facts that are clearly stated."""
        values: dict[str, set[str]] = {}
        trusted: set[str] = set()
        words: list[str] = []
        undoubted = [(sentence, NO_DOUBT) for sentence, _ in sentences]
        for name, value, said in self._values:
            if _first(said, undoubted) is None:
                continue
            seen = values.setdefault(name, set())
            found = _first(said, sentences)
            if found is not None:
                trusted.add(name)
                if value not in seen:
                    words.append(found)
            seen.add(value)
        stated = {
            name: next(iter(one))
            for name, one in values.items()
            if len(one) == 1 and name in trusted
        }
        goals = {id_ for id_, said in self._goals if _first(said, sentences) is not None}
        goal = goals.pop() if len(goals) == 1 else None
        if any(len(one) > 1 for one in values.values()):
            return Solved(self._decision, stated, tuple(words), goal, places, {}, {})
        verdict = self._solver.verdict(stated, goal)
        at = {place: self._solver.options.index(id_) for place, id_ in places.items()}
        rules = self._decision.rules
        sure = {
            place: tuple(
                rules[one] for one in verdict.fired[index] if self._sure(rules[one], stated)
            )
            for place, index in at.items()
        }
        costs = {place: verdict.costs[index] for place, index in at.items()} if goal else {}
        return Solved(self._decision, stated, tuple(words), goal, places, sure, costs)

    def _sure(self, rule: Rule, stated: Mapping[str, str]) -> bool:
        """Whether a rule is confirmed, and no fact that lifts it could have been misheard."""
        return rule.status == "confirmed" and all(name in stated for name in rule.when)


def _decisive(texts: Sequence[str]) -> Iterator[str]:
    """The bracketed words of each phrasing, or all of it; what is too short to tell is left out."""
    for text in texts:
        inner = " .. ".join(_DECISIVE.findall(text)) or text
        if len(plain_words(SLOT.sub(" ", inner)).split()) >= FEWEST_WORDS:
            yield inner


def _phrase(text: str, names: Mapping[str, list[str]], *, whole: bool = False) -> re.Pattern[str]:
    """A phrasing as an expression over plain words: slots take any words, terms any name."""
    made = ""
    for part in re.split(r"(\{@?[a-z0-9_.-]+\}| \.\. )", text.replace("[", "").replace("]", "")):
        if TERM.fullmatch(part):
            made += names_pattern(names.get(part[2:-1], [part]))
        elif SLOT.fullmatch(part):
            made += _ANY
        elif part == " .. ":
            made += r"(?:\S+ ){0,12}"
        elif part.strip():
            made += re.escape(plain_words(part).strip()) + " " if plain_words(part).strip() else ""
    return re.compile(f"^ {made}$" if whole else f"(?<= ){made}")


def _first(said: Said, sentences: Sequence[tuple[str, Doubt]]) -> str | None:
    for sentence, doubt in sentences:
        found = said.pattern.search(sentence)
        if found and not doubt.covers(*found.span(), said):
            return found[0].strip()
    return None
