"""Who passes an exam later, told at the end of practice: on a real post-test and a dense test.

lkt-pass-0.6 and lkt-pass-0.5 (protocol B of the reference): everything known is frozen at the end
of practice, the exam is the first post-test answer per item, a median of 26 hours later; 5 folds of
learners by md5. medical-10, -20, -50 (protocol C): that many items of half a test tell the other
half; 10 halves, 5 folds of people.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench import medical, product
from bench.lkt import PARTS, Exam, Log, exam_of, read_lkt
from bench.peers import passing
from bench.peers.apart import PeerMissingError
from bench.rows import OURS, Row, not_run, options, show
from bench.scores import ece, score

NAME = "pass"
LKT_THRESHOLDS = (0.6, 0.5)
LKT_BINS = 5  # as in the reference: 478 outcomes are few for ten
MEDICAL_BINS = 10
QUICK_HALVES = 2

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

PEERS: dict[str, passing.Peer] = {
    "base-rate": passing.base_rate,
    "practice-average": passing.practice_average,
    "1pl-posterior": passing.one_parameter,
    "2pl-posterior": passing.two_parameter,
}


@dataclass(frozen=True, slots=True)
class Trial:
    """One log with its exam, and the cases that it counts for with their pass marks."""

    log: Log
    exam: Exam
    marks: dict[str, float]
    bins: int


def main(arguments: list[str]) -> int:
    """Print Brier, log loss, ECE and AUC of the chance to pass, Roadworthy and its peers."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--only", choices=("lkt", "medical"), help="one of the two sets; both by default"
    )
    asked, chosen = options(NAME, arguments, needs_data=True, parser=parser)
    assert asked.data is not None
    trials = read_trials(asked.data, chosen.only, QUICK_HALVES if asked.quick else medical.HALVES)
    show(NAME, measure(trials, PEERS if asked.peers else {}), asked)
    return 0


def read_trials(folder: Path, only: str | None, halves: int) -> Iterator[Trial]:
    """The log with its post-test, then each half of the dense test; ``only`` leaves one set."""
    if only != "medical":
        log = read_lkt(folder)
        marks = {f"lkt-pass-{mark}": mark for mark in LKT_THRESHOLDS}
        yield Trial(log, exam_of(log), marks, LKT_BINS)
    if only != "lkt":
        right = medical.read_medical(folder)
        for size in medical.PRACTICE:
            for half in medical.halves(len(right), size, count=halves):
                log = half.log(right)
                mark = {f"medical-{size}": medical.PASS_AT}
                yield Trial(log, exam_of(log), mark, MEDICAL_BINS)


def measure(trials: Iterator[Trial], peers: dict[str, passing.Peer]) -> list[Row]:
    """Rows of each model in each case, from all trials of the case together."""
    said: dict[tuple[str, str], list[Floats]] = {}
    came: dict[str, list[Mask]] = {}
    bins: dict[str, int] = {}
    missing: dict[str, str] = {}
    seconds: dict[str, float] = {}
    for trial in trials:
        for case, mark in trial.marks.items():
            came.setdefault(case, []).append(trial.exam.passed(mark))
            bins[case] = trial.bins
        for model in (OURS, *peers):
            if model in missing:
                continue
            began = time.perf_counter()
            try:
                told = _ours(trial) if model == OURS else _peer(trial, peers[model])
            except PeerMissingError as error:
                missing[model] = str(error)
                continue
            seconds[model] = seconds.get(model, 0) + time.perf_counter() - began
            for case, p in told.items():
                said.setdefault((case, model), []).append(p)
    for model, spent in seconds.items():
        print(f"{model}: {spent:.1f} s", file=sys.stderr)
    rows = []
    for case, outcomes in came.items():
        who = np.concatenate([np.arange(len(passed)) for passed in outcomes])
        for model in (OURS, *peers):
            if model in missing:
                rows.append(not_run(case, model, "brier", missing[model]))
                continue
            told_apart = said[case, model]
            p, passed = np.concatenate(told_apart), np.concatenate(outcomes)
            for row in score(case, model, p, passed, who):
                rows.append(
                    replace(row, value=_mean_ece(told_apart, outcomes, bins[case]))
                    if row.metric == "ece"
                    else row
                )
    return rows


def _mean_ece(said: list[Floats], came: list[Mask], bins: int) -> float:
    """The mean over trials of a trial's ECE, as in the reference: over-telling in one half of the
    items can't cancel under-telling in another.
    """
    return float(np.mean([ece(p, y, bins) for p, y in zip(said, came, strict=True)]))


def _ours(trial: Trial) -> dict[str, Floats]:
    """The product's chance in each case [learners], fold by fold, one population a fold."""
    practice = trial.log.keep(~trial.log.post)
    chances = {case: np.full(len(trial.log.names), np.nan) for case in trial.marks}
    for part in range(PARTS):
        told = trial.log.part == part
        population = product.population_of(trial.log, ~told)
        for case, mark in trial.marks.items():
            p = product.chance_to_pass(practice, told, population, trial.exam, mark)
            chances[case][told] = p[told]
    return chances


def _peer(trial: Trial, peer: passing.Peer) -> dict[str, Floats]:
    """The peer's chance in each case [learners], fold by fold."""
    practice = trial.log.keep(~trial.log.post)
    chances = {case: np.full(len(trial.log.names), np.nan) for case in trial.marks}
    for part in range(PARTS):
        told = trial.log.part == part
        for case, mark in trial.marks.items():
            chances[case][told] = peer(practice, trial.exam, ~told, mark)[told]
    return chances
