"""What reference checks share: the parts of a pack that were read, and a collector."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from roadworthy.pack.blueprint import considerations_of
from roadworthy.pack.catalog import Blueprint, Crosswalk, Frames, SharedFacts
from roadworthy.pack.codes import problem
from roadworthy.pack.decision import Decision
from roadworthy.pack.marks import Loc, Marked
from roadworthy.pack.model import Topic
from roadworthy.pack.objective_notes import ObjectiveNotes
from roadworthy.pack.pair import Pair
from roadworthy.pack.tokens import Token, tokens_of
from roadworthy.pack.walk import walk
from roadworthy.pack.wording import listed, nearest
from roadworthy.problem import Place, Problem

Known = Collection[str] | None  # None: the file that gives the ids could not be read


@dataclass(frozen=True)
class Parts:
    """What was read of a pack, before it is one.

    ``documents`` and ``bodies`` (the text of topic files) are keyed by the path inside the pack;
    ``files`` gives that path for 'topics/<id>', 'decisions/<id>' and their like. The ``named``
    ids are those of file names, so that a broken file does not make every mention of it a problem.
    """

    folder: Path
    catalog: dict[str, Any]
    topics: dict[str, Topic]
    decisions: dict[str, Decision]
    pairs: dict[str, Pair]
    notes: dict[str, ObjectiveNotes]
    documents: dict[str, Marked]
    bodies: dict[str, str]
    files: dict[str, str]
    named_topics: set[str]
    named_decisions: set[str]

    @property
    def topic_ids(self) -> Known:
        return self.named_topics | set(self.topics)

    @property
    def decision_ids(self) -> Known:
        return self.named_decisions | set(self.decisions)

    @property
    def sources(self) -> Known:
        return self.catalog.get("sources.yaml")

    @property
    def terms(self) -> Known:
        return self.catalog.get("terms.yaml")

    @property
    def shared_facts(self) -> Known:
        shared: SharedFacts | None = self.catalog.get("facts.yaml")
        return shared.facts if shared else None

    @property
    def sections(self) -> Known:
        blueprint: Blueprint | None = self.catalog.get("blueprint.yaml")
        return blueprint.sections if blueprint else None

    @property
    def guides(self) -> Known:
        crosswalk: Crosswalk | None = self.catalog.get("crosswalk.yaml")
        return crosswalk.guides if crosswalk else None

    @property
    def objectives(self) -> Known:
        blueprint: Blueprint | None = self.catalog.get("blueprint.yaml")
        if blueprint is None:
            return None
        return [one for section in blueprint.sections.values() for one in section.objectives]

    @property
    def considerations(self) -> Known:
        blueprint: Blueprint | None = self.catalog.get("blueprint.yaml")
        return considerations_of(blueprint) if blueprint else None

    @property
    def tags(self) -> Known:
        frames: Frames | None = self.catalog.get("frames.yaml")
        return frames.tags if frames else None

    @property
    def slots(self) -> Known:
        frames: Frames | None = self.catalog.get("frames.yaml")
        return frames.slots if frames else None


class Checker:
    """Collects the problems of one document against sets of known ids."""

    def __init__(self, marked: Marked) -> None:
        self.marked = marked
        self.problems: list[Problem] = []

    def expect(self, what: str, id_: str, known: Known, loc: Loc) -> None:
        """Report ``id_`` unless it is known; nothing is reported when ``known`` is None."""
        self.expect_at(what, id_, known, self.marked.place(loc))

    def expect_all(self, what: str, ids: Sequence[str], known: Known, loc: Loc) -> None:
        """``expect`` for each entry of the list at ``loc``."""
        for number, id_ in enumerate(ids):
            self.expect(what, id_, known, (*loc, number))

    def expect_at(self, what: str, id_: str, known: Known, place: Place) -> None:
        """``expect`` where the place is known already."""
        if known is None:
            return
        if id_ in known:
            return
        words = sorted(known) if isinstance(known, Set) else list(known)
        self.add(
            f"unknown-{what.replace(' ', '-')}",
            f"There is no {what} `{id_}`{nearest(id_, words)}",
            place,
            f"Use one that exists ({listed(words)}), or add it." if words else "Add it.",
        )

    def add(self, slug: str, message: str, place: Place, mend: str) -> None:
        """Report one problem, once."""
        found = problem(slug, message, place, mend)
        if found not in self.problems:
            self.problems.append(found)

    def check_sources_and_terms(self, value: Any, parts: Parts, loc: Loc = ()) -> None:
        """Each ``source:`` and each ``{@term}`` inside the value exists."""
        for inner_loc, inner in walk(value, loc):
            if isinstance(inner, str):
                for token in tokens_of(inner):
                    if token.kind == "term":
                        self.expect("term", token.id, parts.terms, inner_loc)
            elif isinstance(source := getattr(inner, "source", None), str):
                self.expect("source", source, parts.sources, (*inner_loc, "source"))

    def check_lesson_token(self, token: Token, parts: Parts, place: Place) -> None:
        """One token of a lesson names something that exists, and is one that lessons may use."""
        if token.kind == "term":
            self.expect_at("term", token.id, parts.terms, place)
        elif token.kind == "source":
            self.expect_at("source", token.id, parts.sources, place)
        elif token.kind == "table":
            self.expect_at("decision", token.id, parts.decision_ids, place)
        elif token.kind == "diagram":
            drawn = (parts.folder / "topics" / "diagrams").glob("*.svg")
            self.expect_at("diagram", token.id, sorted(path.stem for path in drawn), place)
        else:
            self.add(
                "bad-token",
                f"`{token.id}` in braces is nothing that a lesson can show.",
                place,
                "Use {@term}, or plain words: no frame fills slots here. Code and math may "
                "hold braces.",
            )
