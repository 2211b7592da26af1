"""From the id of an item or of a situation back to the facts that it states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from roadworthy.items.choice import ChoiceItems
from roadworthy.items.exhibit import ExhibitItems
from roadworthy.items.identity import item_id
from roadworthy.items.steps import StepsItems
from roadworthy.lint.material import Material


@dataclass(frozen=True, slots=True)
class Found:
    """What an id stands for. ``options`` are those that the item shows; () for a situation."""

    decision: str
    facts: dict[str, str]
    goal: str | None
    options: tuple[str, ...]


def find(material: Material, wanted: str) -> Found | None:
    """The situation or item of that id in today's pack; None for one that it does not have.

    Numbers are drawn without end, chains and pairs have no facts of one decision: these are not
    looked for.
    """
    for decision in material.decisions():
        for found in _of(material, decision.id, wanted):
            return found
    return None


def _of(material: Material, decision: str, wanted: str) -> Iterator[Found]:
    maker = material.generator.maker(decision)
    if isinstance(maker, ChoiceItems):
        for one in maker.situations:
            if one.id == wanted:
                yield Found(decision, one.stated, one.goal, ())
            for options in maker.practice.sets_of(one):
                names = tuple(maker.solver.options[place] for place in options)
                if item_id(one.id, maker.decision_hash, names) == wanted:
                    yield Found(decision, one.stated, one.goal, names)
    elif isinstance(maker, ExhibitItems):
        for situation, (fault, _) in maker.states.items():
            if situation == wanted:
                yield Found(decision, {"fault": fault}, None, ())
            for shown in maker.sets:
                if item_id(situation, maker.decision_hash, shown) == wanted:
                    yield Found(decision, {"fault": fault}, None, shown)
    elif isinstance(maker, StepsItems):
        for situation, state in maker.states.items():
            done = dict.fromkeys(sorted(state.done), "done")
            if situation == wanted:
                yield Found(decision, done, None, ())
            for table in maker.tables.values():
                for shown in table:
                    if item_id(situation, maker.decision_hash, shown) == wanted:
                        yield Found(decision, done, None, shown)
