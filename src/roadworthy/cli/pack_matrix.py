"""``roadworthy pack matrix`` and ``sign``: texts that stand together, read by a person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from roadworthy.cli.pack_files import (
    count,
    day,
    decision_or_pair,
    material_in,
    pack_folder,
    wrapped,
)
from roadworthy.cli.reading import PackOption, printing
from roadworthy.errors import BadInput, Conflict

if TYPE_CHECKING:
    from roadworthy.lint.material import Material
    from roadworthy.lint.matrix import Matrix
    from roadworthy.lint.signatures import Signature


def register(pack: typer.Typer) -> None:
    """Add ``matrix`` and ``sign`` to the group ``pack``."""
    pack.command()(matrix)
    pack.command()(sign)


def matrix(
    name: Annotated[
        str | None, typer.Argument(metavar="ID", help="Decision or pair; else a list of all.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
    pack: PackOption = None,
) -> None:
    """Print the pairs of texts that a person must have read.

    Opening and fact, lead and fact, fact and fact, option and kind of organization.
    """
    from roadworthy.lint.signatures import read_signatures
    from roadworthy.lint.waiting import matrices

    material = material_in(pack)
    signatures = read_signatures(pack_folder(pack))
    if name is None:
        found = list(matrices(material))
        with printing():
            if as_json:
                typer.echo(json.dumps([_as_json(one, signatures, whole=False) for one in found]))
                return
            for one in found:
                typer.echo(f"{one.id:<28}{one.size:>5} pairs  {_said(one, signatures)}")
        return
    one = _matrix(material, name)
    with printing():
        if as_json:
            typer.echo(json.dumps(_as_json(one, signatures, whole=True)))
            return
        for line in _lines(one, signatures):
            typer.echo(line)


def sign(
    name: Annotated[str, typer.Argument(metavar="ID", help="The decision or pair that you read.")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who read each pair.")],
    read: Annotated[
        str | None,
        typer.Option("--read", metavar="HASH", help="What `matrix` showed; refused if it changed."),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Day of reading; else today.")
    ] = None,
    pack: PackOption = None,
) -> None:
    """Say that you have read each pair of a matrix.

    Written to reviews/matrices.yaml of the pack; the signature ends when a text changes.
    """
    from datetime import UTC, datetime

    from roadworthy.lint.signatures import FILE, Signature, write_signature

    if not by.strip():
        raise BadInput("The name is empty.", where="--by", mend="Write who has read the pairs.")
    when = day("--on", on, datetime.now(UTC).date())
    found = _matrix(material_in(pack), name)
    if read is not None and read != found.hash:
        raise Conflict(
            f"You read {read}, and the texts of '{name}' are {found.hash} now.",
            mend=f"Read them again: roadworthy pack matrix {name}.",
        )
    folder = pack_folder(pack)
    write_signature(folder, found, Signature(hash=found.hash, by=by.strip(), on=when))
    typer.echo(
        f"{name}: {count(found.size, 'pair')}, {found.hash}, read by {by.strip()} on {when}."
    )
    typer.echo(f"Written to {folder / FILE}.")


def _matrix(material: Material, name: str) -> Matrix:
    from roadworthy.lint.matrix import matrix_of
    from roadworthy.lint.pair_matrix import pair_matrix

    decision_or_pair(material, name)
    if name in material.pack.decisions:
        return matrix_of(material, name)
    return pair_matrix(material, material.pack.pair(name))


def _said(one: Matrix, signatures: dict[str, Signature]) -> str:
    """'signed by Ada on 2026-11-25', 'changed since Ada read it on …', 'not read by anybody'."""
    from roadworthy.lint.signatures import state_of

    state = state_of(one, signatures)
    if state == "unsigned":
        return "not read by anybody"
    known = signatures[one.id]
    if state == "changed":
        return f"changed since {known.by} read it on {known.on}"
    return f"read by {known.by} on {known.on}"


def _as_json(one: Matrix, signatures: dict[str, Signature], *, whole: bool) -> dict[str, Any]:
    from roadworthy.lint.signatures import state_of

    known = signatures.get(one.id)
    content: dict[str, Any] = {
        "id": one.id,
        "hash": one.hash,
        "pairs": one.size,
        "state": state_of(one, signatures),
        "by": known.by if known else None,
        "on": known.on.isoformat() if known else None,
    }
    if whole:
        content["texts"] = one.texts
        content["blocks"] = [
            {"title": block.title, "ask": block.ask, "pairs": [list(pair) for pair in block.pairs]}
            for block in one.blocks
        ]
    return content


def _lines(one: Matrix, signatures: dict[str, Signature]) -> Iterator[str]:
    """Each text once in whole, then for each of them those that it stands beside."""
    yield f"# {one.id}: {count(one.size, 'pair')}, {one.hash}"
    yield f"# {_said(one, signatures)}"
    told: set[str] = set()
    for block in one.blocks:
        yield ""
        yield f"## {block.title} ({count(len(block.pairs), 'pair')})"
        yield wrapped(block.ask, "  ", "")
        beside: dict[str, list[str]] = {}
        for first, second in block.pairs:
            beside.setdefault(first, []).append(second)
        for first, others in beside.items():
            yield ""
            yield from _text(one, first, told, "")
            for other in others:
                yield from _text(one, other, told, "  - ")
    yield ""
    yield "When you have read each pair:"
    yield f"roadworthy pack sign {one.id} --by NAME --read {one.hash}"


def _text(one: Matrix, name: str, told: set[str], mark: str) -> Iterator[str]:
    """A text in all of its phrasings where it comes first, in its first phrasing after that."""
    text = one.texts[name]
    if name in told:
        text = text.split(" | ")[0]
    told.add(name)
    yield wrapped(f"{name}: {text}", " " * len(mark) + "  ", mark)
