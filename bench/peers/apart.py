"""Run a peer in the environment that has its packages, as a process of its own.

``.venv-bench`` holds fsrs and fsrs-rs-python (and calibrate's peers); ``.venv-bkt`` holds pyBKT,
which works only with older numpy and scikit-learn. A folder in ROADWORTHY_BENCH_HOME may hold them
instead of the repository. Scripts read one .npz of plain arrays and write another.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]

HERE = Path(__file__).resolve().parent
LONGEST_SECONDS = 900


class PeerMissingError(Exception):
    """The peer cannot run here; the text says why in a few words."""


def python_of(environment: str) -> Path:
    """The interpreter of ``environment``; raises PeerMissingError when there is none."""
    home = Path(os.environ.get("ROADWORTHY_BENCH_HOME", HERE.parents[1]))
    python = home / environment / "bin" / "python"
    if not python.exists():
        raise PeerMissingError(f"no {environment}")
    return python


def run(environment: str, script: str, arrays: Arrays) -> dict[str, NDArray[np.generic]]:
    """What ``script`` of this folder makes of ``arrays``; raises PeerMissingError when it fails.

    The child gets one thread, no PYTHONPATH (its packages are its own) and 15 minutes.
    """
    python = python_of(environment)
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    kept |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder) / "given.npz", Path(folder) / "made.npz"
        np.savez(given, allow_pickle=False, **arrays)
        try:
            done = subprocess.run(
                [str(python), str(HERE / script), str(given), str(made)],
                env=kept,
                cwd=folder,
                capture_output=True,
                text=True,
                timeout=LONGEST_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise PeerMissingError(f"not done in {LONGEST_SECONDS} s") from error
        if done.returncode != 0 or not made.exists():
            last = (done.stderr.strip().splitlines() or ["no word"])[-1]
            raise PeerMissingError(last[:50])
        with np.load(made) as loaded:
            return {name: loaded[name] for name in loaded.files}
