"""``roadworthy pack new``: a skeleton that loads, and what is to be written in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roadworthy.cli.items import one_of
from roadworthy.cli.pack_files import count, pack_folder
from roadworthy.cli.pack_skeletons import skeleton
from roadworthy.cli.reading import PackOption, broken, read_folder
from roadworthy.errors import BadInput, Conflict, NotThere, PackBroken

if TYPE_CHECKING:
    from roadworthy.pack.model import Pack

KINDS = ("decision", "exhibit", "pair", "limit")
SHELVES = {"decision": "decisions", "exhibit": "exhibits", "pair": "pairs"}
LIMITS = "limits.yaml"
_NO_LIMITS = re.compile(r"^limits:\s*\{\s*\}\s*$", re.MULTILINE)
_MARK = "FILL IN"


def register(pack: typer.Typer) -> None:
    """Add ``new`` to the group ``pack``."""
    pack.command(name="new")(new)


def new(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="decision, exhibit, pair or limit.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its id: small letters and dashes.")],
    topic: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="Topic that teaches it; else the first with the objective."
        ),
    ] = None,
    consideration: Annotated[
        str | None, typer.Option(metavar="ID", help="As 2.1.a; else the first of the topic.")
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="ID", help="Page of sources.yaml; else the first.")
    ] = None,
    first: Annotated[
        str | None, typer.Option(metavar="ID", help="For a pair: its first decision.")
    ] = None,
    second: Annotated[
        str | None, typer.Option(metavar="ID", help="For a pair: its second decision.")
    ] = None,
    pack: PackOption = None,
) -> None:
    """Write a skeleton with a comment on each part.

    It loads, and nothing of it is served.

    Never writes over what is there. FILL IN marks each text that you write; `pack lint` lists
    those that are left.
    """
    from datetime import UTC, datetime

    chosen = one_of("KIND", kind, KINDS)
    reading = read_folder(pack)
    if reading.pack is None:
        raise broken(reading)
    loaded = reading.pack
    folder = pack_folder(pack)
    _check_name(loaded, folder, chosen, name)
    words = {
        "id": name,
        "kind": "exhibit" if chosen == "exhibit" else "choice",
        "code": _code(name),
        "source": _known("--source", source, loaded.sources),
        "day": datetime.now(UTC).date().isoformat(),
    }
    if chosen == "pair":
        words["first"], words["second"] = _halves(loaded, first, second)
    else:
        words |= taught(loaded, chosen, topic, consideration)
    text = skeleton(chosen, words)
    path = _limit(folder, text) if chosen == "limit" else _file(folder, chosen, name, text)
    typer.echo(f"Wrote {path}: {count(text.count(_MARK), 'text')} to fill in, marked {_MARK}.")
    _check_loads(pack, path)
    for line in _next_steps(chosen, name, words.get("topic", "")):
        typer.echo(line)


def _check_name(pack: Pack, folder: Path, kind: str, name: str) -> None:
    from pydantic import TypeAdapter, ValidationError

    from roadworthy.pack.fields import Ident

    try:
        TypeAdapter(Ident).validate_python(name)
    except ValidationError as error:
        raise BadInput(
            f"`{name}` is no id.",
            where="NAME",
            mend="Use small letters, digits and dashes, such as batch-or-online.",
        ) from error
    taken: dict[str, Mapping[str, object]] = {"limit": pack.limits, "pair": pack.pairs}
    known = taken.get(kind, pack.decisions)
    paths = [folder / shelf / f"{name}.yaml" for shelf in _shelves(kind)]
    there = next((path for path in paths if path.exists()), None)
    if there is not None or name in known:
        raise Conflict(
            f"There is a {kind if kind != 'exhibit' else 'decision'} '{name}' already.",
            where=str(there or folder / LIMITS),
            mend="Choose another name; nothing was written.",
        )


def _shelves(kind: str) -> list[str]:
    """Folders in which the name may not be taken: decisions and exhibits share their ids."""
    if kind == "limit":
        return []
    return ["pairs"] if kind == "pair" else ["decisions", "exhibits"]


def _code(name: str) -> str:
    """Two to four capitals for the ids of rules: FS for feature-store."""
    initials = "".join(part[0] for part in re.findall(r"[a-z]+", name))
    letters = initials if len(initials) >= 2 else "".join(re.findall(r"[a-z]", name))
    return (letters[:4] if len(initials) >= 2 else letters[:2]).upper().ljust(2, "X")


def taught(pack: Pack, kind: str, topic: str | None, consideration: str | None) -> dict[str, str]:
    """Topic and consideration of a new file; what was not named follows from the other.

    Raises NotThere for an unknown one, and BadInput where the lesson does not list the objective of
    the consideration. A limit may stand in any lesson.
    """
    from roadworthy.pack.blueprint import considerations_of

    known = list(considerations_of(pack.blueprint))
    objectives = {name: one.head.objectives for name, one in pack.topics.items()}
    if consideration is None:
        lesson = _known("--topic", topic, objectives)
        within = [one for one in known if objective_of(one) in objectives[lesson]]
        return {"topic": lesson, "consideration": _known("--consideration", None, within)}
    wanted = _known("--consideration", consideration, known)
    teaching = [name for name, ids in objectives.items() if objective_of(wanted) in ids]
    if topic is None and (teaching or kind == "limit"):
        return {"topic": _known("--topic", None, teaching or objectives), "consideration": wanted}
    lesson = "" if topic is None else _known("--topic", topic, objectives)
    if kind != "limit" and lesson not in teaching:
        raise _not_taught(lesson, objective_of(wanted), teaching)
    return {"topic": lesson, "consideration": wanted}


def objective_of(consideration: str) -> str:
    """'2.1' of '2.1.a'."""
    return consideration.rpartition(".")[0]


def _not_taught(topic: str, objective: str, teaching: list[str]) -> BadInput:
    lesson = f"The lesson `{topic}` does not list" if topic else "No lesson lists"
    other = f"Use --topic {' or '.join(teaching)}, or add" if teaching else "Add"
    return BadInput(
        f"{lesson} the objective {objective}.",
        where="--topic" if topic else "--consideration",
        mend=f"{other} '{objective}' to `objectives` in the head of the lesson that will teach it.",
    )


def _known(option: str, wanted: str | None, known: Iterable[str]) -> str:
    """The wanted id, or the first that there is; raises NotThere."""
    names = list(known)
    if wanted is None and names:
        return names[0]
    if wanted not in names:
        raise NotThere(
            f"{option} knows no `{wanted}`." if wanted else f"The pack has nothing for {option}.",
            where=option,
            mend=f"Use one of: {', '.join(names)}." if names else "Add one first.",
        )
    return str(wanted)


def _halves(pack: Pack, first: str | None, second: str | None) -> tuple[str, str]:
    from roadworthy.pack.decision import ChoiceDecision

    choices = [name for name, one in pack.decisions.items() if isinstance(one, ChoiceDecision)]
    one = _known("--first", first, choices)
    other = _known("--second", second, [name for name in choices if name != one])
    return one, other


def _file(folder: Path, kind: str, name: str, text: str) -> Path:
    path = folder / SHELVES[kind] / f"{name}.yaml"
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise _unwritable(path, error) from error
    return path


def _limit(folder: Path, text: str) -> Path:
    """Adds a limit at the end of limits.yaml, whose last key is `limits`."""
    path = folder / LIMITS
    try:
        before = path.read_text(encoding="utf-8")
        emptied = _NO_LIMITS.sub("limits:", before).rstrip("\n")
        path.write_text(f"{emptied}\n{text}", encoding="utf-8")
    except OSError as error:
        raise _unwritable(path, error) from error
    return path


def _unwritable(path: Path, error: OSError) -> BadInput:
    return BadInput(
        f"This file cannot be written: {error.strerror}.",
        where=str(path),
        mend="Name a folder of your own with --pack.",
    )


def _check_loads(option: Path | None, path: Path) -> None:
    """Raises PackBroken with what is wrong in the file, whatever other files say."""
    problems = [
        one
        for one in read_folder(option).problems
        if one.severity == "error" and Path(one.place.file).name == path.name
    ]
    if problems:
        raise PackBroken(
            f"{path.name} has {count(len(problems), 'problem')}.",
            problems,
            mend="Mend what is listed; the skeleton itself was written.",
        )


def _next_steps(kind: str, name: str, topic: str) -> list[str]:
    if kind == "limit":
        return ["Then: roadworthy pack lint --select left-to-fill-in"]
    if kind == "pair":
        return ["Then: roadworthy pack lint --select small-pair --select long-pair-stem"]
    return [
        f"Add it to `decisions` in the head of the lesson `{topic}`, in teaching order.",
        f"Then: roadworthy pack try {name}",
    ]
