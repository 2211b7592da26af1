"""A pack folder to typed content, with every problem of every file and the place of every field.

The files are read once (``folder_reader.py``), checked against the schema one by one, then against
each other (``references.py``). Nothing stops at the first problem.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from roadworthy.pack.advice import Advice
from roadworthy.pack.catalog import (
    Article,
    Blueprint,
    Crosswalk,
    Frames,
    PackHead,
    Resources,
    SharedFacts,
    Source,
    Takeaways,
    Term,
)
from roadworthy.pack.checker import Parts
from roadworthy.pack.fields import Ident
from roadworthy.pack.fingerprint import decision_hash, pack_hash
from roadworthy.pack.folder_reader import KINDS, FolderReader
from roadworthy.pack.lab import Lab
from roadworthy.pack.lab_shelf import check_labs, read_labs
from roadworthy.pack.ladder import Ladders
from roadworthy.pack.limit import Limits
from roadworthy.pack.marks import Marked
from roadworthy.pack.model import Pack
from roadworthy.pack.references import check_references
from roadworthy.pack.stage_map import StageMap
from roadworthy.problem import Place, Problem

CATALOG: dict[str, Any] = {
    "pack.yaml": PackHead,
    "blueprint.yaml": Blueprint,
    "crosswalk.yaml": Crosswalk,
    "terms.yaml": dict[Ident, Term],
    "sources.yaml": dict[Ident, Source],
    "facts.yaml": SharedFacts,
    "frames.yaml": Frames,
    "article.yaml": Article,
    "resources.yaml": Resources,
    "takeaways.yaml": Takeaways,
    "limits.yaml": Limits,
}
OPTIONAL: dict[str, Any] = {
    "map.yaml": StageMap,
    "ladders.yaml": Ladders,
    "advise.yaml": Advice,
}
"""What a pack may go without."""


@dataclass(frozen=True)
class Reading:
    """What a folder gave: the pack if its catalog could be read, problems, and places.

    ``pack`` leaves out decisions and topics that did not fit the schema; their problems say so.
    A pack with errors may be linted, never served: ``compile.open_pack`` refuses it.
    ``documents`` is keyed by the path inside the pack ('decisions/x.yaml').
    """

    pack: Pack | None
    problems: tuple[Problem, ...]
    documents: dict[str, Marked] = field(repr=False)

    def place(self, file: str, *loc: str | int) -> Place:
        """Where ``loc`` stands in ``file``; the file alone when it was not read."""
        document = self.documents.get(file)
        return document.place(loc) if document else Place(file)


def load_pack(folder: Path) -> tuple[Pack | None, list[Problem]]:
    """The pack in ``folder`` and all of its problems; see ``Reading`` for when it is None."""
    reading = read_pack(folder)
    return reading.pack, list(reading.problems)


def read_pack(folder: Path) -> Reading:
    """Like ``load_pack``, with the place of every field (for lint)."""
    reader = FolderReader(folder)
    for name, kind in CATALOG.items():
        reader.read_catalog(name, kind)
    for name, kind in OPTIONAL.items():
        if (folder / name).exists():
            reader.read_catalog(name, kind)
    for path in reader.files_in("topics", ".md"):
        reader.read_topic(path)
    for path in reader.files_in("objectives", ".md"):
        reader.read_objective(path)
    for shelf in KINDS:
        for path in reader.files_in(shelf, ".yaml"):
            reader.read_decision(path)
    for path in reader.files_in("pairs", ".yaml"):
        reader.read_pair(path)
    parts = reader.parts()
    labs = read_labs(folder)
    problems = [*reader.problems, *check_references(parts)]
    problems += [*labs.problems, *check_labs(labs, parts)]
    problems.sort(key=lambda one: (one.place, one.code))
    documents = {**reader.documents, **labs.documents}
    return Reading(_build(folder, parts, labs.labs), tuple(problems), documents)


def _build(folder: Path, parts: Parts, labs: dict[str, Lab]) -> Pack | None:
    catalog = parts.catalog
    if not set(CATALOG) <= set(catalog):
        return None
    facts: SharedFacts = catalog["facts.yaml"]
    return Pack(
        head=catalog["pack.yaml"],
        blueprint=catalog["blueprint.yaml"],
        terms=catalog["terms.yaml"],
        sources=catalog["sources.yaml"],
        frames=catalog["frames.yaml"],
        facts=facts,
        article=catalog["article.yaml"],
        resources=catalog["resources.yaml"],
        takeaways=catalog["takeaways.yaml"],
        crosswalk=catalog["crosswalk.yaml"],
        limits=catalog["limits.yaml"].limits,
        topics=parts.topics,
        decisions=parts.decisions,
        pairs=parts.pairs,
        objectives=parts.notes,
        map=catalog.get("map.yaml"),
        ladders=catalog["ladders.yaml"].ladders if "ladders.yaml" in catalog else {},
        advice=catalog.get("advise.yaml"),
        labs=labs,
        hash=pack_hash(folder),
        decision_hashes={
            name: decision_hash(decision, facts) for name, decision in parts.decisions.items()
        },
    )
