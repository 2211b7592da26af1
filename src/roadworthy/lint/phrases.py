"""Every text of a decision or pair that a frame fills, and what it says in each fitting frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Literal

from roadworthy.items.phrase import fill, sentence, slots_of
from roadworthy.items.scene import draw_numbers, printed
from roadworthy.lint.material import Material
from roadworthy.pack.decision import (
    ChoiceDecision,
    ComputeDecision,
    Decision,
    ExhibitDecision,
    Fact,
    Numbers,
    Scene,
    StepsDecision,
)
from roadworthy.pack.marks import Loc
from roadworthy.pack.pair import Pair
from roadworthy.problem import Place

Kind = Literal["clause", "ask", "option", "name", "reason"]
"""clause: becomes a sentence of a stem; ask: is one; option: gets a dot; reason: of a rationale."""
DRAWS = 3


@dataclass(frozen=True, slots=True)
class Phrase:
    """A template, where it stands, how it is shown, and the frame tags that it presumes."""

    place: Place
    kind: Kind
    template: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A phrase as a candidate reads it in one frame."""

    frame: str
    text: str


def phrases(material: Material, decision: Decision | Pair) -> Iterator[Phrase]:
    """All texts of items of a decision, or those of a pair beyond its halves, as in the file."""
    if isinstance(decision, Pair):
        yield from _pair(material, decision)
        return
    for loc, kind, template, needs in _texts(material, decision):
        place = material.at_decision(decision, *loc)
        yield Phrase(place, kind, template, (*decision.scene.needs, *needs))


def shown(material: Material, decision: Decision | Pair, phrase: Phrase) -> Iterator[Shown]:
    """The phrase in every frame that carries its tags, as the engine would show it.

    A template without slots reads the same everywhere, so it is shown in the first frame only.

    A template that no frame can fill (its slot is unknown) gives nothing: the loader reports it.
    """
    vocabulary = material.generator.vocabulary
    frames = vocabulary.fitting(phrase.needs)
    alike = not slots_of(phrase.template)
    draws = [{}] if isinstance(decision, Pair) else draws_of(decision, material.seed)
    for frame in frames[:1] if alike else frames:
        for numbers in draws:
            try:
                text = fill(phrase.template, vocabulary.words(frame, numbers))
            except KeyError:
                return
            yield Shown(frame, _as_shown(text, phrase.kind))


def _as_shown(text: str, kind: Kind) -> str:
    if kind in ("clause", "ask"):
        return sentence(text).text
    return text if kind == "name" else f"{text}."


def draws_of(decision: Decision, seed: int) -> list[dict[str, str]]:
    """A few draws of the numbers of a decision as printed; one empty draw where it has none."""
    draws: Mapping[str, Numbers] = {}
    derive: Mapping[str, str] = {}
    if isinstance(decision, ChoiceDecision):
        draws, derive = decision.numbers, decision.derive
    elif isinstance(decision, ComputeDecision):
        draws, derive = decision.params, decision.derive
    if isinstance(decision, ExhibitDecision):
        return [dict(world) for world in decision.worlds]
    if not draws:
        return [{}]
    values = [draw_numbers(Random(f"{seed} {turn}"), draws, derive) for turn in range(DRAWS)]
    return [{name: printed(value) for name, value in one.items()} for one in values]


_Text = tuple[Loc, Kind, str, tuple[str, ...]]


def _each(
    loc: Loc, kind: Kind, templates: list[str], needs: tuple[str, ...] = ()
) -> Iterator[_Text]:
    for number, template in enumerate(templates):
        yield (*loc, number), kind, template, needs


def _texts(material: Material, decision: Decision) -> Iterator[_Text]:
    yield from _scene(decision.scene)
    if isinstance(decision, ChoiceDecision):
        yield from _choice(material, decision)
    elif isinstance(decision, ComputeDecision):
        yield from _each(("say",), "clause", decision.say)
        yield from _each(("brief",), "clause", decision.brief)
        for name, one in decision.quantities.items():
            yield from _each(("quantities", name, "ask"), "clause", one.ask)
            yield from _each(("quantities", name, "brief"), "clause", one.brief)
            yield ("quantities", name, "words"), "reason", one.words, ()
            yield ("quantities", name, "tempts"), "reason", one.tempts, ()
    elif isinstance(decision, ExhibitDecision):
        yield from _exhibit(decision)
    else:
        yield from _steps(decision)


def _pair(material: Material, pair: Pair) -> Iterator[Phrase]:
    """The scene of a pair; its frames carry the tags of both decisions too."""
    halves = [material.pack.decisions[half.decision] for half in (pair.first, pair.second)]
    needs = tuple(
        dict.fromkeys(
            tag for one in (pair.scene, *(half.scene for half in halves)) for tag in one.needs
        )
    )
    for loc, kind, template, _ in (
        *_scene(pair.scene),
        *_each(("ask_two",), "ask", pair.ask_two),
    ):
        yield Phrase(material.at_pair(pair, *loc), kind, template, needs)


def _scene(scene: Scene) -> Iterator[_Text]:
    yield from _each(("scene", "setup"), "clause", scene.setup)
    yield from _each(("scene", "lead"), "clause", scene.lead)
    yield from _each(("scene", "ask"), "ask", scene.ask)
    yield from _each(("scene", "brief_setup"), "ask", scene.brief_setup)
    yield from _each(("scene", "brief_ask"), "ask", scene.brief_ask)


def _choice(material: Material, decision: ChoiceDecision) -> Iterator[_Text]:
    for name, fact in decision.facts.items():
        if isinstance(fact, Fact):
            yield from _fact(("facts", name), fact)
        else:
            yield from _fact(("facts", name), material.pack.facts.facts[fact])
    for name, option in decision.options.items():
        yield ("options", name, "name"), "name", option.name, ()
        yield from _each(("options", name, "do"), "option", option.do)
        yield from _each(("options", name, "brief"), "option", option.brief)
        yield ("options", name, "fits", "because"), "reason", option.fits.because, ()
    for number, rule in enumerate(decision.rules):
        yield ("rules", number, "because"), "reason", rule.because, ()
    for goal_id, goal in decision.goals.items():
        yield ("goals", goal_id, "name"), "name", goal.name, ()
        yield from _each(("goals", goal_id, "say"), "clause", goal.say)
        yield from _each(("goals", goal_id, "brief"), "name", goal.brief)
    for number, cost in enumerate(decision.costs):
        yield ("costs", number, "because"), "reason", cost.because, ()
        for place, added in enumerate(cost.adds):
            yield ("costs", number, "adds", place, "because"), "reason", added.because, ()


def _fact(loc: Loc, fact: Fact) -> Iterator[_Text]:
    for name, value in fact.values.items():
        needs = tuple(value.needs)
        inner = (*loc, "values", name)
        yield (*inner, "short"), "reason", value.short, needs
        yield from _each((*inner, "say"), "clause", value.say, needs)
        yield from _each((*inner, "brief"), "clause", value.brief, needs)


def _exhibit(decision: ExhibitDecision) -> Iterator[_Text]:
    for name, symptom in decision.symptoms.items():
        yield from _each(("symptoms", name, "say"), "clause", symptom.say)
        yield from _each(("symptoms", name, "brief"), "clause", symptom.brief)
    for name, fault in decision.faults.items():
        yield ("faults", name, "name"), "name", fault.name, ()
        yield from _each(("faults", name, "do"), "option", fault.do)
        yield from _each(("faults", name, "brief"), "option", fault.brief)
        yield ("faults", name, "because"), "reason", fault.because, ()
        yield ("faults", name, "sound"), "reason", fault.sound, ()


def _steps(decision: StepsDecision) -> Iterator[_Text]:
    yield from _each(("order_ask",), "ask", decision.order_ask)
    yield ("done_twice",), "reason", decision.done_twice, ()
    for name, step in decision.steps.items():
        loc = ("steps", name)
        yield (*loc, "name"), "name", step.name, ()
        yield from _each((*loc, "do"), "option", step.do)
        yield from _each((*loc, "brief"), "option", step.brief)
        yield from _each((*loc, "done"), "clause", step.done)
        yield from _each((*loc, "done_brief"), "clause", step.done_brief)
        for number, need in enumerate(step.needs):
            yield (*loc, "needs", number, "because"), "reason", need.because, ()
        yield (*loc, "fits", "because"), "reason", step.fits.because, ()
