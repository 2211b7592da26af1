"""How long one answer takes: by length of the item, and at the candidate's own pace.

An exam-length item takes about a minute to read. With answer and reasons that makes 90 seconds when
right and 150 when wrong, 35 and 60 for a brief one: the times of our references' simulation, which
your own replace, decision by decision, as you answer.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from roadworthy.learner.state import LearnerState
from roadworthy.learner.syllabus import Syllabus

Floats = NDArray[np.float64]
LENGTH_SECONDS = {"brief": (35.0 + 60.0) / 2, "exam": (90.0 + 150.0) / 2}
"""Reading, answering and reasons of an item of each length, before own times are known."""
REASONS_SECONDS = 15.0
"""Of that, the reading of reasons, which the time of an answer leaves out."""
TYPICAL_COUNT = 5.0
"""Own answers of a decision after which its own times weigh as much as the typical one."""
LONGEST_SECONDS = 300.0
BRIEF_SHARE = 0.6
"""Share of an evening's minutes that goes to brief items, before the last week."""
LAST_WEEK_DAYS = 7
"""From here to the exam all items have its length."""


def typical_seconds(days_left: float) -> float:
    """Mean seconds of an answer ``days_left`` days before the exam, at a typical pace."""
    if days_left <= LAST_WEEK_DAYS:
        return LENGTH_SECONDS["exam"]
    brief, exam = LENGTH_SECONDS["brief"], LENGTH_SECONDS["exam"]
    return 1.0 / (BRIEF_SHARE / brief + (1.0 - BRIEF_SHARE) / exam)


def pace_of(state: LearnerState, syllabus: Syllabus) -> Floats:
    """Own time over the typical one for each rule's decision, [K], drawn to 1 by few answers."""
    count = np.zeros(len(syllabus.decisions))
    total = np.zeros(len(syllabus.decisions))
    place = {name: number for number, name in enumerate(syllabus.decisions)}
    for response in state.responses:
        number = place.get(response.decision)
        if number is not None and response.weight > 0:
            typical = LENGTH_SECONDS.get(response.length, LENGTH_SECONDS["exam"])
            count[number] += 1
            spent = min(response.seconds, LONGEST_SECONDS) + REASONS_SECONDS
            total[number] += spent / typical
    pace = (total + TYPICAL_COUNT) / (count + TYPICAL_COUNT)
    result: Floats = pace[syllabus.decision_of]
    return result
