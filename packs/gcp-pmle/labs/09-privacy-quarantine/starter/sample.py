"""Letters and claims of one month, generated from a seed. Nothing to mend here."""

import json

import numpy as np
import pandas as pd

WORDS = "the claim was refused although my clinic sent all papers twice and waited long".split()


def letters(rows, seed, planted=()):
    """An upload: one letter a line. `planted`: (line, field, text) that is written into it."""
    draw = np.random.default_rng(seed)
    lines = []
    for row in range(rows):
        lines.append(
            {
                "subject": f"Claim of {draw.integers(1, 29)} October",
                "message": " ".join(draw.choice(WORDS, 12)),
                "notes": [f"order 9000 2000 {draw.integers(1000, 9999)} 0001"],
            }
        )
        if row % 3 == 0:  # some clinics add fields of their own
            lines[-1]["calls"] = [{"by": "desk", "said": str(draw.choice(WORDS))}]
    for line, field, text in planted:
        old = lines[line].get(field, "")
        lines[line][field] = [*old, text] if isinstance(old, list) else f"{old} {text}".strip()
    return "\n".join(json.dumps(one) for one in lines) + "\n"


def claims(rows=4_000, seed=7):
    """The claims table: one row a member, with what could name it and what a model learns from."""
    draw = np.random.default_rng(seed)
    area = draw.choice(np.arange(481, 501), rows, p=np.arange(20, 0, -1) / 210)
    numbers = draw.choice(10**8, rows, replace=False)
    table = pd.DataFrame(
        {
            "member": [f"MB-{one // 10_000:04d}-{one % 10_000:04d}" for one in numbers],
            "card": [f"4{one:03d} 0000 0000 {one:04d}" for one in draw.integers(0, 1_000, rows)],
            "zip": [
                f"{one}{two:02d}"
                for one, two in zip(area, draw.integers(0, 100, rows), strict=True)
            ],
            "born": draw.integers(1935, 2006, rows),
            "sex": draw.choice(["f", "m", "x"], rows, p=[0.51, 0.47, 0.02]),
            "visits": draw.poisson(4, rows),
            "cost": draw.lognormal(6, 1, rows).round(2),
        }
    )
    score = 0.9 * np.log(table.cost / 400) - 0.35 * (table.visits - 4) + draw.normal(0, 0.5, rows)
    table["appealed"] = draw.binomial(1, 1 / (1 + np.exp(-score)))
    return table


def inputs(table):
    """What the model sees of a table, with a column of ones, as an array."""
    return np.column_stack(
        [np.ones(len(table)), np.log(table.cost / 400), (table.visits - 4) / 2]
    ).astype(float)
