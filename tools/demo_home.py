"""A home folder with some evenings in it, for screenshots and for looking at pages.

    .venv/bin/python tools/demo_home.py FOLDER [--evenings 3] [--until 2026-11-24T19:00:00+00:00]

The candidate in it does not exist: right with a chance that grows with what was read.
"""

from __future__ import annotations

import argparse
import random
import sys
from datetime import datetime, timedelta
from pathlib import Path

from roadworthy.labs.outcome import Ended, Outcome
from roadworthy.workspace import Workspace

MINUTES = 40
SEEN = {
    "split": "312 of 7839 rows of the test part were made up: they are in no payment that was "
    "handed in. Figures on them say nothing about production.",
    "ranking": "Area under the precision-recall curve 0.164; with every row 0.163.",
    "rates": "The mean probability is 5.62%, and 0.46% of the payments are fraud. Whoever adds "
    "the probabilities up plans for the wrong number of cases.",
    "choice": "It keeps `autumn`, which flags nothing: its accuracy is 99.56% because fraud is "
    "rare. Accuracy cannot choose here.",
    "cost": "With 180 a missed fraud and 2 an alarm, payments are stopped from 0.500 on: recall "
    "4%, 46,112 in all. The best cutoff costs 25,462.",
}
"""What the checks of the shown lab printed when its starter was run, by check."""


class Demo:
    """A made-up candidate at work in an opened workspace."""

    def __init__(self, home: Path, until: datetime, evenings: int, seed: int = 5) -> None:
        self.now = until - timedelta(days=evenings)
        self.until = until
        self.evenings = evenings
        self.chance = random.Random(seed)
        self.desk = Workspace.open(home, clock=lambda: self.now, zone="UTC")

    def fill(self, *, mock: bool = False) -> None:
        """The first ten minutes, then one evening a day; with ``mock``, a half mock before them."""
        course = self.desk.course
        course.enrol("demo", now=self.now)
        self.session("opening", "opening", 5)
        course.save_settings(
            {
                "exam_date": (self.until.date() + timedelta(days=25)).isoformat(),
                "minutes_per_day": MINUTES,
                "days_off": [5],
                "experience": {
                    "1": "some",
                    "2": "some",
                    "3": "work",
                    "4": "new",
                    "5": "some",
                    "6": "new",
                },
            },
            key="demo-settings",
            now=self.now,
        )
        self.session("diagnostic", "diagnostic", 10)
        if mock:
            self.mock("demo")
        self.lab("imbalanced-data")
        for evening in range(self.evenings):
            self.session(f"evening-{evening}", "evening", MINUTES)
            self.now = self.until - timedelta(days=self.evenings - evening - 1)
        self.desk.close()

    def lab(self, name: str) -> None:
        """A lab that was started and checked once, with what its starter gives; a hint is open."""
        lab = self.desk.labs.lab(name)
        self.desk.labs.start(lab)
        ended = [
            Ended(one, "failed" if check.starter == "fails" else "passed", SEEN.get(one, ""), 1.0)
            for one, check in lab.checks.items()
        ]
        failing = next(one.check for one in ended if one.state == "failed")
        self.desk.record_lab(lab.id, Outcome(tuple(ended)), self.now)
        self.desk.record_hint(lab.id, failing, 1, self.now)

    def session(self, session: str, purpose: str, minutes: int) -> None:
        """Walk through one session to its end."""
        course = self.desk.course
        course.start_session(session, purpose=purpose, minutes=minutes, target=None, now=self.now)
        for _ in range(200):
            position = course.advance(session, now=self.now)
            if position.finished is not None:
                return
            if position.read is not None:
                self.now += timedelta(seconds=75)
                read = position.read
                course.read_lesson(
                    read.decision,
                    read.step,
                    session=session,
                    milliseconds=75_000,
                    key=f"{session}:{self.now.isoformat()}",
                    now=self.now,
                )
                continue
            shown = position.shown
            assert shown is not None
            self.now += timedelta(seconds=40 if shown.item.length == "brief" else 80)
            right = self.chance.random() < (0.45 if purpose == "diagnostic" else 0.72)
            key = shown.item.key
            wrong = (key + self.chance.randrange(1, len(shown.item.options))) % len(
                shown.item.options
            )
            course.answer(
                shown.presentation,
                chosen=key if right else wrong,
                confidence=self.chance.choice((1, 2, 2, 3)),
                milliseconds=40_000,
                now=self.now,
            )

    def mock(self, name: str) -> None:
        """Take a half mock: some changed, some flagged, two left open."""
        forms = self.desk.forms
        view = forms.start(name, "half", now=self.now)
        for place in view.places:
            self.now += timedelta(seconds=self.chance.randrange(30, 200))
            keys, count = place.item.keys, len(place.item.options)
            if place.ordinal in (9, 22):
                continue
            wrong = [(key + 1) % count for key in keys]
            first = list(keys) if self.chance.random() < 0.62 else wrong
            for rev, chosen in enumerate((first, list(keys)) if place.ordinal == 5 else (first,)):
                forms.respond(
                    name,
                    place.ordinal,
                    chosen=chosen,
                    flagged=place.ordinal % 8 == 0,
                    rev=rev + 1,
                    milliseconds=self.chance.randrange(30_000, 200_000),
                    now=self.now,
                )
        forms.finish(name, now=self.now)


def main() -> int:
    """Make the folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--evenings", type=int, default=3)
    parser.add_argument("--until", default="2026-11-24T19:00:00+00:00")
    args = parser.parse_args()
    args.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    Demo(args.folder, datetime.fromisoformat(args.until), args.evenings).fill()
    print(f"{args.evenings} evenings in {args.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
