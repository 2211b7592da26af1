"""``roadworthy advise FILE``: what a brought question says, and which of its options fall and why.

Reads a pack and the text, opens no home folder and writes nothing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roadworthy.cli.reading import PackOption, printing, read_folder, whole_pack
from roadworthy.errors import BadInput, NotThere

if TYPE_CHECKING:
    from roadworthy.study.advise import ItemAdvice

INDENT = "      "


def register(app: typer.Typer) -> None:
    """Add the command ``advise``."""
    app.command()(advise)


def advise(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE|-",
            help="JSON lines with stem, options and provenance; or plain text with options 'A. …'.",
        ),
    ],
    provenance: Annotated[
        str,
        typer.Option("--provenance", metavar="TEXT", help="Where the questions come from."),
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="One line of JSON for each question, in their order.")
    ] = False,
    pack: PackOption = None,
) -> None:
    """Say what a question of your own asks, and which options fall by a rule. Keeps nothing."""
    from roadworthy.study.brought import MOST_BYTES, read_brought

    items = read_brought(_text_of(file, MOST_BYTES), provenance)
    from roadworthy.study.advise import Adviser

    adviser = Adviser(whole_pack(read_folder(pack)))
    with printing():
        for number, item in enumerate(items, start=1):
            found = adviser.advise(item)
            if as_json:
                typer.echo(json.dumps(found.as_json(), ensure_ascii=False))
                continue
            for line in _lines(found, number if len(items) > 1 else None):
                typer.echo(line)


def _text_of(file: str, most: int) -> str:
    """The text of a file or of the standard input; raises BadInput and NotThere."""
    where = "standard input" if file == "-" else file
    try:
        if file == "-":
            content = sys.stdin.buffer.read(most + 1)
        else:
            with Path(file).expanduser().open("rb") as stream:
                content = stream.read(most + 1)
    except FileNotFoundError:
        raise NotThere("There is no such file.", where=where, mend="Check its name.") from None
    except OSError as error:
        raise BadInput(
            f"The file cannot be read: {error.strerror or error}.",
            where=where,
            mend="Name a text file, or - for the standard input.",
        ) from None
    try:
        return content[: most + 1].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= most - 3:  # cut within a letter: too long, which is told next
            return content.decode("utf-8", errors="replace")
        raise BadInput(
            "The text is not UTF-8.", where=where, mend="Save it as UTF-8 and try again."
        ) from None


def _lines(found: ItemAdvice, number: int | None) -> Iterator[str]:
    from roadworthy.cli.paper import wrapped

    if number is not None:
        yield f"Question {number}"
    yield wrapped(f"Key words: {'; '.join(found.keywords) or 'none that a rule knows'}")
    yield wrapped(f"Goal: {found.goal or 'none named'}")
    for name in found.names:
        state = "" if name.status == "ga" else f" ({name.status})"
        yield wrapped(f"{name.written} is called {name.today} today{state}"
                      if name.written != name.today else f"{name.today}{state}")  # fmt: skip
    for matched in found.decisions:
        yield wrapped(f"Decision: {matched.title} ({', '.join(matched.rules) or matched.id})")
    for place, option in enumerate(found.options):
        says = "falls" if option.falls else found.stands
        yield wrapped(f"{chr(ord('A') + place)}. {says}: {option.text}", INDENT, "  ")
        for reason in option.reasons:
            yield wrapped(f"{reason.rule}: {reason.because}", INDENT, INDENT)
            yield wrapped(f"{reason.source}, checked {reason.checked}", INDENT, INDENT)
    if found.ranking is None:
        yield f"{found.note[0].upper()}{found.note[1:]}, so there is no ranking."
    else:
        yield f"Ranking: {', '.join(chr(ord('A') + place) for place in found.ranking)}"
    yield ""
