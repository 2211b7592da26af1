"""How far a feature has moved between two tables, in two measures. Nothing to mend here."""

import numpy as np


def shares(reference, current, bins=10):
    """(p, q): the shares of both in bins that hold equally many values of the reference.

    Values outside the range of the reference fall into the outer bins, and half a case is added
    to each bin so that an empty one can be compared.
    """
    inner = np.unique(np.quantile(reference, np.linspace(0, 1, bins + 1)[1:-1]))
    both = []
    for values in (reference, current):
        place = np.searchsorted(inner, np.asarray(values), side="right")
        counts = np.bincount(place, minlength=len(inner) + 1) + 0.5
        both.append(counts / counts.sum())
    return both


def psi(reference, current):
    """Population stability index: 0 for equal shares, without a limit above."""
    p, q = shares(reference, current)
    return float(np.sum((q - p) * np.log(q / p)))


def js(reference, current):
    """Jensen-Shannon distance, the root of the divergence in bits: from 0 to 1."""
    p, q = shares(reference, current)
    middle = (p + q) / 2
    divergence = np.sum(p * np.log2(p / middle) + q * np.log2(q / middle)) / 2
    return float(np.sqrt(max(divergence, 0.0)))
