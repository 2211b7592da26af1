"""The folder ``labs/`` of a pack: its labs, their environments, and what is wrong with them.

Labs are read apart from the rest, because the compiled pack does not hold them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from roadworthy.pack.checker import Checker, Parts
from roadworthy.pack.codes import problem
from roadworthy.pack.folder_reader import FolderReader
from roadworthy.pack.lab import Lab, LabEnvironment
from roadworthy.pack.lab import LabEnvironments as Environments
from roadworthy.pack.marks import Loc, Marked
from roadworthy.pack.wording import listed
from roadworthy.problem import Place, Problem

LABS = "labs"
ENVIRONMENTS = "labs/environments.yaml"
CHECKS = "checks/checks.py"
_FOLDER = re.compile(r"(?P<number>[0-9]{2})-(?P<id>[a-z0-9][a-z0-9-]*)")


@dataclass(frozen=True)
class LabShelf:
    """Labs by id in the order of their numbers, environments by id, problems, documents."""

    labs: dict[str, Lab] = field(default_factory=dict)
    environments: dict[str, LabEnvironment] = field(default_factory=dict)
    folders: dict[str, Path] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    documents: dict[str, Marked] = field(default_factory=dict, repr=False)


def read_labs(folder: Path) -> LabShelf:
    """The labs of the pack in ``folder``; empty where it has none. Nothing stops at a problem."""
    if not list((folder / LABS).glob("*/lab.yaml")) and not (folder / ENVIRONMENTS).exists():
        return LabShelf()
    reader = FolderReader(folder)
    reader.read_catalog(ENVIRONMENTS, Environments)
    held = reader.catalog.get(ENVIRONMENTS)
    environments: dict[str, LabEnvironment] = held.environments if held is not None else {}
    labs: dict[str, Lab] = {}
    folders: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in sorted((folder / LABS).iterdir()):
        match = _FOLDER.fullmatch(path.name)
        if match is None and (path / "lab.yaml").is_file():
            problems.append(_no_number(path))
        if match is None or not path.is_dir():
            continue
        name = f"{LABS}/{path.name}/lab.yaml"
        reader.read_catalog(name, Lab)
        lab = reader.catalog.get(name)
        if not isinstance(lab, Lab):
            continue
        labs[lab.id], folders[lab.id] = lab, path
        known = list(environments) if held is not None else None
        checker = Checker(reader.documents[name])
        checker.expect("environment", lab.environment, known, ("environment",))
        problems += checker.problems
        problems += _form_problems(lab, path, match, reader.documents[name])
    for name in environments:
        lock = folder / LABS / "environments" / f"{name}.lock"
        if not lock.is_file():
            place = reader.documents[ENVIRONMENTS].place(("environments", name))
            problems.append(_missing(lock, place, "Resolve it: make labs-lock."))
    return LabShelf(
        labs=dict(sorted(labs.items(), key=lambda pair: pair[1].number)),
        environments=environments,
        folders=folders,
        problems=(*reader.problems, *problems),
        documents=reader.documents,
    )


def check_labs(shelf: LabShelf, parts: Parts) -> list[Problem]:
    """What labs name of the rest of the pack: sources, terms, objectives, decisions."""
    problems: list[Problem] = []
    for name, lab in shelf.labs.items():
        document = shelf.documents[f"{LABS}/{shelf.folders[name].name}/lab.yaml"]
        checker = Checker(document)
        checker.check_sources_and_terms(lab, parts)
        checker.expect_all("objective", lab.objectives, parts.objectives, ("objectives",))
        for loc, rule in _rules_of(lab):
            checker.expect("decision", rule.split(".", 1)[0], parts.decision_ids, loc)
        problems += checker.problems
    return problems


def _rules_of(lab: Lab) -> Iterator[tuple[Loc, str]]:
    for number, rule in enumerate(lab.rules):
        yield ("rules", number), rule
    for place, fault in enumerate(lab.faults):
        for number, rule in enumerate(fault.rules):
            yield ("faults", place, "rules", number), rule


def _form_problems(
    lab: Lab, path: Path, match: re.Match[str], document: Marked
) -> Iterator[Problem]:
    """Id and number are the folder's; every file that the lab names is there."""
    if lab.id != match["id"] or lab.number != int(match["number"]):
        yield problem(
            "id-not-file-name",
            f"The lab is `{lab.id}`, number {lab.number}, and its folder is `{path.name}`.",
            document.place(("id",)),
            f"Name the folder {lab.number:02d}-{lab.id}.",
        )
    wanted: list[tuple[Path, Loc]] = [(path / CHECKS, ())]
    wanted += [(path / "solution" / name, ("reasons", name)) for name in lab.reasons]
    wanted += [(path / "wrong" / name, ("shortcuts", name)) for name in lab.shortcuts]
    for number, step in enumerate(lab.steps):
        for place, name in enumerate(step.files):
            wanted.append((path / "starter" / name, ("steps", number, "files", place)))
    for file, loc in wanted:
        if not file.exists():
            yield _missing(file, document.place(loc), "Add it, or name one that is there.")
    known = {f"wrong/{name}" for name in lab.shortcuts}
    for extra in sorted((path / "wrong").glob("*")):
        if f"wrong/{extra.name}" not in known and not extra.name.startswith((".", "__")):
            yield problem(
                "lab-form",
                f"`wrong/{extra.name}` is no shortcut of this lab.",
                document.place(("shortcuts",)),
                f"Its shortcuts are {listed(sorted(lab.shortcuts))}: describe it, or remove it.",
            )


def _no_number(path: Path) -> Problem:
    return problem(
        "id-not-file-name",
        f"`{path.name}` holds a lab, and its name is not two digits, `-` and an id.",
        Place((path / "lab.yaml").as_posix()),
        "Name it like `03-my-lab`; otherwise nobody gets this lab.",
    )


def _missing(file: Path, place: Place, mend: str) -> Problem:
    return problem("lab-form", f"There is no `{'/'.join(file.parts[-3:])}`.", place, mend)
