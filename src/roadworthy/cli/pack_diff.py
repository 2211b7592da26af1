"""``roadworthy pack diff``: what a change of content does to rules and keys."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from roadworthy.cli.pack_files import count, pack_folder, wrapped
from roadworthy.cli.pack_versions import pack_at
from roadworthy.cli.reading import PackOption, printing

if TYPE_CHECKING:
    from roadworthy.lint.key_moves import KeyMoves, Move
    from roadworthy.pack.model import Pack
    from roadworthy.study.pack_change import RuleChange

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Changed:
    """One decision with other content, or the limits: its rules, and what became of its keys."""

    fate: str
    title: str
    rules: tuple[RuleChange, ...]
    keys: KeyMoves


def register(pack: typer.Typer) -> None:
    """Add ``diff`` to the group ``pack``."""
    pack.command()(diff)


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A folder, or a git revision.")],
    new: Annotated[
        str | None, typer.Argument(metavar="NEW", help="The same; else the folder as it is.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
    pack: PackOption = None,
) -> None:
    """Compare two versions of a pack: rules, and keys that moved.

    A git revision, such as HEAD or main~3, stands for the folder of the pack at that commit.
    """
    folder = pack_folder(pack)
    with pack_at(old, folder) as before, pack_at(new or str(folder), folder) as after:
        changed, pairs = _compared(before, after)
        same = sum(
            before.decision_hashes[name] == after.decision_hashes[name]
            for name in before.decisions
            if name in after.decisions
        )
    with printing():
        if as_json:
            typer.echo(json.dumps(_as_json(before, after, changed, pairs)))
            return
        yielded = f"{count(same, 'decision')} the same, {count(len(changed), 'part')} changed."
        typer.echo(f"{old} to {new or folder}: {yielded}")
        for line in _lines(changed, pairs):
            typer.echo(line)


def _compared(before: Pack, after: Pack) -> tuple[list[Changed], dict[str, tuple[int, int]]]:
    from roadworthy.items.generate import Generator
    from roadworthy.lint.key_moves import key_moves, limit_moves, pair_moves
    from roadworthy.study.pack_change import compare

    old, new = Generator(before), Generator(after)
    change = compare(before, after)
    changed = [
        Changed(fate, one.title, one.rules, key_moves(old, new, one.id))
        for fate, those in (
            ("new", change.added), ("gone", change.removed), ("changed", change.changed)
        )
        for one in those
    ]  # fmt: skip
    limits = limit_moves(before, after)
    if before.limits != after.limits:
        changed.append(Changed("changed", "limits to know by heart", (), limits))
    pairs = {
        name: pair_moves(old, new, name)
        for name in dict.fromkeys([*before.pairs, *after.pairs])
        if before.pairs.get(name) != after.pairs.get(name)
    }
    return changed, pairs


def _as_json(
    before: Pack, after: Pack, changed: Sequence[Changed], pairs: dict[str, tuple[int, int]]
) -> dict[str, Any]:
    return {
        "before": before.hash,
        "after": after.hash,
        "changed": [
            {
                "id": one.keys.id,
                "title": one.title,
                "fate": one.fate,
                "rules": [asdict(rule) for rule in one.rules],
                "same": one.keys.same,
                "moved": [asdict(move) for move in one.keys.moved],
                "appeared": [asdict(move) for move in one.keys.appeared],
                "vanished": [asdict(move) for move in one.keys.vanished],
                "texts_only": one.keys.texts_only and not one.rules,
            }
            for one in changed
        ],
        "pairs": {name: list(counts) for name, counts in pairs.items()},
    }


def _lines(changed: Sequence[Changed], pairs: dict[str, tuple[int, int]]) -> Iterator[str]:
    for one in changed:
        yield ""
        yield wrapped(f"{one.keys.id}, {one.title}: {one.fate}", "  ", "")
        if one.fate == "changed" and not one.rules and one.keys.texts_only:
            yield f"  Texts only: {count(one.keys.same, 'situation')} with the key that it had."
            continue
        for rule in one.rules:
            yield from _rule(rule)
        yield (
            f"  {count(len(one.keys.moved), 'key')} moved, {one.keys.same} stayed; "
            f"{count(len(one.keys.appeared), 'situation')} came, {len(one.keys.vanished)} went."
        )
        yield from _moves("moved", one.keys.moved)
        if one.fate == "changed":
            yield from _moves("came", one.keys.appeared)
            yield from _moves("went", one.keys.vanished)
    for name, (was, now) in pairs.items():
        yield ""
        yield f"pair {name}: {was} situations before, {now} now."


def _rule(rule: RuleChange) -> Iterator[str]:
    yield f"  {rule.rule} {'' if rule.fate == 'changed' else 'is '}{rule.fate}"
    for detail in rule.details:
        if rule.fate == "changed":
            words = f"{detail.what}: {detail.before or 'nothing'} -> {detail.after or 'nothing'}"
            yield wrapped(words, "      ", "    ")


def _moves(word: str, moves: Sequence[Move]) -> Iterator[str]:
    for one in moves[:EXAMPLES]:
        keys = " -> ".join(key for key in (one.before, one.after) if key is not None)
        yield wrapped(f"{one.situation}: {keys}", "      ", f"    {word}: ")
    if len(moves) > EXAMPLES:
        yield f"    and {len(moves) - EXAMPLES} more {word}"
