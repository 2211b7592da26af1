"""``roadworthy items sample``: items for inspection, as JSON lines or for reading."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from roadworthy.cli.exhibit_lines import correction_lines, exhibit_lines
from roadworthy.cli.reading import PackOption, open_generator, printing
from roadworthy.errors import BadInput, CheckFailed

if TYPE_CHECKING:
    from roadworthy.items.item import Item, Length, Mode, ShownOption

Name = TypeVar("Name", bound=str)
WIDTH = 80
LETTERS = "ABCDEFGH"
MODES: tuple[Mode, Mode] = ("practice", "mock")
LENGTHS: tuple[Length, Length] = ("brief", "exam")
FIELDS = (
    "id", "situation", "decision", "kind", "section", "objective", "topics", "rules", "facts",
    "goal", "stem", "decisive",
)  # fmt: skip
OPTION_FIELDS = ("text", "correct", "rationale", "rules", "source", "strength")


def register(app: typer.Typer) -> None:
    """Add the group ``items``."""
    group = typer.Typer(help="Look at items as the generator makes them.", no_args_is_help=True)
    group.callback()(_group)
    group.command()(sample)
    app.add_typer(group, name="items")


def _group() -> None:
    """Look at items as the generator makes them."""


def sample(
    count: Annotated[int, typer.Option("--count", metavar="N", help="How many items.")] = 5,
    seed: Annotated[int, typer.Option(metavar="S", help="The same seed gives the same items.")] = 1,
    decision: Annotated[
        str | None, typer.Option(metavar="ID", help="Of this decision only; else all in turn.")
    ] = None,
    mode: Annotated[
        str, typer.Option(metavar="MODE", help="practice, or mock: from reserved situations.")
    ] = "practice",
    length: Annotated[
        str | None, typer.Option(metavar="LENGTH", help="brief or exam; else both, mixed.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object a line, for programs.")
    ] = False,
    pack: PackOption = None,
) -> None:
    """Print items, no text twice, as practice or a mock exam would draw them."""
    if count < 0:
        raise BadInput("--count is negative.", where=f"--count {count}", mend="Use 0 or more.")
    chosen_mode = one_of("--mode", mode, MODES)
    chosen_length = None if length is None else one_of("--length", length, LENGTHS)
    generator = open_generator(pack)
    if decision is not None:
        generator.pack.decision(decision)
    items = generator.sample(
        count, seed=seed, length=chosen_length, mode=chosen_mode, decision=decision
    )
    made = 0
    with printing():
        for made, item in enumerate(items, 1):
            typer.echo(json.dumps(inspected(item)) if as_json else readable(item, made))
    if made < count:
        raise CheckFailed(
            f"There are no more than {made} different items for this; {count} were asked for.",
            mend="Ask for fewer, for both lengths, or for another decision.",
        )


def one_of(option: str, value: str, names: tuple[Name, ...]) -> Name:
    """The name that was given; raises BadInput for one that is not among them."""
    for name in names:
        if value == name:
            return name
    raise BadInput(
        f"{option} knows no `{value}`.",
        where=f"{option} {value}",
        mend=f"Use {' or '.join(names)}.",
    )


def inspected(item: Item) -> dict[str, Any]:
    """What is published of an item: ``decisive`` are half-open spans of ``stem.split()``."""
    whole = item.as_json()
    published = {name: whole[name] for name in FIELDS}
    published["options"] = [
        {name: option[name] for name in OPTION_FIELDS} for option in whole["options"]
    ]
    return published


def readable(item: Item, number: int) -> str:
    """The item as text of 80 columns; the key has a star."""
    goal = f", goal {item.goal}" if item.goal else ""
    facts = ", ".join(f"{name} {value}" for name, value in item.facts.items())
    lines = [
        f"--- {number}. {item.decision}, {item.kind}, {item.length}, objective {item.objective}",
        *_wrapped(f"{facts}{goal}", "    "),
        "",
        *_wrapped(item.stem, ""),
    ]
    if item.exhibit is not None:
        lines += ["", *exhibit_lines(item.exhibit)]
    for letter, option in zip(LETTERS, item.options, strict=False):
        lines += ["", *_option(letter, option)]
    if item.exhibit is not None and item.exhibit.lines:
        lines += ["", *correction_lines(item.exhibit)]
    return "\n".join([*lines, ""])


def _option(letter: str, option: ShownOption) -> Iterator[str]:
    mark = "*" if option.correct else " "
    yield from _wrapped(option.text, "     ", first=f" {letter}{mark}  ")
    rules = ", ".join(option.rules)
    reason = f"{option.strength} ({rules}): " if option.strength else "Key: "
    yield from _wrapped(f"{reason}{option.rationale} [{option.source}]", "       ")


def _wrapped(text: str, indent: str, *, first: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
