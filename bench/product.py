"""The only door from the benchmarks to the product: rows ``roadworthy`` are what these return.

Each function hands the log to one function of ``roadworthy.learner.stream``, the code that the app
runs too. Nothing is fitted, corrected or scaled on this side.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.lkt import Exam, Log
from bench.rows import OURS
from roadworthy.learner import stream

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


def predict_log(log: Log, train: Mask) -> dict[str, Floats]:
    """The chance of every answer of the learners outside ``train`` [rows], nan elsewhere.

    The population comes from rows of ``train`` learners alone: the others' rows are not in the log
    that it is fitted on."""
    population = population_of(log, train)
    return {OURS: np.asarray(stream.predict_online(log, ~train, population), float)}


def population_of(log: Log, train: Mask) -> Any:
    """The product's population parameters from rows of ``train`` learners alone."""
    return stream.fit_population(log.keep(train[log.learner]), train)


def chance_to_pass(
    practice: Log, told: Mask, population: Any, exam: Exam, threshold: float
) -> Floats:
    """Each learner's chance to reach ``threshold`` on the exam's items [learners].

    The product sees the rows before the exam, the items, and the day on which each learner sits;
    it never sees an outcome of the exam. nan for learners not ``told``.
    """
    rows = practice.keep(told[practice.learner])
    p = stream.chance_to_pass(rows, told, population, exam.items, threshold, exam_days=exam.begins)
    return np.asarray(p, float)
