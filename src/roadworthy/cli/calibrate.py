"""``roadworthy calibrate``: difficulty and slope of items from journals, and items that look wrong.

Journals are read from copies, one after the other, and stay as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from roadworthy.learner.calibration import Calibration
    from roadworthy.learner.calibration.first_answers import FirstAnswer

MOST_SHOWN = 40
LABELS = {"key": "suspicious key", "misfit": "misfit"}


def register(app: typer.Typer) -> None:
    """Add the command ``calibrate``."""
    app.command()(calibrate)


def calibrate(
    journals: Annotated[
        list[Path],
        typer.Argument(
            metavar="JOURNAL",
            help="Journals, or tables of answers as .csv or .parquet "
            "(learner, item, right; if known option and ways).",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write the curves as a weights file."),
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Fit without a guess floor of 1 / options.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Fit items' difficulty to many learners' answers, and name items that look wrong."""
    from roadworthy.learner.calibration import calibrate as calibrated
    from roadworthy.learner.calibration import gathered
    from roadworthy.learner.calibration.weights_file import write_weights

    found = calibrated(gathered(_answers(path) for path in journals), plain=plain)
    if as_json:
        typer.echo(json.dumps(found.as_json(), indent=1, allow_nan=False))
    else:
        for line in _lines(found, plain):
            typer.echo(line)
    if out is not None:
        weights = found.weights(source=_source(found), made_at=datetime.now(UTC))
        write_weights(weights, out.expanduser().absolute())
        typer.echo(f"Weights {weights.hash} written to {out}", err=as_json)


def _answers(path: Path) -> Iterator[FirstAnswer]:
    from roadworthy.journal.whole import read_whole
    from roadworthy.learner.calibration import first_answers
    from roadworthy.learner.calibration.partitions import TABLES, table_answers

    if path.suffix in TABLES:
        return table_answers(path)
    whole = read_whole(path.expanduser(), lost="Nothing was calibrated.")
    return first_answers(whole.events, whole.identity.learner or whole.identity.journal)


def _source(found: Calibration) -> str:
    return f"first unaided answers of {_count(found.learners, 'learner')}"


def _lines(found: Calibration, plain: bool) -> Iterator[str]:
    """The report in 80 columns."""
    from roadworthy.learner.calibration.flags import FEWEST_ANSWERS

    answers = _count(int(found.seen.sum()), "answer")
    yield f"Answers  {answers} of {_count(found.learners, 'learner')} count"
    floor = "without a guess floor" if plain else "with a guess floor of 1 / options"
    end = "converged" if found.fit.converged else "stopped before it converged"
    yield f"Items    {_count(len(found.items), 'item')} calibrated, {floor}"
    yield f"Fit      {end} after {_count(found.fit.rounds, 'round')}"
    few = sum(flag.kind == "few" for flag in found.flags)
    shown = [flag for flag in found.flags if flag.kind != "few"]
    if not found.enough:
        yield (
            f"Flags    none: no item has {FEWEST_ANSWERS} answers yet, "
            "which is the least to judge one"
        )
        return
    yield f"Flags    {len(shown)} of {_count(found.enough, 'item')} with enough answers"
    if few:
        yield f"         {_count(few, 'more item')} under {FEWEST_ANSWERS} answers: not judged"
    for flag in shown[:MOST_SHOWN]:
        n = flag.item
        curve = (
            f"difficulty {found.fit.curves.difficulty[n]:+.2f} ±{found.errors.difficulty[n]:.2f}, "
            f"slope {found.fit.curves.slope[n]:.2f} ±{found.errors.slope[n]:.2f}"
        )
        yield ""
        yield f"{found.items[n]}  {LABELS[flag.kind]}, {found.seen[n]:,} answers"
        yield f"  {curve}"
        yield from (f"  {part}" for part in flag.why.split("; "))
    if len(shown) > MOST_SHOWN:
        yield f"... and {len(shown) - MOST_SHOWN} more; --json lists all"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
