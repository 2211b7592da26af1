"""Lock files with digests, cut into the requirement of each package."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

_FIRST = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[^ ;\\]+)")
DIGITS = 12


@dataclass(frozen=True, slots=True)
class Requirement:
    """One package of a lock. ``text``: its lines as pip reads them, with marker and digests."""

    name: str
    version: str
    text: str


def read_lock(path: Path) -> list[Requirement]:
    """The packages of a lock, in its order. Raises ``OSError`` and ``ValueError``."""
    found: list[Requirement] = []
    lines: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), "end==0"]:
        match = _FIRST.match(line)
        if match is not None:
            if lines:
                found.append(_requirement(lines, path))
            lines = [line]
        elif line.strip().startswith("--hash") and lines:
            lines.append(line)
    return found


def lock_hash(path: Path) -> str:
    """The first 12 hex digits of the lock's SHA-256: it names the environment."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:DIGITS]


def _requirement(lines: list[str], path: Path) -> Requirement:
    match = _FIRST.match(lines[0])
    assert match is not None
    if len(lines) == 1:
        raise ValueError(f"{path.name}: {match['name']} has no digest")
    lines[-1] = lines[-1].rstrip("\\ ")
    return Requirement(match["name"], match["version"], "\n".join(lines) + "\n")
