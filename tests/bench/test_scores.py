from __future__ import annotations

import numpy as np
import pytest
from bench.scores import auc, clustered_se, ece, score


def test_ece_by_hand() -> None:
    """Two rows in bin 1 are 0.05 and 0.85 off together; the one at 1.0 sits in the last bin."""
    p = np.array([0.15, 0.15, 1.0])
    came = np.array([0, 1, 1])
    assert ece(p, came) == pytest.approx(0.7 / 3)


def test_ece_bins_are_wider_when_fewer() -> None:
    """With one bin only the two means count."""
    assert ece(np.array([0.2, 0.8]), np.array([1, 0]), 1) == pytest.approx(0)
    assert ece(np.array([0.2, 0.8]), np.array([1, 0]), 2) == pytest.approx(0.8)


def test_clustered_error_by_hand() -> None:
    """Two learners with sums of deviations -2 and 2: sqrt(2 * 8) / 4."""
    values = np.array([0.0, 0.0, 2.0, 2.0])
    assert clustered_se(values, np.array([3, 3, 7, 7])) == pytest.approx(1)


def test_clustered_error_of_single_rows_is_the_plain_one() -> None:
    """When each learner has one row it is the usual standard error of a mean."""
    values = np.array([1.0, 4.0, 2.0, 7.0])
    assert clustered_se(values, np.arange(4)) == pytest.approx(values.std(ddof=1) / 2)


def test_one_learner_has_no_error() -> None:
    """From one learner nothing can be said about others."""
    assert clustered_se(np.array([1.0, 2.0]), np.array([0, 0])) is None


def test_auc_counts_ties_half() -> None:
    """Of four pairs two are won, one tied and one lost."""
    assert auc(np.array([0.1, 0.5, 0.5, 0.9]), np.array([0, 1, 0, 0])) == pytest.approx(0.5)
    assert auc(np.array([0.1, 0.2]), np.array([1, 1])) is None


def test_a_sure_mistake_is_clipped() -> None:
    """Certainty costs at most -log(1e-4)."""
    rows = score("case", "m", np.array([0.0, 1.0]), np.array([1, 1]), np.array([0, 1]))
    figures = {row.metric: row.value for row in rows}
    assert figures["log_loss"] == pytest.approx(-np.log(1e-4) / 2, rel=1e-3)
    assert list(figures) == ["log_loss", "brier", "ece", "auc"]


def test_a_missing_probability_is_refused() -> None:
    """A model can't leave out the rows that it finds hard."""
    with pytest.raises(ValueError, match="no probability"):
        score("case", "m", np.array([0.5, np.nan]), np.array([1, 1]), np.array([0, 1]))
