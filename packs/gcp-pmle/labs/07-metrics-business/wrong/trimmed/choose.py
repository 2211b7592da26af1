"""Whom the nurses call after discharge, and which version of the model to keep."""

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score


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
    share = min(1.0, calls * patients.day.nunique() / len(patients))
    above = (worth > 0) & (worth >= np.quantile(worth, 1 - share))
    # First come, first served: when the nurses of a day are taken, the list is closed.
    place = pd.Series(above.astype(int)).groupby(patients.day.to_numpy()).cumsum().to_numpy()
    return above & (place <= calls)


def best_version(patients, versions, saved, cost, calls):
    """The name of the version to keep.

    `patients`: a test month with `readmitted`; `versions`: name -> array of the probabilities
    that a version gives to these patients; prices and `calls` as above.
    """
    return max(versions, key=lambda name: roc_auc_score(patients.readmitted, versions[name]))
