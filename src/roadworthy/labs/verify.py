"""Proves a lab: its starter fails for the stated reasons, its solution passes, shortcuts don't.

All of it runs in temporary folders, with the network cut off unless it is asked otherwise.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from roadworthy.labs.lifecycle import lay_over
from roadworthy.labs.outcome import Ended, Happening, Outcome, outcome_of
from roadworthy.labs.room import LabRoom
from roadworthy.pack.lab import Lab

MOST_SECONDS = 300.0
MOST_MEGABYTES = 4 * 1024 * 1.048576
"""Budgets of a lab once its environment stands: five minutes, 4 GiB."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One folder that was checked: the starter, the solution, or a shortcut.

    ``troubles``: what was not as stated, each a sentence; empty where all was.
    """

    name: str
    outcome: Outcome
    troubles: tuple[str, ...]


def verify_lab(
    room: LabRoom,
    lab: Lab,
    system: Mapping[str, str],
    *,
    wrong: bool = False,
    cut_network: bool = True,
    tell: Callable[[Happening], None] = lambda _: None,
) -> Iterator[Trial]:
    """The starter and the solution, or with ``wrong`` each shortcut laid over the starter."""
    folder = room.folder(lab)
    layers: list[tuple[str, list[Path]]]
    if wrong:
        layers = [(name, [folder / "wrong" / name]) for name in lab.shortcuts]
    else:
        layers = [("starter", []), ("solution", [folder / "solution"])]
    for name, laid in layers:
        scratch = Path(tempfile.mkdtemp(prefix=f"roadworthy-lab-{lab.id}-"))
        try:
            work = scratch / "work"
            for layer in [folder / "starter", *laid]:
                lay_over(layer, work)
            checking = room.checking(lab, system, work=work, cut_network=cut_network)
            started = time.monotonic()
            told = []
            for happening in checking:
                tell(happening)
                told.append(happening)
            outcome = outcome_of(told, time.monotonic() - started, checking.megabytes)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        troubles = [*_troubles(lab, name, outcome, wrong=wrong), *_over_budget(outcome)]
        yield Trial(name, outcome, tuple(troubles))


def _troubles(lab: Lab, name: str, outcome: Outcome, *, wrong: bool) -> Iterator[str]:
    by_check = {ended.check: ended for ended in outcome.checks}
    for missing in [check for check in lab.checks if check not in by_check]:
        yield f"The check {missing} did not run."
    for ended in outcome.checks:
        if ended.state in ("broken", "late"):
            yield f"The check {ended.check} is {ended.state}: {ended.text}"
    if wrong:
        yield from _accepted(lab, name, by_check)
    elif name == "starter":
        for ended in outcome.checks:
            yield from _unlike_stated(lab, ended)
    else:
        for ended in outcome.checks:
            if ended.state in ("failed", "waits"):
                yield f"The solution fails {ended.check}: {ended.text}"


def _unlike_stated(lab: Lab, ended: Ended) -> Iterator[str]:
    stated = lab.checks[ended.check]
    wanted = {"fails": "failed", "passes": "passed", "waits": "waits"}[stated.starter]
    if ended.state in ("broken", "late"):
        return
    if ended.state != wanted:
        yield f"The starter {ended.state} {ended.check}; lab.yaml says that it {stated.starter}."
    elif stated.starter_says is not None and stated.starter_says not in ended.text:
        yield (
            f"The starter fails {ended.check} for another reason: {ended.text} "
            f"Stated: “{stated.starter_says}”."
        )


def _accepted(lab: Lab, name: str, by_check: Mapping[str, Ended]) -> Iterator[str]:
    shortcut = lab.shortcuts[name]
    ended = by_check.get(shortcut.check)
    if ended is None:
        return
    if ended.state == "passed":
        yield f"The shortcut is accepted by {shortcut.check}."
    elif ended.state == "failed" and shortcut.says not in ended.text:
        yield f"It is refused without saying why: {ended.text} Stated: “{shortcut.says}”."
    elif ended.state == "waits":
        yield f"It never came to {shortcut.check}: {ended.text}"


def _over_budget(outcome: Outcome) -> Iterator[str]:
    if outcome.seconds > MOST_SECONDS:
        yield f"It took {outcome.seconds:.0f} s; {MOST_SECONDS:.0f} are allowed."
    if outcome.megabytes is not None and outcome.megabytes > MOST_MEGABYTES:
        yield f"It took {outcome.megabytes:.0f} MB; {MOST_MEGABYTES:.0f} are allowed."
