"""What the map and the notes on objectives name: terms, stages, levels, considerations, sources."""

from __future__ import annotations

from roadworthy.pack.checker import Checker, Parts
from roadworthy.pack.objective_notes import ObjectiveNotes
from roadworthy.pack.stage_map import StageMap


def check_map(checker: Checker, value: StageMap, parts: Parts) -> None:
    """Each placement names a product, a stage and levels that exist."""
    for number, one in enumerate(value.placements):
        loc = ("placements", number)
        checker.expect("term", one.term, parts.terms, (*loc, "term"))
        checker.expect("stage", one.stage, value.stages, (*loc, "stage"))
        checker.expect_all("level", one.levels, value.levels, (*loc, "levels"))


def check_notes(checker: Checker, notes: ObjectiveNotes, parts: Parts) -> None:
    """The objective exists, its notes are on its considerations, and each has a text."""
    head = notes.head
    checker.expect("objective", head.id, parts.objectives, ("id",))
    known = parts.considerations if head.id in (parts.objectives or ()) else None
    within = None if known is None else [one for one in known if one.startswith(f"{head.id}.")]
    for name in head.notes:
        checker.expect("consideration", name, within, ("notes", name))
        if not notes.texts.get(name):
            checker.add(
                "note-without-half",
                f"The note on `{name}` has links and no text.",
                checker.marked.place(("notes", name), of_key=True),
                f"Write it below a heading `## {name}`.",
            )
    for name in notes.texts:
        if name not in head.notes:
            checker.add(
                "note-without-half",
                f"The note on `{name or 'nothing'}` has a text and no links.",
                checker.marked.place(("notes",), of_key=True),
                "Name its pages under `notes`, or write it below the heading of another note.",
            )
    checker.check_sources_and_terms(head, parts)
