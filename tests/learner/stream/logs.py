"""Small logs for the stream package: the columns of a real one, drawn from known worlds."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
PER_ROW = ("learner", "days", "item", "rule", "outcome", "post")


@dataclass(frozen=True)
class Rows:
    """A log as ``history.Log`` asks for it."""

    learner: Ints
    days: Floats
    item: Ints
    rule: Ints
    outcome: Ints
    post: Mask
    names: tuple[str, ...]
    items: int
    rules: int

    def keep(self, rows: Mask) -> Rows:
        """The same log with only these rows."""
        return replace(self, **{name: getattr(self, name)[rows] for name in PER_ROW})

    def renumbered(self, place: Ints) -> Rows:
        """Learner l becomes learner ``place[l]``; rows stay in order of learner, then time."""
        learner = place[self.learner]
        order = np.argsort(learner, kind="stable")
        moved = {name: getattr(self, name)[order] for name in PER_ROW if name != "learner"}
        return replace(self, learner=learner[order], **moved)


assert {field.name for field in fields(Rows)} > set(PER_ROW)


def logistic(logits: Floats) -> Floats:
    """1 / (1 + exp(-x))."""
    return 1 / (1 + np.exp(-logits))


def dense_test(
    people: int, practice: int, exam: int, *, seed: int, day_sd: float = 0.0
) -> tuple[Rows, Floats, Floats]:
    """A test without time in which everybody answers everything; with its slopes and easiness.

    The last ``exam`` items are the exam; ``day_sd`` is the spread of a learner's day there.
    """
    rng = np.random.default_rng(seed)
    items = practice + exam
    slope, ease = np.exp(0.3 * rng.standard_normal(items)), rng.standard_normal(items)
    late = np.arange(items) >= practice
    ability = rng.standard_normal((people, 1)) + late * day_sd * rng.standard_normal((people, 1))
    right = rng.random((people, items)) < logistic(slope * ability + ease)
    rows = Rows(
        np.repeat(np.arange(people), items),
        np.zeros(people * items),
        np.tile(np.arange(items), people),
        np.zeros(people * items, np.int64),
        right.ravel().astype(np.int64),
        np.tile(late, people),
        tuple(map(str, range(people))),
        items,
        1,
    )
    return rows, slope, ease


def course(people: int = 40, *, seed: int = 3, evenings: int = 3, forgets: float = 1.0) -> Rows:
    """Evenings of practice a day apart, then an exam two days later: 12 items on 4 rules.

    An item is right by the learner's ability, +1.5 for each time that it was met, and less
    ``forgets`` for each day since; some rows are only read.
    """
    rng = np.random.default_rng(seed)
    items, rules, a_day = 12, 4, 8
    ease = rng.normal(-0.5, 0.7, items)
    lines: list[tuple[int, float, int, int, int, bool]] = []
    for one in range(people):
        ability = rng.normal(0, 0.8)
        met, last = np.zeros(items), np.zeros(items)
        for evening in range(evenings + 1):
            post = evening == evenings
            start = evening + (1.0 if post else 0.0) + rng.uniform(0, 0.05)
            for number, item in enumerate(rng.permutation(items)[:a_day].tolist()):
                now = start + number / 1440
                left = max(0.0, 1.5 * met[item] - forgets * (now - last[item]))
                came = int(rng.random() < logistic(np.array(ability + ease[item] + left)))
                outcome = -1 if not post and rng.random() < 0.1 else came
                lines.append((one, now, item, item % rules, outcome, post))
                met[item] += 1
                last[item] = now
    columns = list(zip(*lines, strict=True))
    learner, item, rule, outcome = (np.array(columns[n], np.int64) for n in (0, 2, 3, 4))
    return Rows(
        learner,
        np.array(columns[1], float),
        item,
        rule,
        outcome,
        np.array(columns[5], bool),
        tuple(map(str, range(people))),
        items,
        rules,
    )


def exam_of(log: Rows) -> tuple[list[Ints], Floats]:
    """The exam's items of each learner, and the day on which it begins, nan where there is none."""
    items, days = [], np.full(len(log.names), np.nan)
    for one in range(len(log.names)):
        rows = np.flatnonzero(log.post & (log.learner == one))
        items.append(np.array(list(dict.fromkeys(log.item[rows].tolist())), np.int64))
        if len(rows):
            days[one] = log.days[rows[0]]
    return items, days
