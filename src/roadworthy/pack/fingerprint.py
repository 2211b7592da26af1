"""Hashes that name content: of a pack, of a decision, of the schema.

A hash is the first 16 hex digits of SHA-256. The pack hash goes into journal events and names
snapshots, so it covers what a candidate can read and the schema version, never our code.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from roadworthy.pack.catalog import SharedFacts
from roadworthy.pack.decision import ChoiceDecision, Decision

DIGITS = 16
SCHEMA_VERSION = 1
_SUFFIXES = {".yaml", ".md", ".svg"}
_APART = {"labs", "reviews"}
_SCHEMA_MODULES = (
    *("fields.py", "decision.py", "catalog.py", "model.py", "fingerprint.py"),
    *("limit.py", "pair.py", "stage_map.py", "objective_notes.py", "advice.py", "lab.py"),
)


def content_files(folder: Path) -> Iterator[Path]:
    """The files that make a pack, in a fixed order: text content that is not hidden.

    Labs and reviews are left out. Labs have their own digests (``labs_hash``, and in
    ``labs/verified.yaml``) and never change what an item says; nor do signatures, which name what
    they cover by its own hash.
    """
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in inside.parts)
        if hidden or inside.parts[0] in _APART or path.suffix not in _SUFFIXES:
            continue
        if path.is_file():
            yield path


def pack_hash(folder: Path) -> str:
    """The hash of all content files with their names, and of the schema version."""
    digest = hashlib.sha256(f"schema {SCHEMA_VERSION}".encode())
    for path in content_files(folder):
        content = path.read_bytes()
        name = path.relative_to(folder).as_posix()
        digest.update(f"\n{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:DIGITS]


def decision_hash(decision: Decision, shared: SharedFacts) -> str:
    """The hash of what a decision says, shared facts included.

    Layout and comments do not count, nor do fields left at their default: a field that a later
    version adds retires no item. Nor does ``level``, which sorts decisions and changes no item.
    """
    value = decision.model_dump(
        mode="json", by_alias=True, exclude_defaults=True, exclude={"level"}
    )
    if isinstance(decision, ChoiceDecision):
        for name, fact in decision.facts.items():
            if isinstance(fact, str) and fact in shared.facts:
                value["facts"][name] = shared.facts[fact].model_dump(
                    mode="json", exclude_defaults=True
                )
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def labs_hash(folder: Path) -> str:
    """The hash of what is said of labs; it decides whether a compiled pack is stale, no more."""
    digest = hashlib.sha256()
    for path in sorted((folder / "labs").glob("*/lab.yaml")):
        content = path.read_bytes()
        digest.update(f"{path.parent.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:DIGITS]


@cache
def schema_hash() -> str:
    """The hash of the modules that define the schema: a compiled pack of other code is stale."""
    digest = hashlib.sha256()
    for name in _SCHEMA_MODULES:
        digest.update(Path(__file__).with_name(name).read_bytes())
    return digest.hexdigest()[:DIGITS]
