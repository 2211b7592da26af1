"""``roadworthy pack argue``: facts, rules and what becomes of each option, with the sources."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from roadworthy.cli.pack_files import material_in, wrapped
from roadworthy.cli.reading import PackOption, printing
from roadworthy.errors import BadInput, CheckFailed, NotThere

if TYPE_CHECKING:
    from roadworthy.items.item import Item
    from roadworthy.lint.argument import Argument, Standing
    from roadworthy.lint.material import Material

OUTCOMES = {"key": "is the key", "falls": "falls", "loses": "loses", "survives": "is left"}
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Argued:
    """One or two derivations, the options that an item showed, and what became of its key."""

    arguments: tuple[Argument, ...]
    shown: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    moved: bool = False
    item: Item | None = field(default=None)


def register(pack: typer.Typer) -> None:
    """Add ``argue`` to the group ``pack``."""
    pack.command()(argue)


def argue(
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT", help="A decision, the id of an item or situation, or a dispute's file."
        ),
    ],
    facts: Annotated[
        str | None,
        typer.Option("--facts", metavar="A=B,C=D", help="Stated facts, where WHAT is a decision."),
    ] = None,
    goal: Annotated[
        str | None, typer.Option("--goal", metavar="GOAL", help="The goal, where one is stated.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
    pack: PackOption = None,
) -> None:
    """Show how a key follows: facts, rules, options and sources.

    Steps are argued from STEP=done, exhibits from fault=ID, numbers from asked=ID and each number.
    A dispute's file is solved anew by this pack: exit 1 where its key is another one now.
    """
    found = _argued(material_in(pack), what, facts, goal)
    with printing():
        if as_json:
            typer.echo(json.dumps(_as_json(found)))
        else:
            for line in _lines(found):
                typer.echo(line)
    if found.moved:
        raise typer.Exit(CheckFailed.exit_code)


def _argued(material: Material, what: str, facts: str | None, goal: str | None) -> Argued:
    from roadworthy.lint.argument import parsed
    from roadworthy.lint.argument_kinds import argue as derive
    from roadworthy.lint.find_item import find

    if what in material.pack.decisions:
        if facts is None:
            raise BadInput(
                "A decision is argued from facts.",
                where=what,
                mend=f"Add --facts; `roadworthy pack try {what} --situations` lists them.",
            )
        return Argued((derive(material, what, parsed(facts), goal),))
    if facts is not None or goal is not None:
        material.pack.decision(what)  # raises NotThere: facts are stated of decisions only
    if Path(what).is_file():
        return _from_trace(material, Path(what))
    if not _ID.fullmatch(what):
        raise NotThere(
            f"'{what}' is no decision of this pack, no id of an item, and no file.",
            mend="Use an id of `pack matrix`, 16 letters and digits, or the file of a dispute.",
        )
    one = find(material, what)
    if one is None:
        raise NotThere(
            f"No item or situation of this pack has the id {what}.",
            mend="It may be of an earlier version, on numbers, an order, or on two decisions: "
            "use the file that the page of the item offers.",
        )
    return Argued((derive(material, one.decision, one.facts, one.goal),), one.options)


def _from_trace(material: Material, path: Path) -> Argued:
    from roadworthy.items.item import Item
    from roadworthy.lint.argument_kinds import argue as derive

    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        item = Item.from_json(content["item"])
        disputes = tuple(str(one) for one in content.get("disputes", ()))
        known = content.get("pack_hash")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            f"This file is no trace of an item: {error!r}.",
            where=str(path),
            mend="Use the file that the page of an item offers for a dispute.",
        ) from error
    if item.kind in ("composite", "choose_two"):
        arguments = _halves(material, item)
        now = [one.key for one in arguments]
    elif item.kind in ("order", "recall"):
        arguments, now = (), []
    else:
        arguments = (derive(material, item.decision, item.facts, item.goal),)
        now = []
    told, moved = _key_moved(material, item, now)
    version = "this version" if known == material.pack.hash else "another version"
    return Argued(
        arguments,
        tuple(option.id for option in item.options),
        disputes,
        (f"It was shown from {version} of the pack.", told),
        moved,
        item,
    )


def _halves(material: Material, item: Item) -> tuple[Argument, ...]:
    """A derivation for each decision that an item on two states facts of."""
    from roadworthy.lint.argument_kinds import argue as derive

    by_decision: dict[str, dict[str, str]] = {}
    for name, value in item.facts.items():
        decision, _, fact = name.partition(".")
        by_decision.setdefault(decision, {})[fact] = value
    found = []
    for decision, facts in by_decision.items():
        argument = derive(material, decision, facts, None)
        if argument.key is None and item.goal is not None:
            argument = derive(material, decision, facts, item.goal)
        found.append(argument)
    return tuple(found)


def _key_moved(material: Material, item: Item, halves: list[str | None]) -> tuple[str, bool]:
    """What became of the key as shown, in a sentence, and whether it is another one now."""
    from roadworthy.study.key_now import key_now

    shown = [item.options[place].id for place in item.keys]
    if halves:
        wanted = (
            ["+".join(str(one) for one in halves)]
            if item.kind == "composite"
            else [f"{name}:{key}" for name, key in zip(_decisions(item), halves, strict=True)]
        )
        if sorted(shown) == sorted(wanted):
            return f"The key is {' and '.join(shown)}, as it was shown.", False
        return f"The key was {' and '.join(shown)}; it is {' and '.join(wanted)} now.", True
    key = key_now(item, material.pack)
    if not key.asked:
        return "This pack would not ask it, or the kind has no facts to argue from.", False
    if key.place == (item.key if item.options else None):
        return f"The key is {shown[0]}, as it was shown.", False
    now = "none" if key.place is None else item.options[key.place].id
    return f"The key was {shown[0]}; by this pack it is {now}.", True


def _decisions(item: Item) -> list[str]:
    return list(dict.fromkeys(name.partition(".")[0] for name in item.facts))


def _as_json(found: Argued) -> dict[str, Any]:
    return {
        "arguments": [one.as_json() for one in found.arguments],
        "shown": list(found.shown),
        "disputes": list(found.disputes),
        "moved": found.moved,
        "item": found.item.id if found.item else None,
    }


def _lines(found: Argued) -> Iterator[str]:
    if found.item is not None:
        yield f"{found.item.kind}, {found.item.length}, item {found.item.id}"
        yield wrapped(found.item.stem, "  ")
        yield from (wrapped(f"Disputed: {text}", "  ") for text in found.disputes)
        yield ""
    for argument in found.arguments:
        yield from _argument(argument, set(found.shown))
    if not found.arguments and found.item is not None:
        for option in found.item.options:
            yield wrapped(option.text, "    ", "* " if option.correct else "  ")
            yield wrapped(f"{option.rationale} [{option.source}]", "    ")
        yield ""
    for line in filter(None, found.told):
        yield wrapped(line)


def _argument(argument: Argument, shown: set[str]) -> Iterator[str]:
    yield argument.decision
    for fact, value, words in argument.facts:
        yield wrapped(f"{fact} = {value}{f': {words}' if words else ''}", "      ", "  ")
    if argument.goal is not None:
        yield wrapped(f"goal = {argument.goal}: {argument.goal_name}", "      ", "  ")
    yield ""
    for standing in argument.standings:
        yield from _standing(standing, shown)
    if argument.note:
        yield wrapped(argument.note)
        yield ""


def _standing(standing: Standing, shown: set[str]) -> Iterator[str]:
    mark = "*" if standing.outcome == "key" else " "
    cost = "" if standing.cost is None else f", {standing.cost} on the goal"
    seen = " (shown)" if standing.option in shown else ""
    yield wrapped(
        f"{standing.option}, {standing.name}: {OUTCOMES[standing.outcome]}{cost}{seen}",
        "    ",
        f"{mark} ",
    )
    for one in standing.reasons:
        strength = f", {one.strength}" if one.strength else ""
        doubt = " UNCONFIRMED" if one.status != "confirmed" else ""
        yield wrapped(f"{one.rule}{strength}{doubt}: {_sentence(one.says)}", "      ", "    - ")
        yield wrapped(
            f"{one.title}, read on {one.checked}, says: {one.supports}", "        ", "      "
        )
        yield f"        {one.url}"
    yield ""


def _sentence(text: str) -> str:
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "?", "”")) else f"{whole}."
