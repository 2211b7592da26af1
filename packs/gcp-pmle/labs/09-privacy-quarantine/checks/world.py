"""Letters and claims as the checks draw them: with fields and people that nobody has seen."""

import json

import numpy as np
import pandas as pd

WORDS = "my appeal about the refused claim and clinic papers was never answered by you".split()
AREAS = np.arange(601, 625)


def letters(rows, draw, mark, planted=()):
    """An upload: one letter a line. `mark` is in no other one; `planted`: (line, place, text).

    `place` is a field, or "copied": deep in a list of what else was sent.
    """
    lines = []
    for _ in range(rows):
        lines.append(
            {
                "subject": f"Claim of {draw.integers(1, 29)} May, part {mark}",
                "message": " ".join(draw.choice(WORDS, 14)),
                "notes": [f"order 9100 {draw.integers(1000, 9999)} 3310 0001", "room 12-4410"],
                "copied": [{"from": "desk", "body": " ".join(draw.choice(WORDS, 5))}],
            }
        )
    for line, place, text in planted:
        if place == "copied":
            lines[line]["copied"].append({"from": "letter", "body": f"please see {text} again"})
        elif place == "notes":
            lines[line]["notes"].append(f"said {text} by phone")
        else:
            lines[line][place] = f"{lines[line].get(place, '')} see {text}".strip()
    return "".join(json.dumps(one) + "\n" for one in lines)


def secrets(draw):
    """An email, a card number and a member number that no one else has."""
    digits = [int(one) for one in f"4{draw.integers(10**13, 10**14)}"]
    total = sum(
        sum(divmod(2 * one, 10)) if place % 2 == 0 else one
        for place, one in enumerate(digits[::-1])
    )
    card = "".join(map(str, digits)) + str(-total % 10)
    return (
        f"p{draw.integers(10**6, 10**7)}@lakeview-post.com",
        " ".join(card[place : place + 4] for place in range(0, 16, 4)),
        f"MB-{draw.integers(1000, 10_000)}-{draw.integers(1000, 10_000)}",
    )


def claims(rows, seed):
    """A claims table like the candidate's, of other people in other places."""
    draw = np.random.default_rng(seed)
    share = np.arange(len(AREAS), 0, -1.0)
    area = draw.choice(AREAS, rows, p=share / share.sum())
    numbers = draw.choice(10**8, rows, replace=False)
    table = pd.DataFrame(
        {
            "member": [f"MB-{one // 10_000:04d}-{one % 10_000:04d}" for one in numbers],
            "zip": [
                f"{one}{two:02d}"
                for one, two in zip(area, draw.integers(0, 100, rows), strict=True)
            ],
            "born": draw.integers(1932, 2007, rows),
            "sex": draw.choice(["f", "m", "x"], rows, p=[0.5, 0.47, 0.03]),
            "visits": draw.poisson(4, rows),
            "cost": draw.lognormal(6, 1, rows).round(2),
        },
        index=draw.permutation(rows) + 10_000,
    )
    score = 1.1 * np.log(table.cost / 400) - 0.4 * (table.visits - 4) + draw.normal(0, 0.4, rows)
    table["appealed"] = draw.binomial(1, 1 / (1 + np.exp(-score)))
    return table


def inputs(table):
    """What a model sees of a table, with a column of ones, as an array."""
    return np.column_stack(
        [np.ones(len(table)), np.log(table.cost / 400), (table.visits - 4) / 2]
    ).astype(float)
