"""What the files of a pack say of each other: every id that is named exists.

``check_references`` works on whatever fitted the schema. Where a catalog file is broken, the
checks against it are left out, so that one broken file does not raise a hundred problems.
"""

from __future__ import annotations

from typing import Any

from roadworthy.pack.advice import Advice
from roadworthy.pack.advice_references import check_advice
from roadworthy.pack.catalog import Blueprint, Crosswalk, Frames, PackHead, Resources
from roadworthy.pack.checker import Checker, Parts
from roadworthy.pack.decision_references import check_decision
from roadworthy.pack.ladder import Ladders
from roadworthy.pack.ladder_references import check_ladders
from roadworthy.pack.limit import Limits
from roadworthy.pack.marks import Loc, Marked
from roadworthy.pack.model import Topic
from roadworthy.pack.notes_references import check_map, check_notes
from roadworthy.pack.pair_references import check_pair
from roadworthy.pack.stage_map import StageMap
from roadworthy.pack.tokens import lesson_tokens_of
from roadworthy.pack.wording import listed
from roadworthy.problem import Place, Problem

_LITERAL_FILES = {"article.yaml", "sources.yaml"}  # texts that are shown as they are


def check_references(parts: Parts) -> list[Problem]:
    """All broken references of a pack, in no particular order."""
    problems: list[Problem] = []
    for name, value in parts.catalog.items():
        checker = Checker(parts.documents[name])
        _check_catalog(checker, value, parts)
        if name not in _LITERAL_FILES:
            checker.check_sources_and_terms(value, parts)
        problems += checker.problems
    for id_, topic in parts.topics.items():
        checker = Checker(parts.documents[parts.files[f"topics/{id_}"]])
        _check_topic_head(checker, topic, parts)
        problems += checker.problems
    for id_, notes in parts.notes.items():
        checker = Checker(parts.documents[parts.files[f"objectives/{id_}"]])
        check_notes(checker, notes, parts)
        problems += checker.problems
    for file, text in parts.bodies.items():
        checker = Checker(Marked((parts.folder / file).as_posix(), None, None))
        for token in lesson_tokens_of(text):
            place = Place(checker.marked.file, token.line + 1)
            checker.check_lesson_token(token, parts, place)
        problems += checker.problems
    for id_, decision in parts.decisions.items():
        checker = Checker(parts.documents[parts.files[f"decisions/{id_}"]])
        check_decision(checker, decision, parts)
        problems += checker.problems
    for id_, pair in parts.pairs.items():
        checker = Checker(parts.documents[parts.files[f"pairs/{id_}"]])
        check_pair(checker, pair, parts)
        problems += checker.problems
    return problems


def _check_catalog(checker: Checker, value: Any, parts: Parts) -> None:
    if isinstance(value, PackHead):
        checker.expect("decision", value.opening, parts.decision_ids, ("opening",))
        checker.expect_all("fact on the exam", value.exam_day, value.facts, ("exam_day",))
    elif isinstance(value, Blueprint):
        _check_numbering(checker, value)
    elif isinstance(value, Frames):
        _check_frames(checker, value)
    elif isinstance(value, Crosswalk):
        for guide, old in value.guides.items():
            for name, section in old.sections.items():
                loc: Loc = ("guides", guide, "sections", name, "today")
                checker.expect_all("section", section.today, parts.sections, loc)
    elif isinstance(value, Limits):
        for name, limit in value.limits.items():
            loc = ("limits", name)
            known = parts.considerations
            checker.expect_all("topic", limit.topics, parts.topic_ids, (*loc, "topics"))
            checker.expect_all(
                "consideration", limit.considerations, known, (*loc, "considerations")
            )
    elif isinstance(value, Ladders):
        check_ladders(checker, value, parts)
    elif isinstance(value, StageMap):
        check_map(checker, value, parts)
    elif isinstance(value, Advice):
        check_advice(checker, value, parts)
    elif isinstance(value, Resources):
        for shelf, resources in (("article", value.article), ("newer", value.newer)):
            for name, one in resources.items():
                loc = (shelf, name)
                checker.expect_all("section", one.sections, parts.sections, (*loc, "sections"))
                checker.expect_all("topic", one.topics, parts.topic_ids, (*loc, "topics"))
                checker.expect_all("guide", one.guides, parts.guides, (*loc, "guides"))


def _check_numbering(checker: Checker, blueprint: Blueprint) -> None:
    """Ids are whole and nested: section '5', objective '5.2', consideration '5.2.a'."""
    for section, objectives in blueprint.sections.items():
        for objective, held in objectives.objectives.items():
            loc: Loc = ("sections", section, "objectives", objective)
            _expect_prefix(checker, objective, section, loc)
            for consideration in held.considerations:
                _expect_prefix(
                    checker, consideration, objective, (*loc, "considerations", consideration)
                )


def _expect_prefix(checker: Checker, id_: str, outer: str, loc: Loc) -> None:
    if not id_.startswith(f"{outer}."):
        checker.add(
            "bad-id",
            f"`{id_}` stands in `{outer}`, and its id does not say so.",
            checker.marked.place(loc, of_key=True),
            f"Begin the id with `{outer}.`.",
        )


def _check_frames(checker: Checker, frames: Frames) -> None:
    for id_, frame in frames.frames.items():
        for number, tag in enumerate(frame.tags):
            checker.expect("tag", tag, frames.tags, ("frames", id_, "tags", number))
        for slot in frame.slots:
            checker.expect("slot", slot, frames.slots, ("frames", id_, "slots", slot))
        missing = [slot for slot in frames.slots if slot not in frame.slots]
        if missing:
            checker.add(
                "missing-slot",
                f"The frame `{id_}` does not fill {listed(missing)}.",
                checker.marked.place(("frames", id_, "slots"), of_key=True),
                "Every frame fills all slots: each stem may use each of them.",
            )


def _check_topic_head(checker: Checker, topic: Topic, parts: Parts) -> None:
    head = topic.head
    checker.expect_all("objective", head.objectives, parts.objectives, ("objectives",))
    checker.expect_all("decision", head.decisions, parts.decision_ids, ("decisions",))
    checker.expect_all("source", head.sources, parts.sources, ("sources",))
