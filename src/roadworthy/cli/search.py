"""``roadworthy search WORDS``: what the page Search finds, and the commands, as lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from roadworthy.cli.opening import HomeOption, open_workspace
from roadworthy.cli.pack_files import PAGES
from roadworthy.cli.reading import printing
from roadworthy.errors import CheckFailed

if TYPE_CHECKING:
    from roadworthy.pack.full_text import SearchIndex
    from roadworthy.pack.search_document import Document
    from roadworthy.pack.search_found import Found, Hit, Marked
    from roadworthy.workspace import Workspace

LIMIT = 20
INDENT = "      "


def register(app: typer.Typer) -> None:
    """Add the command ``search``."""
    app.command()(search)


def search(
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help="What to look for; the last may be begun.")
    ],
    limit: Annotated[
        int, typer.Option(min=1, max=400, metavar="N", help="Most results to print.")
    ] = LIMIT,
    home: HomeOption = None,
) -> None:
    """Find lessons, rules, products, commands and your notes. Exit 1 when nothing is found."""
    text = " ".join(words)
    desk = open_workspace(home)
    try:
        found = _index(desk).search(text, most=limit)
    finally:
        desk.close()
    if not found.total:
        meant = " or ".join(f"“{one}”" for one in found.suggestions)
        raise CheckFailed(
            f"Nothing is found for “{text}”.",
            mend=f"Did you mean {meant}?" if meant else "Try fewer words, or other ones.",
        )
    with printing():
        for line in _lines(found, text):
            typer.echo(line)


def _index(desk: Workspace) -> SearchIndex:
    from roadworthy.pack.full_text import SearchIndex
    from roadworthy.pack.glossary import glossary_documents
    from roadworthy.pack.search_index import documents_of, openable
    from roadworthy.study.noted import note_documents

    content = openable([*documents_of(desk.pack), *glossary_documents()], PAGES)
    return SearchIndex([*note_documents(desk), *_commands(), *content])


def _commands() -> Iterator[Document]:
    """Every command of the program as something to find, named as one types it."""
    from roadworthy.cli.main import app
    from roadworthy.pack.search_document import Document

    waiting = [("roadworthy", typer.main.get_command(app))]
    while waiting:
        name, command = waiting.pop(0)
        inner = getattr(command, "commands", {})
        waiting += [(f"{name} {one}", inner[one]) for one in inner if not inner[one].hidden]
        if not inner:
            does = " ".join((command.help or "").split())
            yield Document("command", name, does, (f"{name} --help",))


def _lines(found: Found, text: str) -> Iterator[str]:
    from roadworthy.cli.paper import wrapped

    if found.loose:
        yield f"Nothing has all words of “{text}”; these have some of them."
        if found.suggestions:
            yield f"Did you mean {' or '.join(f'“{one}”' for one in found.suggestions)}?"
    else:
        yield f"{found.total} result{'' if found.total == 1 else 's'} for “{text}”"
    for group in found.groups:
        shown = f"{len(group.hits)} of " if len(group.hits) < group.total else ""
        yield ""
        yield f"{group.heading} ({shown}{group.total})"
        for hit in group.hits:
            yield from _hit_lines(hit)
    yield ""
    yield wrapped("Paths are pages of the program: open it with roadworthy serve.")


def _hit_lines(hit: Hit) -> Iterator[str]:
    from roadworthy.cli.paper import wrapped

    yield wrapped(_plain(hit.title), INDENT, "  - ")
    former = f"Names a product that was called: {_plain(hit.former)}" if hit.former else ""
    for text in (_plain(hit.snippet), _plain(hit.under), former):
        if text:
            yield wrapped(text, INDENT)
    yield f"{INDENT}{hit.document.paths[0]}"


def _plain(pieces: Marked) -> str:
    return "".join(text for text, _ in pieces)
