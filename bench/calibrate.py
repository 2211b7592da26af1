"""Item calibration against other libraries: how near the truth, and how long it takes.

Answers are drawn from a two-parameter model (log a ~ N(0, .3), b ~ N(0, 1), ability ~ N(0, 1)), so
the error of every fit is known. All fit the plain two-parameter model without a guess floor on 31
nodes, point estimates only; standard errors are timed apart, in rows whose model ends in -se. Rows
roadworthy have the weak priors that the product runs with, rows roadworthy-flat have none, as the
peers. Ours starts from three arrays and peers from the dense matrix that they read; the fastest of
five fits counts on both sides. Peers keep their default tolerance.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from bench.rows import OURS, Row, not_run, options, show
from roadworthy.learner.calibration.answers import Answers
from roadworthy.learner.calibration.fit import Fit, fit
from roadworthy.learner.calibration.maximize import Priors
from roadworthy.learner.calibration.precision import standard_errors
from roadworthy.simulate.two_parameter import Drawn, draw_answers

HERE = Path(__file__).resolve().parent
RUNS = 5
LIMIT_SECONDS = 120
LIMIT_BYTES = 12 << 30
PEERS = ("mirt", "mirt/squarem", "mirt-se", "theta-irt", "girth")
METRICS = ("rmse_a", "rmse_b", "seconds")

T = TypeVar("T")


@dataclass(frozen=True)
class Case:
    """People, items, the share of pairs that were answered; and which tolerances ours is run at."""

    name: str
    people: int
    items: int
    share: float
    finer: bool = False


FULL = (
    Case("dense-200k", 1_000, 200, 1.0),
    Case("sparse-500k", 10_000, 500, 0.1, finer=True),
    Case("sparse-2m", 50_000, 2_000, 0.02),
)
QUICK = (FULL[0], Case("sparse-500k/quick", 2_000, 500, 0.1, finer=True))


def main(arguments: Sequence[str]) -> int:
    """Print what was measured now; 0 also where a peer did not finish, which its row says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=7, help="of the answers that are drawn")
    chosen, more = options("calibrate", arguments, parser=parser)
    rows: list[Row] = []
    for case in QUICK if chosen.quick else FULL:
        drawn = draw_answers(case.people, case.items, share=case.share, seed=more.seed)
        rows += _ours(case, drawn)
        if chosen.peers:
            rows += _theirs(case, drawn)
    show("calibrate", rows, chosen)
    return 0


def _ours(case: Case, drawn: Drawn) -> Iterator[Row]:
    """Rows of our fit: at the default tolerance, at 1e-5 where the case asks; standard errors."""
    runs = [(case.name, 1e-3), (f"{case.name}/tol-1e-5", 1e-5)]
    for name, tolerance in runs if case.finer else runs[:1]:
        for model, priors in ((OURS, Priors()), (f"{OURS}-flat", Priors.flat())):
            fitted, seconds = _fastest(
                lambda: _fit_anew(drawn.answers, tolerance, priors)  # noqa: B023
            )
            curves = fitted.curves
            yield from _rows(name, model, drawn, curves.slope, curves.difficulty, seconds)
    curves = _fit_anew(drawn.answers, 1e-3, Priors()).curves
    _, seconds = _fastest(lambda: standard_errors([drawn.answers], curves))
    yield Row(case.name, f"{OURS}-se", "seconds", seconds)


def _fit_anew(answers: Answers, tolerance: float, priors: Priors) -> Fit:
    """A fit that starts from the arrays alone: what an earlier one has sorted is not used."""
    fresh = Answers(answers.person, answers.item, answers.right, answers.people, answers.items)
    return fit([fresh], tolerance=tolerance, priors=priors)


def _fastest(run: Callable[[], T]) -> tuple[T, float]:
    took = []
    for _ in range(RUNS):
        began = time.perf_counter()
        made = run()
        took.append(time.perf_counter() - began)
    return made, min(took)


def _rows(
    case: str, model: str, drawn: Drawn, slope: np.ndarray, difficulty: np.ndarray, seconds: float
) -> Iterable[Row]:
    values = _error(slope, drawn.slope), _error(difficulty, drawn.difficulty), seconds
    return [Row(case, model, metric, value) for metric, value in zip(METRICS, values, strict=True)]


def _error(found: np.ndarray, truth: np.ndarray) -> float:
    return float(np.sqrt(((found - truth) ** 2).mean()))


def _theirs(case: Case, drawn: Drawn) -> Iterator[Row]:
    """Rows of the peers, each a process of its own in .venv-bench."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name in ("person", "item", "right"):
            np.save(place / f"{name}.npy", getattr(drawn.answers, name))
        np.save(place / "sizes.npy", [case.people, case.items])
        for peer in PEERS:
            why = _run_peer(peer, place)
            if why:
                print(f"{case.name}: {peer} did not finish: {why}", file=sys.stderr)
                yield not_run(case.name, peer, "seconds", why)
                continue
            slope, difficulty = np.load(place / "slope.npy"), np.load(place / "difficulty.npy")
            rows = _rows(
                case.name, peer, drawn, slope, difficulty, float(np.load(place / "seconds.npy"))
            )
            yield from (row for row in rows if row.metric == "seconds" or peer != "mirt-se")


def _run_peer(peer: str, place: Path) -> str:
    """Run one peer on the arrays in ``place``; why it made nothing, or ''."""
    home = Path(os.environ.get("ROADWORTHY_BENCH_HOME", HERE.parent))
    python = home / ".venv-bench" / "bin" / "python"
    if not python.exists():
        return "no .venv-bench; make bench-peers makes it"
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    try:
        done = subprocess.run(
            [str(python), str(HERE / "irt_peers.py"), peer, str(place)],
            env=alone, cwd=place, capture_output=True, text=True, timeout=LIMIT_SECONDS,
            check=False, preexec_fn=_limit_memory,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"more than {LIMIT_SECONDS} s"
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["killed"])[-1]


def _limit_memory() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))
