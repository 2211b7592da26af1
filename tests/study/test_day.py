from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from roadworthy.pack.model import Pack
from roadworthy.study.day import _next_new
from roadworthy.study.day_course import Course
from roadworthy.study.outlook import Outlook

NAMES = ["first", "second", "third", "fourth"]
SECTIONS = [0, 0, 1, 2]
VALUES = [9.0, 8.0, 2.0, 1.0]


def chosen(pack: Pack, week: dict[int, int], **changes: object) -> str:
    """The decision that is begun after 'first', of three with falling values."""
    syllabus = SimpleNamespace(decisions=NAMES, section_of_decision=np.array(SECTIONS))
    outlook = SimpleNamespace(syllabus=syllabus, decision_values=lambda _: np.array(VALUES))
    course = Course(
        pack=pack, unmet=[1, 2, 3], met=[0], unread=[], beliefs={}, before={},
        minutes=(12,) * 4, week=week, **changes,
    )  # fmt: skip
    return NAMES[_next_new(course, cast(Outlook, outlook), 0.0)]


@pytest.mark.parametrize(
    ("week", "changes", "name"),
    [
        ({1: 0, 2: 0, 3: 0}, {}, "second"),
        ({1: 2, 2: 1, 3: 1}, {}, "third"),
        ({1: 2, 2: 1, 3: 0}, {}, "fourth"),
        ({1: 0, 2: 1, 3: 2}, {"scarce": True}, "third"),
        ({1: 0, 2: 0, 3: 0}, {"weak": frozenset({3})}, "fourth"),
    ],
)
def test_what_is_taught_next(
    tiny_pack: Pack, week: dict[int, int], changes: dict[str, object], name: str
) -> None:
    """The road's week, then value; a bare section first where time is scarce; weak ones always."""
    assert chosen(tiny_pack, week, **changes) == name
