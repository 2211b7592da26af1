from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from bench.lkt import (
    FILE,
    Log,
    exam_of,
    in_test,
    log_of,
    needed,
    parts_by_md5,
    read_lkt,
    slices,
)

from roadworthy.errors import NotThere

TOLD, TAUGHT = "0", "6"  # their md5 falls in part 0 and in part 2


@pytest.fixture
def log() -> Log:
    """Two learners, two rules, a long gap, a studied row and a repeat in the post-test."""
    return log_of(
        [TOLD, TOLD, TOLD, TOLD, TOLD, TAUGHT],
        [0.6, 0.0, 0.01, 1.0, 1.6, 0.0],
        ["a", "a", "b", "a", "a", "b"],
        ["r", "r", "s", "r", "r", "s"],
        [-1, 1, 0, 0, 1, 1],
        [False, False, False, True, True, False],
    )


def test_parts_are_the_md5_of_the_id() -> None:
    """The fifth of an id is its md5 as a number, modulo 5, whatever the machine."""
    assert parts_by_md5(["0", "1", "6", "5", "9"]).tolist() == [0, 1, 2, 3, 4]


def test_rows_are_sorted_by_learner_and_time(log: Log) -> None:
    """Rows come in order of learner, then of time, and the clock starts at 0."""
    assert log.learner.tolist() == [0, 0, 0, 0, 0, 1]
    assert log.days.tolist() == pytest.approx([0, 0.01, 0.6, 1.0, 1.6, 0])
    assert log.outcome.tolist() == [1, 0, -1, 0, 1, 1]


def test_slices_hold_answers_of_test_learners_only(log: Log) -> None:
    """lkt-all leaves out studied rows and train learners."""
    assert np.flatnonzero(slices(log, in_test(log))["lkt-all"]).tolist() == [0, 1, 3, 4]


def test_a_studied_row_ends_a_gap(log: Log) -> None:
    """The long gap counts from the last sight, also one without an answer; a first has none."""
    assert np.flatnonzero(slices(log, in_test(log))["lkt-gap12h"]).tolist() == [4]


def test_exam_is_the_first_answer_per_item(log: Log) -> None:
    """A repeat in the post-test does not count, and who had no post-test has no exam."""
    exam = exam_of(log)
    assert [one.tolist() for one in exam.right] == [[0], []]
    assert exam.begins[0] == pytest.approx(1.0)
    assert np.isnan(exam.begins[1])


def test_a_share_that_meets_the_mark_passes() -> None:
    """Six of ten reach 0.6 although 0.6 times 10 is not exactly 6 in binary."""
    assert [needed(10, 0.6), needed(28, 0.6), needed(50, 0.7)] == [6, 17, 35]


def test_split_can_follow_the_ids_of_the_file(tmp_path: Path) -> None:
    """The source's parts are the default; --split file takes the md5 of the file's numbers."""
    head = "learner,t_ms,unit,item,kc,outcome\n"
    rows = "".join(f"{n},{n},practice,1-1,1,C\n" for n in range(5))
    (tmp_path / FILE).write_text(head + rows)
    by_file = read_lkt(tmp_path, split="file").part.tolist()
    assert by_file == parts_by_md5(list("01234")).tolist()
    assert read_lkt(tmp_path).part.tolist() != by_file


def test_missing_file_is_named(tmp_path: Path) -> None:
    """A folder without the log says which file it lacks."""
    with pytest.raises(NotThere, match=FILE):
        read_lkt(tmp_path)
