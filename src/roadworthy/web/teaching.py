"""Lessons for the browser: prose as safe HTML, what-decides tables, drawings, and their sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

import nh3
from markupsafe import Markup

from roadworthy.pack.catalog import Source, Term
from roadworthy.pack.decision_table import table_of
from roadworthy.pack.model import Topic
from roadworthy.pack.table_rows import (
    ChoiceTable,
    ComputeTable,
    Evidence,
    FaultTable,
    RuleRow,
    StepsTable,
    Table,
)
from roadworthy.pack.text import DiagramHere, LessonText, Prose, TableHere
from roadworthy.pack.tokens import TERM
from roadworthy.pack.topic_text import anchor_of
from roadworthy.workspace import Workspace

WORDS_PER_MINUTE = 200
OPENING_HEADING = "The idea"
NARROW = "-narrow"
"""Ends the name of a drawing that is made for a phone."""
_DRAWING_TAGS = {
    *("svg", "g", "defs", "marker", "title", "desc", "text", "tspan"),
    *("path", "rect", "line", "circle", "ellipse", "polyline", "polygon"),
}
_DRAWING_ATTRIBUTES = {
    *("viewBox", "role", "aria-labelledby", "id", "class", "x", "y", "x1", "x2", "y1", "y2"),
    *("cx", "cy", "r", "rx", "ry", "dx", "dy", "d", "points", "width", "height", "transform"),
    *("fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin"),
    *("font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline", "opacity"),
    *("marker-start", "marker-end", "markerWidth", "markerHeight", "refX", "refY", "orient"),
}


@dataclass(frozen=True)
class Drawn:
    """A what-decides table beside what the macro needs to draw it: its kind, and its sources.

    ``groups``: rules of a choice that state the same, together.
    """

    kind: str  # choice, compute, steps or faults
    table: Table
    sources: Mapping[str, Source]
    groups: tuple[tuple[str, tuple[RuleRow, ...]], ...] = ()

    @property
    def usual_day(self) -> str:
        """The ISO day on which most rows were checked, said once; '' for no row."""
        days = Counter(one.checked for one in _evidence_in(self.table)).most_common(1)
        return days[0][0] if days else ""


@dataclass(frozen=True)
class LessonBlock:
    """One block of a lesson: exactly one of prose, table and drawing is there.

    ``narrow``: the drawing again for a phone, where the pack has one of its own for it.
    """

    prose: Markup | None = None
    table: Drawn | None = None
    drawing: Markup | None = None
    narrow: Markup | None = None


@dataclass(frozen=True)
class LessonPart:
    """A part of a lesson; ``anchor`` names it in the page's address.

    ``shown``: whether the heading stands above the part; an opening goes without.
    """

    heading: str
    anchor: str
    shown: bool
    blocks: tuple[LessonBlock, ...]


def prose(desk: Workspace, markdown: str) -> Markup:
    """Markdown of the pack as safe HTML, with former names at first mention."""
    return Markup(_text(desk).html(markdown))


def _evidence_in(table: Table) -> list[Evidence]:
    if isinstance(table, ChoiceTable):
        return [row.evidence for row in table.rules] + [goal.evidence for goal in table.goals]
    if isinstance(table, ComputeTable):
        return [row.evidence for row in table.quantities]
    if isinstance(table, FaultTable):
        return [row.evidence for row in table.faults]
    return [one.evidence for step in table.steps for one in step.after]


def decision_table_of(desk: Workspace, decision_id: str) -> Drawn:
    """The what-decides table of a decision, ready to draw. Raises ``NotThere``."""
    table = table_of(desk.pack, decision_id)
    if isinstance(table, ChoiceTable):
        return Drawn("choice", table, desk.pack.sources, _by_statement(table.rules))
    kind = {ComputeTable: "compute", StepsTable: "steps", FaultTable: "faults"}[type(table)]
    return Drawn(kind, table, desk.pack.sources)


def lesson_of(desk: Workspace, topic: Topic) -> tuple[LessonPart, ...]:
    """The parts of a topic's lesson, in order."""
    blocks = _text(desk).blocks([markdown for _, markdown in topic.parts])
    parts = []
    for (heading, _), found in zip(topic.parts, blocks, strict=True):
        name = heading or OPENING_HEADING
        drawn = tuple(filter(None, (_block(desk, block) for block in found)))
        parts.append(LessonPart(name, anchor_of(name), bool(heading), drawn))
    return tuple(parts)


def minutes_to_read(topic: Topic) -> int:
    """Minutes that the lesson takes at a calm pace, at least 1."""
    words = sum(len(markdown.split()) for _, markdown in topic.parts)
    return max(1, round(words / WORDS_PER_MINUTE))


def terms_of(desk: Workspace, topic: Topic) -> list[Term]:
    """The terms of a lesson that had earlier names, in the order in which they come up."""
    ids = dict.fromkeys(one for _, text in topic.parts for one in TERM.findall(text))
    terms = (desk.pack.terms[one] for one in ids if one in desk.pack.terms)
    return [term for term in terms if term.former]


def _text(desk: Workspace) -> LessonText:
    return LessonText(desk.pack.terms, desk.pack.sources)


def _by_statement(rules: Iterable[RuleRow]) -> tuple[tuple[str, tuple[RuleRow, ...]], ...]:
    """Neighboring rules that state the same, under that statement."""

    def statement(row: RuleRow) -> str:
        return row.stated if row.unless is None else f"{row.stated}, unless {row.unless}"

    return tuple((words, tuple(rows)) for words, rows in groupby(rules, key=statement))


def _block(desk: Workspace, block: Prose | TableHere | DiagramHere) -> LessonBlock | None:
    if isinstance(block, Prose):
        return LessonBlock(prose=Markup(block.html))
    if isinstance(block, TableHere):
        if block.decision_id not in desk.pack.decisions:
            return None
        return LessonBlock(table=decision_table_of(desk, block.decision_id))
    drawing = desk.diagram(block.name)
    if not drawing:
        return None
    narrow = desk.diagram(block.name + NARROW)
    return LessonBlock(
        drawing=clean_drawing(drawing), narrow=clean_drawing(narrow) if narrow else None
    )


def clean_drawing(svg: str) -> Markup:
    """A drawing of the pack with nothing in it but shapes, words and arrows."""
    cleaned = nh3.clean(
        svg, tags=_DRAWING_TAGS, attributes={"*": _DRAWING_ATTRIBUTES}, url_schemes=set()
    )
    return Markup(cleaned)
