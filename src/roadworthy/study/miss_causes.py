"""What misses came from: what the journal holds on each of them, handed to the classifier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from statistics import median

from roadworthy.journal.event import Event
from roadworthy.learner.state import Response
from roadworthy.study.coach import RECENT_MISSES, Blame, Missed, blame_of, overlooked
from roadworthy.study.coach_log import item_of
from roadworthy.study.course import Course
from roadworthy.study.session_view import LONGEST_GAP_SECONDS

USUAL_FROM, USUAL_OVER = 5, 50
"""One's own median time: from so many answers of that length on, over so many of the newest."""


def blames(course: Course) -> list[Blame]:
    """What the newest misses came from, newest first: full items and mocks, not first meetings."""
    signs, found = Signs(course), []
    for response in reversed(signs.responses):
        counts = response.form is not None or response.step == "full"
        if not response.right and response.chosen and counts:
            found.append(signs.blame(response))
            if len(found) == RECENT_MISSES:
                break
    return found


class Signs:
    """What speaks for one cause or another, gathered once; make a new one after new events."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.responses: Sequence[Response] = course.state().responses
        kinds = course.of_kinds("flipped", "miss_named", "coached")
        self._flips = {
            one.payload["presentation"]: bool(one.payload["right"])
            for one in kinds
            if one.kind == "flipped" and one.payload["flip"] == 0
        }
        self._named: dict[str, Blame] = {
            one.payload["presentation"]: one.payload["kind"]
            for one in kinds
            if one.kind == "miss_named"
        }
        self._marked: dict[str, Sequence[int]] = {
            one.payload["presentation"]: one.payload["marked"]
            for one in kinds
            if one.kind == "coached" and one.payload["marked"]
        }
        self._sessions: dict[str, list[Event]] = {}

    def blame(self, response: Response) -> Blame:
        """What one miss came from."""
        return blame_of(
            Missed(
                seconds=response.seconds,
                overlooked=self._overlooked(response),
                flip_right=self._flips.get(response.presentation),
                usual=self._usual(response),
                clock=self._clock_share(response.session, response.at),
                named=self._named.get(response.presentation),
            )
        )

    def _overlooked(self, response: Response) -> bool:
        marked = self._marked.get(response.presentation)
        if marked is None:
            return False
        item = item_of(self.course, response.presentation)
        wrong = next((one for one in response.chosen if not item.options[one].correct), None)
        return wrong is not None and overlooked(item, wrong, marked)

    def _usual(self, response: Response) -> float | None:
        """Median seconds of the newest answers of that length without help, this one left out."""
        times: list[float] = []
        for one in reversed(self.responses):
            if one.length == response.length and not one.aided and one is not response:
                times.append(one.seconds)
                if len(times) == USUAL_OVER:
                    break
        return median(times) if len(times) >= USUAL_FROM else None

    def _clock_share(self, session: str | None, at: datetime) -> float | None:
        """Used share of the session's minutes at the answer; None where no clock ran."""
        if session is None:
            return None
        if session not in self._sessions:
            self._sessions[session] = list(self.course.since(session))
        used, minutes, last = 0.0, 0, None
        for event in self._sessions[session]:
            if last is None:
                minutes = int(event.payload["minutes"])
            elif event.at > at:
                break
            else:
                used += min((event.at - last).total_seconds(), LONGEST_GAP_SECONDS)
            last = event.at
        return used / (60 * minutes) if minutes else None
