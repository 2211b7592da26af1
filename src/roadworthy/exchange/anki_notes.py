"""What goes into a deck for Anki: a note for each rule, and one for each contrast pair.

A note's name never changes while its rule or its two situations stay, whatever their words: from
it comes the guid by which Anki updates a note and does not double it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from roadworthy.items.generate import Generator
from roadworthy.items.item import Item
from roadworthy.learner.syllabus import syllabus_of
from roadworthy.pack.decision_table import table_of
from roadworthy.pack.model import Pack
from roadworthy.pack.table_rows import (
    ChoiceTable,
    ComputeTable,
    Evidence,
    FaultTable,
    GoalRow,
    RuleRow,
)

PAIR_SEED = 1
"""The same pair on every machine, as long as the decision stays."""


@dataclass(frozen=True, slots=True)
class DeckNote:
    """One note: ``name`` for its guid; all texts are HTML, escaped."""

    name: str
    front: str
    back: str
    source: str
    tags: tuple[str, ...]


def deck_notes(pack: Pack, generator: Generator) -> list[DeckNote]:
    """All notes of a pack, decision by decision; only what is confirmed."""
    served = set(syllabus_of(pack).rules)
    notes: list[DeckNote] = []
    for name, decision in pack.decisions.items():
        section = pack.section_of(decision.considerations[0])
        tags = (f"section-{section}", name)
        notes += [one for one in _rule_notes(pack, name, tags) if one.name in served]
        pair = _pair_note(pack, generator, name, tags)
        if pair is not None:
            notes.append(pair)
    return notes


def _rule_notes(pack: Pack, decision: str, tags: tuple[str, ...]) -> Iterator[DeckNote]:
    table = table_of(pack, decision)

    def note(evidence: Evidence, asked: str, told: Iterable[str]) -> DeckNote:
        return DeckNote(
            name=evidence.rule,
            front=_paragraphs([f"<b>{escape(table.title)}</b>", escape(asked)]),
            back=_paragraphs(escape(one) for one in told),
            source=_source(pack, evidence.source, evidence.checked),
            tags=tags,
        )

    if isinstance(table, ChoiceTable):
        for row in table.rules:
            asked = f"{_stated(row)}. Which option falls, and why?"
            yield note(row.evidence, asked, [f"{_quoted(row.falls)}: {row.because}."])
        for goal in table.goals:
            asked = f"{goal.name}: which option of those that are left wins?"
            yield note(goal.evidence, asked, _ranked(goal))
    elif isinstance(table, ComputeTable):
        for quantity in table.quantities:
            asked = f"How is “{quantity.name}” computed?"
            yield note(quantity.evidence, asked, [quantity.formula, quantity.words])
    elif isinstance(table, FaultTable):
        for fault in table.faults:
            asked = f"“{fault.name}”: what does this fault do, and what mends it?"
            yield note(fault.evidence, asked, [f"{fault.because}.", f"{fault.mend}."])
    else:
        for step in table.steps:
            for after in step.after:
                asked = f"Why does “{step.name}” come after “{after.step}”?"
                yield note(after.evidence, asked, [f"{after.because}."])


def _stated(row: RuleRow) -> str:
    return row.stated if row.unless is None else f"{row.stated}, unless {row.unless}"


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _ranked(goal: GoalRow) -> Iterator[str]:
    for number, one in enumerate(goal.ranking, start=1):
        yield f"{number}. “{one.option}”: {one.because}."


def _pair_note(
    pack: Pack, generator: Generator, decision: str, tags: tuple[str, ...]
) -> DeckNote | None:
    """Two situations that differ in one fact or the goal and have different keys, over the same
    options; None where the decision has no such pair that goes without an exhibit."""
    first = generator.worked(decision, seed=PAIR_SEED)
    second = generator.contrast(first, seed=PAIR_SEED) if first is not None else None
    if first is None or second is None or first.exhibit is not None:
        return None
    options = dict.fromkeys(option.text for item in (first, second) for option in item.options)
    return DeckNote(
        name=f"pair:{':'.join(sorted((first.situation, second.situation)))}",
        front=_paragraphs(
            [
                f"<b>{escape(first.title)}</b>",
                f"1. {escape(first.stem)}",
                f"2. {escape(second.stem)}",
                f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in options)}</ul>",
            ]
        ),
        back=_paragraphs(_keyed(number, item) for number, item in ((1, first), (2, second))),
        source="<br>".join(
            dict.fromkeys(
                _source(pack, item.options[item.key].source, item.options[item.key].checked)
                for item in (first, second)
            )
        ),
        tags=(*tags, "pair"),
    )


def _keyed(number: int, item: Item) -> str:
    key = item.options[item.key]
    return f"{number}. {escape(key.text)}<br>{escape(key.rationale)}"


def _paragraphs(parts: Iterable[str]) -> str:
    return "".join(f"<div>{part}</div>" for part in parts)


def _source(pack: Pack, name: str, checked: str) -> str:
    source = pack.sources.get(name)
    if source is None:
        return f"{escape(name)}, read {escape(checked)}"
    link = f'<a href="{escape(source.url)}">{escape(source.title)}</a>'
    return f"{link}, read {escape(checked)}"
