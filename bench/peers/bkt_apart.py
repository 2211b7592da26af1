"""Classical BKT of a log by pyBKT, run as a script in .venv-bkt: GIVEN.npz MADE.npz.

Given arrays of answers [n]: learner, rule, right, train. Made: p [n], each answer's chance before
it is seen. A rule is fitted by EM from one start drawn with seed 0 (five took five times as long);
learners of the test part are told by the filter alone.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas
from pyBKT.models import Model

STARTS = 1
SEED = 0


def main(given: str, made: str) -> None:
    """Fit on the train learners, tell everyone's answers, write the chances."""
    with np.load(given) as loaded:
        arrays = {name: loaded[name] for name in loaded.files}
    rows = len(arrays["right"])
    answers = pandas.DataFrame(
        {
            "order_id": np.arange(rows),
            "user_id": arrays["learner"],
            "skill_name": [f"rule {n}" for n in arrays["rule"]],
            "correct": arrays["right"],
        }
    )
    model = Model(seed=SEED, num_fits=STARTS, parallel=False)
    model.fit(data=answers[arrays["train"]].copy())
    told = model.predict(data=answers.copy()).sort_values("order_id")
    assert (told["order_id"].to_numpy() == np.arange(rows)).all()
    np.savez(made, p=told["correct_predictions"].to_numpy(float))


if __name__ == "__main__":
    main(*sys.argv[1:])
