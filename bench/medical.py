"""A dense test without time: half an admission test foretells passing the other half.

Source: ShinyItemAnalysis, dataMedical (Stuka et al. 2016): 2,392 people, 100 items right or wrong.
Protocol of the reference: 10 random halves (numpy rng 0) times 5 folds of people; practice is 10,
20 or 50 items of half A, the exam the 50 items of half B, passing is 70% of it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.lkt import Log, needed
from roadworthy.errors import NotThere

FILE = "dataMedical.csv"
ITEMS = 100
PRACTICE = (10, 20, 50)
HALVES = 10
FOLDS = 5
PASS_AT = 0.7
SEED = 0

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Half:
    """One draw: columns to practise [n], columns of the exam [50], fold of each person [people]."""

    practice: Ints
    exam: Ints
    fold: Ints

    def passed(self, right: Ints) -> Mask:
        """Who passes the exam half, from ``right`` [people, 100]: shape [people]."""
        return right[:, self.exam].sum(axis=1) >= needed(len(self.exam), PASS_AT)

    def log(self, right: Ints, shown: Mask) -> Log:
        """The answers as a log: practice first; the exam only of ``shown`` people [people].

        Everything happens on day 0; all items test one rule; items keep their column as number.
        """
        people = len(right)
        columns = np.concatenate([self.practice, self.exam])
        late = np.arange(len(columns)) >= len(self.practice)
        kept = (shown[:, None] | ~late[None, :]).ravel()
        rows = people * len(columns)
        whole = Log(
            np.repeat(np.arange(people), len(columns)),
            np.zeros(rows),
            np.tile(columns, people),
            np.zeros(rows, np.int64),
            right[:, columns].ravel(),
            np.tile(late, people),
            tuple(map(str, range(people))),
            right.shape[1],
            1,
        )
        return whole.keep(kept)


def read_medical(folder: Path) -> Ints:
    """Right or wrong as 1 or 0 [2392, 100]; raises NotThere when the folder lacks the file."""
    path = folder / FILE
    if not path.is_file():
        raise NotThere(
            f"The data folder has no {FILE}.", where=str(folder), mend="Give another with --data."
        )
    with path.open(newline="") as lines:
        rows = list(csv.reader(lines))[1:]
    return np.array([[int(cell) for cell in row[:ITEMS]] for row in rows], np.int64)


def halves(people: int, practice: int, *, count: int = HALVES, seed: int = SEED) -> Iterator[Half]:
    """The random halves for ``practice`` items, each with its folds of people."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        order = rng.permutation(ITEMS)
        fold = rng.permutation(people) % FOLDS
        yield Half(order[: ITEMS // 2][:practice], order[ITEMS // 2 :], fold)
