"""Ladder -> rungs: the designs that work, from the least effort up, and what a constraint strikes.

Nothing is written by hand: which designs work comes from the rules, their order from the costs on
the ladder's goal, what falls from the rules that the constraint fires.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from roadworthy.items.choice import ChoiceItems
from roadworthy.items.generate import Generator
from roadworthy.items.identity import draw
from roadworthy.items.phrase import capitalized, fill, sentence
from roadworthy.items.scene import draw_numbers, printed
from roadworthy.items.solve import Verdict
from roadworthy.pack.decision import ChoiceDecision, Cost
from roadworthy.pack.ladder import Ladder

FEWEST, MOST = 3, 5
"""Rungs of a ladder."""
NO_COST = 99


@dataclass(frozen=True, slots=True)
class Rung:
    """A design that works at first: its effort in points, why, and what strikes it, if anything.

    ``rule``, ``because``, ``source`` and ``checked`` are '' where the constraint leaves it.
    """

    option: str
    name: str
    text: str
    effort: int
    why: str
    why_source: str
    why_checked: str
    rule: str = ""
    because: str = ""
    source: str = ""
    checked: str = ""

    @property
    def holds(self) -> bool:
        return not self.rule


@dataclass(frozen=True, slots=True)
class Climb:
    """A ladder in words: the situation, its rungs from the least effort up, the constraint."""

    decision: str
    title: str
    goal: str
    situation: str
    constraint: str
    rungs: tuple[Rung, ...]

    @property
    def easiest(self) -> int:
        """Place of the rung with the least effort that the constraint leaves."""
        return next(place for place, rung in enumerate(self.rungs) if rung.holds)


class LadderFalls(ValueError):
    """A ladder that shows nothing; its text says why, for the author."""


def climb(generator: Generator, ladder_id: str, ladder: Ladder) -> Climb:
    """The ladder with its rungs. Raises ``LadderFalls``."""
    maker = generator.maker(ladder.decision)
    assert isinstance(maker, ChoiceItems)
    decision, solver = maker.decision, maker.solver
    after_facts = {**ladder.given, **ladder.then}
    for stated in (ladder.given, after_facts):
        if not (solver.admissible(stated) and solver.may_ask(stated, ladder.goal)):
            raise LadderFalls("These facts may not be stated together with this goal")
    before = solver.verdict(ladder.given, ladder.goal)
    after = solver.verdict(after_facts, ladder.goal)
    places = _rungs(before, after)
    words = _words(maker, ladder_id, after_facts)
    setup = sentence(fill(decision.scene.setup[0], words)).text
    told = _Telling(decision, solver.options, words)
    return Climb(
        decision=decision.id,
        title=fill(decision.title, words),
        goal=fill(decision.goals[ladder.goal].name, words),
        situation=" ".join([setup, *_said(maker, ladder.given, words)]),
        constraint=" ".join(_said(maker, ladder.then, words)),
        rungs=tuple(told.rung(place, ladder.goal, before, after) for place in places),
    )


def _rungs(before: Verdict, after: Verdict) -> list[int]:
    """Places of the options, one for each level of effort: of equals the one that stays."""
    if before.doubtful or after.doubtful:
        raise LadderFalls("A rule or cost that nobody confirmed takes part")
    levels: dict[int, int] = {}
    for place in before.survivors:
        effort, stays = before.costs[place], place in after.survivors
        if effort < NO_COST and (effort not in levels or stays):
            levels.setdefault(effort, place)
            if stays and levels[effort] not in after.survivors:
                levels[effort] = place
    places = [levels[effort] for effort in sorted(levels)][:MOST]
    if len(places) < FEWEST:
        raise LadderFalls(f"Designs of {len(places)} different efforts work; {FEWEST} are needed")
    left = [place for place in places if place in after.survivors]
    if places[0] in left:
        raise LadderFalls("The constraint leaves the easiest design standing")
    if not left:
        raise LadderFalls("The constraint leaves no design")
    efforts = [after.costs[place] for place in left]
    if efforts != sorted(set(efforts)) or efforts[0] != min(
        after.costs[place] for place in after.survivors
    ):
        raise LadderFalls("The constraint changes the order of the efforts")
    return places


class _Telling:
    """Rungs in words."""

    def __init__(
        self, decision: ChoiceDecision, options: list[str], words: Mapping[str, str]
    ) -> None:
        self.decision = decision
        self.options = options
        self.words = words
        self.costs: dict[tuple[str, str], Cost] = {
            (cost.goal, cost.option): cost for cost in decision.costs
        }

    def rung(self, place: int, goal: str, before: Verdict, after: Verdict) -> Rung:
        """One design with its effort before the constraint and the rule that strikes it."""
        name = self.options[place]
        option = self.decision.options[name]
        cost = self.costs[(goal, name)]
        rung = Rung(
            option=name,
            name=fill(option.name, self.words),
            text=capitalized(fill(option.do[0], self.words)),
            effort=before.costs[place],
            why=capitalized(fill(cost.because, self.words)),
            why_source=cost.source,
            why_checked=cost.checked.isoformat(),
        )
        if not after.fired[place]:
            return rung
        rule = self.decision.rules[after.fired[place][0]]
        return replace(
            rung,
            rule=f"{self.decision.id}.{rule.id}",
            because=capitalized(fill(rule.because, self.words)),
            source=rule.source,
            checked=rule.checked.isoformat(),
        )


def _said(maker: ChoiceItems, facts: Mapping[str, str], words: Mapping[str, str]) -> list[str]:
    """The facts as sentences, in the order of the file."""
    return [
        sentence(fill(maker.solver.facts[fact].values[value].say[0], words)).text
        for fact, value in facts.items()
    ]


def _words(maker: ChoiceItems, ladder_id: str, facts: Mapping[str, str]) -> Mapping[str, str]:
    """Nouns of a frame that fits all of the facts, and numbers: the same ones each time."""
    decision = maker.decision
    needs = set(decision.scene.needs)
    for fact, value in facts.items():
        needs.update(maker.solver.facts[fact].values[value].needs)
    frames = maker.vocabulary.fitting(needs)
    if not frames:
        raise LadderFalls("No frame has all that these facts need")
    random = draw(0, "ladder", ladder_id)
    frame = random.choice(frames)
    numbers = draw_numbers(random, decision.numbers, decision.derive)
    return maker.vocabulary.words(frame, {name: printed(value) for name, value in numbers.items()})
