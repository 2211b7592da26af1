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

from bench.lkt import Log
from roadworthy.errors import NotThere

FILE = "dataMedical.csv"
ITEMS = 100
PRACTICE = (10, 20, 50)
HALVES = 10
FOLDS = 5
PASS_AT = 0.7
SEED = 0

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Half:
    """One draw: columns to practise [n], columns of the exam [50], fold of each person [people]."""

    practice: Ints
    exam: Ints
    fold: Ints

    def log(self, right: Ints) -> Log:
        """The answers ``right`` [people, 100] as a log: practice first, the exam as post-test.

        Everything happens on day 0; all items test one rule; items keep their column as number, and
        ``part`` is the fold.
        """
        people = len(right)
        columns = np.concatenate([self.practice, self.exam])
        late = np.arange(len(columns)) >= len(self.practice)
        rows = people * len(columns)
        return Log(
            np.repeat(np.arange(people), len(columns)),
            np.zeros(rows),
            np.tile(columns, people),
            np.zeros(rows, np.int64),
            right[:, columns].ravel(),
            np.tile(late, people),
            tuple(map(str, range(people))),
            self.fold,
            right.shape[1],
            1,
        )


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
    """The first ``count`` of the ten random halves for ``practice`` items, with folds of people.

    One stream of numbers serves all: the folds, which stay the same, then the halves of each
    practice size in the order of PRACTICE. So a size alone gives the halves of a full run.
    """
    rng = np.random.default_rng(seed)
    person = np.arange(people)
    rng.shuffle(person)
    fold = np.empty(people, np.int64)
    fold[person] = np.arange(people) % FOLDS
    for size in PRACTICE:
        for number in range(HALVES):
            order = rng.permutation(ITEMS)
            if size == practice and number < count:
                yield Half(order[: ITEMS // 2][:practice], order[ITEMS // 2 :], fold)
