"""``roadworthy pack review``: blind reading. Sheets of items without keys, and their score."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roadworthy.cli.reading import PackOption, open_generator, printing
from roadworthy.cli.review_files import ITEMS, PACK, files_of
from roadworthy.errors import BadInput, CheckFailed

if TYPE_CHECKING:
    from roadworthy.lint.reading.answers import Answer, Asked, Role
    from roadworthy.lint.reading.sheet import Sheet

TOLD = 12
"""Numbers that an error lists."""


def register(pack: typer.Typer) -> None:
    """Add the group ``review`` to the group ``pack``."""
    group = typer.Typer(no_args_is_help=True)
    group.callback()(_group)
    group.command()(sheet)
    group.command(name="score")(score_sheet)
    pack.add_typer(group, name="review")


def _group() -> None:
    """Have items read by people who never saw their models, and score what they say."""


def sheet(
    seed: Annotated[int, typer.Option(metavar="S", help="The same seed gives the same sheet.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="A new or empty folder for the files.")],
    random: Annotated[
        int, typer.Option(metavar="N", min=0, help="Items as practice draws them.")
    ] = 0,
    per_rule: Annotated[
        bool,
        typer.Option(
            "--per-rule", help="Items in which each rule, cost, key, need, quantity, fault decides."
        ),
    ] = False,
    control: Annotated[
        int, typer.Option(metavar="N", min=0, help="Other items, of which only options are shown.")
    ] = 0,
    parts: Annotated[
        int, typer.Option(metavar="K", min=1, help="Split into sheets for so many readers.")
    ] = 1,
    decision: Annotated[
        str | None, typer.Option(metavar="ID", help="This decision only, with its pairs.")
    ] = None,
    pack: PackOption = None,
) -> None:
    """Write a reading sheet: items without keys for readers, and the keys for the scorer.

    README.md in the folder tells readers what to write. Give them their sheet and that page only.
    """
    from roadworthy.items.identity import generator_hash
    from roadworthy.lint.reading.sheet import make_sheet

    if not (random or per_rule or control):
        raise BadInput(
            "The sheet would be empty.", mend="Ask for --per-rule, --random N or --control N."
        )
    _check_new(out)
    generator = open_generator(pack)
    made = make_sheet(
        generator,
        seed=seed,
        per_rule=per_rule,
        random=random,
        control=control,
        parts=parts,
        decision=decision,
    )
    about = {
        "pack": f"{generator.pack.head.id} {generator.pack.hash}",
        "generator": generator_hash(),
        "seed": seed,
        "asked": _asked_for(per_rule, random, control, parts, decision),
        "items": len(made.entries),
        "control": len(made.control),
    }
    files = files_of(made, about)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (out / name).write_text(text, encoding="utf-8")
    except OSError as trouble:
        raise BadInput(
            f"The files cannot be written: {trouble.strerror}.",
            where=str(out),
            mend="Name another folder.",
        ) from None
    with printing():
        for line in _made(made, out, per_rule=per_rule, random=random, control=control):
            typer.echo(line)


def _check_new(out: Path) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadInput(
            "There is something in this place already, and a sheet is evidence to be kept.",
            where=str(out),
            mend="Name a new folder.",
        )


def _asked_for(per_rule: bool, random: int, control: int, parts: int, decision: str | None) -> str:
    words = ["--per-rule"] if per_rule else []
    words += [f"--random {random}", f"--control {control}", f"--parts {parts}"]
    return " ".join(words + ([f"--decision {decision}"] if decision else []))


def _made(made: Sheet, out: Path, *, per_rule: bool, random: int, control: int) -> Iterator[str]:
    """What was written, what fell short of what was asked, and purposes without an item."""
    from roadworthy.lint.reading.purposes import RANDOM, kind_of

    sizes = ", ".join(str(len(part)) for part in made.parts)
    split = f" in parts of {sizes}" if len(made.parts) > 1 else ""
    yield f"{len(made.entries)} items{split} and {len(made.control)} for the control, in {out}"
    drawn = sum(RANDOM in entry.purposes for entry in made.entries)
    for name, wanted, there in (
        ("random", random, drawn),
        ("control", control, len(made.control)),
    ):
        if there < wanted:
            yield f"  {name}: {there} of {wanted}; there are no more different items"
    if not per_rule:
        return
    served = made.wanted - len(made.unserved)
    yield f"  {served} of {made.wanted} purposes are served"
    lacking = Counter(kind_of(one) for one in made.unserved)
    if lacking:
        yield "  No item can serve: " + ", ".join(f"{n} {kind}" for kind, n in lacking.items())
        for purpose, why in made.unserved.items():
            yield f"    {purpose}: {why}"


def score_sheet(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a sheet.")],
    reader: Annotated[
        list[str],
        typer.Option(
            metavar="NAME=FILE", help="Answers of a reader; again for others, or for more parts."
        ),
    ],
    control: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Answers of the control.")
    ] = None,
    judge: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A judge's answers, for items on which readers part."),
    ] = None,
) -> None:
    """Score a reading; writes score.json and score.md. Exit 1 when it is below the bars.

    The bars: the majority agrees in 97%, naturalness 4 of 5, the control finds at most 35%.
    """
    from roadworthy.lint.reading.answers import read_answers, read_items
    from roadworthy.lint.reading.report import (
        as_markdown,
        bar_words,
        doubt_lines,
        summary_lines,
    )
    from roadworthy.lint.reading.score import score

    items, others = read_items(_text(folder / ITEMS), where=str(folder / ITEMS))
    readings = _readings(reader, items)
    guesses = None
    if control is not None:
        guesses = read_answers(_text(control), others, role="control", where=str(control))
        _complete(sorted(set(others) - set(guesses)), str(control))
    judged: dict[int, Answer] = {}
    if judge is not None:
        judged = read_answers(_text(judge), items, role="judge", where=str(judge))
    result = score(items, readings, judge=judged, control=guesses, control_asked=others)
    origin = _origin(folder)
    document = {"sheet": origin, **result.as_json()}
    try:
        (folder / "score.json").write_text(
            json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        about = [f"{name}: {value}" for name, value in origin.items()]
        (folder / "score.md").write_text(as_markdown(result, about), encoding="utf-8")
    except OSError as trouble:
        raise BadInput(
            f"The score cannot be written: {trouble.strerror}.",
            where=str(folder),
            mend="Make the folder writable.",
        ) from None
    with printing():
        for line in (*summary_lines(result), *doubt_lines(result)):
            typer.echo(line)
        typer.echo(f"All of it with reasons: {folder / 'score.md'}")
    low = [bar_words(bar) for bar in result.bars if not bar.holds]
    if low:
        raise CheckFailed(
            f"The reading is outside the bars: {'; '.join(low)}.",
            where=str(folder / "score.md"),
            mend="Trace each disagreement to its rule, mend it, and read anew with another seed.",
        )


def _readings(given: list[str], items: Mapping[int, Asked]) -> dict[str, dict[int, Answer]]:
    """Name -> answers. Files of one name are parts of one reader."""
    readings: dict[str, dict[int, Answer]] = {}
    for one in given:
        name, sign, path = one.partition("=")
        if not sign or not name.strip() or not path:
            raise BadInput(
                "A reader is given as a name and a file.",
                where=f"--reader {one}",
                mend="Write it as NAME=FILE.jsonl.",
            )
        if name == "judge":
            raise BadInput(
                "A reader cannot be called judge.",
                where=f"--reader {one}",
                mend="Use --judge FILE, or another name.",
            )
        answers = _answers_of(Path(path), items, "reader")
        twice = sorted(set(answers) & set(readings.get(name, {})))
        if twice:
            raise BadInput(
                f"Reader {name} answers items twice: {_numbers(twice)}.",
                where=path,
                mend="Give each part of a reader once.",
            )
        readings.setdefault(name, {}).update(answers)
    return readings


def _answers_of(path: Path, items: Mapping[int, Asked], role: Role) -> dict[int, Answer]:
    from roadworthy.lint.reading.answers import missing, read_answers

    answers = read_answers(_text(path), items, role=role, where=str(path))
    if not answers:
        raise BadInput("There is no answer in this file.", where=str(path), mend="Name another.")
    _complete(missing(items, answers), str(path))
    return answers


def _complete(lacking: list[int], where: str) -> None:
    if lacking:
        raise BadInput(
            f"Items have no answer: {_numbers(lacking)}.",
            where=where,
            mend="Have all items of the sheet answered.",
        )


def _numbers(numbers: list[int]) -> str:
    rest = f" and {len(numbers) - TOLD} more" if len(numbers) > TOLD else ""
    return ", ".join(map(str, numbers[:TOLD])) + rest


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as trouble:
        reason = trouble.strerror if isinstance(trouble, OSError) else "it is not UTF-8 text"
        raise BadInput(
            f"The file cannot be read: {reason}.", where=str(path), mend="Name another file."
        ) from None


def _origin(folder: Path) -> dict[str, str]:
    """What pack.txt says of the sheet; nothing for sheets from before it."""
    path = folder / PACK
    if not path.is_file():
        return {}
    lines = [line.partition(": ") for line in _text(path).splitlines()]
    return {name: value for name, _, value in lines if name != "unserved"}
