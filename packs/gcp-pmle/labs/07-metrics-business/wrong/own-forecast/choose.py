"""Whom the nurses call after discharge, and which version of the model to keep."""

import numpy as np
import pandas as pd


def gain(patients, probability, saved, cost):
    """What a call to each patient is worth on average.

    `saved`: ward -> what a call saves where the patient would have come back; `cost` of a call.
    """
    return np.asarray(probability) * patients.ward.map(saved).to_numpy() - cost


def call_list(patients, probability, saved, cost, calls):
    """True for each patient who is called, an array in the order of the rows.

    Patients are called on the `day` they leave. There are nurses for `calls` a day.
    """
    worth = gain(patients, probability, saved, cost)
    place = pd.Series(worth).groupby(patients.day.to_numpy()).rank(ascending=False, method="first")
    return (worth > 0) & (place <= calls).to_numpy()


def best_version(patients, versions, saved, cost, calls):
    """The name of the version to keep.

    `patients`: a test month with `readmitted`; `versions`: name -> array of the probabilities
    that a version gives to these patients; prices and `calls` as above.
    """
    saves = {}
    for name, probability in versions.items():
        called = call_list(patients, probability, saved, cost, calls)
        saves[name] = gain(patients, probability, saved, cost)[called].sum()
    return max(saves, key=saves.get)
