"""Packs that were checked once, kept as one JSON file: the road by which the program opens a pack.

``<cache>/packs/<id>-<key>.json``, where the key covers content, schema and generator. The file is
written beside its place and renamed, so a reader sees a whole one or none. A file that is broken,
or of another key, is made anew without a word: nothing in the cache is worth keeping.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from roadworthy.errors import PackBroken
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
    TopicHead,
)
from roadworthy.pack.decision import ChoiceDecision, ComputeDecision, ExhibitDecision, StepsDecision
from roadworthy.pack.fields import Content
from roadworthy.pack.fingerprint import DIGITS, labs_hash, pack_hash, schema_hash
from roadworthy.pack.lab import Lab
from roadworthy.pack.ladder import Ladder
from roadworthy.pack.limit import Limit
from roadworthy.pack.load import read_pack
from roadworthy.pack.model import Pack, Topic
from roadworthy.pack.objective_notes import ObjectiveHead, ObjectiveNotes
from roadworthy.pack.pair import Pair
from roadworthy.pack.stage_map import StageMap
from roadworthy.problem import has_errors

KEPT = 4
"""Compiled files kept of one pack: today's, and those of snapshots that a replay opens."""

_AnyDecision = Annotated[
    ChoiceDecision | ComputeDecision | StepsDecision | ExhibitDecision, Field(discriminator="kind")
]


class _StoredTopic(Content):
    head: TopicHead
    parts: list[tuple[str, str]]


class _StoredNotes(Content):
    head: ObjectiveHead
    texts: dict[str, str]


class _Stored(Content):
    """The JSON of a compiled pack. Keys are plain texts: they were checked when it was written."""

    key: str
    hash: str
    decision_hashes: dict[str, str]
    head: PackHead
    blueprint: Blueprint
    terms: dict[str, Term]
    sources: dict[str, Source]
    frames: Frames
    facts: SharedFacts
    article: Article
    resources: Resources
    takeaways: Takeaways
    crosswalk: Crosswalk
    limits: dict[str, Limit]
    topics: dict[str, _StoredTopic]
    decisions: dict[str, _AnyDecision]
    pairs: dict[str, Pair]
    objectives: dict[str, _StoredNotes]
    map: StageMap | None
    ladders: dict[str, Ladder]
    advice: Advice | None
    labs: dict[str, Lab]


def open_pack(folder: Path, cache: Path, generator_hash: str) -> Pack:
    """The pack in ``folder``, from the cache if it holds this content, else read and kept there.

    Raises ``PackBroken`` with all problems when the content has errors. A cache that cannot be
    written costs time, nothing else.
    """
    key = _key(pack_hash(folder), folder, generator_hash)
    for path in _stored_in(cache, f"*-{key}.json"):
        if (pack := _from_file(path, key)) is not None:
            return pack
    reading = read_pack(folder)
    if reading.pack is None or has_errors(reading.problems):
        count = len(reading.problems)
        raise PackBroken(
            f"The pack in {folder} has {count} problem{'s' if count != 1 else ''}.",
            reading.problems,
            mend="Mend what is listed and try again.",
        )
    _to_file(reading.pack, cache, _key(reading.pack.hash, folder, generator_hash))
    return reading.pack


def _key(content_hash: str, folder: Path, generator_hash: str) -> str:
    text = f"{content_hash} {labs_hash(folder)} {schema_hash()} {generator_hash}"
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def _stored_in(cache: Path, pattern: str) -> list[Path]:
    """Compiled files, the newest first; none when the folder cannot be read."""
    try:
        return sorted(
            (cache / "packs").glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True
        )
    except OSError:
        return []


def _from_file(path: Path, key: str) -> Pack | None:
    try:
        stored = _Stored.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
    if stored.key != key:
        return None
    parts = {name: getattr(stored, name) for name in _Stored.model_fields}
    del parts["key"]
    parts["topics"] = {
        name: Topic(topic.head, tuple(topic.parts)) for name, topic in stored.topics.items()
    }
    parts["objectives"] = {
        name: ObjectiveNotes(notes.head, notes.texts) for name, notes in stored.objectives.items()
    }
    return Pack(**parts)


def _to_file(pack: Pack, cache: Path, key: str) -> None:
    parts = {name: getattr(pack, name) for name in _Stored.model_fields if name != "key"}
    parts["topics"] = {
        name: _StoredTopic(head=topic.head, parts=list(topic.parts))
        for name, topic in pack.topics.items()
    }
    parts["objectives"] = {
        name: _StoredNotes(head=notes.head, texts=notes.texts)
        for name, notes in pack.objectives.items()
    }
    content = _Stored.model_construct(key=key, **parts).model_dump_json(by_alias=True)
    target = cache / "packs" / f"{pack.head.id}-{key}.json"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(content)
            os.replace(name, target)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        for old in _stored_in(cache, f"{pack.head.id}-{'?' * DIGITS}.json")[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return  # the next start reads the pack again
