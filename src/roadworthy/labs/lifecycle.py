"""The candidate's folder of a lab: copied from the starter, set back, compared to the solution.

Nothing that was edited is ever lost: what a reset or a removal takes away is kept beside it under
a name with the time.
"""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from roadworthy.errors import Conflict, NotThere

_LEFT_OUT = ("__pycache__", ".ipynb_checkpoints")


@dataclass(frozen=True, slots=True)
class FileDiff:
    """How the solution differs in one file, as lines of a unified diff; empty where it does not.

    ``why``: the reason that the solution gives for it, if it gives one.
    """

    name: str
    lines: tuple[str, ...]
    why: str = ""


def start_work(lab_folder: Path, work: Path) -> bool:
    """Copy the starter to ``work``; False when it is there already, and nothing was changed.

    The copy gets its name when it is complete. Raises ``Conflict`` where something else lies there.
    """
    if work.is_dir():
        return False
    if work.exists():
        raise Conflict(
            "Where the lab's folder belongs there is something else.",
            where=str(work),
            mend="Move it away, then start the lab again.",
        )
    partial = work.with_name(f".{work.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.parent.mkdir(parents=True, exist_ok=True)
    lay_over(lab_folder / "starter", partial)
    partial.rename(work)
    return True


def reset_work(lab_folder: Path, work: Path, now: datetime) -> Path | None:
    """Put the starter back; returns where the edited folder is kept, None if nothing was edited."""
    kept = keep_aside(lab_folder, work, now)
    shutil.rmtree(work, ignore_errors=True)
    start_work(lab_folder, work)
    return kept


def remove_work(lab_folder: Path, work: Path, now: datetime) -> Path | None:
    """Take the folder away; returns where it is kept if anything in it was edited."""
    kept = keep_aside(lab_folder, work, now)
    shutil.rmtree(work, ignore_errors=True)
    return kept


def keep_aside(lab_folder: Path, work: Path, now: datetime) -> Path | None:
    """Move an edited folder beside itself, under the time; None where nothing was edited."""
    if not work.is_dir() or not edited_files(lab_folder, work):
        return None
    kept = work.with_name(f"{work.name}.kept-{now:%Y%m%dT%H%M%S}")
    number = 1
    while kept.exists():
        number += 1
        kept = work.with_name(f"{work.name}.kept-{now:%Y%m%dT%H%M%S}-{number}")
    work.rename(kept)
    return kept


def edited_files(lab_folder: Path, work: Path) -> list[str]:
    """Files that differ from the starter's in the candidate's folder, are gone, or are new."""
    starter = lab_folder / "starter"
    return [
        name
        for name in sorted({*files_of(starter), *files_of(work)})
        if _content(starter / name) != _content(work / name)
    ]


def diff_to_solution(lab_folder: Path, work: Path, reasons: dict[str, str]) -> list[FileDiff]:
    """What the solution does otherwise, file by file, from the candidate's to ours."""
    if not work.is_dir():
        raise NotThere(
            "You have not started this lab.",
            where=str(work),
            mend="Start it: roadworthy lab start.",
        )
    solution = lab_folder / "solution"
    found = []
    for name in files_of(solution):
        mine, ours = _lines(work / name), _lines(solution / name)
        diff = difflib.unified_diff(mine, ours, f"yours/{name}", f"solution/{name}", lineterm="")
        found.append(FileDiff(name, tuple(diff), reasons.get(name, "")))
    return found


def lay_over(folder: Path, onto: Path) -> None:
    """Copy all files of a folder over another, which is made where it is missing."""
    for name in files_of(folder):
        target = onto / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / name, target)
    onto.mkdir(parents=True, exist_ok=True)


def files_of(folder: Path) -> list[str]:
    """Relative names of all files below a folder, in order, without what tools leave behind."""
    return sorted(_names(folder))


def _names(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        if path.is_file() and not set(inside.parts) & set(_LEFT_OUT):
            yield inside.as_posix()


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        return []
    return path.read_text(encoding="utf-8", errors="replace").splitlines()
