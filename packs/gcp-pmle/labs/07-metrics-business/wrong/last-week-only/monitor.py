"""The weekly look at the inputs of the model: what has changed, and what a person must see."""

from distance import js
from patients import FEATURES

LIMIT = 0.3
"""A feature has moved where its Jensen-Shannon distance is above this."""


def weekly(training, last, current):
    """{"skew": [...], "drift": [...]}: names of features that have moved.

    `training`: what the model was trained on; `last` and `current`: requests of two weeks.
    """
    moved = [name for name in FEATURES if js(last[name], current[name]) > LIMIT]
    return {"skew": moved, "drift": moved}


def page(model, last, current):
    """Names of the features for which the person on call is woken.

    That is to happen when the move of a feature since last week makes the model predict clearly
    more or fewer readmissions: a tenth more or less of them, say. `model` takes
    `inputs(table)` of patients.py.
    """
    return [name for name in FEATURES if js(last[name], current[name]) > LIMIT]
