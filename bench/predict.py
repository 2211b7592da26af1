"""The next answer on a real log: what was said before each answer, against what came.

Protocol A of the reference: a fifth of the learners, by md5, is told in order of time, each answer
from that learner's earlier rows only; every population parameter comes from the other learners.
Cases lkt-all, and lkt-gap12h: answers more than 12 hours after the last sight of the rule.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bench import product
from bench.lkt import Log, in_test, read_lkt, slices
from bench.peers import elo, factors, item_mean, packaged
from bench.peers.apart import PeerMissingError
from bench.rows import OURS, Row, not_run, options, show
from bench.scores import score

NAME = "predict"
Told = dict[str, NDArray[np.float64]]
Predictor = Callable[[Log, NDArray[np.bool_]], Told]

PEERS: dict[str, Predictor] = {
    "item-mean": lambda log, train: {"item-mean": item_mean.predict(log, train)},
    "elo": lambda log, train: {"elo": elo.predict(log, train)},
    "pfa": lambda log, train: {"pfa": factors.pfa(log, train)},
    "best-lr": lambda log, train: {"best-lr": factors.best_lr(log, train)},
    "fsrs-6": packaged.fsrs6,
    "bkt": packaged.bkt,
}
SLOW = {"bkt"}  # a minute or more: left out by --quick


def main(arguments: list[str]) -> int:
    """Print log loss, Brier, ECE and AUC of Roadworthy and its peers in each case."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--split",
        choices=("source", "file"),
        default="source",
        help="whose learner ids make the md5 split: the source's (as in the reference) or the "
        "file's own numbers",
    )
    asked, chosen = options(NAME, arguments, needs_data=True, parser=parser)
    assert asked.data is not None
    log = read_lkt(asked.data, split=chosen.split)
    models: dict[str, Predictor] = {OURS: product.predict_log}
    if asked.peers:
        models |= {name: run for name, run in PEERS.items() if not (asked.quick and name in SLOW)}
    show(NAME, measure(log, models, skipped=SLOW if asked.quick and asked.peers else ()), asked)
    return 0


def measure(
    log: Log, models: dict[str, Predictor], skipped: set[str] | tuple[()] = ()
) -> list[Row]:
    """Rows of each model in each case, the model first; peers that can't run say why."""
    test = in_test(log)
    cases = slices(log, test)
    rows: dict[str, list[Row]] = {case: [] for case in cases}
    for name, run in models.items():
        began = time.perf_counter()
        try:
            told = run(log, ~test)
        except PeerMissingError as error:
            for case, found in rows.items():
                found.append(not_run(case, name, "log_loss", str(error)))
            continue
        print(f"{name}: {time.perf_counter() - began:.1f} s", file=sys.stderr)
        for model, p in told.items():
            for case, which in cases.items():
                who = log.learner[which]
                rows[case] += score(case, model, p[which], log.outcome[which], who)
    for name in skipped:
        for case, found in rows.items():
            found.append(not_run(case, name, "log_loss", "left out by --quick"))
    return [row for found in rows.values() for row in found]
