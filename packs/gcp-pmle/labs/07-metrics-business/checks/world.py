"""The hospitals as the checks draw them: a copy with dials, so that an edited generator changes
nothing and a second hospital can differ."""

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

FEATURES = ["age", "stays", "drugs", "kidney", "length", "logins"]
WARDS = ["heart", "lung", "hip", "day"]
SHARES = [0.22, 0.18, 0.20, 0.40]
RISK = {"heart": -1.5, "lung": -1.75, "hip": -2.9, "day": -3.3}
EFFECTS = {"age": 0.03, "stays": 0.85, "drugs": 0.06, "kidney": 1.1, "length": 0.02, "logins": 0.0}
BUSY = [1.9, 1.3, 1.1, 1.0, 0.9, 0.5, 0.3]  # from Monday to Sunday


def patients(per_day=120, days=28, seed=7, effects=EFFECTS):
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
        + effects["age"] * (table.age - 64)
        + effects["stays"] * (true_stays - 1)
        + effects["drugs"] * (table.drugs - 5)
        + effects["kidney"] * np.log(table.kidney)
        + effects["length"] * table.length
        + effects["logins"] * (table.logins - 6)
        + draw.normal(0, 0.3, rows)
    )
    table["risk"] = 1 / (1 + np.exp(-score))
    table["readmitted"] = draw.binomial(1, table.risk)
    return table


def inputs(table):
    """What a model sees of a table, as an array: FEATURES in their order, then the wards."""
    columns = [np.log(table[name]) if name == "kidney" else table[name] for name in FEATURES]
    return np.column_stack([*columns, *(table.ward == ward for ward in WARDS)]).astype(float)


def train(table, class_weight=None):
    """A fitted model; `model.predict_proba(inputs(table))[:, 1]` is the probability."""
    model = LogisticRegression(max_iter=1_000, class_weight=class_weight)
    return make_pipeline(StandardScaler(), model).fit(inputs(table), table.readmitted)


def trial(usual, mix, new_share, gain_called, rows=160_000, seed=7):
    """A trial with a known effect: (table, effect for the mix of all wards).

    `usual`: ward -> risk where nobody calls; `gain_called`: ward -> part of it that a call takes
    away. The old version calls 30 patients of 100, the new one 70.
    """
    draw = np.random.default_rng(seed)
    ward = pd.Series(draw.choice(list(mix), rows, p=list(mix.values())))
    new = draw.random(rows) < ward.map(new_share)
    called = draw.random(rows) < np.where(new, 0.7, 0.3)
    risk = ward.map(usual) * (1 - ward.map(gain_called) * called)
    table = pd.DataFrame(
        {
            "ward": ward,
            "version": np.where(new, "new", "old"),
            "called": called.astype(int),
            "readmitted": (draw.random(rows) < risk).astype(int),
        }
    )
    compared = {name: mix[name] for name in mix if 0 < new_share[name] < 1}
    lost = sum(part * usual[name] * gain_called[name] * 0.4 for name, part in compared.items())
    return table, -lost / sum(compared.values())
