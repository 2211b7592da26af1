"""Which version of a model to keep, and from which probability on to stop a payment."""

import numpy as np
from sklearn.metrics import average_precision_score


def best_version(fraud, probabilities):
    """The name of the version to keep: the one that puts fraud highest.

    `fraud`: 0 or 1 for each payment of a test part; `probabilities`: name -> array of the
    probabilities that a version gives to the same payments.
    """
    return max(
        probabilities,
        key=lambda name: average_precision_score(fraud, probabilities[name]),
    )


def cutoff(fraud, probability, cost_missed, cost_alarm):
    """The probability from which on a payment is stopped, so that the test part costs least.

    A fraud that is let through costs `cost_missed`, a payment that is stopped `cost_alarm`.
    """
    order = np.argsort(-np.asarray(probability))
    sorted_fraud = np.asarray(fraud)[order]
    # Stopping the first k payments: what is missed below them, what the k alarms cost.
    missed = sorted_fraud.sum() - np.concatenate([[0], np.cumsum(sorted_fraud)])
    cost = cost_missed * missed + cost_alarm * np.arange(len(order) + 1)
    stopped = int(np.argmin(cost))
    return 1.01 if stopped == 0 else float(np.asarray(probability)[order[stopped - 1]])
