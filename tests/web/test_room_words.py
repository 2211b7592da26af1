"""Pace, time left, and names of code in the room of a mock."""

from __future__ import annotations

import pytest

from roadworthy.items.item import Exhibit
from roadworthy.web.exhibit import Line
from roadworthy.web.room_words import bare_stem, named, time_left

STATEMENT = Exhibit("code", "SQL", ("SELECT returned, asked_at FROM shop",), (), (), ())


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (7200, "2 hours are left"),
        (7199, "2 hours are left"),
        (4920, "1 hour and 22 minutes are left"),
        (3660, "1 hour and 1 minute are left"),
        (3600, "1 hour is left"),
        (61, "2 minutes are left"),
        (30, "1 minute is left"),
        (0, "No time is left"),
    ],
)
def test_time_left_in_words(seconds: float, words: str) -> None:
    """Whole minutes, rounded up, with the verb that fits."""
    assert time_left(seconds) == words


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Set from_logits=True, then go on.", ["from_logits=True"]),
        ("Read asked_local with ML.PREDICT.", ["asked_local", "ML.PREDICT"]),
        ("Raise maxReplicaCount by 1.", ["maxReplicaCount"]),
        ("The column returned is returned late.", ["returned"]),
        ("The column kept is no name.", []),
        ("Use `fit` once.", ["fit"]),
        ("Send gRPC at 08:00 over I/O by train/serve in the U.S. for e.g. 5%.", []),
        ("A PowerTool reads a <b> in OneStore.", []),
    ],
)
def test_names_of_code_are_told_by_their_shape(text: str, names: list[str]) -> None:
    """Words stay words; what is escaped stays escaped."""
    shown = str(named(text, STATEMENT))
    found = [part.split("</code>")[0] for part in shown.split('<code class="name">')[1:]]
    assert found == names
    assert "<b>" not in shown


def test_choose_two_is_said_once() -> None:
    """The page says it above the options, so the stem does not."""
    assert bare_stem("Which two should you take? (Choose two.)") == "Which two should you take?"
    assert bare_stem("Why (Choose two.) here?") == "Why (Choose two.) here?"


@pytest.mark.parametrize(
    ("text", "tabular"),
    [
        ("late            1,500           500     2,000", True),
        ("model     trip-delay, version 7", False),
        ("        return data.map(f)", False),
    ],
)
def test_only_lines_in_columns_keep_their_width(text: str, tabular: bool) -> None:
    """Two gaps of three spaces inside a line make columns; an indent does not."""
    assert Line(1, text).tabular is tabular
