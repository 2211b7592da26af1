"""Review matrices: the pairs of texts of a decision that a person must have read side by side.

A program finds that a rule never fires; only a reader finds that an opening says otherwise than a
fact, or that two facts cannot be true of one organization. The generator puts such texts together
by itself, so each pair is read once, and again when one of its texts changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from roadworthy.items.choice import ChoiceItems
from roadworthy.lint.material import Material
from roadworthy.pack.decision import (
    ChoiceDecision,
    ComputeDecision,
    Decision,
    ExhibitDecision,
    Scene,
    StepsDecision,
)
from roadworthy.pack.fingerprint import DIGITS

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Block:
    """Pairs of one sort, and what to ask of each: ``pairs`` are names of texts."""

    title: str
    ask: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """All pairs of one decision, or of a pair of decisions; ``texts`` by name, as they are read."""

    id: str
    texts: dict[str, str]
    blocks: tuple[Block, ...]

    @property
    def size(self) -> int:
        """How many pairs there are to read."""
        return sum(len(block.pairs) for block in self.blocks)

    @property
    def hash(self) -> str:
        """16 hex digits over the pairs and their texts, and nothing else."""
        pairs = [
            (block.title, [(self.texts[one], self.texts[other]) for one, other in block.pairs])
            for block in self.blocks
        ]
        text = json.dumps(pairs, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def matrix_of(material: Material, decision_id: str) -> Matrix:
    """The matrix of a decision. Raises ``NotThere`` for an unknown id."""
    decision = material.pack.decision(decision_id)
    texts: dict[str, str] = {}
    blocks = tuple(block for block in _blocks(material, decision, texts) if block.pairs)
    named = {name: " ".join(material.named(text).split()) for name, text in texts.items()}
    return Matrix(decision_id, named, blocks)


def _blocks(material: Material, decision: Decision, texts: dict[str, str]) -> Iterator[Block]:
    if isinstance(decision, ChoiceDecision):
        yield from _choice(material, decision, texts)
    elif isinstance(decision, ComputeDecision):
        said = _listed(texts, "numbers", [*decision.say, *decision.brief])
        yield from _scene(decision.scene, said, texts)
    elif isinstance(decision, ExhibitDecision):
        yield from _exhibit(decision, texts)
    else:
        yield from _steps(decision, texts)


def _choice(material: Material, decision: ChoiceDecision, texts: dict[str, str]) -> Iterator[Block]:
    maker = material.generator.maker(decision.id)
    assert isinstance(maker, ChoiceItems)
    values = value_texts(maker, texts)
    yield from _scene(decision.scene, values, texts)
    together = {
        (one, other)
        for situation in maker.situations
        for place, one in enumerate(situation.facts)
        for other in situation.facts[place + 1 :]
    }
    pairs = [(f"{a} {b}", f"{c} {d}") for (a, b), (c, d) in together]
    colours = [
        f"{name} {value}" for name, one in maker.solver.colours.items() for value in one.values
    ]
    stated = [name for name in values if name not in colours]
    pairs += [(one, colour) for one in stated for colour in colours]
    order = {name: place for place, name in enumerate(values)}
    yield Block(
        "Fact beside fact",
        "Can both be true of one organization, in every phrasing?",
        tuple(sorted(pairs, key=lambda pair: (order[pair[0]], order[pair[1]]))),
    )
    tags = {
        tag
        for name in material.generator.vocabulary.fitting(decision.scene.needs)
        for tag in material.pack.frames.frames[name].tags
    }
    for tag in sorted(tags):
        texts[f"tag {tag}"] = material.pack.frames.tags.get(tag, tag)
    for name, option in decision.options.items():
        texts[f"option {name}"] = " | ".join([*option.do, *option.brief])
    yield Block(
        "Option beside kind of organization",
        "Does the option do what it says where this is so?",
        tuple(
            (f"option {name}", f"tag {tag}") for name in decision.options for tag in sorted(tags)
        ),
    )


def value_texts(maker: ChoiceItems, texts: dict[str, str], prefix: str = "") -> list[str]:
    """Adds each value of each fact, in all its phrasings; returns their names."""
    names = []
    for fact, one in (*maker.solver.facts.items(), *maker.solver.colours.items()):
        for value, said in one.values.items():
            name = f"{prefix}{fact} {value}"
            texts[name] = " | ".join([said.short, *said.say, *said.brief])
            names.append(name)
    return names


def _exhibit(decision: ExhibitDecision, texts: dict[str, str]) -> Iterator[Block]:
    symptoms = []
    for name, one in decision.symptoms.items():
        texts[f"symptom {name}"] = " | ".join([*one.say, *one.brief])
        symptoms.append(f"symptom {name}")
    yield from _scene(decision.scene, symptoms, texts)
    for name, fault in decision.faults.items():
        edits = " | ".join(f"{edit.sound!r} becomes {edit.faulty!r}" for edit in fault.change)
        texts[f"fault {name}"] = f"{fault.because} ({edits or fault.name})"
        texts[f"mend {name}"] = f"{' | '.join([*fault.do, *fault.brief])} (idle: {fault.sound})"
    yield Block(
        "Symptom beside fault",
        "Does this fault show the symptom, and would an expert expect it?",
        tuple((f"symptom {one.symptom}", f"fault {name}") for name, one in decision.faults.items()),
    )
    yield Block(
        "Fault beside another's mend",
        "With this fault in place, is the mend plainly idle?",
        tuple(
            (f"fault {one}", f"mend {other}")
            for one in decision.faults
            for other in decision.faults
            if one != other
        ),
    )


def _steps(decision: StepsDecision, texts: dict[str, str]) -> Iterator[Block]:
    done = []
    for name, step in decision.steps.items():
        texts[f"done {name}"] = " | ".join([*step.done, *step.done_brief])
        texts[f"step {name}"] = " | ".join([*step.do, *step.brief])
        done.append(f"done {name}")
    yield from _scene(decision.scene, done, texts)
    yield Block(
        "Step done beside step to do",
        "Is the step to do still wanted, and not said to be done, where the other is done?",
        tuple(
            (f"done {one}", f"step {other}")
            for one in decision.steps
            for other in decision.steps
            if one != other
        ),
    )


def _scene(scene: Scene, stated: list[str], texts: dict[str, str]) -> Iterator[Block]:
    """Openings and leads beside all that a stem may state."""
    openings = _listed(texts, "setup", [*scene.setup, *scene.brief_setup])
    leads = _listed(texts, "lead", scene.lead)
    yield scene_block("Opening beside fact", openings, stated)
    yield scene_block("Lead beside fact", leads, stated)


def scene_block(title: str, openings: list[str], stated: list[str]) -> Block:
    """Each opening with all that a stem may state."""
    return Block(
        title,
        "Is what the first says true, whatever the second adds?",
        tuple((one, other) for one in openings for other in stated),
    )


def _listed(texts: dict[str, str], name: str, templates: list[str]) -> list[str]:
    names = [f"{name} {number}" for number, _ in enumerate(templates, 1)]
    texts.update(zip(names, templates, strict=True))
    return names
