from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from roadworthy.learner.calibration import sums
from roadworthy.learner.calibration.sums import Sums


def dense_of(row: np.ndarray, column: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """The same pairs as a matrix of counts."""
    matrix = np.zeros((rows, columns))
    np.add.at(matrix, (row, column), 1)
    return matrix


@pytest.fixture
def pairs() -> tuple[np.ndarray, np.ndarray]:
    """3,000 pairs of 60 rows, of which the first has half and ten have none, and 400 columns."""
    rng = np.random.default_rng(3)
    row = np.where(rng.random(3000) < 0.5, 0, rng.integers(1, 50, 3000))
    return row, rng.integers(0, 400, 3000)


@pytest.mark.parametrize("longest", [256, 4096])
@pytest.mark.parametrize("side_by_side", [False, True])
def test_sums_are_those_of_a_dense_product(
    pairs: tuple[np.ndarray, np.ndarray],
    longest: int,
    side_by_side: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Long, short and empty lists, whole or in pieces, on one thread or two, sum as they should."""
    monkeypatch.setattr(sums, "LONGEST", longest)
    monkeypatch.setattr(sums, "BLOCK", 64)
    table = np.vstack([np.random.default_rng(4).random((400, 7)), np.zeros((1, 7))])
    with ThreadPoolExecutor(2) as pool:
        found = Sums(*pairs, 60, 400).of(table, threads=pool if side_by_side else None)

    assert found == pytest.approx(dense_of(*pairs, 60, 400) @ table[:-1])


def test_products_keep_the_order_of_the_pairs(pairs: tuple[np.ndarray, np.ndarray]) -> None:
    """Each pair gets its own row of the table times its own row's weights."""
    rng = np.random.default_rng(5)
    table = np.vstack([rng.random((400, 4)), np.zeros((1, 4))])
    weights = rng.random((60, 4, 2))
    row, column = pairs

    found = Sums(row, column, 60, 400).products(table, weights)

    assert found == pytest.approx(np.einsum("nk,nkw->nw", table[column], weights[row]))


def test_more_rows_than_16_bits_hold_are_sorted() -> None:
    """Keys above 65,535 are sorted by their high bits as well."""
    row = np.array([70_000, 3, 70_000, 65_536, 0])
    table = np.array([[1.0], [2.0], [4.0], [8.0], [16.0], [0.0]])

    found = Sums(row, np.arange(5), 70_001, 5).of(table)

    assert found[[0, 3, 65_536, 70_000], 0].tolist() == [16.0, 2.0, 8.0, 5.0]
    assert found.sum() == 31.0


def test_no_pairs_sum_to_zero() -> None:
    """Rows without pairs are zero."""
    nothing = np.array([], int)

    assert Sums(nothing, nothing, 3, 2).of(np.ones((3, 4))).tolist() == np.zeros((3, 4)).tolist()
