"""Patients who left a hospital, generated: who comes back within 30 days. Nothing to mend here."""

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

FEATURES = ["age", "stays", "drugs", "kidney", "length", "logins"]
WARDS = ["heart", "lung", "hip", "day"]
SHARES = [0.22, 0.18, 0.20, 0.40]
RISK = {"heart": -1.5, "lung": -1.75, "hip": -2.9, "day": -3.3}
BUSY = [1.9, 1.3, 1.1, 1.0, 0.9, 0.5, 0.3]  # from Monday to Sunday


def patients(per_day=120, days=28, seed=7):
    """One row a patient: `day`, `ward`, `language`, FEATURES and `readmitted`, 0 or 1.

    The months are from the time before anybody was called. `stays` are those that our own records
    show in the last twelve months.
    """
    draw = np.random.default_rng(seed)
    each = [draw.poisson(per_day * BUSY[day % 7]) for day in range(days)]
    rows = sum(each)
    other = draw.random(rows) < 0.25
    true_stays = draw.poisson(np.where(other, 1.35, 1.0))
    table = pd.DataFrame(
        {
            "day": np.repeat(np.arange(days), each),
            "ward": draw.choice(WARDS, rows, p=SHARES),
            "language": np.where(other, "other", "first"),
            "age": draw.normal(64, 13, rows).clip(18, 99).round(),
            "stays": np.where(other, draw.binomial(true_stays, 0.35), true_stays),
            "drugs": draw.poisson(5.0, rows),
            "kidney": draw.lognormal(0.0, 0.35, rows).round(2),
            "length": draw.exponential(4.0, rows).round(1) + 0.5,
            "logins": draw.poisson(6.0, rows),
        }
    )
    score = (
        table.ward.map(RISK)
        + 0.03 * (table.age - 64)
        + 0.85 * (true_stays - 1)
        + 0.06 * (table.drugs - 5)
        + 1.1 * np.log(table.kidney)
        + 0.02 * table.length
        + draw.normal(0, 0.3, rows)
    )
    table["readmitted"] = draw.binomial(1, 1 / (1 + np.exp(-score)))
    return table


def inputs(table):
    """What a model sees of a table, as an array: FEATURES in their order, then the wards."""
    columns = [np.log(table[name]) if name == "kidney" else table[name] for name in FEATURES]
    return np.column_stack([*columns, *(table.ward == ward for ward in WARDS)]).astype(float)


def train(table, class_weight=None):
    """A fitted model; `model.predict_proba(inputs(table))[:, 1]` is the probability."""
    model = LogisticRegression(max_iter=1_000, class_weight=class_weight)
    return make_pipeline(StandardScaler(), model).fit(inputs(table), table.readmitted)
