"""Form forecasts of simulated candidates: "if you sat today", against the forms they then sit.

Candidates of two worlds that are not the learner model study for four weeks under our own policy.
On days 7, 14, 21 and 27 each sits a form: what was said before it, uncapped, against what came.
Weights, and the correction of chances to pass, are refitted on 1,000 other candidates of that
world, who sat forms on the same days. Rows:
``roadworthy`` with those weights, ``roadworthy/shipped`` with the weights that ship, and the
calibrated practice average, fitted on the same 1,000 candidates.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.peers.passing import calibrated_average
from bench.policy import PROCESSES, WORLDS
from bench.rows import OURS, Row, options, show
from bench.scores import ece, score
from roadworthy.learner.form_draws import pass_chances
from roadworthy.learner.population import fit_weights
from roadworthy.learner.recalibration import fit_recalibration, recalibrated
from roadworthy.learner.weights import WEIGHTS, Weights
from roadworthy.simulate.blueprint400 import MISESTIMATED, blueprint400
from roadworthy.simulate.evenings import Course
from roadworthy.simulate.exam_hall import draw_forms
from roadworthy.simulate.mocks import MOCK_DAYS, Mocks, study_with_mocks
from roadworthy.simulate.people import draw_people

Floats = NDArray[np.float64]
DAYS = 28
TEST, QUICK_TEST, TRAIN, QUICK_TRAIN = 2000, 200, 1000, 200
SEED, TRAIN_SEED = 11, 611
SHIPPED = f"{OURS}/shipped"
PEER = "practice-average"


@dataclass(frozen=True)
class Size:
    """Candidates who are foretold, and those on whom weights are fitted."""

    test: int
    train: int


def main(arguments: Sequence[str]) -> int:
    """Print ECE, Brier and log loss of each world and day; all days together go to stderr."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=SEED, help="of those who are foretold")
    asked, more = options("readiness", arguments, parser=parser)
    size = Size(QUICK_TEST, QUICK_TRAIN) if asked.quick else Size(TEST, TRAIN)
    tasks = [(world, more.seed, size, asked.peers) for world in WORLDS]
    began = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES) as pool:
        told = dict(zip(WORLDS, pool.map(_measure, tasks), strict=True))
    show("readiness", [row for world in WORLDS for row in _rows(world, told[world])], asked)
    for world, result in told.items():
        for model, said in result.said.items():
            error = ece(said.ravel(), result.passed.ravel(), 10)
            print(f"{world}, all days, {model}: ECE {error:.4f}", file=sys.stderr)
    print(f"{time.perf_counter() - began:.0f} s", file=sys.stderr)
    return 0


@dataclass(frozen=True)
class Result:
    """By model what was said before each form, and who passed: [days, candidates]."""

    said: dict[str, Floats]
    passed: NDArray[np.bool_]


def _measure(task: tuple[str, int, Size, bool]) -> Result:
    world, seed, size, peers = task
    train = _studied(world, TRAIN_SEED, size.train)
    section_of = blueprint400().section_of
    fitted = fit_weights(train.happened, size.train, section_of, WEIGHTS)
    fitted = fit_recalibration(_said(train, fitted).ravel(), train.passed.ravel(), fitted)
    test = _studied(world, seed, size.test)
    said = {}
    for model, weights in ((OURS, fitted), (SHIPPED, WEIGHTS)):
        said[model] = _said(test, weights)
    if peers:
        said[PEER] = calibrated_average(train.average, train.passed, test.average)
    return Result(said, test.passed)


def _said(mocks: Mocks, weights: Weights) -> Floats:
    """The product's chance of each candidate to pass each mock, just before it: [days, people]."""
    drawn = [pass_chances(chances, mocks.needed).mean() for chances in mocks.chances(weights)]
    return recalibrated(np.array(drawn), weights).reshape(mocks.passed.shape)


def _studied(world: str, seed: int, people: int) -> Mocks:
    blueprint = blueprint400()
    who = draw_people(people, DAYS, blueprint, seed)
    course = Course(
        blueprint.section_of, blueprint.estimated(seed), people, DAYS, seed, MISESTIMATED
    )
    return study_with_mocks(WORLDS[world](blueprint, who), course, draw_forms(blueprint, seed))


def _rows(world: str, result: Result) -> Iterator[Row]:
    for number, day in enumerate(MOCK_DAYS):
        came = result.passed[number]
        for model, said in result.said.items():
            who = np.arange(len(came))
            yield from score(f"readiness-{world}-day{day}", model, said[number], came, who)
