"""A reader who sees the options and never the stem, and learns from many answered items.

Conditional logistic regression: P(option k is the key) = exp(w·x_k) / Σ exp(w·x_j), where x_k
counts the words of option k and marks its rank by length. The weights are fitted with an L2
penalty on four fifths of the items and tried on the fifth that they have not seen, five times.
If the option set were drawn without an eye on the key, this reader would stay at chance
(docs/decisions/0003).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from roadworthy.items.item import Item
from roadworthy.lint.guessers import hit, words_of

Floats = NDArray[np.float64]
FOLDS = 5
STEPS = 80
PENALTY = 1.0
"""L2 penalty on each weight, in items: a word needs a few items to count for anything."""


def options_only_rate(items: Sequence[Item], *, seed: int) -> float:
    """Share of keys that the reader finds in items it has not seen, 0 to 1.

    All items must have the same number of options. Raises ValueError with fewer than 25 items.
    """
    if len(items) < 5 * FOLDS:
        raise ValueError("the reader needs 25 items to learn from")
    features = _features(items)
    size = int(features.max()) + 1
    keys = np.array([item.key for item in items])
    order = np.random.default_rng(seed).permutation(len(items))
    right = 0.0
    for fold in range(FOLDS):
        tried = order[fold::FOLDS]
        learned = np.setdiff1d(order, tried)
        weights = _fit(features[learned], keys[learned], size)
        scores = np.round(weights[features[tried]].sum(axis=2), 9)
        right += sum(hit(list(row), key) for row, key in zip(scores, keys[tried], strict=True))
    return float(right / len(items))


def _features(items: Sequence[Item]) -> NDArray[np.int64]:
    """Indices of words, shape (items, options, most words); 0 stands for no word."""
    known: dict[str, int] = {"": 0}
    rows: list[list[list[int]]] = []
    for item in items:
        lengths = sorted(len(option.text) for option in item.options)
        rows.append(
            [
                [
                    known.setdefault(word, len(known))
                    for word in (
                        *sorted(set(words_of(option.text))),
                        f"length rank {lengths.index(len(option.text))}",
                    )
                ]
                for option in item.options
            ]
        )
    most = max(len(words) for row in rows for words in row)
    return np.array([[words + [0] * (most - len(words)) for words in row] for row in rows])


def _fit(features: NDArray[np.int64], keys: NDArray[np.int64], size: int) -> Floats:
    """Weights of all words by accelerated gradient ascent; the one of 'no word' stays 0."""
    items, _, most = features.shape
    weights, ahead = np.zeros(size), np.zeros(size)
    step = 4.0 / (items * most + PENALTY)
    seen = np.bincount(features[np.arange(items), keys].ravel(), minlength=size)
    for turn in range(STEPS):
        scores = ahead[features].sum(axis=2)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        spread = np.repeat(shares.ravel(), most)
        expected = np.bincount(features.ravel(), weights=spread, minlength=size)
        new = ahead + step * (seen - expected - PENALTY * ahead)
        new[0] = 0.0
        ahead = new + turn / (turn + 3) * (new - weights)
        weights = new
    return weights
