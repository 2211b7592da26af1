"""``roadworthy pack cues``: what test-wise candidates who know nothing have right."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from roadworthy.cli.pack_files import SEED, count
from roadworthy.cli.reading import PackOption, printing, read_folder, whole_pack
from roadworthy.errors import BadInput, CheckFailed

if TYPE_CHECKING:
    from roadworthy.lint.cues import Cues
    from roadworthy.pack.model import Pack

COLUMNS = {
    "longest": "long", "shortest": "shrt", "most stem overlap": "most",
    "least stem overlap": "lst", "centroid": "cent", "odd one out": "odd",
    "first position": "1st", "second position": "2nd", "third position": "3rd",
    "fourth position": "4th", "options only": "read",
}  # fmt: skip
FEWEST = 100


def register(pack: typer.Typer) -> None:
    """Add ``cues`` to the group ``pack``."""
    pack.command()(cues)


def cues(
    items: Annotated[
        int, typer.Option("--items", metavar="N", help="Items of the pack, in each length.")
    ] = 2000,
    seed: Annotated[
        int, typer.Option(metavar="S", help="The same seed draws the same items.")
    ] = SEED,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
    pack: PackOption = None,
) -> None:
    """Measure how often guessers find the key.

    Over the pack and in each decision, in both lengths.

    Exit 1 where the pack leaves 25 ± 4%, or a reader who learns from options alone has over 31%
    of the pack or 40% of a decision. Bounds are wider over few items, by what luck does.
    """
    from datetime import UTC, datetime

    from roadworthy.items.generate import Generator
    from roadworthy.lint import cues as measuring
    from roadworthy.lint.material import Material

    if items < FEWEST:
        raise BadInput(
            f"{items} items say nothing on a rate.",
            where=f"--items {items}",
            mend=f"Use {FEWEST} or more; 2000 is what the bounds are made for.",
        )
    loaded = whole_pack(read_folder(pack))
    generator, now = Generator(loaded), datetime.now(UTC)
    size = measuring.sample_size(Material(loaded, generator, now=now, seed=seed), items)
    material = Material(loaded, generator, now=now, seed=seed, sample=size)
    found = list(measuring.cues(material))
    with printing():
        if as_json:
            typer.echo(json.dumps(_as_json(loaded, seed, found)))
        else:
            for line in _lines(found):
                typer.echo(line)
    if any(one.outside for one in found):
        raise typer.Exit(CheckFailed.exit_code)


def _as_json(pack: Pack, seed: int, found: Sequence[Cues]) -> dict[str, Any]:
    from roadworthy.lint.cues import WHOLE

    def measured(name: str) -> dict[str, Any]:
        return {
            one.length: {
                "items": one.items,
                "rates": {guesser: round(rate, 4) for guesser, rate in one.rates.items()},
                "bounds": {
                    guesser: [round(bound.least, 4), round(bound.most, 4)]
                    for guesser, bound in one.bounds.items()
                },
                "outside": one.outside,
            }
            for one in found
            if one.name == name
        }

    names = dict.fromkeys(one.name for one in found if one.name != WHOLE)
    return {
        "pack": pack.head.id,
        "hash": pack.hash,
        "seed": seed,
        "whole": measured(WHOLE),
        "decisions": {name: measured(name) for name in names},
        "outside": sum(len(one.outside) for one in found),
    }


def _lines(found: Sequence[Cues]) -> Iterator[str]:
    """A table for each length, percents; a star where a bound does not hold."""
    yield "Percent of the keys that each guesser finds; chance is 25."
    yield "long, shrt: longest, shortest; most, lst: overlap with the stem; cent, odd: most"
    yield "and least like the others; read: learns from options alone. *: out of bounds."
    for length in dict.fromkeys(one.length for one in found):
        yield ""
        yield f"{length:<19}{'items':>6}" + "".join(f"{name:>5}" for name in COLUMNS.values())
        for one in found:
            if one.length == length:
                cells = "".join(_cell(one, guesser) for guesser in COLUMNS)
                yield f"{one.name[:19]:<19}{one.items:>6}{cells}"
    yield ""
    outside = [(one, guesser) for one in found for guesser in one.outside]
    for one, guesser in outside:
        bound = one.bounds[guesser]
        yield (
            f"{one.name}, {one.length}: {guesser} {one.rates[guesser]:.1%}, "
            f"bounds {bound.least:.1%} to {bound.most:.1%}."
        )
    yield f"{count(len(outside), 'rate')} out of bounds."


def _cell(one: Cues, guesser: str) -> str:
    star = "*" if guesser in one.outside else ""
    return f"{round(one.rates[guesser] * 100)}{star}".rjust(5)
