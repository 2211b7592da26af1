"""``roadworthy pack stale``: what waits for a person who reads pages and texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from roadworthy.cli.pack_files import count, day, material_in, pack_folder, wrapped
from roadworthy.cli.reading import PackOption, printing
from roadworthy.errors import CheckFailed

if TYPE_CHECKING:
    from datetime import date

    from roadworthy.lint.waiting import Leaning, PastSource, Unread, Waiting


def register(pack: typer.Typer) -> None:
    """Add ``stale`` to the group ``pack``."""
    pack.command()(stale)


def stale(
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="As of that day; else today.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
    pack: PackOption = None,
) -> None:
    """List what waits for people. Exit 1 when there is anything.

    Pages to read again with all that leans on them, unconfirmed claims, products in preview or
    deprecated, and review matrices that nobody has signed as they are.
    """
    from datetime import UTC, datetime

    from roadworthy.lint.signatures import read_signatures
    from roadworthy.lint.waiting import waiting

    when = day("--on", on, datetime.now(UTC).date())
    material = material_in(pack)
    found = waiting(material, read_signatures(pack_folder(pack)), when)
    with printing():
        if as_json:
            typer.echo(json.dumps({"on": when.isoformat(), **_as_json(found)}))
        else:
            for line in _lines(found, when):
                typer.echo(line)
    if found:
        raise typer.Exit(CheckFailed.exit_code)


def _as_json(found: Waiting) -> dict[str, Any]:
    return {
        "sources": [
            {
                "id": one.id,
                "title": one.source.title,
                "url": one.source.url,
                "checked": one.oldest.isoformat(),
                "decay": one.source.decay,
                "until": one.until.isoformat(),
                "claims": [
                    {
                        "name": claim.name,
                        "file": claim.place.file,
                        "line": claim.place.line,
                        "checked": claim.checked.isoformat(),
                    }
                    for claim in one.leaning
                ],
            }
            for one in found.sources
        ],
        "unconfirmed": [
            {"name": one.name, "file": one.place.file, "line": one.place.line}
            for one in found.unconfirmed
        ],
        "terms": [
            {"id": name, "status": term.status, "checked": term.checked.isoformat()}
            for name, term in found.terms
        ],
        "matrices": [
            {
                "id": one.matrix.id,
                "hash": one.matrix.hash,
                "pairs": one.matrix.size,
                "state": one.state,
                "by": one.signature.by if one.signature else None,
                "on": one.signature.on.isoformat() if one.signature else None,
            }
            for one in found.matrices
        ],
    }


def _lines(found: Waiting, when: date) -> Iterator[str]:
    if not found:
        yield f"Nothing waits for anybody on {when}."
        return
    if found.sources:
        yield f"{count(len(found.sources), 'page')} to read again by {when}:"
        for source in found.sources:
            yield from _source(source)
        yield ""
    if found.unconfirmed:
        yield f"{count(len(found.unconfirmed), 'claim')} to confirm:"
        for one in found.unconfirmed:
            place = f"{one.place.file.rpartition('/')[2]}:{one.place.line}"
            yield wrapped(f"{place}: {one.name}", "    ", "  ")
        yield ""
    if found.terms:
        yield f"{count(len(found.terms), 'product')} to watch:"
        for name, term in found.terms:
            said = "in preview" if term.status == "preview" else term.status
            yield f"  {name}: {said} when read on {term.checked}"
        yield ""
    if found.matrices:
        yield f"{count(len(found.matrices), 'review matrix')} to read:"
        yield from map(_unread, found.matrices)
        yield ""
    yield (
        f"In all: {count(len(found.sources), 'page')}, "
        f"{count(len(found.unconfirmed), 'claim')}, {count(len(found.terms), 'product')}, "
        f"{count(len(found.matrices), 'review matrix')}."
    )


def _source(one: PastSource) -> Iterator[str]:
    yield f"  {one.id}: read on {one.oldest}, good for {one.source.decay} days, to {one.until}"
    yield wrapped(one.source.title, "    ")
    yield f"    {one.source.url}"
    by_file: dict[str, list[Leaning]] = {}
    for leaning in one.leaning:
        by_file.setdefault(leaning.place.file, []).append(leaning)
    for file, those in by_file.items():
        names = ", ".join(dict.fromkeys(leaning.name for leaning in those))
        yield wrapped(f"{file.rpartition('/')[2]}: {names}", "      ", "    - ")


def _unread(one: Unread) -> str:
    pairs = f"  {one.matrix.id:<30}{one.matrix.size:>5} pairs"
    if one.signature is None:
        return f"{pairs}, read by nobody"
    return f"{pairs}, changed since {one.signature.on}"
