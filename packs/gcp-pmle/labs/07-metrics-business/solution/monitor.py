"""The weekly look at the inputs of the model: what has changed, and what a person must see."""

import numpy as np
from distance import js
from patients import FEATURES, inputs

LIMIT = 0.3
"""A feature has moved where its Jensen-Shannon distance is above this."""
TENTH = 0.1
"""A move matters where it alone changes the mean prediction by more than this part of it."""


def weekly(training, last, current):
    """{"skew": [...], "drift": [...]}: names of features that have moved.

    `training`: what the model was trained on; `last` and `current`: requests of two weeks.
    """
    return {"skew": _moved(training, current), "drift": _moved(last, current)}


def _moved(reference, current):
    return [name for name in FEATURES if js(reference[name], current[name]) > LIMIT]


def page(model, last, current):
    """Names of the features for which the person on call is woken.

    That is to happen when the move of a feature since last week makes the model predict clearly
    more or fewer readmissions: a tenth more or less of them, say. `model` takes
    `inputs(table)` of patients.py.
    """
    # Each feature in turn takes this week's distribution, while all others stay as they were.
    before = model.predict_proba(inputs(last))[:, 1].mean()
    woken = []
    for name in FEATURES:
        place = (last[name].rank(method="first") - 0.5) / len(last)
        swapped = last.assign(**{name: np.quantile(current[name], place)})
        after = model.predict_proba(inputs(swapped))[:, 1].mean()
        if abs(after / before - 1) > TENTH:
            woken.append(name)
    return woken
