"""Two-parameter fits by other libraries, run as a script in .venv-bench: PEER FOLDER.

FOLDER holds person.npy, item.npy, right.npy and sizes.npy (people, items). The peers read a dense
matrix; making it is not timed, nor are imports. Each fit is taken up to five times and the fastest
counts, so that compiling on first use does not. Writes slope.npy, difficulty.npy, seconds.npy.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

RUNS = 5
ENOUGH_SECONDS = 20
NODES = 31


def mirt(matrix, **more):  # type: ignore[no-untyped-def]
    """mirt of Python (Rust core), default tolerance, without standard errors."""
    import mirt as library

    more = {"compute_standard_errors": False, **more}
    model = library.fit_mirt(matrix, model="2PL", n_quadpts=NODES, **more).model.parameters
    slope = np.ravel(model["discrimination"])
    return slope, np.ravel(model["difficulty"])


def mirt_squarem(matrix):  # type: ignore[no-untyped-def]
    """mirt with its own acceleration."""
    return mirt(matrix, accelerate="squarem")


def mirt_se(matrix):  # type: ignore[no-untyped-def]
    """mirt with standard errors."""
    return mirt(matrix, compute_standard_errors=True)


def theta_irt(matrix):  # type: ignore[no-untyped-def]
    """theta-irt (JAX), default tolerance."""
    import theta

    missing = np.where(matrix < 0, np.nan, matrix).astype(float)
    fitted = theta.fit(missing, model="2PL", n_points=NODES)
    return np.ravel(fitted.a), np.ravel(fitted.b)


def girth(matrix):  # type: ignore[no-untyped-def]
    """girth, default tolerance."""
    import girth as library

    tagged = library.tag_missing_data(matrix.T, [0, 1])
    fitted = library.twopl_mml(tagged, {"quadrature_n": NODES})
    return np.ravel(fitted["Discrimination"]), np.ravel(fitted["Difficulty"])


PEERS = {
    "mirt": mirt,
    "mirt/squarem": mirt_squarem,
    "mirt-se": mirt_se,
    "theta-irt": theta_irt,
    "girth": girth,
}


def main(peer: str, folder: str) -> None:
    """Fit and write what came out, and the fastest time in seconds."""
    place = Path(folder)
    person, item, right = (np.load(place / f"{n}.npy") for n in ("person", "item", "right"))
    people, items = np.load(place / "sizes.npy")
    matrix = np.full((people, items), -1, np.int64)
    matrix[person, item] = right
    took = []
    while len(took) < RUNS and sum(took) < ENOUGH_SECONDS:
        began = time.perf_counter()
        slope, difficulty = PEERS[peer](matrix)
        took.append(time.perf_counter() - began)
    np.save(place / "slope.npy", slope)
    np.save(place / "difficulty.npy", difficulty)
    np.save(place / "seconds.npy", min(took))


if __name__ == "__main__":
    main(*sys.argv[1:])
