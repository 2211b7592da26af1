"""Peers that are published packages, each told the same rows: BKT by pyBKT, FSRS-6 by py-fsrs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.lkt import Log
from bench.peers import apart
from bench.peers.item_mean import item_means

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


def bkt(log: Log, train: Mask) -> dict[str, Floats]:
    """BKT's chance for every answer, nan for study-only rows [rows]; rules are the skills.

    Raises PeerMissingError without .venv-bkt.
    """
    answered = log.outcome >= 0
    made = apart.run(
        ".venv-bkt",
        "bkt_apart.py",
        {
            "learner": log.learner[answered],
            "rule": log.rule[answered],
            "right": log.outcome[answered],
            "train": train[log.learner[answered]],
        },
    )
    p = np.full(len(log.outcome), np.nan)
    p[answered] = made["p"]
    return {"bkt": p}


def fsrs6(log: Log, train: Mask) -> dict[str, Floats]:
    """FSRS-6 with default and with fitted parameters [rows]; a first sight gets the item's share.

    Raises PeerMissingError without .venv-bench.
    """
    made = apart.run(
        ".venv-bench",
        "fsrs_apart.py",
        {
            "learner": log.learner,
            "rule": log.rule,
            "days": log.days,
            "outcome": log.outcome,
            "train": train[log.learner],
        },
    )
    first = item_means(log, train)[log.item]
    return {
        f"fsrs-6-{name}": np.where(np.isnan(made[name]), first, made[name]).astype(float)
        for name in ("default", "fitted")
    }
