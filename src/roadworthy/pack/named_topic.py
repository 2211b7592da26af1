"""A topic that somebody named, against the pack: where the guide has it, and what asks on it.

Over the search index: terms with their old names, decisions, rules, considerations and lessons.
Pure; what was typed goes nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from roadworthy.pack.full_text import SearchIndex
from roadworthy.pack.model import Pack
from roadworthy.pack.search_document import mentions
from roadworthy.pack.search_found import Hit
from roadworthy.pack.search_words import folded, words_of

Verdict = Literal["covered", "not asked", "not here"]
MOST_WORDS: Final = 12
"""A longer text is no topic; it may be a question of the exam."""
MOST_DECISIONS: Final = 8
MOST_OTHERS: Final = 5
_IN_DECISION = re.compile(r"/decisions/([^#?/]+)")
_CONSIDERATION = re.compile(r"#(\d+\.\d+\.\w+)$")
_TERM = re.compile(r"#t-([^#?/]+)$")


@dataclass(frozen=True)
class Part:
    """A consideration of the guide: its objective, and whether items are on it."""

    id: str
    objective: str
    text: str
    asked: bool


@dataclass(frozen=True)
class Asking:
    """A decision that asks on the topic, and how many of its rules name it."""

    id: str
    title: str
    rules: int


@dataclass(frozen=True)
class NamedTopic:
    """What the pack has on a topic.

    'covered': decisions ask on it. 'not asked': the guide, a lesson or the list of names has it,
    and no item asks on it. 'not here': nothing holds all of its words; then ``others`` are the
    nearest, and ``suggestions`` what may have been meant.
    """

    text: str
    verdict: Verdict
    asking: tuple[Asking, ...] = ()
    more: int = 0
    parts: tuple[Part, ...] = ()
    names: tuple[str, ...] = ()
    others: tuple[Hit, ...] = ()
    suggestions: tuple[str, ...] = ()


def named_topic(index: SearchIndex, pack: Pack, text: str) -> NamedTopic:
    """What the pack has on a topic; ``index`` holds the pack's documents."""
    found = {kind: _hits(index, text, kind) for kind in ("name", "decision", "rule", "objective")}
    lessons = _hits(index, text, "topic")
    whole = index.search(text)
    if whole.loose or not whole.total or not (any(found.values()) or lessons):
        nearest = [
            hit for group in whole.groups for hit in group.hits if hit.document.kind in _READ
        ]
        meant = whole.suggestions if len(words_of(text)) == 1 else ()
        return NamedTopic(text, "not here", others=tuple(nearest[:MOST_OTHERS]), suggestions=meant)
    terms = [match[1] for hit in found["name"] if (match := _TERM.search(_path(hit)))]
    rules: dict[str, int] = {}
    for hit in (*found["decision"], *found["rule"]):
        match = _IN_DECISION.search(_path(hit))
        if match and match[1] in pack.decisions:
            rules[match[1]] = rules.get(match[1], 0) + (hit.document.kind == "rule")
    named = _called(pack, terms, text)
    for id_, decision in pack.decisions.items():
        if named & mentions(decision.model_dump_json()):
            rules.setdefault(id_, 0)
    asking = [Asking(id_, pack.decisions[id_].title, count) for id_, count in rules.items()]
    return NamedTopic(
        text=text,
        verdict="covered" if asking else "not asked",
        asking=tuple(asking[:MOST_DECISIONS]),
        more=max(0, len(asking) - MOST_DECISIONS),
        parts=_parts(pack, [one.id for one in asking[:MOST_DECISIONS]], found["objective"]),
        names=tuple(pack.terms[one].name for one in terms if one in pack.terms)[:MOST_OTHERS],
        others=tuple(lessons[:MOST_OTHERS]),
    )


_READ: Final = frozenset({"name", "decision", "rule", "objective", "topic"})


def _called(pack: Pack, terms: list[str], text: str) -> set[str]:
    """The terms that bear the name, today or before; else the only one that was found."""
    exact = {
        one for one in terms if folded(text) in {folded(name) for name in _names_of(pack, one)}
    }
    return exact or (set(terms) if len(terms) == 1 else set())


def _names_of(pack: Pack, term: str) -> list[str]:
    found = pack.terms.get(term)
    return [] if found is None else [found.name, *(former.name for former in found.former)]


def _hits(index: SearchIndex, text: str, kind: str) -> list[Hit]:
    groups = index.search(text, kind=kind, most=200).groups
    return [hit for group in groups for hit in group.hits]


def _path(hit: Hit) -> str:
    return hit.document.paths[0]


def _parts(pack: Pack, decisions: list[str], objectives: list[Hit]) -> tuple[Part, ...]:
    """Considerations whose own words name the topic, then those of the decisions that ask."""
    drilled = {one for decision in pack.decisions.values() for one in decision.considerations}
    wanted = [match[1] for hit in objectives if (match := _CONSIDERATION.search(_path(hit)))]
    wanted += [pack.decisions[name].considerations[0] for name in decisions]
    texts = {
        name: (objective_id, consideration.text)
        for section in pack.blueprint.sections.values()
        for objective_id, objective in section.objectives.items()
        for name, consideration in objective.considerations.items()
    }
    return tuple(
        Part(name, *texts[name], asked=name in drilled)
        for name in dict.fromkeys(wanted)
        if name in texts
    )
