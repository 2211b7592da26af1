"""What a policy is worth: pass rates of simulated candidates after a course that it directs.

Two worlds that are not the scheduler's model, two seeds each. All policies get the same candidates,
evenings, minutes, luck and exams, so ``gain_over_random`` (points of pass rate) is paired. Policies
that weigh rules are told the exam's weights with an error of lognormal(.5) a rule; /weights-known
tells them the truth. /misreading, /lapses-30 and /minutes-15 change the candidates. The oracle
sees true memory and true weights. ``--tuning`` runs seeds that no row of the benchmark uses.
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

from bench.peers.apart import PeerMissingError
from bench.peers.fsrs_states import compared
from bench.rows import OURS, Row, options, show
from roadworthy.simulate.actr import ActR
from roadworthy.simulate.blueprint400 import MISESTIMATED, blueprint400
from roadworthy.simulate.evenings import Course, Policy, study
from roadworthy.simulate.exam_hall import draw_forms, sit
from roadworthy.simulate.minds import Minds
from roadworthy.simulate.oracle import Oracle
from roadworthy.simulate.ours import Roadworthy
from roadworthy.simulate.people import draw_people
from roadworthy.simulate.ppe import PPE
from roadworthy.simulate.rivals import FsrsDeck, Linear, Random, Weakest

Floats = NDArray[np.float64]
WORLDS = {"ppe": PPE, "actr": ActR}
SEEDS, TUNING_SEEDS = (1, 2), (101, 102)
CANDIDATES, QUICK_CANDIDATES, DAYS = 300, 60, 28
PROCESSES = 2
VARIANTS = ("", "/weights-known", "/misreading", "/lapses-30", "/minutes-15")
NO_STUDY = "no-study"
TO_THE_BOUND = 1.96
"""Standard errors from a mean to the lower end of its 95% interval."""


@dataclass(frozen=True)
class Case:
    """A world, a seed, who studies; ``variant`` is one of ``VARIANTS``."""

    world: str
    seed: int
    people: int
    variant: str = ""

    @property
    def name(self) -> str:
        """The case's name in rows."""
        return f"world-{self.world}-seed{self.seed}{self.variant}"


@dataclass(frozen=True)
class Result:
    """``passes`` [L]: each candidate's chance to pass by model, and the seconds of each run."""

    case: Case
    passes: dict[str, Floats]
    seconds: dict[str, float]


def main(arguments: Sequence[str]) -> int:
    """Print pass rates and gains over random; summary lines go to stderr."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tuning", action="store_true", help="seeds 101 and 102, not 1 and 2")
    parser.add_argument("--candidates", type=int, help="in each case")
    parser.add_argument("--main-only", action="store_true", help="no variants")
    chosen, more = options("policy", arguments, parser=parser)
    began = time.perf_counter()
    people = more.candidates or (QUICK_CANDIDATES if chosen.quick else CANDIDATES)
    seeds = TUNING_SEEDS if more.tuning else SEEDS
    cases = [
        Case(world, seed, people, variant)
        for variant in (VARIANTS[:1] if chosen.quick or more.main_only else VARIANTS)
        for seed in (seeds[:1] if chosen.quick else seeds)
        for world in WORLDS
    ]
    with ProcessPoolExecutor(PROCESSES) as pool:
        results = list(pool.map(run, cases))
    rows = [row for result in results for row in rows_of(result)]
    rows.append(Row("policy-bench", OURS, "seconds", time.perf_counter() - began))
    show("policy", rows, chosen)
    for line in summary(results):
        print(line, file=sys.stderr)
    if chosen.peers:
        print(_same_fsrs(), file=sys.stderr)
    return 0


def _same_fsrs() -> str:
    try:
        return compared(seed=TUNING_SEEDS[0])
    except PeerMissingError as error:
        return f"FSRS-6: not compared with py-fsrs: {error}"


def policies(minds: Minds) -> list[Policy]:
    """Ours and the rivals, anew for each course."""
    return [Random(), Linear(), Weakest(), FsrsDeck(), Roadworthy(), Oracle(minds)]


def run(case: Case) -> Result:
    """All policies on the same candidates and exams."""
    blueprint = blueprint400()
    people = draw_people(
        case.people, DAYS, blueprint, case.seed,
        misreading=case.variant == "/misreading",
        lapses=case.variant == "/lapses-30",
        minutes=15.0 if case.variant == "/minutes-15" else None,
    )  # fmt: skip
    known = case.variant == "/weights-known"
    weights = blueprint.weight if known else blueprint.estimated(case.seed)
    error = 0.0 if known else MISESTIMATED
    course = Course(blueprint.section_of, weights, case.people, DAYS, case.seed, error)
    forms = draw_forms(blueprint, case.seed)
    world = WORLDS[case.world]
    passes = {NO_STUDY: sit(world(blueprint, people), forms, course.exam_at, case.seed).passes}
    seconds = {}
    for number in range(len(policies(world(blueprint, people)))):
        began = time.process_time()
        minds = world(blueprint, people)
        policy = policies(minds)[number]
        study(minds, policy, course)
        passes[policy.name] = sit(minds, forms, course.exam_at, case.seed).passes
        seconds[policy.name] = time.process_time() - began
    return Result(case, passes, seconds)


def rows_of(result: Result) -> Iterator[Row]:
    """``pass_rate`` (share) and ``gain_over_random`` (points) of each model, with errors."""
    for model, passes in result.passes.items():
        gain = 100.0 * (passes - result.passes[Random.name])
        yield Row(result.case.name, model, "pass_rate", float(passes.mean()), _error(passes))
        yield Row(result.case.name, model, "gain_over_random", float(gain.mean()), _error(gain))


def summary(results: Sequence[Result]) -> Iterator[str]:
    """A line a variant: the mean over worlds and seeds of what our policy gains."""
    for variant in dict.fromkeys(result.case.variant for result in results):
        here = [result for result in results if result.case.variant == variant]
        over_random, error = _mean_gain(here, OURS, Random.name)
        over_deck, deck_error = _mean_gain(here, OURS, FsrsDeck.name)
        ceiling, _ = _mean_gain(here, Oracle.name, Random.name)
        ahead = min(
            _mean_gain(here, OURS, name)[0]
            for name in (Random.name, Linear.name, Weakest.name, FsrsDeck.name)
        )
        yield (
            f"{variant or 'main'}: over random {over_random:+.1f} (95% above "
            f"{over_random - TO_THE_BOUND * error:+.1f}), over {FsrsDeck.name} {over_deck:+.1f} "
            f"(95% above {over_deck - TO_THE_BOUND * deck_error:+.1f}), over the best rival "
            f"{ahead:+.1f}, {over_random / ceiling:.0%} of the oracle's {ceiling:+.1f}"
        )
    total = {name: sum(result.seconds[name] for result in results) for name in results[0].seconds}
    yield "CPU seconds: " + ", ".join(f"{name} {spent:.0f}" for name, spent in total.items())


def _mean_gain(results: Sequence[Result], model: str, other: str) -> tuple[float, float]:
    """Points by which ``model`` is ahead of ``other``, mean over cases, and its error.

    Worlds of one seed share their candidates, so the error is taken over candidates of a seed.
    """
    by_seed: dict[int, list[Floats]] = {}
    for result in results:
        gain = 100.0 * (result.passes[model] - result.passes[other])
        by_seed.setdefault(result.case.seed, []).append(gain)
    means = [np.mean(gains, axis=0) for gains in by_seed.values()]
    error = np.sqrt(sum(_error(one) ** 2 for one in means)) / len(means)
    return float(np.mean(means)), float(error)


def _error(values: Floats) -> float:
    return float(values.std(ddof=1) / np.sqrt(len(values)))
