"""What misses came from: what the journal holds on each of them, handed to the classifier."""

from __future__ import annotations

from statistics import median

from roadworthy.learner.state import Response
from roadworthy.study.coach import RECENT_MISSES, Blame, Missed, blame_of, overlooked
from roadworthy.study.coach_log import coaching_of, flip_right, item_of
from roadworthy.study.course import Course
from roadworthy.study.session_view import LONGEST_GAP_SECONDS

USUAL_FROM, USUAL_OVER = 5, 50
"""One's own median time: from so many answers of that length on, over so many of the newest."""


def blames(course: Course) -> list[Blame]:
    """What the newest misses came from, newest first: full items and mocks, not first meetings."""
    found = []
    for response in reversed(course.state().responses):
        counts = response.form is not None or response.step == "full"
        if not response.right and response.chosen and counts:
            found.append(blame(course, response))
            if len(found) == RECENT_MISSES:
                break
    return found


def blame(course: Course, response: Response) -> Blame:
    """What one miss came from."""
    presentation = response.presentation
    answer = course.journal.by_key(presentation)
    marked = answer.payload.get("marked", ()) if answer else ()
    step = coaching_of(course, presentation)
    missed_words = False
    if step is not None and step.step == "mark" and step.was_done:
        item = item_of(course, presentation)
        wrong = next((one for one in response.chosen if not item.options[one].correct), None)
        missed_words = wrong is not None and overlooked(item, wrong, marked)
    return blame_of(
        Missed(
            seconds=response.seconds,
            overlooked=missed_words,
            flip_right=flip_right(course, presentation),
            usual=_usual(course, response),
            clock=_clock_share(course, response),
            named=_named(course, presentation),
        )
    )


def _named(course: Course, presentation: str) -> Blame | None:
    for event in reversed(course.of_kinds("miss_named")):
        if event.payload["presentation"] == presentation:
            kind: Blame = event.payload["kind"]
            return kind
    return None


def _usual(course: Course, response: Response) -> float | None:
    """Median seconds of the newest answers of that length that had no help, this one left out."""
    times: list[float] = []
    for one in reversed(course.state().responses):
        if one.length == response.length and not one.aided and one is not response:
            times.append(one.seconds)
            if len(times) == USUAL_OVER:
                break
    return median(times) if len(times) >= USUAL_FROM else None


def _clock_share(course: Course, response: Response) -> float | None:
    """Used share of the session's minutes at the answer; None outside a session with a clock."""
    if response.session is None:
        return None
    used, minutes, last = 0.0, 0, None
    for event in course.since(response.session):
        if last is None:
            minutes = int(event.payload["minutes"])
        elif event.at > response.at:
            break
        else:
            used += min((event.at - last).total_seconds(), LONGEST_GAP_SECONDS)
        last = event.at
    return used / (60 * minutes) if minutes else None
