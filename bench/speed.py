"""How long what happens between two items takes, on the shipped pack. CPU time, best of five.

- ``update``: the last answer of a learner's 2,000 folded into the state, and the posterior of all
  rules read anew; /first-of-session: an evening earlier, when all that came before is fitted again.
- ``next-item``: what a minute on each rule buys now, and the item that the session then makes. Open
  wrong beliefs are set aside and the session is at its exam-length part, so the whole ranking is
  made and walked: the longest way.
- ``replay-10k``: a journal of 10,000 answers folded from its events in memory.
- ``policy-bench`` (only with --policy): wall time of the whole policy benchmark.

Answers are luck, 50 an evening; see ``simulate/answered_journal.py``.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import TypeVar

from bench.rows import OURS, Row, not_run, options, show
from roadworthy.items.generate import Generator
from roadworthy.items.identity import generator_hash
from roadworthy.items.item import Item
from roadworthy.journal.event import Event
from roadworthy.learner.ability import ability_of
from roadworthy.learner.replay import fold, replay
from roadworthy.learner.state import LearnerState
from roadworthy.learner.syllabus import syllabus_of
from roadworthy.learner.weights import WEIGHTS
from roadworthy.pack.compile import open_pack
from roadworthy.pack.find import find_pack
from roadworthy.pack.model import Pack
from roadworthy.simulate.answered_journal import answered_events
from roadworthy.study.course import Course
from roadworthy.study.policy import scores
from roadworthy.study.session_view import SessionView
from roadworthy.study.step import Present

BEGIN = datetime(2026, 3, 1, 18, tzinfo=UTC)
ITEMS, QUICK_ITEMS = 2_000, 400
KNOWN, LONG = 2_000, 10_000
RUNS = 5
A_DAY = 50
MINUTES, SHARE_USED = 60, 0.7
SEED = 1

T = TypeVar("T")


def main(arguments: Sequence[str]) -> int:
    """Print seconds of each case."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--policy", action="store_true", help="also run the policy benchmark")
    chosen, more = options("speed", arguments, parser=parser)
    rows = list(_rows(QUICK_ITEMS if chosen.quick else ITEMS))
    if more.policy:
        rows.append(_policy(chosen.quick))
    show("speed", rows, chosen)
    return 0


def _rows(count: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        pack = open_pack(find_pack("gcp-pmle"), Path(folder), generator_hash())
    generator = Generator(pack)
    items = _fresh_last(list(generator.sample(count, seed=SEED)), KNOWN)
    events = list(
        answered_events(
            items, LONG, begin=BEGIN, pack=pack.head.id, pack_hash=pack.hash, seed=SEED,
            a_day=A_DAY, lessons=generator.rules,
        )
    )  # fmt: skip
    head = 1 + len(generator.rules)
    cases = (("update", KNOWN), ("update/first-of-session", KNOWN - A_DAY + 1))
    for case, number in cases:
        newest = head + 2 * number - 1
        runs = [_update(events[:newest], events[newest], pack) for _ in range(RUNS)]
        yield Row(case, OURS, "seconds", min(took for _, took in runs))
        if case == "update":
            chosen = [_next_item(one, events[newest].at, generator) for one, _ in runs]
    yield Row("next-item", OURS, "seconds", min(chosen))
    took = [_timed(lambda: replay(events, pack))[1] for _ in range(RUNS)]
    yield Row("replay-10k", OURS, "seconds", min(took))


def _fresh_last(items: Sequence[Item], count: int) -> list[Item]:
    """``count`` items or more, the later half of the situations once, at the end.

    An answer on a situation that was seen before tells only of memory.
    """
    fresh = list({item.situation: item for item in items}.values())
    early = fresh[: len(fresh) // 2]
    return [*islice(cycle(early), max(0, count - len(fresh))), *fresh]


def _update(before: Sequence[Event], newest: Event, pack: Pack) -> tuple[LearnerState, float]:
    """The state after the newest answer, and the seconds from the event to the posterior.

    The state before it is folded anew for each run, so that no run finds the work of another.
    """
    syllabus = syllabus_of(pack)

    def posterior(state: LearnerState) -> None:
        ability = ability_of(state, syllabus.rules, syllabus.sections, WEIGHTS)
        ability.rule_means(syllabus.section_of)
        ability.rule_spreads(syllabus.section_of)

    known = replay(before, pack)
    posterior(known)

    def update() -> LearnerState:
        state = fold(known, newest, pack)
        posterior(state)
        return state

    state, took = _timed(update)
    told = state.responses[-1]
    assert len(state.responses) == len(known.responses) + 1
    assert told.weight > 0 and not told.repeated
    return state, took


class _Standing(Course):
    """A course that stands at a given state and has no journal behind it."""

    def __init__(self, generator: Generator, state: LearnerState) -> None:
        super().__init__(generator.pack, generator, None, "UTC")  # type: ignore[arg-type]
        self._known = state

    def state(self) -> LearnerState:
        return self._known


def _next_item(state: LearnerState, at: datetime, generator: Generator) -> float:
    """Seconds to the next item. The state is new, so nothing of its ranking was kept."""
    now = at + timedelta(minutes=1)
    course = _Standing(generator, replace(state, wrong={}))
    syllabus = syllabus_of(generator.pack)
    ability_of(course.state(), syllabus.rules, syllabus.sections, WEIGHTS)  # counted in update
    view = SessionView(
        "now", "evening", MINUTES, None, SEED, at, at, used_seconds=60 * MINUTES * SHARE_USED
    )

    def choose() -> object:
        scores(course.state(), generator.pack, now=now, seed=SEED)
        return course.evening(view, now).next_step()

    step, took = _timed(choose)
    assert isinstance(step, Present) and step.purpose == "practice", step
    return took


def _timed(run: Callable[[], T]) -> tuple[T, float]:
    """What it made, and the CPU seconds of all threads."""
    began = time.process_time()
    made = run()
    return made, time.process_time() - began


def _policy(quick: bool) -> Row:
    """Wall time of the policy benchmark in a process of its own; its rows are not shown."""
    if importlib.util.find_spec("bench.policy") is None:
        return not_run("policy-bench", OURS, "seconds", "there is no policy benchmark yet")
    command = [sys.executable, "-m", "bench", "policy", "--json", *(["--quick"] if quick else [])]
    began = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    took = time.perf_counter() - began
    if done.returncode:
        return not_run("policy-bench", OURS, "seconds", f"it ended with {done.returncode}")
    return Row("policy-bench", OURS, "seconds", took)
