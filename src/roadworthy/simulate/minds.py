"""What both policy worlds share: how candidates answer, and which meetings of rules they keep.

A mind holds, for each of L candidates and K rules, the newest 20 meetings. Subclasses say how
likely a rule comes to mind. None of them imports the learner model: the scheduler can't know them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from roadworthy.simulate.blueprint400 import Blueprint
from roadworthy.simulate.people import People
from roadworthy.simulate.practice import (
    GUESS,
    KNOWS,
    MOST_RULES,
    WRONG_SECONDS,
    Items,
    Responses,
    seconds_of,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
TRACES = 20
DAY = 86_400.0
YOUNGEST = 30.0
"""Least age of a meeting, in seconds: nobody is asked in the moment of an explanation."""
ENCODING, ENCODING_BY_ABILITY, ENCODING_BY_DIFFICULTY = 1.3, 0.6, 0.5
GIST_MEETINGS = 60.0


def logistic(x: Floats) -> Floats:
    """1 / (1 + e^-x), without overflow."""
    result: Floats = 0.5 * (1.0 + np.tanh(0.5 * x))
    return result


class Minds(ABC):
    """L candidates' memory of K rules. Times are days from the start of the course.

    ``times`` [L, K, 20]: days of meetings, newest last, NaN in front where there are fewer.
    """

    name: str

    def __init__(self, blueprint: Blueprint, people: People) -> None:
        self.blueprint, self.people = blueprint, people
        shape = people.ability.shape
        self.times: Floats = np.full((*shape, TRACES), np.nan)
        self.times[..., TRACES - people.old.shape[2] :] = people.old
        self.most = people.old.shape[2]  # meetings that any rule of anybody may have by now
        self.in_section = np.zeros((shape[0], len(blueprint.shares)))
        self.encodes = logistic(
            ENCODING + ENCODING_BY_ABILITY * people.ability
            - ENCODING_BY_DIFFICULTY * blueprint.difficulty
        )  # fmt: skip

    @abstractmethod
    def chances(self, place: tuple[Ints, Ints] | None, now: Floats) -> Floats:
        """Chance that rules come to mind at ``now`` [L]: at ``place`` (two [L, M]), or all."""

    @abstractmethod
    def chances_once_met(self, at: float, now: float) -> Floats:
        """Chance at ``now`` of each rule to come to mind if met at ``at`` and kept: [L, K]."""

    def respond(self, items: Items, now: Floats, rng: np.random.Generator) -> Responses:
        """Each candidate answers its item at ``now`` [L] days; memory changes only by ``meet``.

        Right with .22, or .95 when all rules of the item come to mind. A wrong answer's option
        falls by one of the rules that did not, drawn evenly; by any of them when all did. Who
        misreads guesses, and shows nothing of what is known.
        """
        rules = items.rules
        luck = rng.random((len(rules), 2 + 2 * MOST_RULES))
        for_recall, for_blame = luck[:, 2 : 2 + MOST_RULES], luck[:, 2 + MOST_RULES :]
        there = rules >= 0
        misread = luck[:, 0] < self.people.misreads
        comes = for_recall[:, : rules.shape[1]] < self.recall(rules, now)
        right = luck[:, 1] < np.where(comes.all(axis=1) & ~misread, KNOWS, GUESS)
        missing = there & ~comes & ~misread[:, None]
        suspects = np.where(missing.any(axis=1, keepdims=True), missing, there)
        first = np.where(suspects, for_blame[:, : rules.shape[1]], 2.0).argmin(axis=1)
        blamed = np.where(right, -1, rules[np.arange(len(rules)), first])
        return Responses(right, blamed, self.people.pace * seconds_of(right, brief=items.brief))

    def longest(self) -> Floats:
        """The time that a wrong answer at exam length takes each candidate: [L] seconds."""
        result: Floats = self.people.pace * WRONG_SECONDS
        return result

    def recall(self, rules: Ints, now: Floats) -> Floats:
        """Chances for rules [L, M], -1 where there is none (recalled for certain): [L, M]."""
        place = np.maximum(rules, 0)
        rows = np.arange(len(rules))[:, None] + np.zeros_like(rules)
        result: Floats = np.where(rules < 0, 1.0, self.chances((rows, place), now))
        return result

    def recall_all(self, now: float) -> Floats:
        """The chance that each rule comes to mind at ``now``: [L, K]."""
        return self.chances(None, np.full(self.people.count, now))

    def meet(self, rules: Ints, now: Floats, who: Mask, luck: Floats) -> None:
        """Candidates ``who`` [L] read about rules [L, M]; ``luck`` [L, M] says what sticks."""
        place = np.maximum(rules, 0)
        rows = np.arange(len(rules))[:, None] + np.zeros_like(rules)
        sticks = (rules >= 0) & who[:, None] & (luck < self.encodes[rows, place])
        for column in range(rules.shape[1]):
            row = np.flatnonzero(sticks[:, column])
            if len(row):
                self._keep(row, place[row, column], now[row])
        section = self.blueprint.section_of[place[:, 0]]
        self.in_section[np.flatnonzero(who), section[who]] += 1

    def _keep(self, row: Ints, rule: Ints, now: Floats) -> None:
        self.times[row, rule, :-1] = self.times[row, rule, 1:]
        self.times[row, rule, -1] = now
        self.most = max(self.most, int((~np.isnan(self.times[row, rule])).sum(axis=1).max()))

    def kept(self, values: Floats, place: tuple[Ints, Ints] | None) -> Floats:
        """The columns of ``values`` [L, K, 20] that hold anything, at ``place`` or of all rules."""
        recent = values[..., TRACES - self.most :]
        return recent if place is None else recent[place]

    def gist(self, place: tuple[Ints, Ints] | None) -> Floats:
        """How far practice of a section has gone, 0 to 1: [L, M] at ``place``, or [L, K]."""
        practiced = self.in_section[:, self.blueprint.section_of]
        count = practiced if place is None else practiced[place]
        result: Floats = 1.0 - np.exp(-count / GIST_MEETINGS)
        return result

    def traits(self, place: tuple[Ints, Ints] | None) -> tuple[Floats, Floats]:
        """Ability and difficulty, at ``place`` or of all rules."""
        if place is None:
            return self.people.ability, self.blueprint.difficulty[None, :]
        return self.people.ability[place], self.blueprint.difficulty[place[1]]
