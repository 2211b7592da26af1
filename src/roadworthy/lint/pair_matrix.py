"""The review matrix of a pair of decisions: what stands together only where both are asked."""

from __future__ import annotations

from roadworthy.items.half import SolvedHalf
from roadworthy.items.item import Mode
from roadworthy.lint.material import Material
from roadworthy.lint.matrix import Block, Matrix, scene_block, value_texts
from roadworthy.pack.pair import Pair

MODES: tuple[Mode, Mode] = ("practice", "mock")


def pair_matrix(material: Material, pair: Pair) -> Matrix:
    """Openings of the pair, facts of one half beside those of the other, and options likewise."""
    halves = material.generator.pair_maker(pair.id).halves
    texts: dict[str, str] = {}
    stated, options = [], []
    for half in halves:
        prefix = f"{half.half.decision}: "
        value_texts(half.items, texts, prefix)
        stated.append(_stated(half, prefix))
        options.append(_options(half, texts, prefix))
    scene = pair.scene
    openings = {f"setup {n}": one for n, one in enumerate([*scene.setup, *scene.brief_setup], 1)}
    leads = {f"lead {n}": one for n, one in enumerate(scene.lead, 1)}
    texts.update(openings)
    texts.update(leads)
    everything = [*stated[0], *stated[1]]
    blocks = (
        scene_block("Opening beside fact", list(openings), everything),
        scene_block("Lead beside fact", list(leads), everything),
        Block(
            "Fact of one half beside fact of the other",
            "Can both be true of one organization, in every phrasing?",
            tuple(
                (one, other)
                for one in stated[0]
                for other in stated[1]
                if not _forbidden(pair, one, other)
            ),
        ),
        Block(
            "Option of one half beside option of the other",
            "Can both be done, and does neither do what the other is for?",
            tuple((one, other) for one in options[0] for other in options[1]),
        ),
    )
    named = {name: " ".join(material.named(text).split()) for name, text in texts.items()}
    return Matrix(pair.id, named, tuple(block for block in blocks if block.pairs))


def _stated(half: SolvedHalf, prefix: str) -> list[str]:
    """Values that some situation of the half states, in the order of its file."""
    found = {
        (fact, value)
        for mode in MODES
        for situation in half.situations(mode)
        for fact, value in situation.facts
    }
    return [
        f"{prefix}{fact} {value}"
        for fact, one in half.solver.facts.items()
        for value in one.values
        if (fact, value) in found
    ]


def _options(half: SolvedHalf, texts: dict[str, str], prefix: str) -> list[str]:
    names = []
    for name, option in half.items.decision.options.items():
        if not half.half.options or name in half.half.options:
            names.append(f"{prefix}option {name}")
            texts[names[-1]] = " | ".join([*option.do, *option.brief])
    return names


def _forbidden(pair: Pair, one: str, other: str) -> bool:
    """Whether a clash of single facts shuts the two out."""
    first, second = (text.split(": ", 1)[1].rsplit(" ", 1) for text in (one, other))
    return any(
        set(clash.first) == {first[0]}
        and set(clash.second) == {second[0]}
        and first[1] in clash.first[first[0]]
        and second[1] in clash.second[second[0]]
        for clash in pair.forbid
    )
