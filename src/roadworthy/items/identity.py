"""The three ids of an item, and the hash of the generator that made it.

``situation`` covers decision id, stated facts and goal, so exposure survives new pack versions.
``item`` adds the decision's content hash and the option set, so a corrected rule retires it.
``surface`` covers the text as shown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from random import Random

LENGTH = 16


def digest(*parts: object) -> str:
    """The first 16 hex digits of the SHA-256 over the parts as canonical JSON."""
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def situation_id(decision: str, facts: Mapping[str, str], goal: str | None) -> str:
    """Decision, stated facts and goal: what exposure is counted for."""
    return digest("situation", decision, dict(facts), goal)


def item_id(situation: str, decision_hash: str, options: Iterable[str]) -> str:
    """Situation, content of the decision and option set: what calibration is kept for."""
    return digest("item", situation, decision_hash, sorted(options))


def surface_id(stem: str, options: Iterable[str]) -> str:
    """The text as shown, whatever the order of its options."""
    return digest("surface", stem, sorted(options))


def draw(seed: int, *purpose: object) -> Random:
    """A random stream of its own for one purpose, so that draws do not disturb each other."""
    return Random(digest("draw", seed, *[str(part) for part in purpose]))


@cache
def generator_hash() -> str:
    """Hash over the sources of this package: recorded with each presentation, never in an id."""
    folder = Path(__file__).parent
    total = hashlib.sha256()
    for path in sorted(folder.glob("*.py")):
        total.update(path.name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:LENGTH]
