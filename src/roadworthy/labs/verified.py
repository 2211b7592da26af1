"""``labs/verified.yaml``: which content of a lab was proven, in which environment, and when.

A lab whose files or lock differ from what stands there has to be proven again. The file is written
by ``roadworthy lab verify``, never by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from roadworthy.errors import BadInput
from roadworthy.labs.checking import PROGRAM
from roadworthy.labs.lifecycle import files_of
from roadworthy.labs.requirements import lock_hash
from roadworthy.labs.room import LabRoom
from roadworthy.pack.lab import Lab

FILE = "verified.yaml"
DIGITS = 16
_HEAD = "# Written by roadworthy lab verify; what differs from it is proven again by .ci/run.\n"


@dataclass(frozen=True, slots=True)
class Verified:
    """A proof: hashes of the lab and of its lock, the day, and what the solution took.

    ``shortcuts``: hash of the lab for which its shortcuts were refused; empty where they were not
    tried. ``seconds``: of the starter's and the solution's run; ``megabytes``: peak memory.
    """

    lab: str
    lock: str
    on: str
    seconds: float
    megabytes: float | None
    network: str
    shortcuts: str = ""


def lab_hash(folder: Path) -> str:
    """The hash of all files of a lab with their names, and of the program that runs its checks."""
    digest = hashlib.sha256(PROGRAM.read_bytes())
    for name in files_of(folder):
        content = (folder / name).read_bytes()
        digest.update(f"\n{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:DIGITS]


def read_verified(labs: Path) -> dict[str, Verified]:
    """The proofs by lab; none where there is no file. Raises ``BadInput``."""
    path = labs / FILE
    if not path.exists():
        return {}
    try:
        held: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        return {name: Verified(**{**one, "on": str(one["on"])}) for name, one in held.items()}
    except (yaml.YAMLError, TypeError, KeyError, AttributeError) as error:
        raise BadInput(
            f"The proofs of the labs cannot be read: {error}".splitlines()[0],
            where=str(path),
            mend="Remove the file and run roadworthy lab verify.",
        ) from error


def write_verified(labs: Path, proofs: Mapping[str, Verified]) -> None:
    """Write the proofs in one step, in order."""
    path = labs / FILE
    content = {name: asdict(proofs[name]) for name in sorted(proofs)}
    partial = path.with_suffix(".partial")
    partial.write_text(_HEAD + yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    partial.replace(path)


def is_proven(room: LabRoom, lab: Lab, proofs: Mapping[str, Verified], *, wrong: bool) -> bool:
    """Whether this content was proven with this lock; ``wrong``: its shortcuts too."""
    proof = proofs.get(lab.id)
    now = lab_hash(room.folder(lab))
    if proof is None or proof.lock != lock_hash(room.environment(lab).lock):
        return False
    return now == (proof.shortcuts if wrong else proof.lab)


def with_proof(
    room: LabRoom,
    lab: Lab,
    proofs: Mapping[str, Verified],
    *,
    wrong: bool,
    on: date,
    seconds: float,
    megabytes: float | None,
    network: str,
) -> dict[str, Verified]:
    """The proofs with that of a run that went as stated."""
    now, lock = lab_hash(room.folder(lab)), lock_hash(room.environment(lab).lock)
    before = proofs.get(lab.id)
    if wrong and before is not None:
        return {**proofs, lab.id: replace(before, shortcuts=now)}
    if wrong:
        return dict(proofs)
    shortcuts = before.shortcuts if before is not None and before.lock == lock else ""
    size = None if megabytes is None else round(megabytes)
    proof = Verified(now, lock, on.isoformat(), round(seconds, 1), size, network, shortcuts)
    return {**proofs, lab.id: proof}
