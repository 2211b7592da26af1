from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from bench.calibrate import Case

from bench import calibrate, key_alarms
from roadworthy.simulate.two_parameter import draw_answers

SMALL = Case("small", 200, 20, 0.5, finer=True)


def test_ours_is_shown_with_and_without_priors() -> None:
    """Rows of both at both tolerances, each with its errors and time; standard errors apart."""
    drawn = draw_answers(SMALL.people, SMALL.items, share=SMALL.share, seed=1)

    rows = list(calibrate._ours(SMALL, drawn))

    both = [("small", "roadworthy"), ("small", "roadworthy-flat")]
    finer = [("small/tol-1e-5", model) for _, model in both]
    assert list(dict.fromkeys((row.case, row.model) for row in rows)) == [
        *both, *finer, ("small", "roadworthy-se"),
    ]  # fmt: skip
    assert {row.metric for row in rows} == {"rmse_a", "rmse_b", "seconds"}
    assert all(row.value is not None and row.value > 0 for row in rows)


def test_peers_that_are_not_there_have_a_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without .venv-bench every peer's row says what makes it, and holds no figure."""
    monkeypatch.setenv("ROADWORTHY_BENCH_HOME", str(tmp_path))
    drawn = draw_answers(20, 5, seed=1)

    rows = list(calibrate._theirs(Case("small", 20, 5, 1.0), drawn))

    assert [row.model.split(" (")[0] for row in rows] == list(calibrate.PEERS)
    assert all(row.value is None and "make bench-peers" in row.model for row in rows)


def test_alarm_rates_count_hits_and_false_alarms() -> None:
    """With 120 answers an item most swapped keys are flagged, few sound ones, and a wrong leads."""
    rows = list(key_alarms._rates("swapped", True, 120, [1, 2]))

    values = {row.metric: row.value for row in rows}
    assert values["hit_rate"] > 0.5
    assert values["false_alarm_rate"] < 0.02
    assert values["led"] == 1
    assert np.isfinite([row.se for row in rows]).all()
