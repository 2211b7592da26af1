from __future__ import annotations

import numpy as np
from bench.readiness import Result, _rows
from bench.rows import OURS

from roadworthy.simulate.mocks import MOCK_DAYS


def test_each_day_has_its_case() -> None:
    """A case a day, with ECE, Brier and log loss of every model; a perfect forecast scores 0."""
    rng = np.random.default_rng(1)
    passed = rng.random((len(MOCK_DAYS), 50)) < 0.5
    sure = np.where(passed, 1.0, 0.0)
    rows = list(_rows("ppe", Result({OURS: sure, "coin": np.full(passed.shape, 0.5)}, passed)))
    values = {(row.case, row.model, row.metric): row.value for row in rows}

    assert {row.case for row in rows} == {f"readiness-ppe-day{day}" for day in (7, 14, 21, 27)}
    assert (values["readiness-ppe-day7", OURS, "brier"] or 0.0) < 1e-6
    assert values["readiness-ppe-day7", "coin", "brier"] == 0.25
    assert {"ece", "log_loss", "brier"} <= {row.metric for row in rows}
