"""Real answers over days: the statistics cloze log of LKT, its splits, slices and exam.

Source: Optimal-Learning-Lab/LKT, data/largerawsample.rda (DataShop 5513): 478 learners, 144 cloze
items on 36 sentences (the rules), 55,122 answers and 3,194 study-only sights; a practice and, a day
or so later, a post-test. The protocols are those of the reference: next answer (split by md5,
slices) and passing later (the first post-test answer per item is the exam).
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from roadworthy.errors import NotThere

FILE = "lkt_statistics_cloze.csv"
CODES = {"C": 1, "I": 0, "S": -1}
DAY_MS = 86_400_000
LONG_GAP_DAYS = 0.5
PARTS = 5
# The file numbers its learners anew. These are int(md5(id), 16) % 5 of the ids that the source has
# (column Anon.Student.Id at 7231b4f8847c), learner 0 first: the split behind the reference's table.
# The ids of the file give another split; --split file measures on that.
SOURCE_PARTS = (
    "40241120032134040433223312231410224004232224123222204423414104212114214210223342"
    "21442344101114130303310120321300322333022121102230030220134222301400300430321141"
    "31424241241423444434441103024433302042411303114430432402202244432213214131313032"
    "44442311130304100313234213330143001243441320203403313440034041232442322403043420"
    "31220041044311042022003000400234033230432213323024412331132113430002042324314101"
    "410200333432212220443210413001231112314213412214123401221121411403011224013130"
)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Log:
    """Rows in order of learner, then time; every array has the shape [rows] unless said.

    ``learner``, ``item`` and ``rule`` count from 0; ``days`` since the log's first row; ``outcome``
    is 1 right, 0 wrong, -1 studied without an answer; ``post`` marks the post-test. ``names`` holds
    the learners' ids as the file has them [learners], ``part`` each one's fifth by md5 [learners];
    ``items`` and ``rules`` are how many.
    """

    learner: Ints
    days: Floats
    item: Ints
    rule: Ints
    outcome: Ints
    post: Mask
    names: tuple[str, ...]
    part: Ints
    items: int
    rules: int

    def keep(self, rows: Mask) -> Log:
        """The same log with only these rows; learners, items and rules keep their numbers."""
        return Log(
            self.learner[rows],
            self.days[rows],
            self.item[rows],
            self.rule[rows],
            self.outcome[rows],
            self.post[rows],
            self.names,
            self.part,
            self.items,
            self.rules,
        )


@dataclass(frozen=True, slots=True)
class Exam:
    """What each learner met after practice; lists have an entry per learner [learners].

    ``items[l]`` and ``right[l]``: the learner's first post-test answer per item, in order of time;
    ``begins`` the day of the first post-test row, nan for a learner without a post-test.
    """

    items: tuple[Ints, ...]
    right: tuple[Ints, ...]
    begins: Floats

    def passed(self, threshold: float) -> Mask:
        """Whether each learner's share right reached the threshold [learners]."""
        return np.array([passes(right, threshold) for right in self.right])


def passes(right: Ints, threshold: float) -> bool:
    """Whether enough of these 0/1 outcomes are 1: at least ``threshold`` of them."""
    return bool(right.sum() >= needed(len(right), threshold))


def needed(size: int, threshold: float) -> int:
    """How many right of ``size`` make a pass; exact thirds and tenths don't round up."""
    return int(np.ceil(threshold * size - 1e-9))


def read_lkt(folder: Path, *, split: str = "source") -> Log:
    """The log in ``folder``; raises NotThere without it, KeyError for an unknown outcome.

    ``split`` says whose ids make the fifths: those of the ``source``, or those of the ``file``.
    """
    path = folder / FILE
    if not path.is_file():
        raise NotThere(
            f"The data folder has no {FILE}.", where=str(folder), mend="Give another with --data."
        )
    with path.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    log = log_of(
        [row["learner"] for row in rows],
        [int(row["t_ms"]) / DAY_MS for row in rows],
        [row["item"] for row in rows],
        [row["kc"] for row in rows],
        [CODES[row["outcome"]] for row in rows],
        [row["unit"] == "post" for row in rows],
    )
    if split == "file":
        return log
    return replace(log, part=np.array([int(SOURCE_PARTS[int(name)]) for name in log.names]))


def log_of(
    names: Sequence[str],
    days: Sequence[float],
    items: Sequence[str],
    rules: Sequence[str],
    outcomes: Sequence[int],
    post: Sequence[bool],
) -> Log:
    """A log from plain columns, sorted by learner and time, with ids turned into numbers."""
    learner_ids, learner = _numbered(names)
    item_ids, item = _numbered(items)
    rule_ids, rule = _numbered(rules)
    time = np.array(days, float)
    order = np.lexsort((np.arange(len(time)), time, learner))
    return Log(
        learner[order],
        (time - time.min())[order],
        item[order],
        rule[order],
        np.array(outcomes, np.int64)[order],
        np.array(post, bool)[order],
        learner_ids,
        parts_by_md5(learner_ids),
        len(item_ids),
        len(rule_ids),
    )


def _numbered(values: Sequence[str]) -> tuple[tuple[str, ...], Ints]:
    """The distinct values in order of first sight, and each value's place among them."""
    place = {value: n for n, value in enumerate(dict.fromkeys(values))}
    return tuple(place), np.array([place[value] for value in values], np.int64)


def parts_by_md5(names: Sequence[str]) -> Ints:
    """``int(md5(id), 16) % 5`` of each learner id [learners]: the same on every machine."""
    return np.array([int(hashlib.md5(n.encode()).hexdigest(), 16) % PARTS for n in names])


def in_test(log: Log) -> Mask:
    """The learners whose answers are predicted and never fitted: part 0 of 5 [learners]."""
    return np.asarray(log.part == 0)


def days_since_rule(log: Log) -> Floats:
    """Days since this learner last saw this row's rule, studied or answered; nan at the first."""
    gaps = np.full(len(log.days), np.nan)
    last: dict[tuple[int, int], float] = {}
    for row, (learner, rule, day) in enumerate(
        zip(log.learner.tolist(), log.rule.tolist(), log.days.tolist(), strict=True)
    ):
        if (learner, rule) in last:
            gaps[row] = day - last[learner, rule]
        last[learner, rule] = day
    return gaps


def slices(log: Log, learners: Mask) -> dict[str, Mask]:
    """Answers of these learners by case [rows]: all, and those more than 12 h after the last sight.

    The case names are ``lkt-all`` and ``lkt-gap12h``.
    """
    answered = (log.outcome >= 0) & learners[log.learner]
    return {"lkt-all": answered, "lkt-gap12h": answered & (days_since_rule(log) > LONG_GAP_DAYS)}


def exam_of(log: Log) -> Exam:
    """The first post-test answer per item of each learner; features stop before ``begins``."""
    items: list[list[int]] = [[] for _ in log.names]
    right: list[list[int]] = [[] for _ in log.names]
    begins = np.full(len(log.names), np.nan)
    seen: set[tuple[int, int]] = set()
    for row in np.flatnonzero(log.post):
        learner, item = int(log.learner[row]), int(log.item[row])
        if np.isnan(begins[learner]):
            begins[learner] = log.days[row]
        if log.outcome[row] < 0 or (learner, item) in seen:
            continue
        seen.add((learner, item))
        items[learner].append(item)
        right[learner].append(int(log.outcome[row]))
    return Exam(
        tuple(np.array(one, np.int64) for one in items),
        tuple(np.array(one, np.int64) for one in right),
        begins,
    )
