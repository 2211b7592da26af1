"""What every measurement prints: rows, as JSON or as a table in 80 columns, and shared options.

A row is one figure: which case, which model, which metric. A peer that did not run has a row too,
whose model says why and whose value is null, so that a missing peer can't be taken for a beaten
one.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

WIDTH = 80
GAP = 2
DIGITS = 6  # significant digits in JSON: more than any standard error here is worth
LONGEST_MODEL = 76
SHORT_MODEL = 26  # longer names get a line of their own in the table
OURS = "roadworthy"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of one model in one case.

    ``value`` is None for a model that did not run (see ``not_run``) or a metric that is not defined
    there; ``se`` is the standard error in the unit of ``value``, None where there is none.
    """

    case: str
    model: str
    metric: str
    value: float | None
    se: float | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asked for; ``data`` is None unless the measurement reads a folder."""

    json: bool
    quick: bool
    peers: bool
    data: Path | None


def options(
    name: str,
    arguments: Sequence[str],
    *,
    needs_data: bool = False,
    parser: argparse.ArgumentParser | None = None,
) -> tuple[Options, argparse.Namespace]:
    """Read ``[--json] [--data DIR] [--quick] [--no-peers]`` and what ``parser`` adds to them.

    Raises SystemExit(2), after one line on stderr, for a wrong option, and for a measurement that
    ``needs_data`` without a folder that exists.
    """
    told = parser if parser is not None else argparse.ArgumentParser()
    told.prog = f"python -m bench {name}"
    told.add_argument("--json", action="store_true", help="print JSON, not a table")
    told.add_argument("--data", type=Path, metavar="DIR", help="folder with the real data")
    told.add_argument("--quick", action="store_true", help="a smaller run, for a first look")
    told.add_argument("--no-peers", action="store_true", help="run only Roadworthy's own rows")
    chosen = told.parse_args(arguments)
    if needs_data and chosen.data is None:
        told.exit(2, f"{name} measures on real data: give its folder with --data DIR.\n")
    if needs_data and not chosen.data.is_dir():
        told.exit(2, f"{chosen.data} is not a folder: give the data's folder with --data DIR.\n")
    return Options(chosen.json, chosen.quick, not chosen.no_peers, chosen.data), chosen


def not_run(case: str, model: str, metric: str, why: str) -> Row:
    """The row of a peer that did not run: its model says why, in at most 76 characters."""
    return Row(case, f"{model} (not run: {why})"[:LONGEST_MODEL], metric, None)


def show(bench: str, rows: Iterable[Row], asked: Options) -> None:
    """Print the rows of a measurement on stdout."""
    kept = list(rows)
    print(json_text(bench, kept) if asked.json else table(kept))


def json_text(bench: str, rows: Iterable[Row]) -> str:
    """``{"bench", "rows": [{"case", "model", "metric", "value", "se"}]}``, one row a line.

    Numbers have six significant digits; what is not finite becomes null, since JSON has no word
    for it.
    """
    lines = [
        json.dumps(
            {
                "case": row.case,
                "model": row.model,
                "metric": row.metric,
                "value": _number(row.value),
                "se": _number(row.se),
            },
            allow_nan=False,
        )
        for row in rows
    ]
    body = ",\n".join(lines)
    return f'{{"bench": {json.dumps(bench)}, "rows": [\n{body}\n]}}'


def table(rows: Sequence[Row]) -> str:
    """A block a case: a line a model, a column a metric, ``value ± se``; 80 columns at most."""
    blocks = []
    for case in dict.fromkeys(row.case for row in rows):
        here = [row for row in rows if row.case == case]
        blocks.extend(_block(case, here))
    return "\n\n".join(blocks)


def _block(case: str, rows: Sequence[Row]) -> list[str]:
    """The case's lines; further blocks where the metrics don't fit beside each other."""
    cells = {(row.model, row.metric): _cell(row) for row in rows}
    models = list(dict.fromkeys(row.model for row in rows))
    short = [len(name) for name in (*models, case) if len(name) <= SHORT_MODEL]
    first = max(short, default=SHORT_MODEL)
    groups: list[list[tuple[str, int]]] = [[]]
    used = first
    for metric in dict.fromkeys(row.metric for row in rows):
        wide = max([len(metric), *(len(cells.get((name, metric), "")) for name in models)])
        if groups[-1] and used + GAP + wide > WIDTH:
            groups.append([])
            used = first
        groups[-1].append((metric, wide))
        used += GAP + wide
    blocks = []
    for group in groups:
        lines = [_line(case, first, [(metric, wide) for metric, wide in group])]
        for name in models:
            texts = [(cells.get((name, metric), ""), wide) for metric, wide in group]
            if any(text for text, _ in texts):
                lines.append(_line(name, first, texts))
        blocks.append("\n".join(lines))
    return blocks


def _line(name: str, first: int, texts: Sequence[tuple[str, int]]) -> str:
    if len(name) > first:
        rest = "".join(" " * GAP + text.rjust(wide) for text, wide in texts)
        return name if not rest.strip(" -") else f"{name}\n{' ' * first}{rest}".rstrip()
    return (name.ljust(first) + "".join(" " * GAP + t.rjust(w) for t, w in texts)).rstrip()


def _cell(row: Row) -> str:
    if row.value is None:
        return "-"
    return _short(row.value) + (f"±{_short(row.se)}" if row.se is not None else "")


def _short(value: float) -> str:
    size = abs(value)
    return f"{value:.4f}" if size < 10 else f"{value:.1f}" if size < 10_000 else f"{value:.0f}"


def _number(value: float | None) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{DIGITS}g}")
