"""Exhibits in a terminal: lines with numbers, curves as values."""

from __future__ import annotations

from roadworthy.cli.exhibit_lines import COLUMNS, exhibit_lines
from roadworthy.items.item import Curve, Exhibit


def test_each_point_of_a_curve_is_printed() -> None:
    """A rhythm of five points would vanish if points were left out, so none is."""
    values = tuple(float(place % 5) for place in range(COLUMNS + 3))
    exhibit = Exhibit(
        form="chart",
        language="curves",
        lines=(),
        wrong=(),
        corrected=(),
        right=(),
        x="step",
        y="loss",
        curves=(Curve("training", values),),
    )
    shown = [line.split()[1:] for line in exhibit_lines(exhibit) if "training" in line]
    assert [float(one) for row in shown for one in row] == list(values)
    assert max(len(line) for line in exhibit_lines(exhibit)) <= 80
