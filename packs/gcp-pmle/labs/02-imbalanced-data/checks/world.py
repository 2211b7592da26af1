"""The payments as the checks draw them: a copy, so that an edited generator changes nothing."""

import numpy as np
import pandas as pd

FEATURES = ["amount", "hour", "distance", "age_days", "tries", "foreign"]


def payments(rows=40_000, seed=7):
    """A table of payments with the columns FEATURES and `fraud`, 0 or 1; `id` names a row."""
    draw = np.random.default_rng(seed)
    table = pd.DataFrame(
        {
            "id": np.arange(rows) + seed * 1_000_000,
            "amount": draw.lognormal(3.2, 1.0, rows).round(2),
            "hour": draw.integers(0, 24, rows),
            "distance": draw.exponential(20.0, rows).round(1),
            "age_days": draw.integers(1, 2_000, rows),
            "tries": 1 + draw.poisson(0.25, rows),
            "foreign": draw.binomial(1, 0.08, rows),
        }
    )
    score = (
        -7.55
        + 0.75 * np.log(table.amount / 25)
        + 0.04 * table.distance
        + 1.1 * (table.tries - 1)
        + 1.6 * table.foreign
        + 0.9 * table.hour.between(1, 5)
        - 0.0006 * table.age_days
        + draw.normal(0, 0.4, rows)
    )
    table["fraud"] = draw.binomial(1, 1 / (1 + np.exp(-score)))
    return table


def inputs(table):
    """What the model sees of a table, as an array: logs, flags, plain numbers."""
    return np.column_stack(
        [
            np.log(table.amount / 25),
            table.distance,
            table.tries - 1,
            table.foreign,
            table.hour.between(1, 5),
            table.age_days / 1_000,
        ]
    ).astype(float)
