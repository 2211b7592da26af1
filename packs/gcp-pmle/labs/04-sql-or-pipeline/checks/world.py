"""The customers as the checks draw them: a copy, so that an edited generator changes nothing."""

import numpy as np
import pandas as pd

COLUMNS = ["customer_id", "month", "tenure", "kwh", "bill", "app_visits", "tariff"]


def customers(first, months, each=1_500, seed=7):
    """A table with COLUMNS and `left_us`: 1 where a customer left within the next month.

    `first`: number of the first month, 1 being January 2025; `months`: how many; `each`:
    customers a month. The app was rebuilt in 2025: month by month, visits mean something else.
    """
    parts = []
    for number in range(first, first + months):
        draw = np.random.default_rng([seed, number])
        part = pd.DataFrame(
            {
                "customer_id": np.arange(each) + number * 100_000,
                "month": pd.Timestamp(2025 + (number - 1) // 12, (number - 1) % 12 + 1, 1),
                "tenure": draw.integers(1, 731, each).astype(float),
                "kwh": draw.gamma(6.0, 550.0, each).round(0),
                "bill": draw.lognormal(4.4, 0.8, each).round(2),
                "app_visits": draw.poisson(4.0, each).astype(float),
                "tariff": draw.choice(["fixed", "green", "hourly"], each, p=[0.5, 0.3, 0.2]),
            }
        )
        drift = 0.65 - 0.10 * number
        score = (
            -1.0
            - 0.011 * (part.tenure - 365).abs()
            + 0.75 * np.log(part.bill / 80)
            + 0.0003 * (part.kwh - 3_300)
            + drift * (part.app_visits - 4)
            + 0.5 * (part.tariff == "hourly")
        )
        part["left_us"] = draw.binomial(1, 1 / (1 + np.exp(-score)))
        parts.append(part)
    table = pd.concat(parts, ignore_index=True)
    table["month"] = table.month.dt.date
    return table


def turned(each=3_000, seed=7):
    """A year like the others, in which what made customers leave makes them stay in December.

    Few leave before December, and half of them in it. So a model has learned either from the months
    before, and ranks December the wrong way round, or from December itself.
    """
    table = customers(1, 12, each=each, seed=seed)
    draw = np.random.default_rng([seed, 99])
    pull = (np.log(table.bill / 80) / 0.8 + (table.app_visits - 4) / 2) / 2
    december = pd.to_datetime(table.month).dt.month == 12
    score = np.where(december, -4.0 * pull, 0.8 * pull - 3.8)
    return table.assign(left_us=draw.binomial(1, 1 / (1 + np.exp(-score))))
